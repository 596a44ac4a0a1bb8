// A role of the organisation's own: its name; what it may is ticked in its column afterwards.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { makeRole, type Role } from './wire.ts'
import { usePlacesWords } from './words.tsx'

/** A key for this name: small letters, figures and underscores. */
export const keyOf = (name: string): string => {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(plain) ? plain : `role_${plain}`).slice(0, 40).replace(/_+$/, '')
}

export function NewRole({ orgId, onMade, onClose }: { orgId: string; onMade(role: Role): void; onClose(): void }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [name, setName] = useState('')
  const [key, setKey] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!name.trim()) { setWhy(say('place.noname')); field.current?.focus(); return }
    setBusy(true)
    setWhy(null)
    try {
      onMade(await makeRole(orgId, { key: key ?? keyOf(name), name: name.trim(), permissions: {} }))
    } catch (error) {
      const { code } = error as Refusal
      const reason = code === 'bad_request' ? say('roles.key.wrong') : trouble(error as Refusal)
      setWhy(reason)
      announce(reason, 'assertive')
      setBusy(false)
    }
  }
  return (
    <form className="slip-form" aria-label={say('roles.new')} onSubmit={sent} noValidate onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); onClose() } }}>
      <div className="fields">
        <label className="wide-f"><span className="label">{say('roles.name')}</span><input ref={field} className="field slim" value={name} onChange={(e) => setName(e.target.value)} dir="auto" maxLength={120} autoComplete="off" aria-describedby={why ? 'role-wrong' : undefined} /></label>
        <label><span className="label">{say('roles.key')}</span><input className="field slim" value={key ?? (name ? keyOf(name) : '')} onChange={(e) => setKey(e.target.value)} dir="ltr" maxLength={40} autoComplete="off" /></label>
      </div>
      {why && <p className="trouble small" id="role-wrong">{why}</p>}
      <div className="row wrap"><Button look="pen" type="submit" busy={busy}>{say('roles.make')}</Button><Button look="line" onClick={onClose}>{say('places.close')}</Button></div>
    </form>
  )
}
