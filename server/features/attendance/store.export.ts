// What this room has of somebody, for their copy of it.
import type { Sql } from '#kernel/sql'

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  const rows = await sql<{ cohortId: string; memberId: string }>('SELECT cohort_id AS "cohortId", member_id AS "memberId" FROM cohort_members WHERE user_id = $1 ORDER BY cohort_id', [userId])
  return {
    inClass: pieces(sql, rows),
    corrections: await sql(
      `SELECT a.ilt_session_id AS "sessionId", a.status, a.reason, a.corrected_at AS "correctedAt" FROM cohort_members m JOIN attendance_corrections a USING (member_id) WHERE m.user_id = $1 ORDER BY a.corrected_at`, [userId]),
  }
}

/** One cohort after the other: within one, the pieces are found by its index. */
async function* pieces(sql: Sql, rows: readonly { cohortId: string; memberId: string }[]) {
  for (const { cohortId, memberId } of rows) {
    yield* await sql('SELECT cohort_id AS "cohortId", began_at AS from, until_at AS until FROM presence_pieces WHERE cohort_id = $1 AND member_id = $2 ORDER BY began_at', [cohortId, memberId])
  }
}
