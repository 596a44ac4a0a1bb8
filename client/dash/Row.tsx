// One learner: how they stand in each module, their last score, how often they answered and were called, and when they were seen.
import { memo } from 'react'
import type { Learner } from './board.ts'
import { useDashWords, useDay } from './words.tsx'

const STROKES = ['I', 'II', 'III', 'IIII', 'IIIII']

export const Row = memo(function Row({ learner, index, modules, stars }: { learner: Learner; index: number; modules: readonly string[]; stars: boolean }) {
  const { say, number } = useDashWords()
  const day = useDay()
  const { displayName, online, called, lastScore, lastSeenAt } = learner
  return (
    <tr aria-rowindex={index}>
      <th scope="row"><span className="row"><span className={`dot ${online ? '' : 'away'}`} aria-hidden="true" /><bdi>{displayName}</bdi></span></th>
      {modules.map((no) => {
        const state = learner.modules[no] ?? 'locked'
        const says = say(`dash.state.${state}`)
        return <td key={no} className="c"><i className={`heat-${state}`} title={says}>{state === 'stuck' && <span aria-hidden="true">!</span>}<span className="sr">{says}</span></i></td>
      })}
      {stars && <><td className="num">{number(learner.starsGiven)}</td><td className="num">{number(learner.starsTaken)}</td></>}
      <td className="num">{lastScore === undefined ? '—' : number(Math.round(lastScore))}</td>
      <td className="num">{say('dash.answered.of', { n: number(learner.answered), of: number(learner.asked) })}</td>
      <td><Tally n={called} says={say('dash.called.n', { n: called })} /></td>
      <td className="num">{online ? say('dash.now') : lastSeenAt ? day(lastSeenAt) : say('dash.never')}</td>
    </tr>
  )
})

/** Strokes, as one keeps them on paper; beyond five a figure. */
function Tally({ n, says }: { n: number; says: string }) {
  return (
    <span className="dash-tally" title={says}>
      <span aria-hidden="true">{n === 0 ? <span className="faint">—</span> : n > STROKES.length ? <b className="b num">{n}</b> : STROKES.slice(0, n).map((stroke) => <i key={stroke} />)}</span>
      <span className="sr">{says}</span>
    </span>
  )
}
