// Tables: auth_role, auth_role_permission, user_role_permission: who was granted what. Every verdict goes through
// `grants_in_force` and what is built on it.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Grant, RoleRow } from './contract.ts'
import type { Held } from './why.ts'

const ROLE = `r.role_id AS "roleId", r.key, r.name, r.org_id IS NOT NULL AS own, r.row_version AS "rowVersion",
  coalesce((SELECT jsonb_object_agg(p.key, rp.effect) FROM auth_role_permission rp JOIN auth_permission p USING (permission_id) WHERE rp.role_id = r.role_id), '{}') AS permissions,
  (SELECT count(DISTINCT g.user_id) FROM user_role_permission g WHERE g.role_id = r.role_id AND g.valid @> now() AND ($1::uuid IS NULL OR g.org_id = $1))::int AS holders`

export const rolesOf = (sql: Sql, orgId: string) => sql<RoleRow>(`SELECT ${ROLE} FROM auth_role r WHERE r.org_id = $1 OR r.org_id IS NULL ORDER BY r.org_id IS NOT NULL, r.name`, [orgId])
export const roleRow = async (sql: Sql, roleId: string) => (await sql<RoleRow & { orgId: string | null }>(`SELECT ${ROLE}, r.org_id AS "orgId" FROM auth_role r WHERE r.role_id = $2`, [null, roleId]))[0]

/** The role of this name that an organisation knows: its own before everybody's. */
export const roleCalled = async (sql: Sql, orgId: string, key: string) =>
  (await sql<RoleRow>(`SELECT ${ROLE} FROM auth_role r WHERE (r.org_id = $1 OR r.org_id IS NULL) AND r.key = $2 ORDER BY r.org_id NULLS LAST LIMIT 1`, [orgId, key]))[0]

/** Makes a role; false where its key is taken, also by one of everybody's. */
export const insertRole = async (sql: Sql, r: { roleId: string; orgId: string; key: string; name: string }) => (await sql(
  `INSERT INTO auth_role (role_id, org_id, key, name) SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM auth_role WHERE key = $3 AND (org_id = $2 OR org_id IS NULL)) ON CONFLICT DO NOTHING RETURNING 1`,
  [r.roleId, r.orgId, r.key, r.name])).length > 0

export const renameRole = (sql: Sql, roleId: string, name: string | undefined) =>
  sql('UPDATE auth_role SET name = coalesce($2, name), row_version = row_version + 1 WHERE role_id = $1', [roleId, name ?? null])

export async function putPermissions(sql: Sql, roleId: string, permissions: Record<string, string>): Promise<void> {
  await sql('DELETE FROM auth_role_permission WHERE role_id = $1', [roleId])
  await sql('INSERT INTO auth_role_permission (role_id, permission_id, effect) SELECT $1, p.permission_id, w.effect FROM unnest($2::text[], $3::text[]) AS w (key, effect) JOIN auth_permission p USING (key)',
    [roleId, Object.keys(permissions), Object.values(permissions)])
}
export async function deleteRole(sql: Sql, roleId: string): Promise<void> {
  await sql('DELETE FROM user_role_permission WHERE role_id = $1', [roleId]) // ended ones
  await sql('DELETE FROM auth_role_permission WHERE role_id = $1', [roleId])
  await sql('DELETE FROM auth_role WHERE role_id = $1', [roleId])
}
export const holdersOf = async (sql: Sql, roleId: string) =>
  (await sql<{ userId: string }>('SELECT DISTINCT user_id AS "userId" FROM user_role_permission WHERE role_id = $1 AND valid @> now()', [roleId])).map((r) => r.userId)

