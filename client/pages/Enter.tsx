// Into class with a code and a name. An e-mail is asked for only where the class has a list. Who came in with this code
// before in this browser is asked whether they are the same.
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { signedIn, useAccount } from '../account.ts'
import { ask, type Refusal } from '../api.ts'
import { codeIn, sameCode } from '../code.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { EmailWay } from '../parts/EmailWay.tsx'
import { useTrouble } from '../trouble.ts'

const AskIn = lazy(() => import('../cohort/AskIn.tsx'))
type Entered = ReplyOf<typeof cohorts.calls.enter>
const before = (code: string): { userId: string; cohortId: string } | null => JSON.parse(localStorage.getItem(`lectern:code:${sameCode(code)}`) ?? 'null')

export function Enter({ code: given = '' }: { code?: string }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const user = useAccount((a) => a.user)
  const ended = useAccount((a) => a.why === 'ended')
  const [code, setCode] = useState(codeIn(given))
  const [name, setName] = useState('')
  const [email, setEmail] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const first = useRef<HTMLInputElement>(null)
  const asked = useRef<HTMLInputElement>(null)
  const known = before(code)
  useEffect(() => first.current?.focus(), [])
  useEffect(() => { if (email !== null) asked.current?.focus() }, [email === null])

  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy || !code.trim() || !name.trim()) return
    setBusy(true)
    setRefusal(null)
    try {
      const entered = await ask<Entered>('POST', '/join', { code: codeIn(code), name: name.trim(), ...(email?.trim() && { email: email.trim() }) })
      signedIn(entered)
      localStorage.setItem(`lectern:code:${sameCode(code)}`, JSON.stringify({ userId: entered.user.userId, cohortId: entered.cohortId }))
      go(`/class/${entered.cohortId}`)
    } catch (error) {
      setRefusal(error as Refusal)
      if ((error as Refusal).code === 'not_listed') setEmail((e) => e ?? '')
      announce(trouble(error as Refusal), 'assertive')
      setBusy(false)
    }
  }

  const listed = email !== null
  const wrongCode = refusal?.code === 'not_found'
  const sentence = refusal && (wrongCode ? say('enter.wrongcode') : refusal.code === 'not_listed' && !email ? say('enter.listed') : trouble(refusal))
  return (
    <main className="enter">
      <Brand />
      <h1 className="words">{say(ended ? 'enter.ended' : 'enter.title')}</h1>
      {user && known?.userId === user.userId && (
        <p className="again slip"><span className="grow">{say('enter.again', { name: user.name })}</span><Link className="btn ink" href={`/class/${known.cohortId}`}>{say('enter.goin')}</Link></p>
      )}
      <form onSubmit={enter} noValidate>
        <label><span className="b">{say('enter.code')}</span>
          <input ref={given ? undefined : first} className="field code" value={code} onChange={(e) => setCode(/\/join\//i.test(e.target.value) ? codeIn(e.target.value) : e.target.value)} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={400} dir="ltr" aria-invalid={wrongCode} aria-describedby="enter-trouble" placeholder="KITE 47" /></label>
        <label><span className="b">{say('enter.name')}</span>
          <input ref={given ? first : undefined} className="field" value={name} onChange={(e) => setName(e.target.value)} autoComplete="name" maxLength={120} dir="auto" aria-describedby="enter-name" />
          <span className="small quiet" id="enter-name">{say('enter.name.why')}</span></label>
        {listed && <label><span className="b">{say('enter.email')}</span>
          <input className="field" type="email" value={email} onChange={(e) => setEmail(e.target.value)} autoComplete="email" maxLength={254} dir="ltr" ref={asked} aria-describedby="enter-trouble" /></label>}
        <p id="enter-trouble" className={sentence ? 'trouble' : 'sr'}>{sentence}</p>
        <Button look="pen" big wide type="submit" busy={busy} notYet={!code.trim() || !name.trim()}>
          {say(!code.trim() ? 'enter.needcode' : !name.trim() ? 'enter.needname' : 'enter.in')}
        </Button>
      </form>
      {refusal?.code === 'not_listed' && email?.trim() && <Suspense fallback={null}><AskIn key={email} code={codeIn(code)} name={name.trim()} email={email.trim()} /></Suspense>}
      {!user?.email && <EmailWay>{say('signin.link')}</EmailWay>}
      <p className="small quiet">{say('enter.blind')}</p>
    </main>
  )
}
