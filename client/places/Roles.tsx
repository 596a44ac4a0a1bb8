// The roles of the organisation: permissions down, roles across. One's own roles are made and changed where they stand, each in
// its column.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import type { Said } from './done.ts'
import type { Ground } from './ground.ts'
import { NewRole } from './NewRole.tsx'
import { changesOf, type Editing, useEditing } from './roles.ts'
import { Sign } from './Sign.tsx'
import type { Found, Organisations, Place, Role } from './wire.ts'
import { type PlacesSays, usePlacesWords } from './words.tsx'

const EFFECTS: ['' | 'allow' | 'deny', PlacesSays][] = [['', 'effect.none'], ['allow', 'effect.may'], ['deny', 'effect.denied']]
type Props = { place: Place; ground: Ground; said: Said }

export function Roles({ place, ground, said }: Props) {
  const { say } = usePlacesWords()
  const { there: list } = useReading<Organisations>('/orgs')
  const org = list?.orgs.find((o) => o.orgId === place.orgId)
  return (
    <section className="panel" aria-label={say('tab.roles')}>
      {ground.refusal ? <Refused of={ground.refusal} again={ground.again} />
        : ground.roles && org && ground.permissions.length > 0 ? <Matrix place={place} rootId={org.rootId} orgName={org.name} ground={ground} roles={ground.roles} said={said} />
          : <Bones label={say('roles.wait')} lines={[100, 100, 100, 100]} />}
    </section>
  )
}

function Matrix({ place, rootId, orgName, ground, roles: read, said }: Props & { rootId: string; orgName: string; roles: readonly Role[] }) {
  const { say } = usePlacesWords()
  const { there: root } = useReading<Found>(`/nodes/${rootId}`)
  const may = root?.may.includes('role.write') === true
  const [making, setMaking] = useState(false)
  const { roles: all, editing, ...deeds } = useEditing(read, said)
  const roles = all.toSorted((a, b) => Number(b.own) - Number(a.own))
  const column = editing?.roleId
  useEffect(() => { if (column) document.querySelector('.matrix th.editing')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }) }, [column])
  return (
    <>
      <div className="spread wrap"><p className="quiet narrow">{say('roles.why', { org: orgName })}</p>{may && !making && <Button look="pen" onClick={() => setMaking(true)}>{say('roles.new')}</Button>}</div>
      {making && <NewRole orgId={place.orgId} onMade={(role) => { deeds.made(role); setMaking(false); said(say('did.role.made', { name: role.name })) }} onClose={() => setMaking(false)} />}
      {deeds.stale && editing && <Stale theirs={deeds.stale} editing={editing} ground={ground} busy={deeds.busy} onTake={deeds.takeTheirs} onKeep={() => void deeds.save(deeds.stale?.rowVersion)} />}
      {deeds.why && <p className="note alert" role="alert">{deeds.why}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
      <section className="table-of matrix-of" aria-label={say('roles.table')} tabIndex={0}>
        <table className="sheet-of matrix">
          <thead><tr><th scope="col">{say('roles.what')}</th>{roles.map((r) => (
            <th key={r.roleId} scope="col" className={editing?.roleId === r.roleId ? 'editing' : undefined}>
              {editing?.roleId === r.roleId ? <input className="field slim" aria-label={say('roles.name.of', { name: r.name })} value={editing.name} maxLength={120} dir="auto" onChange={(e) => deeds.edit({ name: e.target.value })} /> : <b className="role-name" dir="auto">{r.name}</b>}
              <span className="small quiet">{say(r.own ? 'roles.own' : 'roles.all')}, {say('roles.holders', { n: r.holders })}</span>
            </th>))}</tr></thead>
          <tbody>
            {ground.permissions.map((p) => (
              <tr key={p.key}><th scope="row">{p.says}</th>
                {roles.map((r) => <td key={r.roleId} className={editing?.roleId === r.roleId ? 'editing' : undefined}>{editing?.roleId === r.roleId
                  ? <Cell role={r} editing={editing} permission={p.key} words={p.says} onEdit={deeds.edit} mayAllow={root?.may.includes(p.key) === true} /> : <Effect of={r.permissions[p.key]} />}</td>)}</tr>))}
            {may && <tr className="of-deeds"><th scope="row"><span className="sr">{say('roles.deeds')}</span></th>{roles.map((r) => <td key={r.roleId} className={editing?.roleId === r.roleId ? 'editing' : undefined}>{r.own && <Acts role={r} editing={editing} deeds={deeds} />}</td>)}</tr>}
          </tbody>
        </table>
      </section>
      <p className="small quiet legend-of-roles"><span className="row"><Sign of="allow" />{say('effect.may')}</span><span className="row"><Sign of="deny" />{say('roles.denied.why')}</span><span className="row"><Sign of="none" />{say('roles.none.why')}</span></p>
    </>
  )
}

