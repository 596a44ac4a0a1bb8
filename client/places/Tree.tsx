// The tree of places: one flat list of rows that say their level (ARIA tree). Up and down go through what is open, right opens
// and goes in, left closes and goes out, letters find; Enter chooses, F2 names, Insert adds below, Delete removes.
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Bones } from '../parts/State.tsx'
import { useDragging } from './dragging.ts'
import type { Growing } from './growing.ts'
import { Stretch, stretches } from './Stretch.tsx'
import { stepOf } from './steps.ts'
import { misfit, rowsOf, TOP } from './tree.ts'
import { typeahead } from './typeahead.ts'
import type { Kind, Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

type Props = {
  growing: Growing
  chosen: string | null
  kinds: readonly Kind[] | null
  onChoose(id: string): void
  onAdd(id: string): void
  onRemove(id: string): void
  onUndo(): void
  onName(place: Place, name: string): Promise<void>
  onMove(place: Place, to: Place): void
}

const idOf = (id: string) => `place-${id}`

export function Tree({ growing, chosen, kinds, onChoose, onAdd, onRemove, onUndo, onName, onMove }: Props) {
  const { say } = usePlacesWords()
  const { tree, turn, more } = growing
  const [at, setAt] = useState<string | null>(null)
  const [naming, setNaming] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const toFocus = useRef<string | null>(null)
  const letters = useRef(typeahead())
  const rows = useMemo(() => rowsOf(tree), [tree])
  const parts = useMemo(() => stretches(rows), [rows])
  const stop = rows.some((r) => r.id === at) ? at : rows.some((r) => r.id === chosen) ? chosen : rows[0]?.id

  const { held, grip, wasDragged } = useDragging({
    mayHold: (id) => { const p = tree.places[id]; return !!p && p.parentId !== null && p.may.includes('node.write') },
    mayPut: (id, to) => misfit(tree, kinds, tree.places[id]!, tree.places[to]!) === null,
    onPut: (id, to) => onMove(tree.places[id]!, tree.places[to]!),
    onStay: (to) => { if (tree.places[to]?.children) turn(to, true) },
  }, useCallback(() => list.current?.closest<HTMLElement>('.tree-side') ?? null, []))
  const why = held?.to ? misfit(tree, kinds, tree.places[held.id]!, tree.places[held.to]!) : null

  const go = (id: string | undefined) => {
    if (!id) return
    setAt(id)
    toFocus.current = id
    const row = document.getElementById(idOf(id))
    row?.focus()
  }
  useEffect(() => {
    if (toFocus.current !== stop || !stop) return
    toFocus.current = null
    document.getElementById(idOf(stop))?.focus()
  })
  // What is chosen comes into sight, once it is there.
  const there = chosen !== null && rows.some((r) => r.id === chosen)
  useEffect(() => { if (there && chosen) { setAt(chosen); document.getElementById(idOf(chosen))?.scrollIntoView({ block: 'nearest' }) } }, [there, chosen])

  const named = useCallback(() => { setNaming((id) => { toFocus.current = id; return null }) }, [])
  const mayChange = (id: string) => tree.places[id]?.may.includes('node.write') === true

  const pressed = (event: KeyboardEvent) => {
    if (naming || event.altKey || event.nativeEvent.isComposing) return
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); onUndo(); return }
    // With shift, letters act on what is chosen, as on the rest of the page.
    if (event.ctrlKey || event.metaKey || (event.shiftKey && event.key.length === 1)) return
    const n = rows.findIndex((r) => r.id === stop)
    const row = rows[n]
    if (!row) return
    const rtl = document.documentElement.dir === 'rtl'
    const key = rtl && event.key === 'ArrowLeft' ? 'ArrowRight' : rtl && event.key === 'ArrowRight' ? 'ArrowLeft' : event.key
    if (key.length > 1) letters.current.forget()
    const step = stepOf(key, rows, n)
    const may = row.is === 'place' && mayChange(row.id)
    if (step && 'go' in step) go(step.go)
    else if (step) turn(step.turn, step.open)
    else if (key === 'Enter' || key === ' ') row.is === 'place' ? onChoose(row.id) : more(row.under)
    else if (key === 'F2') may && setNaming(row.id)
    else if (key === 'Insert') may && onAdd(row.id)
    else if (key === 'Delete') may && onRemove(row.id)
    else if (key.length === 1) go(letters.current.find(key, rows, n))
    else return
    event.preventDefault()
  }

  const clicked = (event: MouseEvent) => {
    if (wasDragged.current) return
    const target = event.target as HTMLElement
    const id = target.closest<HTMLElement>('[data-row]')?.dataset.row
    const row = rows.find((r) => r.id === id)
    if (!row || row.id === naming) return
    setAt(row.id)
    if (row.is === 'more') more(row.under)
    else if (target.closest('.twist') && row.open !== null) turn(row.id, !row.open)
    else onChoose(row.id)
  }

  if (!tree.branches[TOP] || (rows.length === 1 && rows[0]?.is === 'more' && rows[0].branch.reading)) return <Bones label={say('places.wait')} lines={[60, 80, 70, 75]} />
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the space bar are among the keys
    <div ref={list} role="tree" className={held ? 'tree dragging' : 'tree'} aria-label={say('places.title')} onKeyDown={pressed} onClick={clicked} onPointerDown={grip} onFocus={(e) => { const id = (e.target as HTMLElement).dataset.row; if (id && id !== at) setAt(id) }}>
      {parts.map(({ first, rows, ids }) => {
        const here = (id: string | null | undefined) => (id && ids.has(id) ? id : null)
        return <Stretch key={first} rows={rows} kinds={kinds} stop={here(stop)} chosen={here(chosen)} naming={here(naming)} lifted={here(held?.id)} over={here(held?.to)} bars={here(held?.to) !== null && why !== null} onName={onName} onNamed={named} />
      })}
      {held && <p className={why && why !== 'itself' ? 'carried not' : 'carried'} style={{ left: held.x + 14, top: held.y + 12 }} aria-hidden="true">
        <b dir="auto">{tree.places[held.id]?.name}</b> {held.to && held.to !== held.id && (why ? say(`move.not.${why}`) : say('move.goes', { name: tree.places[held.to]?.name ?? '' }))}</p>}
    </div>
  )
}
