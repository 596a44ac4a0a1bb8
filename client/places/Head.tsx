// The chosen place: where it stands, its name and kind, and what one may do with it.
import { type Ref, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Deeds } from './deeds.ts'
import { NameField } from './NameField.tsx'
import { kindsBelow } from './kinds.ts'
import { trailOf, type Tree } from './tree.ts'
import type { Kind, Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = {
  place: Place; tree: Tree; kinds: readonly Kind[] | null; deeds: Deeds; heading: Ref<HTMLHeadingElement>
  adding: boolean; onAdd(): void; onMove(): void; onWhat(): void; onGone(): void
}

export function Head({ place, tree, kinds, deeds, heading, adding, onAdd, onMove, onWhat, onGone }: Props) {
  const { number, say } = usePlacesWords()
  const trouble = useTrouble()
  const [naming, setNaming] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const [sure, setSure] = useState(false)
  const button = useRef<HTMLSpanElement>(null)
  useEffect(() => { setNaming(false); setWhy(null); setSure(false) }, [place.nodeId])
  const may = place.may.includes('node.write')
  const trail = trailOf(tree, place.nodeId)
  const above = place.parentId ? tree.places[place.parentId] : undefined
  const kind = kinds?.find((k) => k.key === place.type)?.name ?? place.type
  const fit = (above ? kindsBelow(kinds, above.type) : (kinds ?? [])).filter((k) => k.key !== 'organisation' || !above)
  const choices = fit.some((k) => k.key === place.type) ? fit : [...(kinds ?? []).filter((k) => k.key === place.type), ...fit]

  const tries = (doing: Promise<void>) => doing.then(() => setWhy(null), (error: Refusal) => {
    const stands = error.code === 'conflict' ? (error.details.node as Place | undefined) : undefined
    const reason = stands ? say('place.stale', { name: stands.name, kind: kinds?.find((k) => k.key === stands.type)?.name ?? stands.type }) : trouble(error)
    setWhy(reason)
    announce(reason, 'assertive')
  })
  const take = () => {
    if (!sure) { setSure(true); return }
    setSure(false)
    void tries(deeds.take(place).then(onGone))
  }
  const named = () => { setNaming(false); setTimeout(() => button.current?.querySelector('button')?.focus()) }
  return (
    <header className="place-head">
      <nav className="trail small" aria-label={say('place.trail')}><Link href="/places" className="all-places">{say('places.all')}</Link>
        {trail.map((t) => <span key={t.nodeId}><span aria-hidden="true"> › </span><Link href={`/places/${t.nodeId}`} dir="auto">{t.name}</Link></span>)}</nav>
      {naming ? <div className="naming-h"><NameField place={place} onName={(name) => deeds.name(place, name)} onClose={named} /></div>
        : <h1 ref={heading} tabIndex={-1} className="place-name" dir="auto">{place.name}</h1>}
      <div className="row wrap about-place">
        {may && kinds && choices.length > 1 ? (
          <select className="cell" aria-label={say('place.kind')} value={place.type} onChange={(e) => void tries(deeds.kind(place, e.target.value, choices.find((k) => k.key === e.target.value)?.name ?? ''))}>
            {choices.map((k) => <option key={k.key} value={k.key}>{k.name}</option>)}
          </select>) : <span className="quiet">{kind}</span>}
        <span className="quiet small">{place.children > 0 ? say('place.below', { n: place.children }) : say('place.empty')}</span>
        <Button look="text" slim onClick={onWhat}>{say('place.what')}</Button>
      </div>
      {may && (
        <div className="row wrap deeds-of">
          {!adding && <Button look="line" slim hotkey="⇧A" onClick={onAdd}>{say('place.add')}</Button>}
          <span ref={button}><Button look="line" slim onClick={() => setNaming(true)}>{say('place.rename')}</Button></span>
          {place.parentId !== null && <Button look="line" slim hotkey="⇧M" onClick={onMove}>{say('place.move')}</Button>}
          {place.parentId !== null && (place.children === 0
            ? <Button look="line" slim sure={sure} onClick={take} onBlur={() => setSure(false)}>{say(sure ? 'place.remove.sure' : 'place.remove')}</Button>
            : <Button look="line" slim notYet onClick={() => undefined}>{say('place.remove.not', { n: number(place.children) })}</Button>)}
        </div>
      )}
      {why && <p className="note alert" role="alert">{why}</p>}
    </header>
  )
}
