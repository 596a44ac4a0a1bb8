// What this room has of somebody, for their copy of it.
import type { Sql } from '#kernel/sql'

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  const memberships = await sql(
    `SELECT c.cohort_id AS "cohortId", c.name AS cohort, o.course_name AS course, m.display_name AS "displayName", m.role, m.batch_no AS "batchNo", m.time_factor AS "timeFactor", m.status = 'active' AS "isActive", m.created_at AS "since"
     FROM cohort_members m JOIN cohorts c USING (cohort_id) JOIN courses o USING (course_id) WHERE m.user_id = $1 ORDER BY m.created_at, m.member_id`, [userId])
  return { memberships }
}
