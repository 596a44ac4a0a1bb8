// The people on the list: a table that becomes cards on a phone. Each cell is changed where it stands.
import { memo } from 'react'
import { useIntl } from 'react-intl'
import { Button } from '../parts/Button.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { Cell } from './Cell.tsx'
import type { Deeds } from './deeds.ts'
import type { Persona, Personas } from './personas.ts'
import { asExtra, extra, type Listed } from './wire.ts'

export const ROLES = [['learner', 'role.learner'], ['instructor', 'role.instructor'], ['observer', 'role.observer']] as const
const HEAD: StaffSays[] = ['people.name', 'people.email', 'people.role', 'people.batch', 'people.time', 'people.seen']

/** `personas`: shown only where they are given. */
type Props = { members: readonly Listed[]; deeds: Deeds; leads: boolean; busy: boolean; personas: Personas | null }

export function Rows({ members, deeds, leads, busy, personas }: Props) {
  const { say } = useStaffWords()
  return (
    <table className="roster" aria-label={say('people.title')} aria-busy={busy || undefined}>
      <thead className="headings">
        <tr className="person">{HEAD.map((id) => <th key={id} scope="col">{say(id)}</th>)}<th scope="col"><span className="sr">{say('people.show.removed')}</span></th></tr>
      </thead>
      <tbody>
        {members.map((m) => <Person key={m.memberId} member={m} why={deeds.why[m.memberId]} deeds={deeds} leads={leads} personas={personas} persona={personas?.of(m.memberId) ?? null} />)}
      </tbody>
    </table>
  )
}

type Of = { member: Listed; why: string | undefined; deeds: Deeds; leads: boolean; personas: Personas | null; persona: Persona | null }

/** Drawn anew when its own row changes, not when another's does. */
const Person = memo(function Person({ member, why, deeds, leads, personas, persona }: Of) {
  const { say } = useStaffWords()
  const { memberId, displayName: name, batchNo, role, removed, timeFactor } = member
  const of = (what: StaffSays) => say('people.of', { what: say(what), name })
  const fixed = !leads || removed
  return (
    <tr className={removed ? 'person off' : 'person'} aria-describedby={why ? `why-${memberId}` : undefined}>
      <td className="who-is">{fixed ? <b dir="auto">{name}</b> : <Cell name="name" label={of('people.name')} value={name} onSave={(text) => deeds.alter(member, { name: text }, 'people.name', text ? { displayName: text } : {})} />}</td>
      <td className="mail quiet" dir="auto">{member.email ?? say('people.noemail')}</td>
      <td className="of-role"><i aria-hidden="true">{say('people.role')}</i>{fixed ? say(roleName(role)) : (
        <select className="cell" aria-label={of('people.role')} value={role} onChange={(e) => void deeds.alter(member, { role: e.target.value }, 'people.role', { role: e.target.value as Listed['role'] })}>
          {ROLES.map(([value, label]) => <option key={value} value={value}>{say(label)}</option>)}
        </select>)}</td>
      <td className="of-batch"><i aria-hidden="true">{say('people.batch')}</i>{fixed ? (batchNo ?? '–')
        : <Cell name="batch" figures label={of('people.batch')} value={batchNo === null ? '' : String(batchNo)} hint="–" onSave={(text) => deeds.alter(member, { batchNo: text || null }, 'people.batch')} />}</td>
      <td className="of-time"><i aria-hidden="true">{say('people.time')}</i>{fixed ? (extra(timeFactor) || '–')
        : <Cell name="time" figures label={of('people.time')} value={extra(timeFactor)} hint="–" onSave={(text) => deeds.alter(member, { timeFactor: asExtra(text) }, 'people.time')} />}</td>
      <td className="of-seen small"><Seen member={member} /></td>
      <td className="act">{leads && (removed
        ? <Button look="line" slim aria-label={say('people.back.of', { name })} onClick={() => void deeds.back(member)}>{say('people.back')}</Button>
        : <button type="button" className="tool" aria-label={say('people.remove', { name })} title={say('people.remove', { name })} onClick={() => void deeds.takeOff(member)}><Cross /></button>)}</td>
      {personas && role === 'learner' && !removed && (
        <td className="of-persona small"><span className="row"><span className="quiet" aria-hidden={leads && member.signedIn ? true : undefined}>{say('persona.reads')}</span>
          {leads && member.signedIn ? <select className="cell" aria-label={say('persona.of', { name })} value={persona ?? ''} onChange={(e) => void deeds.reads(member, personas, (e.target.value || null) as Persona | null)}>
            <option value="">{say('persona.all')}</option>{personas.used.map((p) => <option key={p} value={p}>{say(`persona.${p}`)}</option>)}</select> : <b>{say(persona ? `persona.${persona}` : member.signedIn ? 'persona.all' : 'persona.later')}</b>}</span></td>)}
      {why && <td className="why trouble small" id={`why-${memberId}`}>{why}</td>}
    </tr>
  )
}, (a, b) => a.member === b.member && a.why === b.why && a.leads === b.leads && a.persona === b.persona && (a.personas === null) === (b.personas === null))

export const roleName = (role: Listed['role']) => `role.${role}` as const

function Seen({ member: { lastSeenAt, removed, signedIn } }: { member: Listed }) {
  const { say } = useStaffWords()
  const intl = useIntl()
  if (removed) return say('people.removed')
  if (!signedIn) return <><span className="dot away" /> {say('people.seen.never')}</>
  if (!lastSeenAt) return say('people.seen.once')
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(lastSeenAt).setHours(0, 0, 0, 0)) / 86_400_000)
  const words = days < 7 ? intl.formatRelativeTime(-days, 'day', { numeric: 'auto' }) : intl.formatDate(lastSeenAt, { day: 'numeric', month: 'short' })
  return <time dateTime={lastSeenAt} title={intl.formatDate(lastSeenAt, { dateStyle: 'medium', timeStyle: 'short' })}>{words}</time>
}

export const Cross = () => <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15" /></svg>
