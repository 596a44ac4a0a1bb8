// Above the list: the search, and which of the people to look at.
import { type RefObject, useEffect, useState } from 'react'
import { Cap } from '../parts/Cap.tsx'
import { Show } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icons.tsx'
import { useStaffWords } from '../staff.tsx'
import { ROLES } from './Rows.tsx'
import type { Counts, Sift } from './wire.ts'

type Props = { sift: Sift; onSift(sift: Sift): void; counts: Counts | null; field: RefObject<HTMLInputElement | null> }

export function Sifting({ sift, onSift, counts, field }: Props) {
  const { number, say } = useStaffWords()
  const [typed, setTyped] = useState(sift.q)
  useEffect(() => setTyped(sift.q), [sift.q])
  const with_ = (more: Partial<Sift>) => onSift({ ...sift, ...more })
  const search = (q: string) => { setTyped(q); with_({ q: q.trim() }) }
  const counted = (label: string, n: number | undefined) => <>{label}{n ? <> <span className="num">{number(n)}</span></> : null}</>
  return (
    <div className="sifting row wrap">
      <span className="searchf"><Icon of="search" />
        <input ref={field} className="field slim" type="search" value={typed} onChange={(e) => search(e.target.value)} placeholder={say('people.search')} aria-label={say('people.search')} dir="auto" maxLength={120}
          onKeyDown={(e) => { if (e.key === 'Escape') { search(''); e.currentTarget.blur() } }} />
        {!typed && <Cap>/</Cap>}</span>
      <Show<Sift['show']> label={say('people.show')} value={sift.show} onChange={(show) => with_({ show })} options={[
        { value: 'all', label: say('people.show.all') },
        { value: 'unseen', label: counted(say('people.show.unseen'), counts?.unseen) },
        { value: 'removed', label: counted(say('people.show.removed'), counts?.removed) },
      ]} />
      <select className="field slim pick" aria-label={say('people.role')} value={sift.role} onChange={(e) => with_({ role: e.target.value as Sift['role'] })}>
        <option value="">{say('people.role.all')}</option>
        {ROLES.map(([value, label]) => <option key={value} value={value}>{say(label)}</option>)}
      </select>
      {(counts?.batches.length || sift.batch !== '') && (
        <select className="field slim pick" aria-label={say('people.batch')} value={sift.batch} onChange={(e) => with_({ batch: e.target.value === '' ? '' : Number(e.target.value) })}>
          <option value="">{say('people.batch.all')}</option>
          {counts?.batches.map((n) => <option key={n} value={n}>{say('people.batch.of', { n: number(n) })}</option>)}
          <option value={0}>{say('people.batch.none')}</option>
        </select>
      )}
    </div>
  )
}
