// What a file would do, or did: how many come in, and every line that does not, or comes otherwise than it was written.
import { type RefObject, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import type { Line } from './files.ts'
import { useBankWords } from './words.tsx'

/** `quizzes`: quizzes were counted, not questions. */
export type Seen = { dryRun: boolean; added: number; updated: number; unchanged: number; quizzes: boolean; failed: number; lines: Line[] }
const PAGE = 100

export function Looked({ seen: s, heading, onGo }: { seen: Seen; heading: RefObject<HTMLHeadingElement | null>; onGo(): void }) {
  const { say } = useBankWords()
  const [most, setMost] = useState(PAGE)
  const n = s.added + s.updated
  const counts = { added: s.added, updated: s.updated, unchanged: s.unchanged, bad: s.failed }
  return (
    <div className="report-of">
      <h3 className="b" ref={heading} tabIndex={-1}>{say(s.quizzes ? (s.dryRun ? 'bk.in.would.quizzes' : 'bk.in.was.quizzes') : s.dryRun ? 'bk.in.would' : 'bk.in.was', counts)}</h3>
      {s.lines.length > 0 && (
        <div className="table-of"><table className="sheet-of"><caption className="sr">{say('bk.in.lines')}</caption>
          <thead><tr><th scope="col">{say('bk.in.line')}</th><th scope="col">{say('bk.in.what')}</th></tr></thead>
          <tbody>{s.lines.slice(0, most).map((l) => <tr key={`${l.kind} ${l.at} ${l.line} ${l.message}`}><th scope="row" className="num">{l.at && <code dir="ltr">{l.at} </code>}{l.line}</th><td><b className={`mark-of ${l.kind === 'failed' ? 'failed' : 'moved'}`}>{say(l.kind === 'failed' ? 'bk.in.failed' : 'bk.in.note')}</b> {l.message}</td></tr>)}</tbody></table></div>
      )}
      {s.lines.length > most && <Button look="line" slim onClick={() => setMost(most + PAGE)}>{say('more')}</Button>}
      {s.dryRun && (n > 0 ? <p><Button look="ink" onClick={onGo}>{say(s.quizzes ? 'bk.in.go.quizzes' : 'bk.in.go', { n })}</Button></p> : <p className="quiet">{say('bk.in.nothing')}</p>)}
    </div>
  )
}
