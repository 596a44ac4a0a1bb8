// The classes of a cohort, newest first.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { asMe, useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import type { Cohort } from '../people/wire.ts'
import { useReading } from '../reading.ts'
import { Frame } from '../record/Frame.tsx'
import type { Held } from '../record/wire.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/record.css'

export default function Sessions({ cohortId }: { cohortId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Staff><List key={user.userId} cohortId={cohortId} /></Staff> : <Enter />
}

function List({ cohortId }: { cohortId: string }) {
  const { say, number } = useStaffWords()
  const trouble = useTrouble()
  const { there: cohort } = useReading<Cohort>(`/cohorts/${cohortId}`)
  const first = useReading<Held>(`/cohorts/${cohortId}/sessions`)
  const [more, setMore] = useState<Held[]>([])
  useEffect(() => { document.title = `${say('tab.sessions')}, ${cohort?.name ?? ''} · Lectern` }, [say, cohort])
  if (first.refusal) return <Notice kind={say('state.refused')} title={say('record.unread')} action={<Button look="line" onClick={first.again}>{say('try.again')}</Button>}>{trouble(first.refusal)}</Notice>
  if (!first.there) return <main className="people-page"><Bones label={say('record.wait')} lines={[40, 100, 100]} /></main>
  const pages = [first.there, ...more]
  const next = pages.at(-1)?.next ?? null
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })
  const all = pages.flatMap((p) => p.sessions)
  return (
    <Frame cohortId={cohortId} name={cohort?.name ?? ''}>
      <h1>{say('tab.sessions')}</h1>
      {all.length === 0 && <div className="none-yet"><h2 className="h">{say('record.none')}</h2><p className="quiet">{say('record.none.why')}</p><Link className="btn ink" href={`/class/${cohortId}`}>{say('record.go')}</Link></div>}
      <ul className="held">
        {all.map((s) => (
          <li key={s.sessionId}><Link href={`/session/${s.sessionId}`} className="held-one">
            <b className="b grow" dir="auto">{s.title ?? say('record.untitled')}</b><span className="quiet">{date.format(new Date(s.startedAt))}</span>
            <span className="num">{say('record.held', { prompts: s.prompts, attended: s.attended })}</span>
            {s.endedAt ? <span className="quiet num">{say('minutes', { minutes: number(Math.round((Date.parse(s.endedAt) - Date.parse(s.startedAt)) / 60_000)) })}</span> : <b className="b">{say('record.running')}</b>}
          </Link></li>
        ))}
      </ul>
      {next && <Button look="line" onClick={() => void asMe<Held>('GET', `/cohorts/${cohortId}/sessions?cursor=${encodeURIComponent(next)}`).then((page) => setMore((m) => [...m, page]))}>{say('more')}</Button>}
    </Frame>
  )
}
