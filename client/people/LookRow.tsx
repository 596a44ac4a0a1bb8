// One row of a list that is looked at. One that is wrong, or was, has fields; the others are read only.
import { useState } from 'react'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import type { Looking } from './looking.ts'
import { Cross } from './Rows.tsx'
import { extra, type Field, type LookedRow } from './wire.ts'

const FIELDS: [Field, StaffSays][] = [['email', 'people.email'], ['name', 'people.name'], ['role', 'people.role'], ['batchNo', 'people.batch'], ['timeFactor', 'people.time']]
const DOES = { add: 'list.add', change: 'list.change', return: 'list.return', keep: 'list.keeps', refuse: 'list.refuse' } as const

export function LookRow({ looked, open, still, looking }: { looked: LookedRow; open: boolean; still: boolean; looking: Looking }) {
  const { number, say } = useStaffWords()
  const { row, cells, does, field: wrong, message, changes } = looked
  const was = (field: Field) => changes.find((c) => c.field === field)
  const shown = (field: Field, value: string | number | null) => (value === null ? say('people.none') : field === 'timeFactor' ? extra(Number(value)) || say('people.none') : String(value))
  return (
    <tr className={`lrow ${does}`}>
      <td className="num faint n">{number(row)}</td>
      {FIELDS.map(([field, label]) => (
        <td key={field} className={`l-${field}`}>
          <i aria-hidden="true">{say(label)}</i>
          {open ? <Typed label={say('list.row.of', { what: say(label), row: number(row) })} value={cells[field]} wrong={wrong === field ? `wrong-${row}` : null} still={still} onTyped={(text) => looking.edit(row, field, text)} />
            : <span dir="auto">{cells[field] || (field === 'role' && does === 'add' ? <span className="faint">{say('role.learner')}</span> : '')}</span>}
          {was(field) && <span className="was small quiet" dir="auto">{say('list.was', { from: shown(field, was(field)!.from) })}</span>}
        </td>
      ))}
      <td className="l-does small">{say(DOES[does])}</td>
      <td className="act">{!still && <button type="button" className="tool kept-on" aria-label={say('list.leave', { row: number(row) })} title={say('list.leave', { row: number(row) })} onClick={() => looking.leaveOut(row)}><Cross /></button>}</td>
      {message && <td className="why trouble small" id={`wrong-${row}`}>{message}</td>}
    </tr>
  )
}

function Typed({ label, value, wrong, still, onTyped }: { label: string; value: string; wrong: string | null; still: boolean; onTyped(text: string): void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const hand = () => {
    if (draft !== null && draft !== value) onTyped(draft)
    setDraft(null)
  }
  return (
    <input className="field slim" aria-label={label} value={draft ?? value} dir="auto" autoComplete="off" maxLength={400} readOnly={still} aria-invalid={wrong !== null || undefined} aria-describedby={wrong ?? undefined}
      onChange={(e) => setDraft(e.target.value)} onBlur={hand} onKeyDown={(e) => { if (e.key === 'Enter') hand(); if (e.key === 'Escape') setDraft(null) }} />
  )
}
