// The chosen place: its head, and the parts of it that one may look at.
import { lazy, type Ref, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { Applications } from './Applications.tsx'
import type { Deeds } from './deeds.ts'
import type { Said } from './done.ts'
import type { Growing } from './growing.ts'
import { Growth } from './Growth.tsx'
import { useGround } from './ground.ts'
import { Head } from './Head.tsx'
import { Keys } from './Keys.tsx'
import { People } from './People.tsx'
import { Roles } from './Roles.tsx'
import { Because } from './Why.tsx'
import type { Kind, Place } from './wire.ts'
import { type PlacesSays, usePlacesWords } from './words.tsx'

const Languages = lazy(() => import('./Languages.tsx'))

export type Part = 'people' | 'roles' | 'keys' | 'applications' | 'languages'
/** With what one must be allowed to do to look at it; null: whoever sees the place. */
const PARTS: [Part, PlacesSays, string | null][] = [['people', 'tab.who', 'grant.read'], ['roles', 'tab.roles', null], ['keys', 'tab.keys', 'key.write'], ['applications', 'tab.applications', 'tutor.review'], ['languages', 'tab.languages', 'node.read']]

type Props = {
  place: Place; part: Part | undefined; growing: Growing; kinds: readonly Kind[] | null; deeds: Deeds; said: Said
  heading: Ref<HTMLHeadingElement>; adding: boolean; onAdding(on: boolean): void; onMove(): void; onGone(): void
}

export function Chosen({ place, part, growing, kinds, deeds, said, heading, adding, onAdding, onMove, onGone }: Props) {
  const { say } = usePlacesWords()
  const ground = useGround(place.orgId)
  const [asking, setAsking] = useState(false)
  const parts = PARTS.filter(([p, , needs]) => (needs === null || place.may.includes(needs)) && (p !== 'languages' || place.parentId === null))
  const now = parts.find(([p]) => p === part)?.[0] ?? parts[0]?.[0]
  return (
    <>
      <Head place={place} tree={growing.tree} kinds={kinds} deeds={deeds} heading={heading} adding={adding} onAdd={() => onAdding(true)} onMove={onMove} onWhat={() => setAsking(true)} onGone={onGone} />
      {adding && place.may.includes('node.write') && <Growth above={place} kinds={kinds} onAdd={(what) => deeds.grow(place, what)} onClose={() => onAdding(false)} />}
      <nav className="parts-of" aria-label={say('place.parts', { name: place.name })}>
        {parts.map(([p, says]) => <Link key={p} className="navl" href={`/places/${place.nodeId}/${p}`} aria-current={p === now ? 'page' : undefined}>{say(says)}</Link>)}
      </nav>
      {now === 'people' && <People key={place.nodeId} place={place} tree={growing.tree} ground={ground} said={said} />}
      {now === 'roles' && <Roles place={place} ground={ground} said={said} />}
      {now === 'keys' && <Keys key={place.nodeId} place={place} ground={ground} said={said} />}
      {now === 'applications' && <Applications key={place.nodeId} place={place} said={said} />}
      {now === 'languages' && <Suspense fallback={null}><Languages key={place.nodeId} place={place} said={said} /></Suspense>}
      {asking && <Because of={{ userId: null, name: '', permission: null, cohort: null }} place={place} ground={ground} onClose={() => setAsking(false)} />}
    </>
  )
}
