// The providers that one may come in with: everybody's, and the one of one's organisation, once the e-mail says which.
import { useEffect, useState } from 'react'
import { ask, type Refusal } from '../api.ts'
import { asGuest, useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { signInWith } from './away.ts'
import type { Ways } from './wire.ts'
import { useMineWords } from './words.tsx'

const PAUSE = 350
const domainIn = (email: string) => /@([^@\s]+\.[^@\s.]{2,})$/.exec(email.trim())?.[1]?.toLowerCase() ?? ''

/** The providers for an e-mail as it is typed; none until they are known. */
export function useProviders(email: string): Ways['providers'] {
  const domain = domainIn(email)
  const [found, setFound] = useState<Ways['providers']>([])
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      ask<Ways>('GET', `/auth/ways${domain ? `?domain=${encodeURIComponent(domain)}` : ''}`).then((w) => { if (wanted) setFound(w.providers) }, () => undefined)
    }, domain ? PAUSE : 0)
    return () => { wanted = false; clearTimeout(timer) }
  }, [domain])
  return found
}

export function Providers({ email }: { email: string }) {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const providers = useProviders(email)
  const user = useAccount((a) => a.user)
  const guest = user !== null && asGuest() !== undefined ? user : null
  const [same, setSame] = useState(true)
  const [busy, setBusy] = useState<string | null>(null)
  const [why, setWhy] = useState('')
  if (providers.length === 0) return null
  const go = async ({ sso, name }: Ways['providers'][number]) => {
    setBusy(name)
    setWhy('')
    await signInWith({ ...(email.trim() && domainIn(email) && { email: email.trim() }), ...(sso !== null && { sso }) }, guest !== null && same).catch((error: Refusal) => {
      setBusy(null)
      setWhy(error.message || trouble(error))
      announce(error.message || trouble(error), 'assertive')
    })
  }
  return (
    <div className="providers">
      {guest && <label className="check slip"><input type="checkbox" checked={same} onChange={(e) => setSame(e.target.checked)} /><span className="grow">{say('with.same', { name: guest.name })}</span></label>}
      {providers.map((p) => <Button key={p.sso ?? ''} look="ink" big wide busy={busy === p.name} onClick={() => void go(p)}>{say('with', { provider: p.name })}</Button>)}
      {why && <p className="trouble">{why}</p>}
      <p className="or small quiet">{say('with.or')}</p>
    </div>
  )
}
