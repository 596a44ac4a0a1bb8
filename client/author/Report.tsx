// The report of an import: every file, what became of it, why, and in which line. Filtered by what became of them; those that
// failed come first.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import type { Import } from './wire.ts'
import { useAuthorWords } from './words.tsx'

const OUTCOMES = ['failed', 'skipped', 'added', 'updated', 'unchanged'] as const
type Outcome = (typeof OUTCOMES)[number]
const PAGE = 200

export function Report({ job }: { job: Import }) {
  const { say, number } = useAuthorWords()
  const [of, setOf] = useState<Outcome | null>(null)
  const [most, setMost] = useState(PAGE)
  const rows = job.rows.filter((r) => of === null || r.outcome === of).sort((a, b) => (of === null ? OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) : 0))
  if (job.rows.length === 0) return null
  const chip = (key: Outcome | null, label: string, n: number) => <button key={label} type="button" className="chip" aria-pressed={of === key} onClick={() => { setOf(key); setMost(PAGE) }}>{label} <span className="num">{number(n)}</span></button>
  return (
    <div className="report-of">
      <fieldset className="chips"><legend className="sr">{say('au.report.show')}</legend>{chip(null, say('au.report.all'), job.rows.length)}{OUTCOMES.filter((o) => job.counts[o] > 0).map((o) => chip(o, say(`au.out.${o}`), job.counts[o]))}</fieldset>
      <div className="table-of">
        <table className="sheet-of"><caption className="sr">{say('au.report')}</caption>
          <thead><tr><th scope="col">{say('au.report.became')}</th><th scope="col">{say('au.report.file')}</th><th scope="col">{say('au.report.note')}</th></tr></thead>
          <tbody>{rows.slice(0, most).map((r) => <tr key={`${r.path} ${r.line} ${r.note}`} className={r.outcome}><td><b className={`mark-of ${r.outcome}`}>{say(`au.out.${r.outcome}`)}</b></td><th scope="row"><code dir="ltr">{r.path}</code></th><td>{r.line !== null && <b>{say('au.report.line', { n: r.line })} </b>}{r.note}</td></tr>)}</tbody></table>
      </div>
      {rows.length > most && <Button look="line" slim onClick={() => setMost(most + PAGE)}>{say('more')}</Button>}
    </div>
  )
}
