// What a list would do, before it is done: every row with what happens, the wrong cell marked and put right where it stands.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Show } from '../parts/Choice.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { End } from './End.tsx'
import type { Came, Looking } from './looking.ts'
import { LookRow } from './LookRow.tsx'

const STEP = 200
const COLUMNS: StaffSays[] = ['list.row', 'people.email', 'people.name', 'people.role', 'people.batch', 'people.time', 'list.does']

export function Look({ looking, onDone }: { looking: Looking; onDone(came: Came): void }) {
  const { number, say } = useStaffWords()
  const trouble = useTrouble()
  const { from, rows, ignored, refusal, busy, doing, stopped } = looking
  const [only, setOnly] = useState<'all' | 'wrong'>('all')
  const [most, setMost] = useState(STEP)
  const heading = useRef<HTMLHeadingElement>(null)
  // Who was wrong stays in sight when they are put right, until one looks elsewhere.
  const [wereWrong, setWereWrong] = useState<ReadonlySet<number>>(new Set())
  const counts = { add: 0, change: 0, return: 0, keep: 0, refuse: 0 }
  for (const r of rows ?? []) counts[r.does]++
  const there = rows !== null
  useEffect(() => heading.current?.focus(), [from])
  useEffect(() => {
    if (!there || !rows) return
    const wrong = rows.filter((r) => r.does === 'refuse').map((r) => r.row)
    setWereWrong(new Set(wrong))
    setOnly(wrong.length > 0 && rows.length > 20 ? 'wrong' : 'all')
    setMost(STEP)
    announce(`${say('list.count', { rows: rows.length })}. ${say('list.wrong', { n: wrong.length })}`)
  }, [there])
  const show = (what: 'all' | 'wrong') => { setOnly(what); setWereWrong(new Set(rows?.filter((r) => r.does === 'refuse').map((r) => r.row))) }
  const change = counts.change + counts.return
  const todo = counts.add + change
  const seen = rows?.filter((r) => only === 'all' || r.does === 'refuse' || wereWrong.has(r.row)) ?? []
  const go = async () => { const came = await looking.go(); if (came) onDone(came) }
  return (
    <section className="look" aria-labelledby="looked-at">
      <div className="spread wrap">
        <h2 className="h" id="looked-at" tabIndex={-1} ref={heading} dir="auto">{from || say('list.pasted')}{rows && <span className="quiet"> {say('list.count', { rows: number(rows.length) })}</span>}</h2>
        <span className="row wrap">
          {doing && <><progress value={doing.done} max={doing.all} aria-label={say('list.title')} /><span className="num small">{say('list.doing', { done: number(doing.done), all: number(doing.all) })}</span></>}
          {rows && <Button look="pen" busy={doing !== null} notYet={busy || todo === 0} onClick={() => void go()}>
            {todo === 0 ? say('list.none') : stopped ? say('list.on') : say('list.do', { add: counts.add, change, both: counts.add && change ? 'yes' : 'no' })}</Button>}
          {!doing && <Button look="line" onClick={looking.close}>{say('list.cancel')}</Button>}
        </span>
      </div>
      {refusal && <p className="trouble" role="alert">{stopped && `${say('list.stopped', { done: number(stopped.done), all: number(stopped.all) })} `}{trouble(refusal)}</p>}
      {busy && !rows && <Bones label={say('list.reading')} lines={[100, 100, 100]} />}
      {rows && rows.length > 0 && (
        <>
          <div className="row wrap facts-of">
            <Show<'all' | 'wrong'> label={say('list.rows')} value={only} onChange={show} options={[{ value: 'all', label: <>{say('list.rows.all')} <span className="num">{number(rows.length)}</span></> }, { value: 'wrong', label: <>{say('list.rows.wrong')} <span className="num">{number(counts.refuse)}</span></> }]} />
            <span className={counts.refuse ? 'trouble' : 'quiet'}>{say('list.wrong', { n: counts.refuse })}</span>
            {counts.keep > 0 && <span className="quiet">{say('list.keep', { n: counts.keep })}</span>}
            {ignored.length > 0 && <span className="quiet" dir="auto">{say('list.ignored', { columns: ignored.join(', ') })}</span>}
          </div>
          <table className="looked" aria-labelledby="looked-at" aria-busy={busy || undefined}>
            <thead className="headings"><tr className="lrow">{COLUMNS.map((id) => <th key={id} scope="col">{say(id)}</th>)}<td /></tr></thead>
            <tbody>{seen.slice(0, most).map((r) => <LookRow key={r.row} looked={r} open={wereWrong.has(r.row) || r.does === 'refuse'} still={doing !== null} looking={looking} />)}</tbody>
          </table>
          {seen.length > most && <End onNear={() => setMost((n) => n + STEP)} />}
        </>
      )}
    </section>
  )
}
