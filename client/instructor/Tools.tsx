// Above the answers: how many, the search, and which of them to look at.
import type { RefObject } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Show } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icons.tsx'
import type { By, Order } from './sift.ts'

/** How sure they are, to sift by; one that nobody chose is not offered. */
const LEVELS = [{ value: 'sure', says: 'sure.3', level: 3 }, { value: 'fairly', says: 'sure.2', level: 2 }, { value: 'guess', says: 'sure.1', level: 1 }] as const

type Props = {
  prompt: PromptView
  pins: ReadonlySet<string>
  by: By
  onBy(by: By): void
  order: Order
  onOrder(order: Order): void
  search: string
  onSearch(search: string): void
  field: RefObject<HTMLInputElement | null>
}

export function Tools({ prompt, pins, by, onBy, order, onOrder, search, onSearch, field }: Props) {
  const { number, say } = useWords()
  const shown = prompt.state === 'revealed'
  const levels = LEVELS.map((l) => ({ ...l, n: prompt.answers.filter((a) => a.confidence === l.level).length }))
  const stars = prompt.answers.reduce((sum, a) => sum + a.stars, 0)
  const counted = (label: string, n: number) => <>{label} <span className="num">{number(n)}</span></>
  const pinned = prompt.answers.filter((a) => pins.has(a.messageId)).length
  return (
    <div className="tools">
      <div className="spread wrap">
        <h2 className="row base"><span className="big-n">{number(prompt.answered)}</span><span className="h">{say('answers.count', { n: prompt.answered })}</span>
          <span className="row quiet small">{shown ? say('stars.all', { count: stars }) : <><Icon of="lock" className="small" />{say('staff.only')}</>}</span></h2>
        <span className="searchf"><Icon of="search" />
          <input ref={field} className="field slim" type="search" value={search} onChange={(e) => onSearch(e.target.value)} placeholder={say('search')} aria-label={say('search')} dir="auto"
            onKeyDown={(e) => { if (e.key === 'Escape') { onSearch(''); e.currentTarget.blur() } }} />
          {!search && <Cap>/</Cap>}</span>
      </div>
      <div className="spread wrap">
        <Show<By> label={say('filter')} value={by} onChange={onBy} options={[
          { value: 'all', label: say('filter.all') },
          { value: 'pinned', label: counted(say('pinned'), pinned) },
          ...levels.filter((l) => l.n > 0 || by === l.value).map((l) => ({ value: l.value, label: counted(say(l.says), l.n) })),
        ]} />
        {shown && <Show<Order> label={say('order')} value={order} onChange={onOrder} options={[{ value: 'starred', label: say('order.starred') }, { value: 'newest', label: say('order.newest') }]} />}
      </div>
    </div>
  )
}
