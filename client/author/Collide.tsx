// One text that two people wrote at once: both stand here, and one of the two is taken, or what somebody makes of both by hand.
import { useEffect, useRef, useState } from 'react'
import type { Said } from '../places/done.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { bare, type Cell, idOf, textOf } from './cell.ts'
import { Differ } from './Differ.tsx'
import { begin, keepMine, takeTheirs, useCells, write } from './saying.ts'
import { useAuthorWords } from './words.tsx'

export function Collide({ cell, who, said }: { cell: Cell; who: string; said: Said }) {
  const { say } = useAuthorWords()
  const id = idOf(cell.at)
  const [merging, setMerging] = useState(false)
  const box = useRef<HTMLElement>(null)
  useEffect(() => { announce(say('au.collide', { who }), 'assertive'); box.current?.scrollIntoView({ block: 'nearest' }) }, [say, who])
  const theirs = cell.theirs!
  const isText = cell.at.kind === 'text'
  const [left, right] = [textOf(theirs.payload), textOf(cell.now)]
  const take = () => {
    const mine = takeTheirs(id)
    const back = async () => { if (mine) { if (useCells.getState()[id]) write(id, bare(mine)); else begin(cell.at, bare(mine)) } return say('au.undone') }
    said(say('au.taken'), back)
  }
  return (
    <section ref={box} className="note alert collide" aria-label={say('au.collide', { who })}>
      <p className="b">{say('au.collide', { who })}</p>
      <div className="both">
        <div><h4 className="label">{say('au.stands')}</h4>{theirs.payload ? <Differ before={left} after={right} side="before" /> : <p className="quiet">{say('au.stands.none')}</p>}</div>
        <div><h4 className="label">{say('au.mine')}</h4>
          {merging ? <textarea className="field words md" rows={8} aria-label={say('au.merged')} dir="auto" value={cell.now.markdown ?? ''} onChange={(e) => write(id, { ...cell.now, markdown: e.target.value })} /> : <Differ before={left} after={right} side="after" />}</div>
      </div>
      <span className="row wrap">
        <Button look="line" slim onClick={take}>{say('au.take')}</Button>
        <Button look="line" slim onClick={() => keepMine(id, cell.now)}>{say(merging ? 'au.merged.keep' : 'au.keep')}</Button>
        {isText && !merging && <Button look="line" slim onClick={() => setMerging(true)}>{say('au.merge')}</Button>}
      </span>
    </section>
  )
}
