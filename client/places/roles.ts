// A role while it is changed, and what came of saving it.
import { useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Said } from './done.ts'
import { changeRole, type Role, removeRole } from './wire.ts'
import { usePlacesWords } from './words.tsx'

export type Effects = Record<string, 'allow' | 'deny'>
export type Editing = { roleId: string; rowVersion: number; name: string; permissions: Effects }

/** What would be saved; null where nothing is changed, or the name is missing. */
export function changesOf(role: Role, { name, permissions }: Editing): { name?: string; permissions?: Effects } | null {
  const isNamed = name.trim() !== role.name
  const all = new Set([...Object.keys(permissions), ...Object.keys(role.permissions)])
  const isOther = [...all].some((p) => permissions[p] !== role.permissions[p])
  return name.trim() && (isNamed || isOther) ? { ...(isNamed && { name: name.trim() }), ...(isOther && { permissions }) } : null
}

export function useEditing(read: readonly Role[], said: Said) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [roles, setRoles] = useState(read)
  const [editing, setEditing] = useState<Editing | null>(null)
  const [stale, setStale] = useState<Role | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => setRoles(read), [read])

  const put = (role: Role) => setRoles((all) => (all.some((r) => r.roleId === role.roleId) ? all.map((r) => (r.roleId === role.roleId ? role : r)) : [...all, role]))
  const leave = () => { setEditing(null); setStale(null); setWhy(null) }
  const begin = (role: Role) => { leave(); setEditing({ roleId: role.roleId, rowVersion: role.rowVersion, name: role.name, permissions: { ...role.permissions } }) }
  const wrong = (error: Refusal) => { setWhy(trouble(error)); announce(trouble(error), 'assertive') }

  /** `over`: the version that one has seen meanwhile and saves over. */
  async function save(over?: number): Promise<void> {
    const before = stale ?? roles.find((r) => r.roleId === editing?.roleId)
    const what = editing && before && changesOf(before, editing)
    if (!editing || busy) return
    if (!what) { leave(); return }
    setBusy(true)
    setWhy(null)
    try {
      const role = await changeRole(editing.roleId, { ...what, rowVersion: over ?? editing.rowVersion })
      put(role)
      leave()
      said(say('did.role.changed', { name: role.name }))
    } catch (error) {
      const { code, details } = error as Refusal
      const stands = code === 'conflict' ? (details.role as Role | undefined) : undefined
      if (stands) { put(stands); setStale(stands) }
      else wrong(error as Refusal)
    }
    setBusy(false)
  }
  const remove = (role: Role) => removeRole(role.roleId).then(() => { setRoles((all) => all.filter((r) => r.roleId !== role.roleId)); said(say('did.role.removed', { name: role.name })) }, wrong)

  return { roles, editing, stale, why, busy, begin, leave, save, remove, made: (role: Role) => { put(role); begin(role) }, edit: (what: Partial<Editing>) => setEditing((e) => e && { ...e, ...what }), takeTheirs: leave }
}
