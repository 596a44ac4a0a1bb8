// The classes of a cohort one after the other: who was there, who answered, how fast and how sure, and how quizzes went afterwards.
import type { Sql } from '#kernel/sql'

type Row = {
  sessionId: string; title: string | null; startedAt: Date; endedAt: Date | null; learners: number; there: number; asked: number
  share: number | null; medianSeconds: number | null; confidence: number | null; quizMean: number | null
}

/** The oldest first. Of a prompt those are asked who attended and are in its batch, but never fewer than answered it. */
export async function sessionsIn(sql: Sql, cohortId: string) {
  const rows = await sql<Row>(
    `WITH s AS (SELECT ilt_session_id AS id, title, started_at, ended_at, lead(started_at) OVER (ORDER BY started_at) AS next FROM ilt_sessions WHERE cohort_id = $1),
     p AS MATERIALIZED (SELECT prompt_id, session_id AS id, batch_no, opens_at, answered FROM cold_call_prompts WHERE cohort_id = $1 AND session_id IS NOT NULL AND state <> 'cancelled'),
     there AS (SELECT a.ilt_session_id AS id, m.batch_no, count(*)::int AS n FROM s JOIN ilt_attendance a ON a.ilt_session_id = s.id JOIN cohort_members m USING (member_id) GROUP BY a.ilt_session_id, m.batch_no),
     attended AS (SELECT id, sum(n)::int AS n FROM there GROUP BY id),
     asks AS (SELECT p.id, count(*)::int AS n, sum(p.answered)::float8 AS answered, sum(greatest(p.answered, coalesce(CASE WHEN p.batch_no IS NULL THEN w.n ELSE t.n END, 0)))::float8 AS could
       FROM p LEFT JOIN attended w USING (id) LEFT JOIN there t ON t.id = p.id AND t.batch_no = p.batch_no GROUP BY p.id),
     took AS (SELECT p.id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM m.answered_at - p.opens_at)) AS seconds, avg(m.confidence) AS sure FROM p JOIN cold_call_messages m USING (prompt_id) GROUP BY p.id),
     quiz AS (SELECT s.id, avg(a.score) AS mean FROM s JOIN quiz_attempts a ON a.cohort_id = $1 AND a.state = 'closed' AND a.submitted_at >= s.started_at AND (s.next IS NULL OR a.submitted_at < s.next)
       JOIN quizzes q ON q.quiz_id = a.quiz_id AND q.quiz_type <> 'practice' GROUP BY s.id),
     l AS (SELECT array_agg(created_at ORDER BY created_at) AS at FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active')
     SELECT s.id AS "sessionId", s.title, s.started_at AS "startedAt", s.ended_at AS "endedAt", greatest(coalesce(width_bucket(s.started_at, l.at), 0), coalesce(w.n, 0)) AS learners, coalesce(w.n, 0) AS there, coalesce(k.n, 0) AS asked,
       round((k.answered / nullif(k.could, 0))::numeric, 3)::float8 AS share, CASE WHEN t.seconds IS NOT NULL THEN round(greatest(0, t.seconds)::numeric, 1) END::float8 AS "medianSeconds", round(t.sure, 2)::float8 AS confidence, round(z.mean::numeric, 1)::float8 AS "quizMean"
     FROM s CROSS JOIN l LEFT JOIN attended w USING (id) LEFT JOIN asks k USING (id) LEFT JOIN took t USING (id) LEFT JOIN quiz z USING (id) ORDER BY s.started_at, s.id`, [cohortId])
  return rows.map(({ startedAt, endedAt, ...r }) => ({ ...r, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null }))
}
