// Where one writes to the tutor. What is written is kept; while an answer is made the same button ends it, and Escape does too.
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { Button } from '../parts/Button.tsx'
import { useTrouble } from '../trouble.ts'
import { underWay } from './talk.ts'
import { useRoom, useTutor } from './tutoring.tsx'
import type { About } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

/** How much of the longest question must be written for its length to be said. */
const NEARLY = 0.8
/** `placeholder`: about what. `onSent`: with what was written. */
type Props = { about: About | null; placeholder: string; describedBy: string; onAsk(text: string): void }

export function Ask({ about, placeholder, describedBy, onAsk }: Props) {
  const { say } = useTutorWords()
  const { moment } = useMoments()
  const trouble = useTrouble()
  const room = useRoom()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useTutor((s) => s.draft)
  const refused = useTutor((s) => s.refused)
  const waits = useTutor((s) => s.waiting !== null)
  const growing = useTutor((s) => underWay(s.talk)?.messageId ?? null)
  const most = about?.askedMost ?? Number.POSITIVE_INFINITY
  const quota = useTutor((s) => s.talk.quota) ?? about?.quota ?? null
  const used = quota?.limit != null && quota.used >= quota.limit
  const over = draft.length - most
  const cannot = draft.trim() === '' || over > 0 || waits || used
  const shut = about?.isOn === false
  useEffect(() => { if (!matchMedia('(pointer: coarse)').matches) field.current?.focus({ preventScroll: true }) }, [])

  const ask = () => { if (!cannot && growing === null) onAsk(draft) }
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || matchMedia('(pointer: coarse)').matches) return
    event.preventDefault()
    ask()
  }
  if (shut) return <p className="note" role="status">{say('off')}</p>
  return (
    <form className="ask-form" onSubmit={(e) => { e.preventDefault(); ask() }}>
      {refused && <div className="note alert" role="alert"><p dir="auto">{trouble(refused)}</p></div>}
      {used && !refused && <p className="note small" role="status">{quota?.until ? say('quota.used', { limit: quota.limit ?? 0, at: moment(quota.until) }) : say('quota.used.all', { limit: quota?.limit ?? 0 })}</p>}
      <div className="ask-row">
        <label className="sr" htmlFor={id}>{placeholder}</label>
        <textarea id={id} ref={field} className="field" rows={1} dir="auto" placeholder={placeholder} value={draft} aria-describedby={describedBy} aria-invalid={over > 0 || undefined}
          onChange={(e) => room.write(e.target.value)} onKeyDown={pressed} />
        {growing !== null ? <Button look="ink" big hotkey="Esc" onPointerDown={stay} onClick={() => void room.stop(growing)}><Square />{say('stop')}</Button>
          : <Button look="pen" big type="submit" notYet={cannot} onPointerDown={stay}>{say('ask')}</Button>}
      </div>
      {(over > 0 || draft.length > most * NEARLY) && <p className={`small num ${over > 0 ? 'trouble' : 'quiet'}`} role="status">{over > 0 ? say('ask.over', { over }) : say('ask.left', { left: -over })}</p>}
    </form>
  )
}

/** The focus stays where one writes. */
const stay = (event: React.PointerEvent) => event.preventDefault()
const Square = () => <svg className="ico full small" viewBox="0 0 20 20" aria-hidden="true"><rect x="4" y="4" width="12" height="12" rx="1.500" /></svg>
