// The page that a link in an e-mail opens: as whom, and one press.
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { accounts } from '../../server/features/accounts/contract.ts'
import { asGuest, becomes, signedIn, useAccount } from '../account.ts'
import { ask, type Refusal } from '../api.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { Notice } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'

export type CameBy = { token: string; email: string }
type SignIn = ReplyOf<typeof accounts.calls.redeem>
/** After these the same link may still do. */
const PASSING = ['unheard', 'unavailable', 'rate_limited', 'internal']

export function Come({ link, onAnew }: { link: CameBy; onAnew(): void }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const user = useAccount((a) => a.user)
  const guest = user?.email === null ? user : null
  const [same, setSame] = useState(true)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  async function come(): Promise<void> {
    setBusy(true)
    setRefusal(null)
    try {
      const token = guest && same ? asGuest() : undefined
      const answer = await ask<SignIn>('POST', '/auth/email/redeem', { token: link.token, ...(token && { guest: token }) })
      if (guest && answer.merged) becomes(guest.userId, answer)
      else signedIn(answer)
      announce(say('signin.done', { name: answer.user.name }))
      go('/', { replace: true })
    } catch (error) {
      setRefusal(error as Refusal)
      announce((error as Refusal).message || trouble(error as Refusal), 'assertive')
      setBusy(false)
    }
  }

  if (refusal && !PASSING.includes(refusal.code)) {
    return <Notice kind={say('state.refused')} title={say('signin.refused')} action={<Button look="ink" onClick={onAnew}>{say('signin.new')}</Button>}>{refusal.message || trouble(refusal)}</Notice>
  }
  return (
    <main className="enter">
      <Brand />
      <h1 className="words" tabIndex={-1} ref={heading}>{say('signin.title')}</h1>
      <p className="lead" id="signin-as">{say('signin.as', { email: link.email })}</p>
      {guest && <label className="check slip"><input type="checkbox" checked={same} onChange={(e) => setSame(e.target.checked)} aria-describedby="signin-guest" />
        <span className="grow">{say('signin.guest', { name: guest.name })}</span></label>}
      {guest && <p className="small quiet" id="signin-guest">{say('signin.guest.why', { name: guest.name })}</p>}
      {refusal && <p className="trouble">{refusal.message || trouble(refusal)}</p>}
      <Button look="pen" big wide busy={busy} onClick={() => void come()} aria-describedby="signin-as">{say('signin.press')}</Button>
    </main>
  )
}
