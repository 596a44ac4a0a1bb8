// Asking for a link: the address, and then the inbox. What the page says is the same whether the address is anybody's.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { asGuest } from '../account.ts'
import { ask, type Refusal } from '../api.ts'
import { useWords } from '../language.tsx'
import { Providers } from '../mine/Providers.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'

const AGAIN_MS = 30_000

/** Asks for a link to this address; resolves with whether it was taken, and keeps why not. */
function useAsking() {
  const { say } = useWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState(false)
  const [sentence, setSentence] = useState('')
  async function askFor(email: string): Promise<boolean> {
    setBusy(true)
    setSentence('')
    const guest = asGuest()
    const refusal = await ask('POST', '/auth/email', { email, ...(guest && { guest }) }).then(() => null, (error) => error as Refusal)
    setBusy(false)
    if (!refusal) return true
    // The server knows how long to wait, and that there may be no mail here: its words before ours.
    const why = refusal.code === 'bad_request' ? say('signin.wrong') : refusal.message || trouble(refusal)
    setSentence(why)
    announce(why, 'assertive')
    return false
  }
  return { askFor, busy, sentence }
}

export function WhereTo({ email, ended, onChange, onAsked }: { email: string; ended: boolean; onChange(email: string): void; onAsked(): void }) {
  const { say } = useWords()
  const { askFor, busy, sentence } = useAsking()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !email.trim()) return
    if (await askFor(email.trim())) onAsked()
    else field.current?.focus()
  }
  return (
    <main className="enter">
      <Brand />
      <h1 className="words">{say(ended ? 'enter.ended' : 'signin.press')}</h1>
      <Providers email={email} />
      <form onSubmit={send} noValidate>
        <label><span className="b">{say('signin.email')}</span>
          <input ref={field} className="field" type="email" value={email} onChange={(e) => onChange(e.target.value)} autoComplete="email" autoCapitalize="off" spellCheck={false} maxLength={254} dir="ltr" aria-invalid={sentence !== ''} aria-describedby="signin-why signin-trouble" />
          <span className="small quiet" id="signin-why">{say('signin.why')}</span></label>
        <p id="signin-trouble" className={sentence ? 'trouble' : 'sr'}>{sentence}</p>
        <Button look="pen" big wide type="submit" busy={busy} notYet={!email.trim()}>{say(email.trim() ? 'signin.send' : 'signin.need')}</Button>
      </form>
      <Link className="btn text" href="/join">{say('signin.code')}</Link>
    </main>
  )
}

export function Look({ email, onOther }: { email: string; onOther(): void }) {
  const { say } = useWords()
  const { askFor, busy, sentence } = useAsking()
  const heading = useRef<HTMLHeadingElement>(null)
  const [sentAt, setSentAt] = useState(Date.now)
  const [now, setNow] = useState(sentAt)
  const [again, setAgain] = useState(false)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((sentAt + AGAIN_MS - now) / 1000))
  const send = async () => {
    if (!(await askFor(email.trim()))) return
    setSentAt(Date.now())
    setNow(Date.now())
    setAgain(true)
    announce(say('signin.sent.again'))
  }
  return (
    <main className="enter">
      <Brand />
      <h1 className="words" tabIndex={-1} ref={heading}>{say('signin.look')}</h1>
      <p className="lead">{say('signin.sent', { email: email.trim() })}</p>
      <p className="quiet">{again ? `${say('signin.sent.again')}. ` : ''}{say('signin.spam')}</p>
      <p className={sentence ? 'trouble' : 'sr'}>{sentence}</p>
      <Button look="line" busy={busy} notYet={seconds > 0} onClick={() => void send()}>{seconds > 0 ? say('signin.again.in', { seconds }) : say('signin.again')}</Button>
      <Button look="text" onClick={onOther}>{say('signin.other')}</Button>
    </main>
  )
}
