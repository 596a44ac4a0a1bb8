// Moving a place without dragging it: type to search, up and down to go, Enter to move it there. What is refused is said here,
// with what to do about it.
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Growing } from './growing.ts'
import { Sheet } from './Sheet.tsx'
import { misfit, rowsOf, trailOf, type Tree } from './tree.ts'
import { type Kind, type Place, search } from './wire.ts'
import { usePlacesWords } from './words.tsx'

const MOST = 200
/** A move that was refused: where to, and why. */
export type Refused = { to: Place; refusal: Refusal }
type Props = { place: Place; growing: Growing; kinds: readonly Kind[] | null; refused: Refused | null; onMove(to: Place, slug?: string): Promise<void>; onClose(): void }

export function MoveTo({ place, growing: { tree }, kinds, refused: first, onMove, onClose }: Props) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [typed, setTyped] = useState('')
  const found = useFound(typed.trim())
  const [at, setAt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(first)
  const [slug, setSlug] = useState(`${place.slug}-2`)
  const id = useId()
  const places = typed.trim() ? (found ?? []) : rowsOf(tree).flatMap((r) => (r.is === 'place' ? [r.place] : [])).slice(0, MOST)
  const rows = places.map((p) => ({ p, why: misfit(tree, kinds, place, p) }))
  const now = Math.min(at, rows.length - 1)
  useEffect(() => { document.getElementById(`${id}${now}`)?.scrollIntoView({ block: 'nearest' }) }, [id, now])

  const go = async (to: Place, otherwise?: string) => {
    if (busy) return
    setBusy(true)
    setRefused(null)
    try {
      await onMove(to, otherwise)
      onClose()
    } catch (error) {
      setRefused({ to, refusal: error as Refusal })
      announce(trouble(error as Refusal), 'assertive')
    }
    setBusy(false)
  }
  const pick = (n: number) => {
    const row = rows[n]
    if (row?.why) announce(say(`move.not.${row.why}`), 'assertive')
    else if (row) void go(row.p)
  }
  const pressed = (event: KeyboardEvent) => {
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key]
    if (event.nativeEvent.isComposing || (to === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    if (to === undefined) pick(now)
    else setAt(Math.max(0, Math.min(rows.length - 1, to)))
  }
  const isTaken = refused?.refusal.code === 'slug_taken'
  return (
    <Sheet title={say('move.title', { name: place.name })} className="chooser" onClose={onClose}>
      {refused && (
        <div className="note alert" role="alert">
          <p>{say('move.refused', { to: refused.to.name })} {trouble(refused.refusal)}</p>
          {isTaken && (
            <form className="row wrap" onSubmit={(e) => { e.preventDefault(); void go(refused.to, slug.trim()) }}>
              <label className="row"><span className="label">{say('place.slug')}</span><input className="field slim" value={slug} onChange={(e) => setSlug(e.target.value)} dir="ltr" maxLength={60} autoComplete="off" /></label>
              <Button look="pen" type="submit" slim busy={busy}>{say('move.otherwise')}</Button>
            </form>
          )}
        </div>
      )}
      <span className="searchf"><Icon of="search" />
        <input data-first className="field slim" type="search" role="combobox" aria-expanded={rows.length > 0} aria-controls={`${id}list`} aria-activedescendant={rows.length > 0 ? `${id}${now}` : undefined} aria-autocomplete="list"
          value={typed} placeholder={say('places.search')} aria-label={say('move.search')} dir="auto" maxLength={120} onChange={(e) => { setTyped(e.target.value); setAt(0) }} onKeyDown={pressed} /></span>
      {typed.trim() && found?.length === 0 && <p className="quiet">{say('places.nofind')}</p>}
      <div className="picks" role="listbox" id={`${id}list`} aria-label={say('places.title')} aria-busy={busy || undefined}>
        {rows.map(({ p, why }, n) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field above has the focus and its keys
          <div key={p.nodeId} role="option" id={`${id}${n}`} aria-selected={n === now} aria-disabled={why !== null} className={why ? 'pick-one not' : 'pick-one'} onClick={() => pick(n)} onPointerMove={() => n !== now && setAt(n)}>
            <span dir="auto">{p.name}</span>
            <span className="small faint"><Trail tree={tree} place={p} />{why && <>{trailOf(tree, p.nodeId).length > 0 && ' · '}{say(`move.not.${why}`)}</>}</span>
          </div>
        ))}
      </div>
    </Sheet>
  )
}

/** The names above a place, where they are known. */
export function Trail({ tree, place }: { tree: Tree; place: Place }) {
  const trail = trailOf({ ...tree, places: { ...tree.places, [place.nodeId]: place } }, place.nodeId)
  return <span dir="auto">{trail.map((t) => t.name).join(' › ')}</span>
}

/** The places whose name holds this; null while they are looked for. */
export function useFound(q: string): Place[] | null {
  const [found, setFound] = useState<{ q: string; nodes: Place[] } | null>(null)
  useEffect(() => {
    if (!q) return
    let wanted = true
    const timer = setTimeout(() => { search(q).then(({ nodes }) => wanted && setFound({ q, nodes }), () => wanted && setFound({ q, nodes: [] })) }, 160)
    return () => { wanted = false; clearTimeout(timer) }
  }, [q])
  return found && q ? found.nodes : null
}
