// A place is named where its name stands: Enter or leaving the field saves, Escape leaves it as it was. What is refused is said
// below, and what was typed stays.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = { place: Place; onName(name: string): Promise<void>; onClose(): void }

export function NameField({ place, onName, onClose }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [typed, setTyped] = useState(place.name)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => { field.current?.focus(); field.current?.select() }, [])
  const save = async () => {
    const name = typed.trim()
    if (busy) return
    if (name === '' || name === place.name) { onClose(); return }
    setBusy(true)
    try {
      await onName(name)
      onClose()
    } catch (error) {
      const { code, details } = error as Refusal
      const stands = code === 'conflict' ? (details.node as Place | undefined) : undefined
      const reason = stands ? say('place.stale.name', { name: stands.name, mine: name }) : trouble(error as Refusal)
      setWhy(reason)
      announce(reason, 'assertive')
      setBusy(false)
      field.current?.focus()
    }
  }
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') { event.preventDefault(); void save() }
    if (event.key === 'Escape') { event.preventDefault(); onClose() }
  }
  return (
    <span className="naming">
      <input ref={field} className="field slim" value={typed} maxLength={120} dir="auto" autoComplete="off" aria-label={say('place.name.of', { name: place.name })} aria-invalid={why !== null || undefined} aria-describedby={why ? id : undefined} readOnly={busy}
        onChange={(e) => setTyped(e.target.value)} onKeyDown={pressed} onBlur={() => { if (!why) void save() }} onClick={(e) => e.stopPropagation()} onPointerDown={(e) => e.stopPropagation()} />
      {why && <span className="trouble small" id={id}>{why}</span>}
    </span>
  )
}
