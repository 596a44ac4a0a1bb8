// Table: progress_events, the ledger; and unlock_clocks. What happened twice is written down once.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'

export type Happening = { factId: string; cohortId: string; userId: string | null; kind: 'topic' | 'begun' | 'quiz' | 'session'; about: string; score: number | null; passed: boolean | null }

export const putEvents = (sql: Sql, list: readonly Happening[], at: Date) => sql(
  `INSERT INTO progress_events (event_id, fact_id, cohort_id, user_id, kind, about, score, passed, at)
   SELECT *, $9::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::float8[], $8::boolean[]) ON CONFLICT DO NOTHING`,
  [list.map(() => newId()), list.map((e) => e.factId), list.map((e) => e.cohortId), list.map((e) => e.userId), list.map((e) => e.kind), list.map((e) => e.about), list.map((e) => e.score), list.map((e) => e.passed), at])

/** What these learners had read of the course before they came to this cohort, and what was read and held before there was a ledger. */
export async function catchUp(sql: Sql, cohortId: string, memberIds: readonly string[]): Promise<void> {
  await sql(
    `INSERT INTO progress_events (event_id, fact_id, cohort_id, user_id, kind, about, at)
     SELECT gen_random_uuid(), r.topic_id, m.cohort_id, m.user_id, 'topic', r.topic_id, r.completed_at FROM cohort_members m JOIN cohorts c USING (cohort_id) JOIN topic_progress r ON r.user_id = m.user_id AND r.course_id = c.course_id
     WHERE m.cohort_id = $1 AND m.member_id = ANY($2::uuid[]) AND r.completed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM progress_events e WHERE e.cohort_id = m.cohort_id AND e.user_id = m.user_id AND e.kind = 'topic' AND e.about = r.topic_id) ON CONFLICT DO NOTHING`, [cohortId, memberIds])
}

export const catchUpSessions = (sql: Sql, cohortId: string) => sql(
  `INSERT INTO progress_events (event_id, fact_id, cohort_id, kind, about, at)
   SELECT gen_random_uuid(), s.ilt_session_id, s.cohort_id, 'session', s.ilt_session_id, s.ended_at FROM ilt_sessions s WHERE s.cohort_id = $1 AND s.ended_at IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM progress_events e WHERE e.cohort_id = s.cohort_id AND e.user_id IS NULL AND e.about = s.ilt_session_id) ON CONFLICT DO NOTHING`, [cohortId])

/** Where a person learns this course, by cohort. */
export const learnsIn = (sql: Sql, userId: string, courseId: string) => sql<{ cohortId: string; memberId: string }>(
  `SELECT m.cohort_id AS "cohortId", m.member_id AS "memberId" FROM cohort_members m JOIN cohorts c USING (cohort_id)
   WHERE m.user_id = $1 AND c.course_id = $2 AND m.role = 'learner' AND m.status = 'active' ORDER BY m.member_id`, [userId, courseId])

/** Where a person learns at all. */
export const learnsAnywhere = (sql: Sql, userId: string) => sql<{ cohortId: string; memberId: string }>(
  `SELECT cohort_id AS "cohortId", member_id AS "memberId" FROM cohort_members WHERE user_id = $1 AND role = 'learner' AND status = 'active' ORDER BY member_id`, [userId])

/** The cohorts of a course that are not archived; `drafting`: those of no version. */
export const cohortsOf = async (sql: Sql, courseId: string, drafting = false): Promise<string[]> =>
  (await sql<{ id: string }>('SELECT cohort_id AS id FROM cohorts WHERE course_id = $1 AND archived_at IS NULL AND (NOT $2 OR version_id IS NULL) ORDER BY cohort_id', [courseId, drafting])).map((r) => r.id)

/** Whether some rule of the cohort's course speaks of classes that were held. */
export const countsSessions = async (sql: Sql, cohortId: string): Promise<boolean> =>
  (await sql(`SELECT 1 FROM cohorts c JOIN unlock_rules r USING (course_id) WHERE c.cohort_id = $1 AND jsonb_path_exists(r.tree, '$.**.sessionsHeld') LIMIT 1`, [cohortId])).length > 0

/** A guest turned out to be somebody: what happened to them happened to that person. Where both have a row of a module, theirs is computed anew. */
export async function takeOver(sql: Sql, guestId: string, into: string): Promise<void> {
  await sql(`UPDATE progress_events e SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM progress_events o WHERE o.fact_id = e.fact_id AND o.cohort_id = e.cohort_id AND o.user_id = $2)`, [guestId, into])
  await sql(`UPDATE module_progress p SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM module_progress o WHERE o.cohort_id = p.cohort_id AND o.chapter_id = p.chapter_id AND o.user_id = $2)`, [guestId, into])
  await forget(sql, guestId)
}

export async function forget(sql: Sql, userId: string): Promise<void> {
  await sql('DELETE FROM progress_events WHERE user_id = $1', [userId])
  await sql('DELETE FROM module_progress WHERE user_id = $1', [userId])
}

/** When a date next matters in a cohort; null: never. */
export const setClock = (sql: Sql, cohortId: string, at: Date | null) => at === null ? sql('DELETE FROM unlock_clocks WHERE cohort_id = $1', [cohortId])
  : sql('INSERT INTO unlock_clocks (cohort_id, next_at) VALUES ($1, $2) ON CONFLICT (cohort_id) DO UPDATE SET next_at = excluded.next_at', [cohortId, at])

/** Whether it is time in this cohort, whose clock is then locked. */
export const isTime = async (sql: Sql, cohortId: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM unlock_clocks WHERE cohort_id = $1 AND next_at <= clock_timestamp() FOR UPDATE', [cohortId])).length > 0

/** What falls due within so many milliseconds. */
export const dueWithin = (sql: Sql, ms: number) => sql<{ id: string; inMs: number }>(
  `SELECT cohort_id AS id, greatest(0, extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 AS "inMs" FROM unlock_clocks WHERE next_at < clock_timestamp() + make_interval(secs => $1::float8 / 1000)`, [ms])
