// One learner: how they stand in each module, their last score, how often they answered and were called, and when they were seen.
// Where `onPick` is, the row and its squares can be chosen; `keyed` has the square that the Tab key comes to.
import { memo } from 'react'
import type { Learner } from './board.ts'
import { useDashWords, useDay } from './words.tsx'

const STROKES = ['I', 'II', 'III', 'IIII', 'IIIII']

type Props = { memberId: string; learner: Learner; index: number; modules: readonly string[]; stars: boolean; onPick: ((memberId: string, col: number, range: boolean) => void) | null; chosenIn: string | null; keyed: number | null }

export const Row = memo(function Row({ memberId, learner, index, modules, stars, onPick, chosenIn, keyed }: Props) {
  const { say, number } = useDashWords()
  const day = useDay()
  const { displayName, online, called, lastScore, lastSeenAt } = learner
  return (
    <tr aria-rowindex={index + 2} className={chosenIn === null ? undefined : 'is-chosen'}>
      <th scope="row"><span className="row">{onPick && <input type="checkbox" data-at={`${index}-0`} tabIndex={keyed === 0 ? 0 : -1} checked={chosenIn !== null} aria-label={say('lay.choose', { name: displayName })} onChange={(e) => onPick(memberId, 0, (e.nativeEvent as MouseEvent).shiftKey)} />}<span className={`dot ${online ? '' : 'away'}`} aria-hidden="true" /><bdi>{displayName}</bdi></span></th>
      {modules.map((no, n) => {
        const state = learner.modules[no] ?? 'locked'
        const says = say(`dash.state.${state}`)
        const square = <i className={`heat-${state}`} title={says}>{state === 'stuck' && <span aria-hidden="true">!</span>}{!onPick && <span className="sr">{says}</span>}</i>
        if (!onPick) return <td key={no} className="c">{square}</td>
        return <td key={no} className="c"><button type="button" data-at={`${index}-${n + 1}`} tabIndex={keyed === n + 1 ? 0 : -1} aria-pressed={chosenIn === no} aria-label={say('lay.cell', { name: displayName, module: no, state: says })} onClick={(e) => onPick(memberId, n + 1, e.shiftKey)}>{square}</button></td>
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
