// Where one is signed in, and ending it there; and who saw Lectern as oneself.
import { useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Session, Views } from './wire.ts'
import { useMineWords, useMoments } from './words.tsx'

export function Devices({ sessions, onChanged }: { sessions: readonly Session[]; onChanged(sessions: Session[]): void }) {
  const { say } = useMineWords()
  const { moment, day } = useMoments()
  const trouble = useTrouble()
  const [busy, setBusy] = useState('')
  const [why, setWhy] = useState('')
  const called = (s: Session) => s.device || say('sessions.unknown')
  const facts = (s: Session) => {
    const how = s.how === 'provider' ? say('how.provider', { provider: s.provider ?? '' }) : say(`how.${s.how}`)
    const times = { how, since: day(s.startedAt), used: moment(s.lastUsedAt) }
    return s.network ? say('sessions.facts', { ...times, network: s.network }) : say('sessions.facts.bare', times)
  }
  async function end(which: Session | null) {
    setBusy(which?.sessionId ?? 'all')
    setWhy('')
    await asMe('DELETE', which ? `/me/sessions/${which.sessionId}` : '/me/sessions').then(() => {
      onChanged(sessions.filter((s) => s.isThis || (which !== null && s.sessionId !== which.sessionId)))
      announce(which ? say('sessions.ended', { device: called(which) }) : say('sessions.others.done'))
    }, (error: Refusal) => setWhy(trouble(error)))
    setBusy('')
  }
  return (
    <section className="slip of-mine">
      <div className="spread wrap"><h2 className="h">{say('sessions.title')}</h2>
        {sessions.length > 2 && <Button look="line" slim busy={busy === 'all'} onClick={() => void end(null)}>{say('sessions.others')}</Button>}</div>
      <ul className="entries">
        {sessions.map((s) => (
          <li key={s.sessionId} className="entry">
            <p className="grow"><b><bdi>{called(s)}</bdi></b>{s.isThis && <span className="small this-one">{say('sessions.this')}</span>}<span className="quiet small when">{facts(s)}</span></p>
            {!s.isThis && <Button look="text" slim busy={busy === s.sessionId} aria-label={say('sessions.end.of', { device: called(s) })} onClick={() => void end(s)}>{say('sessions.end')}</Button>}
          </li>
        ))}
      </ul>
      {why && <p className="trouble" role="alert">{why}</p>}
    </section>
  )
}

export function Seen({ views }: { views: Views['views'] }) {
  const { say } = useMineWords()
  const { moment } = useMoments()
  return (
    <section className="slip of-mine">
      <h2 className="h">{say('views.title')}</h2>
      {views.length === 0 ? <p className="quiet">{say('views.none')}</p> : (
        <ul className="entries">{views.map((v) => (
          <li key={v.startedAt + v.name} className="entry"><p className="grow"><b>{v.endedAt ? say('views.one', { name: v.name, from: moment(v.startedAt), to: moment(v.endedAt) }) : say('views.now', { name: v.name, from: moment(v.startedAt) })}</b>
            <span className="quiet small when"><bdi>{v.reason}</bdi></span></p></li>
        ))}</ul>
      )}
    </section>
  )
}
