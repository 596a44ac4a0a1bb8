// Table: impersonation_sessions: who saw Lectern as whom.
import type { Sql } from '#kernel/sql'

/** Somebody whose every place the actor may see as them: `not_found` is who is in no such place. */
export async function target(sql: Sql, actorId: string, targetId: string): Promise<{ userId: string; name: string } | undefined> {
  const [row] = await sql<{ userId: string; name: string }>(
    `SELECT u.user_id AS "userId", u.full_name AS name FROM users u
     WHERE u.user_id = $2 AND u.status = 'active' AND u.role <> 'program'
       AND (EXISTS (SELECT 1 FROM cohort_members WHERE user_id = $2 AND status = 'active') OR EXISTS (SELECT 1 FROM user_role_permission WHERE user_id = $2 AND valid @> now()))
       AND NOT EXISTS (SELECT 1 FROM cohort_members m WHERE m.user_id = $2 AND m.status = 'active'
         AND NOT EXISTS (SELECT 1 FROM granted_in($1) g WHERE g.cohort_id = m.cohort_id AND g.permission = 'person.view_as'))
       AND NOT EXISTS (SELECT 1 FROM user_role_permission t WHERE t.user_id = $2 AND t.valid @> now()
         AND NOT EXISTS (SELECT 1 FROM granted($1) g WHERE g.node_id = t.node_id AND g.permission = 'person.view_as' AND g.cohort_id IS NULL))`, [actorId, targetId])
  return row
}

/** Whether somebody may do anything anywhere that the actor may not. */
export const hasMore = async (sql: Sql, actorId: string, targetId: string): Promise<boolean> => (await sql(
  `SELECT 1 FROM granted($2) t WHERE NOT EXISTS (SELECT 1 FROM granted($1) a WHERE a.node_id = t.node_id AND a.permission = t.permission AND (a.cohort_id IS NULL OR a.cohort_id = t.cohort_id))
   UNION ALL SELECT 1 FROM standings($2) t WHERE t.rank > 1 AND NOT EXISTS (SELECT 1 FROM standings($1) a WHERE a.cohort_id = t.cohort_id AND a.rank >= t.rank) LIMIT 1`, [actorId, targetId])).length > 0

export type NewView = { viewId: string; actorId: string; targetId: string; familyId: string; reason: string; minutes: number }
/** Null where the actor views as somebody already. Views that ran out are ended first. */
export async function insertView(sql: Sql, v: NewView, at: Date): Promise<Date | null> {
  await sql('UPDATE impersonation_sessions SET ended_at = expires_at WHERE actor_id = $1 AND ended_at IS NULL AND expires_at <= $2', [v.actorId, at])
  const [row] = await sql<{ until: Date }>(
    `INSERT INTO impersonation_sessions (impersonation_id, actor_id, target_id, family_id, reason, started_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $6::timestamptz + make_interval(mins => $7))
     ON CONFLICT (actor_id) WHERE ended_at IS NULL DO NOTHING RETURNING expires_at AS until`, [v.viewId, v.actorId, v.targetId, v.familyId, v.reason, at, v.minutes])
  return row?.until ?? null
}
export const endView = async (sql: Sql, viewId: string, at: Date) =>
  (await sql('UPDATE impersonation_sessions SET ended_at = $2 WHERE impersonation_id = $1 AND ended_at IS NULL RETURNING 1', [viewId, at])).length > 0
/** The views that were begun in this sign-in and are not over. */
export const endViewsOf = async (sql: Sql, familyId: string, at: Date) => (await sql<{ viewId: string }>(
  'UPDATE impersonation_sessions SET ended_at = $2 WHERE family_id = $1 AND ended_at IS NULL RETURNING impersonation_id AS "viewId"', [familyId, at])).map((r) => r.viewId)

export const viewsOf = async (sql: Sql, userId: string) => (await sql<{ name: string; reason: string; startedAt: Date; endedAt: Date | null }>(
  `SELECT u.full_name AS name, v.reason, v.started_at AS "startedAt", CASE WHEN v.ended_at IS NULL AND v.expires_at > now() THEN NULL ELSE coalesce(v.ended_at, v.expires_at) END AS "endedAt"
   FROM impersonation_sessions v JOIN users u ON u.user_id = v.actor_id WHERE v.target_id = $1 ORDER BY v.started_at DESC LIMIT 100`, [userId]))
  .map((v) => ({ ...v, startedAt: v.startedAt.toISOString(), endedAt: v.endedAt?.toISOString() ?? null }))
