// How one signs in: by e-mail, and the providers that one added.
import { useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { addWith } from './away.ts'
import { useProviders } from './Providers.tsx'
import type { Identities, Identity, Ways as Offered } from './wire.ts'
import { useMineWords, useMoments } from './words.tsx'

const hostOf = (issuer: string) => (URL.canParse(issuer) ? new URL(issuer).host : issuer)

export function Ways({ there, email, onChanged }: { there: Identities; email: string | null; onChanged(): void }) {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const offered = useProviders(email ?? '')
  const [busy, setBusy] = useState('')
  const [why, setWhy] = useState('')
  const wrong = (error: Refusal) => { setBusy(''); setWhy(error.message || trouble(error)); announce(error.message || trouble(error), 'assertive') }
  const add = ({ sso, name }: Offered['providers'][number]) => { setBusy(name); setWhy(''); addWith({ ...(email !== null && { email }), ...(sso !== null && { sso }) }).catch(wrong) }
  const remove = (i: Identity) => asMe('DELETE', `/me/identities/${i.identityId}`).then(() => { announce(say('ways.removed', { provider: hostOf(i.issuer) })); onChanged() }, wrong)
  return (
    <section className="slip of-mine">
      <h2 className="h">{say('ways.title')}</h2>
      <ul className="entries">
        {there.byEmail && email && <li className="entry"><p className="grow"><b>{say('ways.email', { email })}</b></p></li>}
        {!there.byEmail && there.identities.length === 0 && <li className="quiet">{say('ways.none')}</li>}
        {there.identities.map((i) => <One key={i.identityId} identity={i} onRemove={() => void remove(i)} />)}
      </ul>
      {why && <p className="trouble" role="alert">{why}</p>}
      {offered.length > 0 && <p className="row wrap">{offered.map((p) => <Button key={p.sso ?? ''} look="line" busy={busy === p.name} onClick={() => add(p)}>{say('ways.add', { provider: p.name })}</Button>)}</p>}
    </section>
  )
}

function One({ identity: i, onRemove }: { identity: Identity; onRemove(): void }) {
  const { say } = useMineWords()
  const { day } = useMoments()
  const [sure, setSure] = useState(false)
  const times = { added: day(i.addedAt), used: day(i.lastUsedAt) }
  return (
    <li className="entry">
      <p className="grow"><b><bdi dir="ltr">{hostOf(i.issuer)}</bdi></b><span className="quiet small when">{i.email ? say('ways.used', { email: i.email, ...times }) : say('ways.used.plain', times)}</span></p>
      <Button look="text" slim sure={sure} aria-label={sure ? say('mine.sure') : say('mine.remove.of', { what: hostOf(i.issuer) })} onBlur={() => setSure(false)} onClick={() => { if (sure) onRemove(); setSure(!sure) }}>{say(sure ? 'mine.sure' : 'mine.remove')}</Button>
    </li>
  )
}
