// Tables: org, organization_node, auth_role, user_role_permission.
import type { Change, Fact } from '#kernel/change'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'

export type Place = { orgId: string; nodeId: string }

const HOME = 'home'

/** The default organisation and its root; made where there is none. Safe on many nodes at once. */
export async function home(sql: Sql): Promise<Place> {
  const find = () => sql<Place>(
    `SELECT o.org_id AS "orgId", n.node_id AS "nodeId" FROM org o JOIN organization_node n ON n.org_id = o.org_id AND n.parent_id IS NULL WHERE o.slug = $1`, [HOME])
  const [known] = await find()
  if (known) return known
  await sql(
    `WITH o AS (INSERT INTO org (org_id, slug, name) VALUES ($1, $3, 'Home') ON CONFLICT DO NOTHING RETURNING org_id)
     INSERT INTO organization_node (node_id, org_id, slug, name, node_type_id, path)
     SELECT $2::uuid, org_id, $3, 'Home', (SELECT node_type_id FROM node_types WHERE key = 'organisation' AND node_types.org_id IS NULL), '' FROM o`,
    [newId(), newId(), HOME])
  const [made] = await find()
  if (!made) throw new Error('the default organisation could not be made')
  return made
}

/** The places where somebody has a permission. */
export const placesWhere = (sql: Sql, userId: string, permission: string) => sql<Place>(
  `SELECT n.org_id AS "orgId", n.node_id AS "nodeId" FROM granted($1) g JOIN organization_node n USING (node_id)
   WHERE g.permission = $2 AND g.cohort_id IS NULL ORDER BY n.path`, [userId, permission])

/** Gives somebody a role at a place, or in one cohort there; again is once. */
export async function grant({ sql, record }: Change, to: { userId: string; role: string; place: Place; cohortId?: string | null }): Promise<void> {
  const [made] = await sql<{ grantId: string }>(
    `INSERT INTO user_role_permission (grant_id, user_id, org_id, node_id, role_id, cohort_id)
     SELECT $1, $2, $3, $4, role_id, $6 FROM auth_role WHERE key = $5 AND org_id IS NULL
     ON CONFLICT (user_id, node_id, role_id, permission_id, cohort_id, effect) DO UPDATE SET valid = excluded.valid, is_lapsed = false
       WHERE upper(user_role_permission.valid) IS NOT NULL RETURNING grant_id AS "grantId"`,
    [newId(), to.userId, to.place.orgId, to.place.nodeId, to.role, to.cohortId ?? null])
  if (made) record('org.granted', made.grantId, null, { userId: to.userId, role: to.role, nodeId: to.place.nodeId })
}

/** A guest turned out to be somebody: what they were granted (the first owner walks in without an e-mail) becomes the account's. */
export async function takeOver({ sql }: Change, { about: userId, body }: Fact): Promise<void> {
  await sql(
    `UPDATE user_role_permission g SET user_id = $1 WHERE user_id = $2 AND NOT EXISTS (
       SELECT 1 FROM user_role_permission o WHERE o.user_id = $1 AND o.node_id = g.node_id AND o.role_id IS NOT DISTINCT FROM g.role_id AND o.permission_id IS NOT DISTINCT FROM g.permission_id AND o.effect = g.effect AND o.cohort_id IS NOT DISTINCT FROM g.cohort_id)`, [userId, body.guestId])
}

/** What somebody was granted and still holds. */
export const grantsOf = (sql: Sql, userId: string) => sql<{ grantId: string; nodeId: string; node: string; role: string; cohortId: string | null }>(
  `SELECT g.grant_id AS "grantId", g.node_id AS "nodeId", n.name AS node, r.key AS role, g.cohort_id AS "cohortId"
   FROM user_role_permission g JOIN organization_node n ON n.node_id = g.node_id JOIN auth_role r ON r.role_id = g.role_id
   WHERE g.user_id = $1 AND g.valid @> now() AND g.effect = 'allow' ORDER BY g.grant_id`, [userId])
