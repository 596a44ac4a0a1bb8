// A table of what was found; what is wider than the page scrolls inside itself, and can be scrolled by keys. The longest are drawn in pieces.
import { type ReactNode, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { useDashWords } from './words.tsx'

const PIECE = 200

type Props<T> = { label: string; none: string; heads: ReactNode[]; rows: readonly T[]; sorted?: (column: number) => 'ascending' | 'descending' | undefined; of(row: T): string; cells(row: T): ReactNode[] }

export function Table<T>({ label, none, heads, rows, sorted, of, cells }: Props<T>) {
  const { say, number } = useDashWords()
  const [shown, setShown] = useState(PIECE)
  if (rows.length === 0) return <p className="quiet">{none}</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section className="dash-scroll dash-sheet" tabIndex={0} aria-label={label}>
        <table className="dash-table wordy">
          {/* biome-ignore lint/suspicious/noArrayIndexKey: columns stand where they stand */}
          <thead><tr>{heads.map((head, n) => <th key={n} scope="col" aria-sort={sorted?.(n)}>{head}</th>)}</tr></thead>
          <tbody>{rows.slice(0, shown).map((row) => {
            const [first, ...rest] = cells(row)
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stand where they stand
            return <tr key={of(row)}><th scope="row">{first}</th>{rest.map((cell, n) => <td key={n}>{cell}</td>)}</tr>
          })}</tbody>
        </table>
      </section>
      {rows.length > shown && <p><Button look="line" slim onClick={() => setShown(shown + PIECE)}>{say('dash.all', { n: number(rows.length) })}</Button></p>}
    </>
  )
}
