// How numbers lie, as columns, with where the middle is and where one's own stands; where they were asked before, what was said
// then stands beside each. And the same as a table for those who do not look. Numbers run from left to right in every language.
import { useMemo } from 'react'
import { useWords } from '../language.tsx'
import { useFigures } from './figure.ts'
import { type Column, columnOf, lieBeside } from './spread.ts'

type Props = {
  values: readonly number[]
  mine?: number | null | undefined
  /** What was said the first time, and by oneself. */
  before?: readonly number[] | null | undefined
  mineBefore?: number | null | undefined
}

export function Spread({ values, mine, before, mineBefore }: Props) {
  const { say, number } = useWords()
  const { write } = useFigures()
  const found = useMemo(() => lieBeside(values, before ?? []), [values, before])
  if (!found) return null
  const { columns, exact, below, above, middle, first, middleFirst } = found
  const at = typeof mine === 'number' ? columnOf(found, mine) : -1
  const most = Math.max(1, ...columns.map((c) => c.count), ...(first ?? []))
  const isEdge = (n: number) => (n === 0 && below) || (n === columns.length - 1 && above)
  const every = exact ? 1 : Math.ceil(columns.length / 4)
  const last = columns.length - 1
  const isNamed = (n: number) => (n === last && above) || (n % every === 0 && !(above && n !== last && n > last - every))
  const name = ({ from, to }: Column, n: number) => (exact ? write(from) : isEdge(n) ? (n === 0 ? say('spread.below', { to: write(to) }) : say('spread.above', { from: write(from) })) : say('spread.range', { from: write(from), to: write(to) }))
  const own = typeof mine !== 'number' ? '' : typeof mineBefore !== 'number' ? say('spread.mine', { mine: write(mine) })
    : mineBefore === mine ? say('shift.stayed', { to: write(mine) }) : say('shift.mine', { from: write(mineBefore), to: write(mine) })
  return (
    <figure className={`lie ${exact ? 'exact' : ''}`}>
      <div className="columns" dir="ltr" aria-hidden="true">
        {columns.map((c, n) => (
          <div key={c.from} className={`column ${n === at ? 'mine' : ''}`}>
            <span className="you b small">{n === at ? say('you') : ''}</span>
            <span className="n num">{c.count > 0 ? number(c.count) : ''}</span>
            {first ? <Pair first={first[n]!} now={c.count} most={most} /> : <i style={{ '--share': c.count / most } as object} />}
            <span className="tick num">{!isNamed(n) ? '' : isEdge(n) ? (n === 0 ? `<${write(c.to)}` : `≥${write(c.from)}`) : write(c.from)}</span>
          </div>
        ))}
      </div>
      <figcaption>{say('spread.middle', { middle: write(middle) })}{middleFirst !== null && <> {say('spread.then', { middle: write(middleFirst) })}</>}{own && <> {own}</>}
        {first && <span className="row small legend-of" aria-hidden="true"><i className="then" />{say('spread.first')}<i />{say('spread.now')}</span>}</figcaption>
      <table className="sr"><caption>{say('spread')}</caption>
        {first && <thead><tr><td /><th scope="col">{say('spread.first')}</th><th scope="col">{say('spread.now')}</th></tr></thead>}
        <tbody>{columns.map((c, n) => <tr key={c.from}><th scope="row">{name(c, n)}</th>{first && <td>{number(first[n]!)}</td>}<td>{number(c.count)}</td></tr>)}</tbody></table>
    </figure>
  )
}

/** What was said the first time, and now: as high as the greater of them. */
function Pair({ first, now, most }: { first: number; now: number; most: number }) {
  const tall = Math.max(first, now, 1)
  return <span className="pair" style={{ '--share': tall / most } as object}><i className="then" style={{ '--part': first / tall } as object} /><i style={{ '--part': now / tall } as object} /></span>
}
