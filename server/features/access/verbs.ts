// Roles and grants, changed one after the other under the lock of their organisation. Nobody gives more than they have, or takes
// from somebody who has more; and an organisation is never without an owner who may grant.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { person } from '../accounts/index.ts'
import { lockOrg, PERMISSIONS, type Permission } from '../orgs/index.ts'
import { beyond, cohortIsBelow, deleteRole, endGrant, grantKept, grantShown, holdersOf, insertRole, isOwned, markLapsed, putGrant, putPermissions, renameRole, roleCalled, roleRow } from './store.ts'

export type Effects = Record<string, 'allow' | 'deny'>

const under = <Item>(name: string, decide: (change: Change, item: Item, actor: Actor, orgId: string) => Promise<unknown>) => inTurn<Item, string>(name, async (sql, orgId) => {
  await lockOrg(sql, orgId)
  return orgId
}, (change, orgId, item, by) => owned(change, orgId, () => decide(change, item, by as Actor, orgId)))

/** Does it, and undoes it where nobody would own the organisation afterwards. */
async function owned(change: Change, orgId: string, work: () => Promise<unknown>): Promise<Outcome> {
  await change.sql('SAVEPOINT owned')
  const outcome = (await work()) as Outcome
  if (!outcome.ok || (await isOwned(change.sql, orgId))) return outcome
  await change.sql('ROLLBACK TO SAVEPOINT owned')
  return no(refuse('last_owner', 'Then nobody would own this organisation any more. Make somebody else its owner first.'))
}

const moreRights = (what: readonly string[]): Refused<'more_rights'> => refuse('more_rights', `You may not do that yourself: ${what.map((p) => PERMISSIONS[p as Permission] ?? p).join(', ')}.`, { permissions: what })
const stronger = () => refuse('more_rights', 'They may do more here than you, so you may not take anything from them.')
const allows = (permissions: Effects) => Object.entries(permissions).flatMap(([key, effect]) => (effect === 'allow' ? [key] : []))
/** Of these, what somebody may not do with what they hold. */
const lacking = (wanted: readonly string[], held: readonly string[]) => wanted.filter((p) => !held.includes(p))

type Making = { key: string; name: string; permissions: Effects; may: readonly string[] }
export const makeRole = under<Making>('access.makeRole', async (change, { key, name, permissions, may }, actor, orgId) => {
  const lacks = lacking(allows(permissions), may)
  if (lacks.length > 0) return no(moreRights(lacks))
  const roleId = newId()
  if (!(await insertRole(change.sql, { roleId, orgId, key, name }))) return no(refuse('role_taken', `There is a role “${key}” already.`))
  await putPermissions(change.sql, roleId, permissions)
  change.record('role.made', roleId, actor, { key })
  return ok(plain(await roleRow(change.sql, roleId)))
})

type Changing = { roleId: string; name?: string | undefined; permissions?: Effects | undefined; rowVersion: number; may: readonly string[]; rootId: string }
export const changeRole = under<Changing>('access.changeRole', async (change, { roleId, name, permissions, rowVersion, may, rootId }, actor) => {
  const role = await roleRow(change.sql, roleId)
  if (!role) return no(notFound('role'))
  if (role.rowVersion !== rowVersion) return no(refuse('conflict', 'Somebody changed this role meanwhile. Look at it again.', { role: plain(role) }))
  const lacks = lacking(allows(permissions ?? {}).filter((p) => role.permissions[p] !== 'allow'), may)
  if (lacks.length > 0) return no(moreRights(lacks))
  const holders = await holdersOf(change.sql, roleId)
  if (permissions) for (const holder of holders) if ((await beyond(change.sql, holder, actor.userId, rootId)).length > 0) return no(stronger())
  await renameRole(change.sql, roleId, name)
  if (permissions) await putPermissions(change.sql, roleId, permissions)
  change.record('role.changed', roleId, actor)
  if (permissions) for (const userId of holders) change.revoke({ userId })
  return ok(plain(await roleRow(change.sql, roleId)))
})

