// Signing in: with a provider, or by e-mail: the address, the inbox, and the link that leads back here. The link is redeemed by a press, never
// by opening the page: mail scanners open links, and some of them run scripts. The press also shows as whom, and whether
// the guest who is in here is the same person.
import { useEffect, useState } from 'react'
import { useAccount } from '../account.ts'
import { MineTexts } from '../mine/words.tsx'
import { Come, type CameBy } from './SignInCome.tsx'
import { Look, WhereTo } from './SignInAsk.tsx'
import '../styles/mine.css'

/** The link's token, and whom it says it signs in: to be shown, and proved by the token alone. */
function readLink(): CameBy | null {
  const [, token, email] = /^#([\w-]+)\/([^/]+)$/.exec(location.hash) ?? []
  try {
    return token && email ? { token, email: decodeURIComponent(email) } : null
  } catch {
    return null
  }
}

export default function SignIn() {
  const [link, setLink] = useState(readLink)
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const ended = useAccount((a) => a.why === 'ended')
  useEffect(() => {
    const another = () => setLink(readLink())
    addEventListener('hashchange', another)
    return () => removeEventListener('hashchange', another)
  }, [])
  if (link) return <Come key={link.token} link={link} onAnew={() => { history.replaceState(null, '', '/sign-in'); setEmail(link.email); setLink(null) }} />
  if (asked) return <Look email={email} onOther={() => setAsked(false)} />
  return <MineTexts><WhereTo email={email} ended={ended} onChange={setEmail} onAsked={() => setAsked(true)} /></MineTexts>
}
