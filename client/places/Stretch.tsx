// A stretch of the tree's rows: drawn anew when something within it changes, and laid out when it comes into sight, so that ten
// thousand rows are as light as fifty.
import { memo } from 'react'
import { Branch, Rest } from './Row.tsx'
import type { Row } from './tree.ts'
import type { Kind, Place } from './wire.ts'

const LONG = 50
const HIGH = 40

export type Part = { first: string; rows: readonly Row[]; ids: ReadonlySet<string> }
export const stretches = (rows: readonly Row[]): Part[] => Array.from({ length: Math.ceil(rows.length / LONG) }, (_, n) => {
  const part = rows.slice(n * LONG, (n + 1) * LONG)
  return { first: part[0]!.id, rows: part, ids: new Set(part.map((r) => r.id)) }
})

type Props = {
  rows: readonly Row[]; kinds: readonly Kind[] | null
  /** Each where it is within these rows: what has the focus, is chosen, is being named, is dragged, is dragged upon. */
  stop: string | null; chosen: string | null; naming: string | null; lifted: string | null; over: string | null
  /** What is dragged may not be put where it is. */
  bars: boolean
  onName(place: Place, name: string): Promise<void>
  onNamed(): void
}

export const Stretch = memo(function Stretch({ rows, kinds, stop, chosen, naming, lifted, over, bars, onName, onNamed }: Props) {
  return (
    <div role="none" className="stretch" style={{ containIntrinsicBlockSize: `auto ${rows.length * HIGH}px` }}>
      {rows.map((row) => row.is === 'more'
        ? <Rest key={row.id} row={row} stop={row.id === stop} />
        : <Branch key={row.id} place={row.place} level={row.level} nth={row.nth} of={row.of} open={row.open} stop={row.id === stop} chosen={row.id === chosen} naming={row.id === naming}
            mark={lifted === row.id ? 'lifted' : over === row.id ? (bars ? 'bars' : 'takes') : ''} kind={kinds?.find((k) => k.key === row.place.type)?.name ?? ''} onName={onName} onNamed={onNamed} />)}
    </div>
  )
}, (a, b) => a.rows === b.rows && a.kinds === b.kinds && a.stop === b.stop && a.chosen === b.chosen && a.naming === b.naming && a.lifted === b.lifted && a.over === b.over && a.bars === b.bars)
