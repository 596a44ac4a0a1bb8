// Seeing Lectern as somebody does: with a reason, which they read, and an end. Both names stand on whatever is done.
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { signedInAs } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { Sheet } from './Sheet.tsx'
import { type Grant, viewAs } from './wire.ts'
import { usePlacesWords } from './words.tsx'

const MINUTES = [10, 30, 60, 120]

export function ViewAs({ user, onClose }: { user: Grant['user']; onClose(): void }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [, to] = useLocation()
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(30)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const enough = reason.trim().length >= 3
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !enough) return
    setBusy(true)
    setWhy(null)
    try {
      const { accessToken, expiresAt } = await viewAs({ userId: user.userId, reason: reason.trim(), minutes })
      await signedInAs(accessToken, expiresAt)
      to('/')
    } catch (error) {
      setWhy(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
      setBusy(false)
    }
  }
  return (
    <Sheet title={say('view.title', { name: user.name })} onClose={onClose}>
      <form className="stack-f" onSubmit={sent}>
        <p className="quiet">{say('view.why', { name: user.name })}</p>
        <label className="stack-f"><span className="label">{say('view.reason')}</span><textarea data-first className="field slim" rows={2} value={reason} maxLength={500} dir="auto" onChange={(e) => setReason(e.target.value)} /></label>
        <div className="stack-f"><span className="label">{say('view.minutes')}</span><span><Choice<number> label={say('view.minutes')} value={minutes} onChange={setMinutes} options={MINUTES.map((n) => ({ value: n, label: say('minutes', { minutes: n }) }))} /></span></div>
        {why && <p className="trouble small" role="alert">{why}</p>}
        <div className="row"><Button look="pen" type="submit" busy={busy} notYet={!enough}>{say(enough ? 'view.do' : 'view.need')}</Button></div>
      </form>
    </Sheet>
  )
}
