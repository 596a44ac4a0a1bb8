// What a quiz asks, in order: moved by the grip or by Alt and the arrows, worth so many points, renewed where the bank has a newer
// version, written on right there, taken out with a way back.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Sorting } from '../author/dragging.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Said } from '../places/done.ts'
import { AskRow } from './AskRow.tsx'
import { again, keysOf, pointsOf, renewed, to, without, worth, drawing } from './asking.ts'
import { plain } from './draft.ts'
import type { Editing } from './editing.ts'
import { QuestionForm } from './QuestionForm.tsx'
import type { Module, Placement } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; modules: readonly Module[]; language: string; editing: Editing; said: Said }

export function Asks({ courseId, modules, language, editing, said }: Props) {
  const { say } = useBankWords()
  const { placements } = editing
  const [open, setOpen] = useState<string | null>(null)
  const moving = useRef<string | null>(null)
  const keys = keysOf(placements)
  // What stands elsewhere now has lost the focus on its way.
  useEffect(() => {
    const grip = moving.current && document.querySelector<HTMLElement>(`.asks [data-grip="${moving.current}"]`)
    moving.current = null
    if (grip) { grip.focus(); grip.scrollIntoView({ block: 'nearest' }) }
  }, [placements])
  const nameOf = (key: string) => { const p = placements[keys.indexOf(key)]; return p ? (p.text === null ? say('bk.seen.drawn', { n: p.draw ?? 0, pool: p.poolName ?? '' }) : plain(p.text).slice(0, 80)) : '' }
  const moved = (key: string, at: number) => {
    moving.current = key
    const from = keys.indexOf(key)
    const look = (all: Placement[]) => { const one = all[from]; return one ? all.filter((p) => p !== one).toSpliced(at, 0, one) : all }
    void editing.asks(to(key, at), say('bk.did.moved', { place: at + 1, of: keys.length }), to(key, from), look)
  }
  const pressed = (event: KeyboardEvent, key: string) => {
    const by = event.altKey && !event.ctrlKey && !event.metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key] : undefined
    if (!by) return
    event.preventDefault()
    const at = keys.indexOf(key) + by
    if (at < 0 || at >= keys.length) announce(say(by === 1 ? 'au.last' : 'au.first'))
    else moved(key, at)
  }
  const takeOut = (key: string) => {
    const at = keys.indexOf(key)
    const p = placements[at]
    if (!p) return
    moving.current = keys[at + 1] ?? keys[at - 1] ?? null
    void editing.asks(without(key), say('bk.did.out', { name: nameOf(key) }), again(p, at))
  }
  const old = placements.filter((p) => p.version !== null && p.newest !== null && p.newest > p.version)
  return (
    <>
      <div className="spread wrap"><h2 className="h" id="asks-h">{say('bk.asks')}</h2><p className="small quiet num">{say('bk.asks.n', { n: placements.reduce((n, p) => n + (p.draw ?? 1), 0), points: pointsOf(placements) })}</p></div>
      {old.length > 1 && <p className="note spread wrap"><span>{say('bk.newer.n', { n: old.length })}</span><Button look="line" slim onClick={() => void editing.asks(renewed(old.flatMap((p) => p.questionId ?? [])), say('bk.did.renewed', { n: old.length }))}>{say('bk.newer.all')}</Button></p>}
      <Sorting ids={keys} nameOf={nameOf} onDrop={(key, over) => moved(key, keys.indexOf(over))} lineOf={(key, over) => (key === over ? null : { id: over, side: keys.indexOf(over) > keys.indexOf(key) ? 'after' : 'before' })}>
        <ol className="asks">{placements.map((p, n) => (
          <AskRow key={keys[n]} id={keys[n]!} placement={p} n={n + 1} isOpen={open === keys[n]} isOnly={placements.length === 1} name={nameOf(keys[n]!)} onKeyDown={(e) => pressed(e, keys[n]!)} onOpen={() => setOpen(open === keys[n] ? null : keys[n]!)} onOut={() => takeOut(keys[n]!)}
            onWorth={(points) => void editing.asks(worth(keys[n]!, points), say('bk.did.points', { n: points }), worth(keys[n]!, p.points))} onDraw={(draw) => void editing.asks(drawing(keys[n]!, draw), say('bk.did.draw', { n: draw }), drawing(keys[n]!, p.draw ?? 1))}
            onRenew={() => void editing.asks(renewed([keys[n]!]), say('bk.did.renewed', { n: 1 }))}>
            {open === keys[n] && p.questionId && <QuestionForm courseId={courseId} questionId={p.questionId} modules={modules} language={language} saves={say('bk.save.here')} said={said} onClose={() => { setOpen(null); document.getElementById(`edit-${keys[n]}`)?.focus() }}
              onSaved={() => { setOpen(null); void editing.asks(renewed([keys[n]!]), say('bk.did.written')) }} />}
          </AskRow>))}</ol>
      </Sorting>
    </>
  )
}
