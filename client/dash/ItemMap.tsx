// Questions as points: the further on, the more got it right; the higher, the better it tells apart. Each leads to its question.
import { Link } from 'wouter'
import type { Pooled } from './course.ts'
import { hintOf } from './hints.ts'
import { placed } from './shape.ts'
import { useDashWords } from './words.tsx'

const [WIDE, HIGH] = [640, 300]
const GRID = [-.5, 0, .3, 1]

export function ItemMap({ items, toItem }: { items: readonly Pooled[]; toItem(id: string): string }) {
  const { say, number } = useDashWords()
  const known = items.filter((i): i is Pooled & { right: number; tells: number } => i.right !== null && i.tells !== null && hintOf(i).says !== 'few')
  const at = (right: number, tells: number) => placed(right, tells, WIDE, HIGH)
  return (
    <section className="dash-card" aria-labelledby="an-map">
      <h2 className="h" id="an-map">{say('an.map')}</h2>
      {known.length > 0 && (
        <svg viewBox={`-44 -16 ${WIDE + 64} ${HIGH + 52}`} className="an-map" direction="ltr">
          <title>{say('an.map.said', { n: known.length })}</title>
          {GRID.map((tells) => <g key={tells}><line className={tells === 0 ? 'nought' : 'grid'} x1="0" x2={WIDE} y1={at(0, tells).y} y2={at(0, tells).y} /><text x="-10" y={at(0, tells).y + 4} textAnchor="end">{number(tells)}</text></g>)}
          {[0, .3, .6, .95].map((right) => <g key={right}><line className="grid" x1={at(right, 0).x} x2={at(right, 0).x} y1="0" y2={HIGH} />{right > 0 && <text x={at(right, 0).x} y={HIGH + 18} textAnchor="middle">{say('share', { share: right })}</text>}</g>)}
          <text className="said" x={WIDE} y={HIGH + 34} textAnchor="end">{say('an.map.x')} →</text><text className="said" x="6" y="-4">↑ {say('an.map.y')}</text>
          {known.map((i) => {
            const { x, y } = at(i.right, i.tells)
            const warns = ['key', 'turned', 'split'].includes(hintOf(i).says)
            return (
              <Link key={i.id} href={toItem(i.id)} aria-label={say('an.point', { n: i.no, right: say('share', { share: i.right }), tells: number(Math.round(i.tells * 100) / 100) })} className={warns ? 'warns' : ''}>
                <circle cx={x} cy={y} r="13" /><text x={x} y={y + 4.5} textAnchor="middle">{number(i.no)}</text>
              </Link>
            )
          })}
        </svg>
      )}
      {known.length < items.length && <p className="quiet small">{say('an.map.left', { n: items.length - known.length })}</p>}
    </section>
  )
}
