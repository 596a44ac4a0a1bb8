// Above the answers: how many, the search, and which of them to look at.
import type { RefObject } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { Cap } from '../parts/Cap.tsx'
import { Show } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icons.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { belongs, type By, type Order, type Sieve } from './sift.ts'

/** The views; one that nothing belongs to is not offered, but for those that are always there. */
const VIEWS: [By, StaffSays][] = [['pinned', 'pinned'], ['sure', 'sure.3'], ['fairly', 'sure.2'], ['guess', 'sure.1'], ['starred', 'sift.starred'], ['unshown', 'sift.unshown'], ['hidden', 'sift.hidden']]

type Props = {
  prompt: PromptView; leads: boolean; pins: ReadonlySet<string>; batches: number[]
  sieve: Sieve; onSieve(sieve: Sieve): void; order: Order; onOrder(order: Order): void
  field: RefObject<HTMLInputElement | null>
}

export function Tools({ prompt, leads, pins, batches, sieve, onSieve, order, onOrder, field }: Props) {
  const { number, say } = useStaffWords()
  const { answers, answered, anonymous } = prompt
  const shown = prompt.state === 'revealed'
  const stars = answers.reduce((sum, a) => sum + a.stars, 0)
  const counted = (label: string, n: number) => <>{label} <span className="num">{number(n)}</span></>
  const views = VIEWS.map(([by, says]) => ({ value: by, says, n: answers.filter((a) => belongs(a, by, pins)).length }))
    .filter(({ value, n }) => value === 'pinned' || value === sieve.by || (n > 0 && (value !== 'unshown' || shown)))
  const batch = String(sieve.batch ?? '')
  return (
    <div className="tools">
      <div className="spread wrap">
        <h2 className="row base"><span className="big-n">{number(answered)}</span><span className="h">{say('answers.count', { n: answered })}</span>
          <span className="row quiet small">{shown ? say('stars.all', { count: stars }) : <><Icon of="lock" className="small" />{say('staff.only')}</>}</span></h2>
        <span className="searchf"><Icon of="search" />
          <input ref={field} className="field slim" type="search" value={sieve.search} onChange={(e) => onSieve({ ...sieve, search: e.target.value })} placeholder={say('search')} aria-label={say('search')} dir="auto"
            onKeyDown={(e) => { if (e.key === 'Escape') { onSieve({ ...sieve, search: '' }); e.currentTarget.blur() } }} />
          {!sieve.search && <Cap>/</Cap>}</span>
      </div>
      {anonymous && <p className="row quiet small nameless"><Icon of="lock" className="small" />{say(leads ? 'anon.instructor' : 'anon.observer')}</p>}
      <div className="spread wrap">
        <Show<By> label={say('filter')} value={sieve.by} onChange={(by) => onSieve({ ...sieve, by })} options={[{ value: 'all', label: say('filter.all') }, ...views.map((v) => ({ value: v.value, label: counted(say(v.says), v.n) }))]} />
        {batches.length > 1 && prompt.batchNo === null && !(anonymous && !leads) && (
          <Show label={say('set.batch')} value={batch} onChange={(b) => onSieve({ ...sieve, batch: b ? Number(b) : null })} options={[{ value: '', label: say('sift.batch.all') }, ...batches.map((n) => ({ value: String(n), label: say('beside.batch', { n }) }))]} />
        )}
        {shown && <Show<Order> label={say('order')} value={order} onChange={onOrder} options={[{ value: 'starred', label: say('order.starred') }, { value: 'newest', label: say('order.newest') }]} />}
      </div>
    </div>
  )
}
