// Table: user_role_permission, as people come and go: a role that a provider's people are given once, and what ends with an account.
import type { Change, Fact } from '#kernel/change'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Place } from './store.ts'

/** The role of this name that an organisation knows, its own before everybody's, and what it allows. */
export const roleNamed = async (sql: Sql, orgId: string, key: string) => (await sql<{ roleId: string; allows: string[] }>(
  `SELECT r.role_id AS "roleId", ARRAY(SELECT p.key FROM auth_role_permission rp JOIN auth_permission p USING (permission_id) WHERE rp.role_id = r.role_id AND rp.effect = 'allow') AS allows
   FROM auth_role r WHERE (r.org_id = $1 OR r.org_id IS NULL) AND r.key = $2 ORDER BY r.org_id NULLS LAST LIMIT 1`, [orgId, key]))[0]

/** Gives somebody a role at a place, if it was never given there: one that was taken back stays taken. */
export async function grantOnce({ sql, record }: Change, to: { userId: string; roleId: string; role: string; place: Place }): Promise<void> {
  const [made] = await sql<{ grantId: string }>(
    `INSERT INTO user_role_permission (grant_id, user_id, org_id, node_id, role_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING grant_id AS "grantId"`,
    [newId(), to.userId, to.place.orgId, to.place.nodeId, to.roleId])
  if (made) record('org.granted', made.grantId, null, { userId: to.userId, role: to.role, nodeId: to.place.nodeId })
}

/** The organisations that somebody owns, and whether anybody else owns them for good. In order of id, to be locked. */
export const ownedBy = (sql: Sql, userId: string) => sql<{ orgId: string; name: string; alone: boolean }>(
  `SELECT o.org_id AS "orgId", o.name, NOT EXISTS (
     SELECT 1 FROM user_role_permission g JOIN auth_role r ON r.role_id = g.role_id AND r.key = 'owner' AND r.is_system JOIN organization_node n ON n.node_id = g.node_id AND n.parent_id IS NULL
     JOIN users u ON u.user_id = g.user_id AND u.status = 'active'
     WHERE g.org_id = o.org_id AND g.user_id <> $1 AND g.effect = 'allow' AND g.cohort_id IS NULL AND g.valid @> now() AND upper(g.valid) IS NULL) AS alone
   FROM org o WHERE EXISTS (
     SELECT 1 FROM user_role_permission g JOIN auth_role r ON r.role_id = g.role_id AND r.key = 'owner' AND r.is_system JOIN organization_node n ON n.node_id = g.node_id AND n.parent_id IS NULL
     WHERE g.org_id = o.org_id AND g.user_id = $1 AND g.effect = 'allow' AND g.cohort_id IS NULL AND g.valid @> now()) ORDER BY o.org_id`, [userId])

/** An account was closed: all that it was granted ends (`account.closed`). */
export async function leave({ sql, revoke, record }: Change, { about: userId }: Fact): Promise<void> {
  const ended = await sql<{ grantId: string; nodeId: string }>(
    `UPDATE user_role_permission SET valid = tstzrange(least(lower(valid), now()), now()), is_lapsed = true WHERE user_id = $1 AND coalesce(upper(valid) > now(), true) RETURNING grant_id AS "grantId", node_id AS "nodeId"`, [userId])
  for (const { grantId, nodeId } of ended) record('org.ungranted', grantId, null, { userId, nodeId })
  revoke({ userId })
}