export const removeRole = under<{ roleId: string }>('access.removeRole', async (change, { roleId }, actor) => {
  const role = await roleRow(change.sql, roleId)
  if (!role) return no(notFound('role'))
  if (role.holders > 0) return no(refuse('role_held', `${role.holders} ${role.holders === 1 ? 'person holds' : 'people hold'} this role. Take it back from them first.`))
  await deleteRole(change.sql, roleId)
  change.record('role.removed', roleId, actor, { key: role.key })
  return ok({})
})
const plain = (role: Awaited<ReturnType<typeof roleRow>>) => {
  const { orgId: _, ...shown } = role as NonNullable<typeof role>
  return shown
}

type Granting = {
  nodeId: string; userId?: string | undefined; email?: string | undefined; name?: string | undefined
  role?: string | undefined; permission?: string | undefined; effect: 'allow' | 'deny'; cohortId: string | null; from: string | null; until: string | null; may: readonly string[]
}
export const grant = under<Granting>('access.grant', async (change, g, actor, orgId) => {
  if (g.cohortId && !(await cohortIsBelow(change.sql, g.cohortId, g.nodeId))) return no(notFound('cohort'))
  const role = g.role === undefined ? null : ((await roleCalled(change.sql, orgId, g.role)) ?? null)
  if (g.role !== undefined && !role) return no(refuse('bad_request', `There is no role “${g.role}” in this organisation.`))
  const given = role ? allows(role.permissions as Effects) : [g.permission as string]
  const lacks = g.effect === 'allow' ? lacking(given, g.may) : []
  if (lacks.length > 0) return no(moreRights(lacks))
  const userId = g.userId ?? (await person(change, { email: g.email as string, name: g.name ?? (g.email as string).split('@')[0] as string })).userId
  const takes = g.effect === 'deny' || Object.values(role?.permissions ?? {}).includes('deny')
  if (takes && (await beyond(change.sql, userId, actor.userId, g.nodeId)).length > 0) return no(stronger())
  const grantId = await putGrant(change.sql, { userId, orgId, nodeId: g.nodeId, roleId: role?.roleId ?? null, permission: g.permission ?? null, effect: g.effect, cohortId: g.cohortId, from: g.from, until: g.until, by: actor.by?.userId ?? actor.userId })
  change.record('org.granted', grantId, actor, { userId, role: role?.key ?? null, permission: g.permission ?? null, effect: g.effect, nodeId: g.nodeId, cohortId: g.cohortId })
  change.revoke({ userId }) // also one that allows may have ended sooner than the one it replaces
  return ok(await grantShown(change.sql, grantId))
})

export const ungrant = under<{ grantId: string }>('access.ungrant', async (change, { grantId }, actor) => {
  const kept = await grantKept(change.sql, grantId)
  if (!kept) return no(notFound('grant'))
  if (kept.ended) return ok({})
  if (kept.effect === 'allow' && (await beyond(change.sql, kept.userId, actor.userId, kept.nodeId)).length > 0) return no(stronger())
  await endGrant(change.sql, grantId)
  change.record('org.ungranted', grantId, actor, { userId: kept.userId, nodeId: kept.nodeId })
  change.revoke({ userId: kept.userId })
  return ok({})
})

/** A grant ended by itself: whoever held it is looked at again wherever they are. The aggregate is the grant. */
export const lapse: Verb<string, void> = {
  name: 'access.lapse',
  lock: async () => {},
  async decide(change, _, items) {
    for (const grantId of new Set(items)) {
      const userId = await markLapsed(change.sql, grantId)
      if (!userId) continue
      change.record('org.grant_lapsed', grantId, null, { userId })
      change.revoke({ userId })
    }
    return items.map(() => ok({}))
  },
}
