// How many answered, class by class, as a line with its lowest and its last; and as a table.
import { useState } from 'react'
import type { Sessions } from './analysis.ts'
import { Seg } from './Heat.tsx'
import { lineOf } from './shape.ts'
import { useDashWords, useDay } from './words.tsx'

const [WIDE, HIGH, LEFT, TOP] = [300, 84, 34, 22]

export function Trend({ sessions }: { sessions: Sessions['sessions'] }) {
  const { say } = useDashWords()
  const day = useDay()
  const [table, setTable] = useState(false)
  const held = sessions.filter((s) => s.share !== null).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  const shares = held.map((s) => s.share!)
  const share = (of: number) => say('share', { share: of })
  return (
    <section className="dash-trend" aria-labelledby="dash-share">
      <div className="spread"><h2 className="h" id="dash-share">{say('dash.share')}</h2>{held.length > 0 && <Seg table={table} onTable={setTable} />}</div>
      {held.length === 0 ? <p className="quiet small">{say('dash.share.none')}</p> : table ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
        <section className="dash-scroll long" tabIndex={0} aria-label={say('dash.table')}>
          <table className="dash-table"><thead><tr><th scope="col">{say('dash.class')}</th><th scope="col">{say('dash.share.head')}</th></tr></thead>
            <tbody>{held.toReversed().map((s) => <tr key={s.sessionId}><th scope="row">{day(s.startedAt)}{s.title && <> <bdi className="quiet">{s.title}</bdi></>}</th><td className="num">{share(s.share!)}</td></tr>)}</tbody></table>
        </section>
      ) : <Line shares={shares} first={day(held[0]!.startedAt)} last={day(held.at(-1)!.startedAt)} />}
    </section>
  )
}

function Line({ shares, first, last }: { shares: readonly number[]; first: string; last: string }) {
  const { say } = useDashWords()
  const { floor, points, lowest } = lineOf(shares, WIDE, HIGH)
  const share = (of: number) => say('share', { share: of })
  const marks = [1, (1 + floor) / 2, floor]
  const end = points.at(-1)!
  const low = points[lowest]!
  return (
    <svg className="dash-line" viewBox={`0 0 ${WIDE + LEFT + 8} ${HIGH + TOP + 26}`} role="img" direction="ltr"
      aria-label={say('dash.share.said', { first: share(shares[0]!), last: share(shares.at(-1)!), low: share(shares[lowest]!) })}>
      {marks.map((mark, n) => {
        const y = TOP + (n * HIGH) / 2
        return <g key={mark}><path d={`M0 ${y}H${WIDE + LEFT + 8}`} className="grid" /><text x="0" y={y - 5}>{share(mark)}</text></g>
      })}
      <g transform={`translate(${LEFT} ${TOP})`}>
        <path d={`M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`} className="line" />
        {lowest !== points.length - 1 && <><circle cx={low[0]} cy={low[1]} r="4" className="low" /><text x={low[0]} y={low[1] > HIGH - 14 ? low[1] - 9 : low[1] + 18} textAnchor="middle" className="said">{share(shares[lowest]!)}</text></>}
        <circle cx={end[0]} cy={end[1]} r="5" className="last" />
        <text x={WIDE + 8} y={end[1] < 14 ? end[1] - 9 : end[1] - 10} textAnchor="end" className="said b">{say('dash.share.now', { share: share(shares.at(-1)!) })}</text>
        {points.length > 1 && <text x={points[0]![0]} y={HIGH + 20} textAnchor="middle">{first}</text>}
        <text x={WIDE + 8} y={HIGH + 20} textAnchor="end">{last}</text>
      </g>
    </svg>
  )
}