function Effect({ of }: { of: 'allow' | 'deny' | undefined }) {
  const { say } = usePlacesWords()
  return <span className={`effect ${of ?? 'none'}`}><Sign of={of ?? 'none'} />{of === 'deny' ? <b className="small">{say('effect.denied')}</b> : <span className="sr">{say(of ? 'effect.may' : 'effect.none')}</span>}</span>
}

type OfCell = { role: Role; editing: Editing; permission: string; words: string; onEdit(what: Partial<Editing>): void; mayAllow: boolean }
function Cell({ role, editing, permission, words, onEdit, mayAllow }: OfCell) {
  const { say } = usePlacesWords()
  const now = editing.permissions[permission] ?? ''
  const set = (effect: '' | 'allow' | 'deny') => {
    const { [permission]: _, ...others } = editing.permissions
    onEdit({ permissions: effect === '' ? others : { ...others, [permission]: effect } })
  }
  return (
    <select className={`cell effect-cell ${now || 'none'}`} aria-label={say('roles.cell', { name: role.name, what: words })} value={now} onChange={(e) => set(e.target.value as '' | 'allow' | 'deny')}>
      {EFFECTS.map(([effect, says]) => <option key={effect} value={effect} disabled={effect === 'allow' && !mayAllow && now !== 'allow'}>{say(says)}</option>)}
    </select>
  )
}

type Acting = Pick<ReturnType<typeof useEditing>, 'begin' | 'leave' | 'save' | 'remove' | 'busy' | 'stale'>
function Acts({ role, editing, deeds }: { role: Role; editing: Editing | null; deeds: Acting }) {
  const { say } = usePlacesWords()
  const [sure, setSure] = useState(false)
  if (editing?.roleId === role.roleId) return (
    <span className="row wrap">{!deeds.stale && <Button look="pen" slim busy={deeds.busy} notYet={!changesOf(role, editing)} onClick={() => void deeds.save()}>{say('roles.save')}</Button>}<Button look="line" slim onClick={deeds.leave}>{say('leave.as')}</Button></span>
  )
  return (
    <span className="row wrap"><Button look="line" slim aria-label={say('roles.change.of', { name: role.name })} onClick={() => deeds.begin(role)}>{say('roles.change')}</Button>
      {role.holders === 0 && <Button look="text" slim sure={sure} aria-label={say(sure ? 'roles.remove.sure' : 'roles.remove.of', { name: role.name })} onBlur={() => setSure(false)} onClick={() => { if (sure) void deeds.remove(role); setSure(!sure) }}>{say(sure ? 'roles.remove.sure' : 'roles.remove')}</Button>}</span>
  )
}

/** Somebody changed the role meanwhile: what stands, beside what one was about to save. */
function Stale({ theirs, editing, ground, busy, onTake, onKeep }: { theirs: Role; editing: Editing; ground: Ground; busy: boolean; onTake(): void; onKeep(): void }) {
  const { say } = usePlacesWords()
  const words = (effect: string | undefined) => say(effect === 'allow' ? 'effect.may' : effect === 'deny' ? 'effect.denied' : 'effect.none')
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => { shown.current?.scrollIntoView({ block: 'nearest' }) }, []) // gives a promise in newer browsers
  const other = ground.permissions.filter((p) => theirs.permissions[p.key] !== editing.permissions[p.key])
  return (
    <div ref={shown} className="note alert stale" role="alert">
      <p><b>{say('roles.stale', { name: theirs.name })}</b></p>
      <table className="sheet-of"><thead><tr><th scope="col">{say('roles.what')}</th><th scope="col">{say('roles.stands')}</th><th scope="col">{say('roles.mine')}</th></tr></thead>
        <tbody>
          {theirs.name !== editing.name && <tr><th scope="row">{say('people.name')}</th><td dir="auto">{theirs.name}</td><td dir="auto">{editing.name}</td></tr>}
          {other.map((p) => <tr key={p.key}><th scope="row">{p.says}</th><td>{words(theirs.permissions[p.key])}</td><td>{words(editing.permissions[p.key])}</td></tr>)}
        </tbody></table>
      <div className="row wrap"><Button look="line" slim onClick={onTake}>{say('roles.stale.theirs')}</Button><Button look="pen" slim busy={busy} onClick={onKeep}>{say('roles.stale.mine')}</Button></div>
    </div>
  )
}
