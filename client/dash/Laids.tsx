// The hands that lie on a module: for whom, since when, by whom; each can be taken back by itself.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { type Hand, type Laid, laidOn, reachOf, type Standing, TOLD } from './hands.ts'
import { useHands } from './laying.tsx'
import { useDashWords, useDay } from './words.tsx'

const FEW = 6

export function Laids({ module, hands }: { module: Standing; hands: readonly Hand[] }) {
  const { say, number } = useDashWords()
  const [all, setAll] = useState(false)
  const laid = laidOn(hands)
  if (laid.length === 0) return <p className="quiet small">{say('mod.hands.none')}</p>
  return (
    <div className="mod-laid">
      <h3 className="label">{say('mod.hands')}</h3>
      <ul>{laid.slice(0, all ? undefined : FEW).map((one) => <One key={one.key} module={module} laid={one} />)}</ul>
      {!all && laid.length > FEW && <p><Button look="text" slim onClick={() => setAll(true)}>{say('dash.all', { n: number(laid.length) })}</Button></p>}
      {hands.length >= TOLD && <p className="quiet small">{say('mod.hands.many', { n: number(TOLD) })}</p>}
    </div>
  )
}

function One({ module, laid }: { module: Standing; laid: Laid }) {
  const { say, number, sorted } = useDashWords()
  const { may, lay, busy, lost } = useHands()
  const day = useDay()
  const { members, batchNo, open, at, by } = laid
  const whom = members.length === 1 ? members[0]!.displayName : members.length > 0 ? say('mod.n', { n: members.length }) : batchNo === null ? say('mod.whole') : say('dash.batch', { n: number(batchNo) })
  return (
    <li>
      <div className="grow"><p><b className="b"><bdi>{say(open ? 'mod.laid.open' : 'mod.laid.shut', { whom })}</bdi></b> <span className="quiet small">{by ? say('mod.laid.by', { at: day(at), by }) : say('mod.laid.since', { at: day(at) })}</span></p>
        {members.length > 1 && <details className="small"><summary>{say('mod.laid.names')}</summary><p className="quiet">{sorted(members, (m) => m.displayName).map((m, n) => <span key={m.memberId}>{n > 0 && ', '}<bdi>{m.displayName}</bdi></span>)}</p></details>}</div>
      {may && <Button look="text" slim notYet={busy || lost} aria-label={say('mod.rule.do.of', { module: module.title, whom })} onClick={() => void lay('rule', module, reachOf(laid), whom)}>{say('mod.rule.do')}</Button>}
    </li>
  )
}
