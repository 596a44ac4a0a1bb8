// Who one says one is: a few fields, saved together.
import { type FormEvent, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Profile } from './wire.ts'
import { useMineWords } from './words.tsx'

const ZONES = Intl.supportedValuesOf('timeZone')
const written = (p: Profile) => ({ name: p.name, headline: p.headline ?? '', locale: p.locale ?? '', tz: p.tz ?? '' })

export function About({ profile, onChanged }: { profile: Profile; onChanged(profile: Profile): void }) {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const [said, setSaid] = useState(() => written(profile))
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const was = written(profile)
  const isSame = Object.entries(said).every(([name, text]) => text.trim() === was[name as keyof typeof was])
  const set = (name: keyof typeof said) => (e: { target: { value: string } }) => setSaid({ ...said, [name]: e.target.value })

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || isSame || !said.name.trim()) return
    setBusy(true)
    setWhy('')
    const { name, ...rest } = said
    const body = { name: name.trim(), ...Object.fromEntries(Object.entries(rest).map(([field, text]) => [field, text.trim() || null])), rowVersion: profile.rowVersion }
    await asMe<Profile>('PATCH', '/me/profile', body).then((now) => { take(now); announce(say('mine.saved')) }, (error: Refusal) => {
      const now = error.details.profile as Profile | undefined
      if (now) take(now)
      const sentence = now ? say('mine.meanwhile') : error.message || trouble(error)
      setWhy(sentence)
      announce(sentence, 'assertive')
    })
    setBusy(false)
  }
  const take = (now: Profile) => { onChanged(now); setSaid(written(now)) }

  return (
    <section className="slip of-mine">
      <h2 className="h">{say('about.title')}</h2>
      <p className="quiet">{profile.email ? <><span>{say('about.email')}: </span><bdi>{profile.email}</bdi></> : say('about.guest')}</p>
      <form className="fields" onSubmit={(e) => void send(e)} noValidate>
        <label><span className="b">{say('about.name')}</span><input className="field slim" value={said.name} onChange={set('name')} maxLength={120} autoComplete="name" dir="auto" aria-describedby="about-name" /><span className="small quiet" id="about-name">{say('about.name.why')}</span></label>
        <label><span className="b">{say('about.headline')}</span><input className="field slim" value={said.headline} onChange={set('headline')} maxLength={200} dir="auto" /></label>
        <label><span className="b">{say('about.locale')}</span><input className="field slim" value={said.locale} onChange={set('locale')} maxLength={35} dir="ltr" autoCapitalize="off" spellCheck={false} placeholder={navigator.language} aria-describedby="about-locale" /><span className="small quiet" id="about-locale">{say('about.locale.why')}</span></label>
        <label><span className="b">{say('about.tz')}</span>
          <select className="field slim" value={said.tz} onChange={set('tz')} dir="ltr">
            <option value="">–</option>
            {said.tz && !ZONES.includes(said.tz) && <option>{said.tz}</option>}
            {ZONES.map((zone) => <option key={zone}>{zone}</option>)}
          </select></label>
        <p className={why ? 'trouble' : 'sr'}>{why}</p>
        <p className="does"><Button look="pen" type="submit" busy={busy} notYet={isSame || !said.name.trim()}>{say(said.name.trim() ? (isSame ? 'mine.same' : 'mine.save') : 'about.need')}</Button></p>
      </form>
    </section>
  )
}
