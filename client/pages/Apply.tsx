// Applying to teach: where that is possible, and what came of it.
import { type FormEvent, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { EmailWay } from '../parts/EmailWay.tsx'
import { Brand } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { apply, type Application, type Openings, withdraw } from '../places/wire.ts'
import { PlacesTexts, useDays, usePlacesWords } from '../places/words.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/places.css'

export default function Apply() {
  const user = useAccount((a) => a.user)
  return user ? <PlacesTexts><Mine key={user.userId} isGuest={user.email === null} /></PlacesTexts> : <Enter />
}

function Mine({ isGuest }: { isGuest: boolean }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const where = useReading<Openings>('/openings')
  const was = useReading<{ applications: Application[] }>('/me/applications')
  const [mine, setMine] = useState<readonly Application[] | null>(null)
  const [why, setWhy] = useState<Record<string, string>>({})
  useEffect(() => { if (was.there) setMine(was.there.applications) }, [was.there])
  useEffect(() => { document.title = `${say('apply.title')} · Lectern` }, [say])
  const refusal = where.refusal ?? was.refusal
  if (refusal) return <Notice title={say('apply.unread')} action={<Button look="line" onClick={() => { where.again(); was.again() }}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  const put = (one: Application) => setMine((all) => (all?.some((a) => a.applicationId === one.applicationId) ? all.map((a) => (a.applicationId === one.applicationId ? one : a)) : [one, ...(all ?? [])]))
  const back = (a: Application) => withdraw(a.applicationId).then((now) => { put(now); announce(say('did.withdraw')) }, (error: Refusal) => { setWhy({ [a.applicationId]: trouble(error) }); if (error.code === 'already_decided') was.again() })
  return (
    <main className="reader apply-page">
      <p className="spread"><Link href="/" className="brand-link" aria-label={say('home.lectern')}><Brand /></Link><Link className="btn text" href="/">{say('home.back')}</Link></p>
      <h1 className="words">{say('apply.title')}</h1>
      {!where.there || !mine ? <Bones label={say('apply.wait')} lines={[100, 100]} /> : (
        <>
          {mine.length > 0 && <section><h2 className="h">{say('apply.mine')}</h2><ul className="holders">{mine.map((a) => <One key={a.applicationId} of={a} why={why[a.applicationId]} onWithdraw={() => void back(a)} />)}</ul></section>}
          <section><h2 className="h">{say('apply.where')}</h2>
            {where.there.openings.length === 0 && <p className="quiet">{say('apply.nowhere')}</p>}
            {isGuest && where.there.openings.length > 0 && <EmailWay why={say('apply.guest')}>{say('signin.link')}</EmailWay>}
            <ul className="holders">{where.there.openings.map((o) => {
              const waits = mine.some((a) => a.status === 'pending' && a.org === o.org)
              return <li key={o.nodeId} className="holder"><p><b className="who-of" dir="auto">{o.place}</b> <span className="quiet small" dir="auto">{o.org !== o.place && o.org}</span></p><p className="words" dir="auto">{o.text}</p>
                {waits ? <p className="small quiet">{say('apply.one')}</p> : !isGuest && <Ask nodeId={o.nodeId} place={o.place} onApplied={(a) => { put(a); announce(say('did.apply', { place: o.place })) }} />}</li>
            })}</ul></section>
        </>
      )}
    </main>
  )
}

function One({ of: a, why, onWithdraw }: { of: Application; why: string | undefined; onWithdraw(): void }) {
  const { say } = usePlacesWords()
  const { day } = useDays()
  return (
    <li className={a.status === 'pending' || a.status === 'approved' ? 'holder' : 'holder over'}>
      <div className="holder-head"><span className="grow"><b className="who-of" dir="auto">{a.node.name}</b> <b className="draft-mark small">{say(`apply.${a.status}`)}</b></span><span className="small quiet">{day(a.appliedAt)}</span></div>
      <p className="words about-me" dir="auto">{a.about}</p>
      {a.reason && <p><span className="quiet">{say('apply.because')}</span> <span dir="auto">{a.reason}</span></p>}
      {a.status === 'approved' && <p className="quiet">{say('apply.approved.why', { place: a.node.name })}</p>}
      {a.status === 'pending' && <p><Button look="line" slim onClick={onWithdraw}>{say('apply.withdraw')}</Button></p>}
      {why && <p className="trouble small" role="alert">{why}</p>}
    </li>
  )
}

function Ask({ nodeId, place, onApplied }: { nodeId: string; place: string; onApplied(a: Application): void }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [about, setAbout] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  if (about === null) return <p><Button look="pen" aria-label={say('apply.to', { place })} onClick={() => setAbout('')}>{say('apply.open')}</Button></p>
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !about.trim()) return
    setBusy(true)
    setWhy(null)
    await apply(nodeId, about.trim()).then(onApplied, (error: Refusal) => { setWhy(trouble(error)); announce(trouble(error), 'assertive'); setBusy(false) })
  }
  return (
    <form className="stack-f" onSubmit={sent} onKeyDown={(e) => { if (e.key === 'Escape' && !about.trim()) setAbout(null) }}>
      {/* biome-ignore lint/a11y/noAutofocus: one pressed Apply to write here */}
      <label className="stack-f"><span className="label">{say('apply.about')}</span><textarea autoFocus className="field slim" rows={5} value={about} maxLength={4000} dir="auto" onChange={(e) => setAbout(e.target.value)} /></label>
      {why && <p className="trouble small" role="alert">{why}</p>}
      <div className="row wrap"><Button look="pen" type="submit" busy={busy} notYet={!about.trim()}>{say(about.trim() ? 'apply.send' : 'apply.need')}</Button><Button look="line" onClick={() => setAbout(null)}>{say('leave.as')}</Button></div>
    </form>
  )
}
