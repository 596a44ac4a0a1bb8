// Adding one person: a row above the others, in the same columns.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { Cross, ROLES } from './Rows.tsx'
import { add, asExtra, type Field } from './wire.ts'

const BLANK = { email: '', name: '', role: 'learner', batchNo: '', timeFactor: '' }

type Props = { cohortId: string; onAdded(name: string): void; onClose(): void }

export function AddOne({ cohortId, onAdded, onClose }: Props) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [row, setRow] = useState(BLANK)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ field: string; message: string } | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const focus = (field: string) => form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus()
  useEffect(() => focus('email'), [])
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setWrong(null)
    const { email, name, role, batchNo, timeFactor } = row
    const member = { email, role, ...(name.trim() && { name }), ...(batchNo.trim() && { batchNo }), ...(timeFactor.trim() && { timeFactor: asExtra(timeFactor) }) }
    const came = await add(cohortId, [member]).catch((error: Refusal) => ({ failed: [{ field: 'email', message: trouble(error) }] }))
    setBusy(false)
    const [failed] = came.failed
    if (failed) { setWrong(failed); announce(failed.message, 'assertive'); focus(failed.field); return }
    setRow(BLANK)
    focus('email')
    onAdded(name.trim() || email)
  }
  const field = (name: Field & keyof typeof BLANK, label: StaffSays, more: object = {}) => (
    <label className={`f-${name}`}><span className="label">{say(label)}</span>
      <input className="field slim" name={name} value={row[name]} onChange={(e) => setRow({ ...row, [name]: e.target.value })} dir="auto" autoComplete="off" aria-invalid={wrong?.field === name || undefined} aria-describedby={wrong?.field === name ? 'add-wrong' : undefined} {...more} /></label>
  )
  return (
    <form ref={form} className="addone" aria-label={say('add.title')} onSubmit={sent} noValidate onKeyDown={(e) => { if (e.key === 'Escape') onClose() }}>
      {field('email', 'people.email', { type: 'email', inputMode: 'email', dir: 'ltr', maxLength: 400 })}
      {field('name', 'people.name', { maxLength: 400 })}
      <label className="f-role"><span className="label">{say('people.role')}</span>
        <select className="field slim" name="role" value={row.role} onChange={(e) => setRow({ ...row, role: e.target.value })}>{ROLES.map(([value, says]) => <option key={value} value={value}>{say(says)}</option>)}</select></label>
      {field('batchNo', 'people.batch', { inputMode: 'numeric', maxLength: 40 })}
      {field('timeFactor', 'people.time', { placeholder: '+50 %', maxLength: 40 })}
      <span className="row does"><Button look="pen" type="submit" busy={busy}>{say('add.do')}</Button>
        <button type="button" className="tool kept-on" aria-label={say('list.close')} onClick={onClose}><Cross /></button></span>
      {wrong && <p className="trouble small" id="add-wrong">{wrong.message}</p>}
    </form>
  )
}
