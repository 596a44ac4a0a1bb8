// It reads what the tutor keeps: the questions of a class's learners, and what came of them. Staff's own questions do not count.
import type { Sql } from '#kernel/sql'
import type { Asked } from './counting.ts'

/** The days that are told of: whole ones, in the time zone of the class, today among them. */
export const sinceOf = async (sql: Sql, cohortId: string, days: number): Promise<{ since: Date; tz: string }> => (await sql<{ since: Date; tz: string }>(
  `SELECT (date_trunc('day', now() AT TIME ZONE c.tz) - make_interval(days => $2 - 1)) AT TIME ZONE c.tz AS since, c.tz FROM cohorts c WHERE c.cohort_id = $1`, [cohortId, days]))[0] as { since: Date; tz: string }

const LEARNERS = `cp_rag_chat_sessions c JOIN cohort_members m ON m.cohort_id = c.cohort_id AND m.user_id = c.user_id AND m.role = 'learner' AND m.status = 'active'`

type Row = Asked & { mode: string | null; state: string }
/** The latest questions of a class since then, the newest first. */
export const askedIn = (sql: Sql, cohortId: string, since: Date, most: number) => sql<Row>(
  `SELECT q.message_id AS "messageId", c.user_id AS "userId", q.content AS text, q.created_at AS at, a.mode, a.state, a.helpful,
     CASE WHEN a.state <> 'settled' THEN NULL ELSE a.finish IS DISTINCT FROM 'not_grounded' END AS grounded,
     (SELECT jsonb_build_object('topicId', t.topic_id, 'topicName', t.topic_name, 'moduleNo', coalesce(t.module_no, 0)) FROM topics t WHERE t.topic_id = coalesce(q.topic_id, a.topic_id)) AS topic
   FROM ${LEARNERS} JOIN cp_rag_chat_messages q ON q.session_id = c.session_id AND q.role = 'user' JOIN cp_rag_chat_messages a ON a.session_id = q.session_id AND a.seq = q.seq + 1
   WHERE c.cohort_id = $1 AND q.created_at >= $2 ORDER BY q.created_at DESC, q.message_id LIMIT $3`, [cohortId, since, most])

/** How many questions each day. */
export const daysOf = (sql: Sql, cohortId: string, since: Date, tz: string) => sql<{ day: string; asked: number }>(
  `SELECT to_char(q.created_at AT TIME ZONE $3, 'YYYY-MM-DD') AS day, count(*)::int AS asked FROM ${LEARNERS} JOIN cp_rag_chat_messages q ON q.session_id = c.session_id AND q.role = 'user'
   WHERE c.cohort_id = $1 AND q.created_at >= $2 GROUP BY 1 ORDER BY 1`, [cohortId, since, tz])

export const passedOn = async (sql: Sql, cohortId: string, since: Date): Promise<{ open: number; answered: number }> => (await sql<{ open: number; answered: number }>(
  'SELECT count(*) FILTER (WHERE answered_at IS NULL)::int AS open, count(*) FILTER (WHERE answered_at IS NOT NULL)::int AS answered FROM tutor_passed_on WHERE cohort_id = $1 AND passed_at >= $2', [cohortId, since]))[0] ?? { open: 0, answered: 0 }
