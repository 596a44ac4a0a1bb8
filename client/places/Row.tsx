// One row of the tree: a place with its kind and how many stand below it; or the way to the rest of a branch.
import { type CSSProperties, memo } from 'react'
import { Icon } from '../parts/Icons.tsx'
import { NameField } from './NameField.tsx'
import type { Row } from './tree.ts'
import type { Place } from './wire.ts'
import { usePlacesWords } from './words.tsx'

const indent = (level: number) => ({ '--level': level - 1 }) as CSSProperties

type Props = {
  place: Place; kind: string; level: number; nth: number; of: number; open: boolean | null; stop: boolean; chosen: boolean; naming: boolean
  /** While one is dragged: it is `lifted`, or `takes` what is dragged, or `bars` it. */
  mark: '' | 'lifted' | 'takes' | 'bars'
  onName(place: Place, name: string): Promise<void>
  onNamed(): void
}

/** Drawn anew when its own row changes, not when another's does. */
export const Branch = memo(function Branch({ place, kind, level, nth, of, open, stop, chosen, naming, mark, onName, onNamed }: Props) {
  const { number, say } = usePlacesWords()
  return (
    <div role="treeitem" id={`place-${place.nodeId}`} data-row={place.nodeId} data-place={place.nodeId} className={`branch ${mark}`} style={indent(level)} tabIndex={stop ? 0 : -1}
      aria-level={level} aria-setsize={of} aria-posinset={nth} aria-expanded={open ?? undefined} aria-selected={chosen}>
      <span className={open === null ? 'twist none' : 'twist'} aria-hidden="true"><Icon of="forth" className={open ? 'small flip down' : 'small flip'} /></span>
      {naming ? <NameField place={place} onName={(name) => onName(place, name)} onClose={onNamed} /> : (
        <>
          <span className="name-of" dir="auto">{place.name}</span>
          {kind && <span className="kind-of small">{kind}</span>}
          {place.children > 0 && <span className="num small count-of"><span aria-hidden="true">{number(place.children)}</span><span className="sr">{say('place.below', { n: place.children })}</span></span>}
        </>
      )}
    </div>
  )
}, (a, b) => a.place === b.place && a.kind === b.kind && a.level === b.level && a.nth === b.nth && a.of === b.of && a.open === b.open && a.stop === b.stop && a.chosen === b.chosen && a.naming === b.naming && a.mark === b.mark)

export function Rest({ row, stop }: { row: Extract<Row, { is: 'more' }>; stop: boolean }) {
  const { say } = usePlacesWords()
  const { failed, reading } = row.branch
  return (
    <div role="treeitem" id={`place-${row.id}`} data-row={row.id} className="branch rest" style={indent(row.level)} tabIndex={stop ? 0 : -1} aria-level={row.level} aria-setsize={row.of} aria-posinset={row.nth} aria-selected="false" aria-busy={reading || undefined}>
      <span className="twist none" aria-hidden="true" />
      <span className={failed ? 'trouble' : 'more-of'}>{say(reading ? 'places.reading' : failed ? 'places.failed' : row.left > 0 ? 'places.more.n' : 'places.more', { n: row.left })}</span>
    </div>
  )
}
