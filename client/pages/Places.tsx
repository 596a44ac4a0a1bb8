// Places: the tree of an organisation at the left; at the right who may do what at the chosen one, and why, the roles, the keys
// of programs, and who applies to teach there.
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount } from '../account.ts'
import { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import { Notice } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import { Chosen, type Part } from '../places/Chosen.tsx'
import { useDeeds } from '../places/deeds.ts'
import { useDone } from '../places/done.ts'
import { Foot, Top } from '../places/Frame.tsx'
import { useTree } from '../places/growing.ts'
import { useKinds } from '../places/kinds.ts'
import { MoveTo, type Refused } from '../places/MoveTo.tsx'
import { Side } from '../places/Side.tsx'
import { TOP } from '../places/tree.ts'
import type { Place } from '../places/wire.ts'
import { PlacesTexts, usePlacesWords } from '../places/words.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/prepared.css'
import '../styles/record.css'
import '../styles/places.css'

type Props = { nodeId: string | undefined; part: string | undefined }

export default function Places({ nodeId, part }: Props) {
  const user = useAccount((a) => a.user)
  return user ? <PlacesTexts><Whole key={user.userId} nodeId={nodeId} part={part} /></PlacesTexts> : <Enter />
}

function Whole({ nodeId, part }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [, to] = useLocation()
  const chosen = nodeId ?? null
  const growing = useTree(chosen)
  const { tree, refusal, lost } = growing
  const { done, said, undo } = useDone()
  const deeds = useDeeds(growing, said)
  const place = chosen ? tree.places[chosen] : undefined
  const kinds = useKinds((place ?? Object.values(tree.places)[0])?.orgId)
  const [adding, setAdding] = useState(false)
  const [moving, setMoving] = useState<{ place: Place; refused: Refused | null } | null>(null)
  const online = useOnline(() => { if (!tree.branches[TOP]?.ids.length) void growing.begin(); growing.find() })
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { document.title = `${place ? `${place.name}, ` : ''}${say('places.title')} · Lectern` }, [place, say])
  const mayChange = place?.may.includes('node.write')
  useKeys({
    '/': () => field.current?.focus(),
    '⇧A': mayChange ? () => setAdding(true) : undefined,
    '⇧M': mayChange && place?.parentId ? () => setMoving({ place, refused: null }) : undefined,
    z: undo,
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && !isField && undo()) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  })

  /** The part that one looks at stays, where one may look at it there. */
  const choose = (id: string) => { setAdding(false); to(`/places/${id}${part ? `/${part}` : ''}`) }
  const focus = () => { const row = document.getElementById(`place-${chosen}`); (row?.checkVisibility() ? row : heading.current)?.focus() }
  const gone = (from: Place) => { to(from.parentId && tree.places[from.parentId] ? `/places/${from.parentId}` : '/places'); setAdding(false) }
  /** Dropped: what is refused opens the sheet, where it says why and what to do. */
  const dropped = (one: Place, there: Place) => void deeds.move(one, there).catch((error) => {
    announce(trouble(error as Refusal), 'assertive')
    setMoving({ place: one, refused: { to: there, refusal: error as Refusal } })
  })
  const takenByKey = (id: string) => {
    const one = tree.places[id]
    if (!one || one.parentId === null) return
    if (one.children > 0) announce(say('place.remove.not', { n: one.children }), 'assertive')
    else { choose(id); setTimeout(() => document.querySelector<HTMLElement>('.deeds-of > .btn:last-child')?.focus()) }
  }

  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal && !tree.branches[TOP]?.ids.length) return <Notice title={say('places.unread')} action={<><Button look="line" onClick={() => void growing.begin()}>{say('try.again')}</Button>{home}</>}>{trouble(refusal)}</Notice>
  const top = tree.branches[TOP]
  const isNobodys = top && !top.reading && !top.failed && top.ids.length === 0
  if (isNobodys && (!chosen || lost)) return <Notice kind={say('state.refused')} title={say('places.refused')} action={home}>{say('places.refused.why')}</Notice>
  return (
    <div className={chosen ? 'people-desk places-desk one' : 'people-desk places-desk'}>
      <Top online={online} />
      <div className="places">
        <Side growing={growing} chosen={chosen} kinds={kinds} field={field} onChoose={choose} onAdd={(id) => { choose(id); setAdding(true) }} onRemove={takenByKey} onUndo={undo} onName={deeds.name} onMove={dropped} />
        <main className="place-main">
          {!online && <p className="note alert" role="status">{say('places.offline')}</p>}
          {!chosen && <div className="none-yet"><h1 className="h">{say('places.choose')}</h1><p className="quiet">{say('places.choose.why')}</p></div>}
          {chosen && lost && !place && <div className="none-yet"><h1 className="h">{say(lost.code === 'not_found' ? 'places.lost' : 'places.unread')}</h1><p className="quiet">{trouble(lost)}</p>
            {lost.code === 'not_found' ? <Link className="btn line" href="/places">{say('places.all')}</Link> : <Button look="line" onClick={growing.find}>{say('try.again')}</Button>}</div>}
          {place && <Chosen key={place.orgId} place={place} part={part as Part | undefined} growing={growing} kinds={kinds} deeds={deeds} said={said} heading={heading} adding={adding}
            onAdding={(on) => { setAdding(on); if (!on) focus() }} onMove={() => setMoving({ place, refused: null })} onGone={() => gone(place)} />}
        </main>
      </div>
      <Foot done={done} onUndo={undo} leads={mayChange === true} />
      {moving && <MoveTo key={moving.place.nodeId} place={tree.places[moving.place.nodeId] ?? moving.place} growing={growing} kinds={kinds} refused={moving.refused} onMove={(there, slug) => deeds.move(growing.now(moving.place.nodeId) ?? moving.place, there, slug)} onClose={() => setMoving(null)} />}
    </div>
  )
}
