// A key for a program: its name, what it may do here and below, and how long.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { endOf, today } from './grants.ts'
import type { Ground } from './ground.ts'
import { type MadeKey, makeKey, type Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = { place: Place; ground: Ground; onMade(key: MadeKey): void; onClose(): void }

export function MakeKey({ place, ground, onMade, onClose }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [until, setUntil] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const wrong = (reason: string) => { setWhy(reason); announce(reason, 'assertive') }
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!name.trim()) { wrong(say('keys.noname')); field.current?.focus(); return }
    if (scopes.length === 0) { wrong(say('keys.noscope')); return }
    setBusy(true)
    setWhy(null)
    try {
      const end = endOf(until)
      onMade(await makeKey(place.nodeId, { name: name.trim(), scopes: [...scopes], ...(end && { expiresAt: end }) }))
    } catch (error) {
      wrong(trouble(error as Refusal))
      setBusy(false)
    }
  }
  return (
    <form className="slip-form" aria-label={say('keys.new')} onSubmit={sent} noValidate onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); onClose() } }}>
      <div className="fields">
        <label className="wide-f"><span className="label">{say('keys.name')}</span><input ref={field} className="field slim" value={name} onChange={(e) => setName(e.target.value)} placeholder={say('keys.name.hint')} dir="auto" maxLength={120} autoComplete="off" aria-describedby={why ? 'key-wrong' : undefined} /></label>
        <label><span className="label">{say('give.until')}</span><input className="field slim" type="date" value={until} min={today()} onChange={(e) => setUntil(e.target.value)} /></label>
      </div>
      <fieldset className="scopes"><legend className="label">{say('keys.scopes', { place: place.name })}</legend>
        {ground.permissions.filter((p) => place.may.includes(p.key)).map((p) => (
          <label key={p.key} className="tickbox"><input type="checkbox" checked={scopes.includes(p.key)} onChange={(e) => setScopes(e.target.checked ? [...scopes, p.key] : scopes.filter((s) => s !== p.key))} /><span>{p.says}</span></label>
        ))}</fieldset>
      {why && <p className="trouble small" id="key-wrong">{why}</p>}
      <div className="row wrap"><Button look="pen" type="submit" busy={busy}>{say('keys.make')}</Button><Button look="line" onClick={onClose}>{say('places.close')}</Button></div>
    </form>
  )
}
