// Giving somebody a role or one permission here and below; or denying it. For good or until a day; everywhere here, or in one
// class only.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { announce } from '../parts/Say.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { endOf, today } from './grants.ts'
import { type Ground, mayGive } from './ground.ts'
import { Sign } from './Sign.tsx'
import { give, type Grant, type Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = { place: Place; ground: Ground; onGiven(grant: Grant): void; onClose(): void }
type Classes = ReplyOf<typeof cohorts.calls.list>

export function Give({ place, ground: { permissions, roles }, onGiven, onClose }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const { there: classes } = useReading<Classes>('/cohorts')
  const [email, setEmail] = useState('')
  const [effect, setEffect] = useState<'allow' | 'deny'>('allow')
  const [by, setBy] = useState<'role' | 'permission'>('role')
  const [what, setWhat] = useState('')
  const [until, setUntil] = useState('')
  const [cohortId, setCohortId] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ at: 'email' | 'what' | 'all'; why: string } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const pick = useRef<HTMLSelectElement>(null)
  useEffect(() => field.current?.focus(), [])
  const choices = by === 'role'
    ? (roles ?? []).map((r) => ({ key: r.key, name: r.name, may: effect === 'deny' || mayGive(r, place.may) }))
    : permissions.map((p) => ({ key: p.key, name: p.says, may: effect === 'deny' || place.may.includes(p.key) }))

  const refused = (at: 'email' | 'what' | 'all', why: string) => {
    setWrong({ at, why })
    announce(why, 'assertive')
    if (at !== 'all') (at === 'email' ? field : pick).current?.focus()
  }
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) return refused('email', say('give.email.wrong'))
    if (!what) return refused('what', say('give.what.missing'))
    setBusy(true)
    setWrong(null)
    try {
      const end = endOf(until)
      onGiven(await give(place.nodeId, { email: email.trim(), ...(by === 'role' ? { role: what } : { permission: what }), effect, ...(end && { until: end }), ...(cohortId && { cohortId }) }))
      setEmail('')
      field.current?.focus()
    } catch (error) {
      const { code } = error as Refusal
      refused('all', code === 'not_found' && cohortId ? say('give.cohort.not', { place: place.name }) : trouble(error as Refusal))
    }
    setBusy(false)
  }
  return (
    <form className="slip-form" aria-label={say('give.title', { place: place.name })} onSubmit={sent} noValidate onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); onClose() } }}>
      <p className="h">{say('give.title', { place: place.name })}</p>
      <div className="fields">
        <label className="wide-f"><span className="label">{say('people.email')}</span>
          <input ref={field} className="field slim" type="email" inputMode="email" value={email} onChange={(e) => { setEmail(e.target.value); setWrong(null) }} dir="ltr" maxLength={254} autoComplete="off" aria-invalid={wrong?.at === 'email' || undefined} aria-describedby={wrong ? 'give-wrong' : undefined} /></label>
        <div className="wide-f"><span className="label">{say('give.effect')}</span>
          <Choice<'allow' | 'deny'> label={say('give.effect')} value={effect} onChange={setEffect} options={[{ value: 'allow', label: <><Sign of="allow" />{say('effect.allow')}</> }, { value: 'deny', label: <><Sign of="deny" />{say('effect.deny')}</> }]} /></div>
        <div className="wide-f"><span className="label">{say('give.by')}</span>
          <Choice<'role' | 'permission'> label={say('give.by')} value={by} onChange={(now) => { setBy(now); setWhat('') }} options={[{ value: 'role', label: say('give.role') }, { value: 'permission', label: say('give.permission') }]} /></div>
        <label className="wide-f"><span className="label">{say(by === 'role' ? 'people.role' : 'give.which')}</span>
          <select ref={pick} className="field slim" value={what} onChange={(e) => { setWhat(e.target.value); setWrong(null) }} aria-invalid={wrong?.at === 'what' || undefined}>
            <option value="">{say('give.choose')}</option>
            {choices.map(({ key, name, may }) => <option key={key} value={key} disabled={!may}>{may ? name : say('give.more', { name })}</option>)}
          </select></label>
        <label><span className="label">{say('give.until')}</span><input className="field slim" type="date" value={until} min={today()} onChange={(e) => setUntil(e.target.value)} /></label>
        {classes && classes.cohorts.length > 0 && <label className="wide-f"><span className="label">{say('give.cohort')}</span>
          <select className="field slim" value={cohortId} onChange={(e) => setCohortId(e.target.value)}><option value="">{say('give.cohort.all')}</option>{classes.cohorts.map((c) => <option key={c.cohortId} value={c.cohortId}>{c.courseName}, {c.name}</option>)}</select></label>}
      </div>
      <p className="small quiet">{say(effect === 'deny' ? 'give.deny.why' : 'give.allow.why', { place: place.name })}</p>
      {wrong && <p className="trouble small" id="give-wrong">{wrong.why}</p>}
      <div className="row wrap"><Button look="pen" type="submit" busy={busy}>{say(effect === 'deny' ? 'give.do.deny' : 'give.do')}</Button><Button look="line" onClick={onClose}>{say('places.close')}</Button></div>
    </form>
  )
}
