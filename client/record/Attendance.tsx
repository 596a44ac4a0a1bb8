// Who was there: minutes and what they amount to; an instructor says otherwise, with a reason, where the row stands.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { type Attended, correct, type Said, uncorrect } from './wire.ts'

const STATUS = ['present', 'partial', 'absent', 'excused'] as const

export function Attendance({ sessionId, learners, seconds, leads, onChanged }: { sessionId: string; learners: readonly Attended[]; seconds: number; leads: boolean; onChanged(one: Attended): void }) {
  const { say } = useStaffWords()
  return (
    <div className="table-of">
      <table className="sheet-of">
        <caption className="sr">{say('record.attendance')}</caption>
        <thead><tr><th scope="col">{say('record.name')}</th><th scope="col" className="num">{say('record.minutes')}</th><th scope="col">{say('record.status')}</th></tr></thead>
        <tbody>{learners.map((one) => <Row key={one.memberId} {...{ sessionId, one, seconds, leads, onChanged }} />)}</tbody>
      </table>
    </div>
  )
}

function Row({ sessionId, one, seconds, leads, onChanged }: { sessionId: string; one: Attended; seconds: number; leads: boolean; onChanged(one: Attended): void }) {
  const { say, number } = useStaffWords()
  const [saying, setSaying] = useState(false)
  const minutes = Math.round(one.seconds / 60)
  const share = seconds === 0 ? 0 : Math.min(1, one.seconds / seconds)
  return (
    <tr className={`att ${one.status}`}>
      <th scope="row"><bdi>{one.displayName}</bdi>{one.batchNo !== null && <span className="quiet small"> {say('record.batch', { n: one.batchNo })}</span>}</th>
      <td className="num"><span className="track" aria-hidden="true"><i style={{ inlineSize: `${share * 100}%` }} /></span>{say('minutes', { minutes: number(minutes) })}</td>
      <td>
        <div className="row wrap">
          <b className="b">{say(`record.${one.status}`)}</b>
          {leads && !saying && <button type="button" className="text-btn" onClick={() => setSaying(true)}>{say(one.correction ? 'record.change' : 'record.otherwise')}<span className="sr"> {one.displayName}</span></button>}
        </div>
        {one.correction && !saying && <p className="quiet small"><bdi>{one.correction.reason}</bdi> {say('record.by', { by: one.correction.by })}</p>}
        {saying && <Otherwise {...{ sessionId, one }} onDone={(now) => { setSaying(false); if (now) onChanged(now) }} />}
      </td>
    </tr>
  )
}

function Otherwise({ sessionId, one, onDone }: { sessionId: string; one: Attended; onDone(now: Attended | null): void }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [status, setStatus] = useState<Said['status']>(one.correction?.status ?? 'excused')
  const [reason, setReason] = useState(one.correction?.reason ?? '')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const does = (work: Promise<Attended>) => {
    setBusy(true)
    work.then((now) => { announce(`${now.displayName}: ${say(`record.${now.status}`)}`); onDone(now) }, (refusal: Refusal) => { setBusy(false); setWrong(trouble(refusal)) })
  }
  return (
    <form className="otherwise" onKeyDown={(e) => { if (e.key === 'Escape') onDone(null) }}
      onSubmit={(e) => { e.preventDefault(); if (reason.trim() === '') setWrong(say('record.why.missing')); else does(correct(sessionId, one.memberId, { status, reason: reason.trim() })) }}>
      <label>{say('record.status')}<select className="field" value={status} onChange={(e) => setStatus(e.target.value as Said['status'])}>{STATUS.map((s) => <option key={s} value={s}>{say(`record.${s}`)}</option>)}</select></label>
      {/* biome-ignore lint/a11y/noAutofocus: it was asked for, and this is where one writes */}
      <label className="grow">{say('record.why')}<input className="field" dir="auto" maxLength={500} value={reason} autoFocus onChange={(e) => { setReason(e.target.value); setWrong(null) }} /></label>
      <div className="row wrap">
        <Button look="ink" slim type="submit" busy={busy}>{say('record.save')}</Button>
        {one.correction && <Button look="line" slim busy={busy} onClick={() => does(uncorrect(sessionId, one.memberId))}>{say('record.back')}</Button>}
        <Button look="text" slim onClick={() => onDone(null)}>{say('record.leave')}</Button>
      </div>
      {wrong && <p className="trouble" role="alert">{wrong}</p>}
    </form>
  )
}
