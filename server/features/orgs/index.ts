// The face of the ground: where things belong and who may do what there. The one predicate is SQL: `granted(actor)`.
import { forbidden, notFound, type Refused } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { type Permission, PERMISSIONS } from './permissions.ts'
import type { Place } from './store.ts'
import { seenNode } from './store.tree.ts'

export { isPermission, type Permission, PERMISSIONS } from './permissions.ts'
export { lockOrg, orgsOf, rootOf } from './store.tree.ts'
export { grant, grantsOf, home, type Place, placesWhere } from './store.ts'
export { grantOnce, ownedBy, roleNamed } from './store.people.ts'

/** A place where somebody has this permission; `not_found` where they may do nothing there at all, else `forbidden`. */
export async function placeFor(sql: Sql, userId: string, nodeId: string, permission: Permission): Promise<(Place & { name: string; may: string[] }) | Refused<'not_found' | 'forbidden'>> {
  const node = await seenNode(sql, userId, nodeId)
  if (!node) return notFound('place')
  return node.may.includes(permission) ? { orgId: node.orgId, nodeId, name: node.name, may: node.may } : forbidden(PERMISSIONS[permission])
}

/** Who owns a place at the top of an organisation, the first owner first: user ids. */
export const owners = async (sql: Sql): Promise<string[]> => (await sql<{ userId: string }>(
  `SELECT g.user_id AS "userId" FROM user_role_permission g JOIN auth_role r ON r.role_id = g.role_id AND r.key = 'owner' AND r.is_system
   JOIN organization_node n ON n.node_id = g.node_id AND n.parent_id IS NULL
   WHERE g.cohort_id IS NULL AND g.valid @> now() ORDER BY g.grant_id`)).map((o) => o.userId)
