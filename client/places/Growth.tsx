// Adding places below one: the name, the kind, Enter, and the next.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { kindsBelow } from './kinds.ts'
import type { Kind, Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = { above: Place; kinds: readonly Kind[] | null; onAdd(what: { name: string; type: string }): Promise<unknown>; onClose(): void }

export function Growth({ above, kinds, onAdd, onClose }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const fit = kindsBelow(kinds, above.type).filter((k) => k.key !== 'organisation')
  const [name, setName] = useState('')
  const [type, setType] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [above.nodeId])
  const kind = fit.some((k) => k.key === type) ? type : (fit.find((k) => k.key === 'unit') ?? fit[0])?.key ?? 'unit'
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!name.trim()) { setWhy(say('place.noname')); field.current?.focus(); return }
    setBusy(true)
    setWhy(null)
    try {
      await onAdd({ name: name.trim(), type: kind })
      setName('')
    } catch (error) {
      setWhy(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
    }
    setBusy(false)
    field.current?.focus()
  }
  return (
    <form className="slip-form" aria-label={say('place.add.to', { name: above.name })} onSubmit={sent} noValidate onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); onClose() } }}>
      <p className="h">{say('place.add.to', { name: above.name })}</p>
      <div className="fields">
        <label className="wide-f"><span className="label">{say('place.name')}</span>
          <input ref={field} className="field slim" value={name} onChange={(e) => setName(e.target.value)} dir="auto" maxLength={120} autoComplete="off" aria-invalid={why !== null || undefined} aria-describedby={why ? 'growth-wrong' : undefined} /></label>
        {fit.length > 1 && <label><span className="label">{say('place.kind')}</span>
          <select className="field slim" value={kind} onChange={(e) => setType(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); e.currentTarget.form?.requestSubmit() } }}>{fit.map((k) => <option key={k.key} value={k.key}>{k.name}</option>)}</select></label>}
      </div>
      {why && <p className="trouble small" id="growth-wrong">{why}</p>}
      <div className="row wrap"><Button look="pen" type="submit" busy={busy}>{say('place.add.do')}</Button><Button look="line" onClick={onClose}>{say('places.close')}</Button></div>
    </form>
  )
}
