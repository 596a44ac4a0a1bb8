// One class afterwards, or while it runs: what was asked and what came of it, who was there; as a link, and as CSV.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import type { Cohort } from '../people/wire.ts'
import { useReading } from '../reading.ts'
import { Attendance } from '../record/Attendance.tsx'
import { save } from '../record/csv.ts'
import { Frame } from '../record/Frame.tsx'
import { Prompts } from '../record/Prompts.tsx'
import { type Attended, type Record, readAnswers, type Sheet } from '../record/wire.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/record.css'

export default function Session({ sessionId }: { sessionId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Staff><Found key={user.userId} sessionId={sessionId} /></Staff> : <Enter />
}

function Found({ sessionId }: { sessionId: string }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const record = useReading<Record>(`/sessions/${sessionId}`)
  const sheet = useReading<Sheet>(`/sessions/${sessionId}/attendance`)
  const refusal = record.refusal ?? sheet.refusal
  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal?.code === 'not_found' || refusal?.code === 'forbidden') return <Notice kind={say('state.refused')} title={say('record.refused')} action={home}>{trouble(refusal)}</Notice>
  if (refusal) return <Notice title={say('record.unread')} action={<Button look="line" onClick={() => { record.again(); sheet.again() }}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  if (!record.there || !sheet.there) return <main className="people-page"><Bones label={say('record.wait')} lines={[40, 100, 100, 80]} /></main>
  return <Whole record={record.there} sheet={sheet.there} />
}

function Whole({ record: { session, prompts }, sheet }: { record: Record; sheet: Sheet }) {
  const { say, number } = useStaffWords()
  const trouble = useTrouble()
  const { there: cohort } = useReading<Cohort>(`/cohorts/${session.cohortId}`)
  const [learners, setLearners] = useState<readonly Attended[]>(sheet.learners)
  const [busy, setBusy] = useState(false)
  const title = session.title ?? say('record.untitled')
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(session.startedAt))
  useEffect(() => { document.title = `${title}, ${session.cohortName} · Lectern` }, [title, session.cohortName])
  const day = session.startedAt.slice(0, 10)
  const there = learners.filter((l) => l.status === 'present').length
  const attendanceFile = () => save(`attendance-${day}.csv`, [
    [say('record.name'), say('record.batch.head'), say('record.minutes'), say('record.status'), say('record.why')],
    ...learners.map((l) => [l.displayName, l.batchNo, Math.round(l.seconds / 60), say(`record.${l.status}`), l.correction?.reason ?? null])])
  const answersFile = () => {
    setBusy(true)
    readAnswers(session.sessionId).then((given) => {
      const asked = new Map(prompts.map((p) => [p.promptId, p]))
      save(`answers-${day}.csv`, [
        [say('record.prompt'), say('record.name'), say('record.answer'), say('record.choices'), say('record.number'), say('stars', { count: 2 }).replace(/^\S+\s/, ''), say('record.shown')],
        ...given.map((g) => [asked.get(g.promptId)?.text ?? '', g.displayName, g.body, g.choices?.map((c) => asked.get(g.promptId)?.options?.[c] ?? '').join('; ') ?? null, g.number, g.stars, g.revealed && !g.hidden])])
    }, (refusal: Refusal) => announce(trouble(refusal), 'assertive')).finally(() => setBusy(false))
  }
  const copy = () => void navigator.clipboard.writeText(location.href).then(() => announce(say('record.copied')))
  return (
    <Frame cohortId={session.cohortId} name={session.cohortName}>
      <div className="spread wrap head-of">
        <div><h1 dir="auto">{title}</h1><p className="quiet">{when} · {say('minutes', { minutes: number(Math.round(session.seconds / 60)) })}{session.endedAt === null && <> · <b className="b">{say('record.running')}</b></>}</p></div>
        <div className="row wrap">
          <Button look="line" slim onClick={copy}>{say('record.copy')}</Button>
          <Button look="line" slim notYet={prompts.length === 0} busy={busy} onClick={answersFile}>{say('record.answers.csv')}</Button>
        </div>
      </div>
      <section aria-labelledby="asked-h"><h2 id="asked-h" className="h">{say('record.asked', { n: prompts.length })}</h2><Prompts sessionId={session.sessionId} prompts={prompts} /></section>
      <section aria-labelledby="there-h">
        <div className="spread wrap"><h2 id="there-h" className="h">{say('record.there', { n: there, of: learners.length })}</h2>
          <Button look="line" slim notYet={learners.length === 0} onClick={attendanceFile}>{say('record.attendance.csv')}</Button></div>
        {learners.length === 0 ? <p className="quiet">{say('record.nobody')}</p>
          : <Attendance sessionId={session.sessionId} learners={learners} seconds={session.seconds} leads={cohort?.role === 'instructor'} onChanged={(one) => setLearners((all) => all.map((l) => (l.memberId === one.memberId ? one : l)))} />}
      </section>
    </Frame>
  )
}
