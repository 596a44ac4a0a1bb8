// One answer on the paper of staff: whose it is, what became of it, what it says, and what can be done with it.
import { memo, type ReactNode } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { Icon, StarShape } from '../parts/Icons.tsx'
import { StarCount } from '../parts/Star.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import type { Act } from './Answers.tsx'
import { Gave } from './Gave.tsx'
import { Sign } from './Sign.tsx'

const SURE: Record<number, StaffSays> = { 1: 'sure.low', 2: 'sure.mid', 3: 'sure.high' }

type Props = {
  answer: Answer; options: string[] | null; batchNo: number | null
  first: boolean; pinned: boolean; spotlit: boolean; shown: boolean; partly: boolean; leads: boolean
  act: Act; pin(messageId: string): void
}
/** `pin` and `act` do the same whenever they were made. */
const SAME: (keyof Props)[] = ['answer', 'options', 'batchNo', 'first', 'pinned', 'spotlit', 'shown', 'partly', 'leads']

export const Row = memo(function Row({ answer: a, options, batchNo, first, pinned, spotlit, shown, partly, leads, act, pin }: Props) {
  const { say, time } = useStaffWords()
  const name = a.author?.displayName ?? say('anonymous')
  const sure = a.confidence ? `, ${say(SURE[a.confidence]!)}` : ''
  return (
    <li className={`ans ${a.hidden ? 'hid' : ''} ${spotlit ? 'lit' : ''}`} tabIndex={first ? 0 : -1} data-id={a.messageId}>
      <div className="by"><b className="b" dir="auto">{name}</b>
        {(a.stars > 0 || (shown && a.revealed)) && <StarCount count={a.stars} />}
        {a.answeredAt && <span className="num faint"><time dateTime={a.answeredAt}>{time(a.answeredAt)}</time>{sure}</span>}
        {batchNo !== null && <span className="faint">{say('beside.batch', { n: batchNo })}</span>}
        {(a.revision ?? 1) > 1 && <span className="faint">{say('changed.times', { n: a.revision! - 1 })}</span>}
        {a.hidden ? <span className="on hidden-note">{say('ans.hidden')}</span> : spotlit ? <span className="on">{say('ans.spotlit')}</span> : partly && <span className="on">{say(a.revealed ? 'ans.shown' : 'ans.notshown')}</span>}</div>
      <div className="grow"><Gave answer={a} prompt={{ options }} /></div>
      {leads && (
        <div className="tools-of">
          <Tool on={a.instructorStar} label={say('star.give', { name })} title={say('star.key')} onPress={() => void act.star(a)}><StarShape on={a.instructorStar} /></Tool>
          <Tool on={pinned} label={say('pin.one', { name })} title={say('pin.key')} onPress={() => pin(a.messageId)}><Icon of="pin" className={pinned ? 'full' : ''} /></Tool>
          {shown && a.revealed && !a.hidden && <Tool on={spotlit} label={say('spot.one', { name })} title={say('spot.key')} onPress={() => act.spotlight(a)}><Sign of="light" /></Tool>}
          <Tool on={a.hidden} label={say('hide.one', { name })} title={say(a.hidden ? 'unhide.key' : 'hide.key')} onPress={() => void act.hide(a)}><Sign of={a.hidden ? 'shut' : 'eye'} /></Tool>
        </div>
      )}
    </li>
  )
}, (a, b) => SAME.every((key) => a[key] === b[key]))

function Tool({ on, label, title, onPress, children }: { on: boolean; label: string; title: string; onPress(): void; children: ReactNode }) {
  return <button type="button" className={`tool ${on ? 'kept-on' : ''}`} tabIndex={-1} aria-pressed={on} aria-label={label} title={title} onClick={onPress}>{children}</button>
}
