// What this room has of somebody, for their copy of it.
import { inPages } from '#kernel/pages'
import type { Sql } from '#kernel/sql'

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  return {
    happened: inPages((after, most) => sql<{ eventId: string }>(
      `SELECT event_id AS "eventId", cohort_id AS "cohortId", kind, about, score, passed, at FROM progress_events WHERE user_id = $1 AND ($2::uuid IS NULL OR event_id > $2) ORDER BY event_id LIMIT $3`, [userId, after, most]), (e) => e.eventId),
    modules: await sql(
      `SELECT p.cohort_id AS "cohortId", h.module_no AS "moduleNo", h.title, p.open, p.passed, p.begun, p.unmet, p.unlocked_at AS "unlockedAt", p.passed_at AS "passedAt"
       FROM module_progress p LEFT JOIN chapters h USING (chapter_id) WHERE p.user_id = $1 ORDER BY p.cohort_id, h.module_no, p.chapter_id`, [userId]),
  }
}