const GRANT = `g.grant_id AS "grantId", jsonb_build_object('userId', u.user_id, 'name', u.full_name, 'email', u.email, 'program', u.role = 'program') AS user,
    jsonb_build_object('nodeId', at.node_id, 'name', at.name) AS node, CASE WHEN c.cohort_id IS NULL THEN NULL ELSE jsonb_build_object('cohortId', c.cohort_id, 'name', c.name) END AS cohort,
    CASE WHEN r.role_id IS NULL THEN NULL ELSE jsonb_build_object('roleId', r.role_id, 'key', r.key, 'name', r.name) END AS role, p.key AS permission, g.effect,
    lower(g.valid) AS from, upper(g.valid) AS until, b.full_name AS "grantedBy", g.granted_at AS "grantedAt"
  FROM user_role_permission g JOIN users u ON u.user_id = g.user_id JOIN organization_node at ON at.node_id = g.node_id
  LEFT JOIN auth_role r ON r.role_id = g.role_id LEFT JOIN auth_permission p ON p.permission_id = g.permission_id LEFT JOIN cohorts c ON c.cohort_id = g.cohort_id LEFT JOIN users b ON b.user_id = g.granted_by`
type GrantRow = Omit<Grant, 'from' | 'until' | 'grantedAt'> & { from: Date; until: Date | null; grantedAt: Date }
const shown = (g: GrantRow): Grant => ({ ...g, from: g.from.toISOString(), until: g.until?.toISOString() ?? null, grantedAt: g.grantedAt.toISOString() })

/** The grants that hold at a place now or later, by name. */
export const grantsAt = async (sql: Sql, nodeId: string, q: string, [name, grantId]: readonly [string, string], most: number) => (await sql<GrantRow>(
  `SELECT ${GRANT} JOIN organization_node n ON n.node_id = $1 AND n.org_id = at.org_id AND n.path <@ at.path
   WHERE coalesce(upper(g.valid) > now(), true) AND ($2 = '' OR strpos(lower(u.full_name), lower($2)) > 0 OR strpos(coalesce(u.email, ''), lower($2)) > 0)
     AND (u.full_name, g.grant_id::text) > ($3, $4) ORDER BY u.full_name, g.grant_id::text LIMIT $5`, [nodeId, q, name, grantId, most])).map(shown)

export const grantShown = async (sql: Sql, grantId: string): Promise<Grant | undefined> => (await sql<GrantRow>(`SELECT ${GRANT} WHERE g.grant_id = $1`, [grantId])).map(shown)[0]

export type NewGrant = { userId: string; orgId: string; nodeId: string; roleId: string | null; permission: string | null; effect: string; cohortId: string | null; from: string | null; until: string | null; by: string }
/** Grants; the same again is the same grant, for the time that was said last. */
export const putGrant = async (sql: Sql, g: NewGrant): Promise<string> => ((await sql<{ grantId: string }>(
  `INSERT INTO user_role_permission (grant_id, user_id, org_id, node_id, role_id, permission_id, effect, cohort_id, valid, granted_by, granted_at)
   VALUES ($1, $2, $3, $4, $5, (SELECT permission_id FROM auth_permission WHERE key = $6), $7, $8, tstzrange(coalesce($9::timestamptz, now()), $10::timestamptz), $11, now())
   ON CONFLICT (user_id, node_id, role_id, permission_id, cohort_id, effect) DO UPDATE SET valid = excluded.valid, granted_by = excluded.granted_by, granted_at = now(), is_lapsed = false
   RETURNING grant_id AS "grantId"`,
  [newId(), g.userId, g.orgId, g.nodeId, g.roleId, g.permission, g.effect, g.cohortId, g.from, g.until, g.by]))[0] as { grantId: string }).grantId

/** A grant begins no later than it ends: one that had not begun yet never holds. */
export const endGrant = (sql: Sql, grantId: string) =>
  sql(`UPDATE user_role_permission SET valid = tstzrange(least(lower(valid), now()), now()), is_lapsed = true WHERE grant_id = $1`, [grantId])

export type GrantKept = { grantId: string; userId: string; orgId: string; nodeId: string; cohortId: string | null; roleKey: string | null; effect: string; ended: boolean }
export const grantKept = async (sql: Sql, grantId: string) => (await sql<GrantKept>(
  `SELECT g.grant_id AS "grantId", g.user_id AS "userId", g.org_id AS "orgId", g.node_id AS "nodeId", g.cohort_id AS "cohortId", r.key AS "roleKey", g.effect, coalesce(upper(g.valid) <= now(), false) AS ended
   FROM user_role_permission g LEFT JOIN auth_role r USING (role_id) WHERE g.grant_id = $1`, [grantId]))[0]

