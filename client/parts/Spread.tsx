// How numbers lie, as columns, with where the middle is and where one's own stands; and the same as a table for those who
// do not look. Numbers run from left to right in every language.
import { useMemo } from 'react'
import { useWords } from '../language.tsx'
import { useFigures } from './figure.ts'
import { type Column, columnOf, lie } from './spread.ts'

export function Spread({ values, mine }: { values: readonly number[]; mine?: number | null | undefined }) {
  const { say, number } = useWords()
  const { write } = useFigures()
  const found = useMemo(() => lie(values), [values])
  if (!found) return null
  const { columns, exact, below, above, middle } = found
  const at = typeof mine === 'number' ? columnOf(found, mine) : -1
  const most = Math.max(...columns.map((c) => c.count))
  const isEdge = (n: number) => (n === 0 && below) || (n === columns.length - 1 && above)
  const every = exact ? 1 : Math.ceil(columns.length / 4)
  const last = columns.length - 1
  const isNamed = (n: number) => (n === last && above) || (n % every === 0 && !(above && n !== last && n > last - every))
  const name = ({ from, to }: Column, n: number) => (exact ? write(from) : isEdge(n) ? (n === 0 ? say('spread.below', { to: write(to) }) : say('spread.above', { from: write(from) })) : say('spread.range', { from: write(from), to: write(to) }))
  return (
    <figure className={`lie ${exact ? 'exact' : ''}`}>
      <div className="columns" dir="ltr" aria-hidden="true">
        {columns.map((c, n) => (
          <div key={c.from} className={`column ${n === at ? 'mine' : ''}`}>
            <span className="you b small">{n === at ? say('you') : ''}</span>
            <span className="n num">{c.count > 0 ? number(c.count) : ''}</span>
            <i style={{ '--share': c.count / most } as object} />
            <span className="tick num">{!isNamed(n) ? '' : isEdge(n) ? (n === 0 ? `<${write(c.to)}` : `≥${write(c.from)}`) : write(c.from)}</span>
          </div>
        ))}
      </div>
      <figcaption>{say('spread.middle', { middle: write(middle) })}{typeof mine === 'number' && <> {say('spread.mine', { mine: write(mine) })}</>}</figcaption>
      <table className="sr"><caption>{say('spread')}</caption><tbody>
        {columns.map((c, n) => <tr key={c.from}><th scope="row">{name(c, n)}</th><td>{number(c.count)}</td></tr>)}
      </tbody></table>
    </figure>
  )
}
