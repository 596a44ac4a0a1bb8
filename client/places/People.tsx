// Who may do what here: every grant that holds at this place, those from above too, person by person.
import { useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import { useTrouble } from '../trouble.ts'
import type { Said } from './done.ts'
import { Give } from './Give.tsx'
import { HeldGrant } from './HeldGrant.tsx'
import { holders, useGrants } from './grants.ts'
import { allowed, type Ground } from './ground.ts'
import type { Tree } from './tree.ts'
import { ViewAs } from './ViewAs.tsx'
import { Because, type Of } from './Why.tsx'
import { type Giving, give, type Grant, type Place, takeBack } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = { place: Place; tree: Tree; ground: Ground; said: Said }

export function People({ place, tree, ground, said }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [q, setQ] = useState('')
  const list = useGrants(place.nodeId, q.trim())
  const [giving, setGiving] = useState(false)
  const [asked, setAsked] = useState<Of | null>(null)
  const [viewing, setViewing] = useState<Grant['user'] | null>(null)
  const me = useAccount((a) => a.user?.userId)
  const [why, setWhy] = useState<Record<string, string>>({})
  const may = place.may.includes('grant.write')
  useOnline(() => void list.load())

  const what = (g: Grant) => g.role?.name ?? ground.saysOf(g.permission ?? '')
  const asIs = (g: Grant): Giving => ({
    userId: g.user.userId, ...(g.role ? { role: g.role.key } : { permission: g.permission as string }), effect: g.effect,
    ...(g.cohort && { cohortId: g.cohort.cohortId }), ...(Date.parse(g.from) > Date.now() && { from: g.from }), ...(g.until && { until: g.until }),
  })
  const take = async (g: Grant) => {
    try {
      await takeBack(g.grantId)
      setWhy(({ [g.grantId]: _, ...others }) => others)
      void list.load()
      said(say('did.take', { name: g.user.name, what: what(g) }), async () => {
        await give(g.node.nodeId, asIs(g))
        void list.load()
        return say('did.take.back', { name: g.user.name, what: what(g) })
      })
    } catch (error) {
      const reason = trouble(error as Refusal)
      setWhy((all) => ({ ...all, [g.grantId]: reason }))
      announce(reason, 'assertive')
    }
  }
  /** Why somebody may do what this grant speaks of, where it speaks of it. */
  const ask = (g: Grant) => {
    const role = g.role ? ground.roles?.find((r) => r.roleId === g.role?.roleId) : undefined
    setAsked({ userId: g.user.userId, name: g.user.name, permission: g.permission ?? (role && (allowed(role)[0] ?? Object.keys(role.permissions)[0])) ?? null, cohort: g.cohort })
  }
  const people = holders(list.grants ?? [])
  return (
    <section className="panel" aria-label={say('tab.who')}>
      <div className="spread wrap tools-of-list">
        <span className="searchf"><Icon of="search" />
          <input className="field slim" type="search" value={q} onChange={(e) => setQ(e.target.value)} placeholder={say('people.search')} aria-label={say('people.search')} dir="auto" maxLength={120} onKeyDown={(e) => { if (e.key === 'Escape') setQ('') }} /></span>
        {may && !giving && <Button look="pen" onClick={() => setGiving(true)}>{say('give.open')}</Button>}
      </div>
      {giving && <Give place={place} ground={ground} onClose={() => setGiving(false)} onGiven={(g) => { setQ(''); void list.load(); said(say(g.effect === 'deny' ? 'did.deny' : 'did.give', { name: g.user.name, what: what(g) }), async () => { await takeBack(g.grantId); void list.load(); return say('did.take', { name: g.user.name, what: what(g) }) }) }} />}
      {list.refusal && <Refused of={list.refusal} again={list.load} />}
      {!list.grants && !list.refusal && <Bones label={say('people.wait')} lines={[100, 100, 100]} />}
      {list.grants && people.length === 0 && !list.busy && <p className="quiet none-yet">{say(q.trim() ? 'grants.nofind' : 'grants.none')}</p>}
      <ul className="holders" aria-busy={list.busy || undefined}>
        {people.map(({ user, grants }) => (
          <li key={user.userId} className="holder">
            <div className="holder-head"><span className="grow"><b className="who-of" dir="auto">{user.name}</b> <span className="quiet small" dir="auto">{user.program ? say('grants.program') : (user.email ?? say('people.noemail'))}</span></span>
              {!user.program && user.userId !== me && place.may.includes('person.view_as') && <Button look="text" slim aria-label={say('view.open.of', { name: user.name })} onClick={() => setViewing(user)}>{say('view.open')}</Button>}</div>
            <ul>{grants.map((g) => (
              <HeldGrant key={g.grantId} grant={g} here={place} what={what(g)} why={why[g.grantId]} onWhy={() => ask(g)}
                onTake={!user.program && (g.node.nodeId === place.nodeId ? may : tree.places[g.node.nodeId]?.may.includes('grant.write')) ? () => void take(g) : undefined} />))}</ul>
            {user.program && place.may.includes('key.write') && <p className="small quiet"><Link href={`/places/${place.nodeId}/keys`}>{say('grants.bykey')}</Link></p>}
          </li>
        ))}
      </ul>
      {list.next !== null && <Button look="line" busy={list.busy} onClick={list.more}>{say('more')}</Button>}
      {asked && <Because of={asked} place={place} ground={ground} onClose={() => setAsked(null)} />}
      {viewing && <ViewAs user={viewing} onClose={() => setViewing(null)} />}
    </section>
  )
}