/** The grants of somebody that speak of this permission at a place, or in a cohort there. */
export const heldAt = (sql: Sql, userId: string, permission: string, nodeId: string, cohortId: string | null) => sql<Held>(
  `SELECT f.grant_id AS "grantId", f.allows, r.name AS role, f.permission, at.node_id AS "nodeId", at.name AS node, at.depth, f.cohort_id AS "cohortId", upper(g.valid) AS until
   FROM grants_in_force f JOIN user_role_permission g USING (grant_id) JOIN organization_node at ON at.node_id = f.node_id LEFT JOIN auth_role r ON r.role_id = g.role_id
   JOIN organization_node n ON n.node_id = $3 AND n.org_id = f.org_id AND n.path <@ f.path
   WHERE f.user_id = $1 AND f.permission = $2 AND (f.cohort_id IS NULL OR f.cohort_id = $4)`, [userId, permission, nodeId, cohortId])

/** What the first may do at a place, or in a cohort there, that the second may not: permissions. */
export const beyond = async (sql: Sql, userId: string, actorId: string, nodeId: string) => (await sql<{ permission: string }>(
  `SELECT DISTINCT t.permission FROM granted($1) t WHERE t.node_id = $3 AND NOT EXISTS (
     SELECT 1 FROM granted($2) a WHERE a.node_id = t.node_id AND a.permission = t.permission AND (a.cohort_id IS NULL OR a.cohort_id = t.cohort_id))`, [userId, actorId, nodeId])).map((r) => r.permission)

/** Whether somebody owns the organisation for good who may still grant at its top: else nobody could mend anything. */
export const isOwned = async (sql: Sql, orgId: string) => (await sql(
  `SELECT 1 FROM user_role_permission g JOIN auth_role r ON r.role_id = g.role_id AND r.key = 'owner' AND r.is_system
   JOIN organization_node n ON n.node_id = g.node_id AND n.parent_id IS NULL JOIN users u ON u.user_id = g.user_id AND u.status = 'active'
   WHERE g.org_id = $1 AND g.effect = 'allow' AND g.cohort_id IS NULL AND g.valid @> now() AND upper(g.valid) IS NULL
     AND EXISTS (SELECT 1 FROM granted(g.user_id) m WHERE m.node_id = n.node_id AND m.permission = 'grant.write' AND m.cohort_id IS NULL) LIMIT 1`, [orgId])).length > 0

/** Where a cohort belongs. */
export const placeOfCohort = async (sql: Sql, cohortId: string) => (await sql<{ nodeId: string; orgId: string }>('SELECT node_id AS "nodeId", org_id AS "orgId" FROM cohorts WHERE cohort_id = $1', [cohortId]))[0]
export const cohortIsBelow = async (sql: Sql, cohortId: string, nodeId: string) => (await sql(
  'SELECT 1 FROM cohorts c JOIN organization_node n ON n.node_id = c.node_id JOIN organization_node at ON at.node_id = $2 AND at.org_id = n.org_id WHERE c.cohort_id = $1 AND n.path <@ at.path', [cohortId, nodeId])).length > 0

/** Grants that end within `ms`, which nobody was looked at for yet. */
export const lapsing = (sql: Sql, ms: number) => sql<{ id: string; inMs: number }>(
  `SELECT grant_id AS id, greatest(0, extract(epoch FROM upper(valid) - now()) * 1000)::float8 AS "inMs" FROM user_role_permission
   WHERE NOT is_lapsed AND upper(valid) IS NOT NULL AND upper(valid) < now() + make_interval(secs => $1::float8 / 1000) ORDER BY upper(valid) LIMIT 1000`, [ms])
export const markLapsed = async (sql: Sql, grantId: string) => (await sql<{ userId: string }>(
  'UPDATE user_role_permission SET is_lapsed = true WHERE grant_id = $1 AND NOT is_lapsed AND upper(valid) <= now() RETURNING user_id AS "userId"', [grantId]))[0]?.userId
