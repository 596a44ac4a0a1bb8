// Table: tutor_passed_on: questions that the material did not answer, for who teaches the class.
import type { Sql } from '#kernel/sql'

export type Passing = { messageId: string; cohortId: string; userId: string; question: string }
/** Passes a question on, once; when it was. */
export const putOn = async (sql: Sql, p: Passing, now: Date): Promise<Date> => ((await sql<{ at: Date }>(
  `INSERT INTO tutor_passed_on AS t (message_id, cohort_id, user_id, question, passed_at) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (message_id) DO UPDATE SET passed_at = t.passed_at RETURNING passed_at AS at`, [p.messageId, p.cohortId, p.userId, p.question, now]))[0] as { at: Date }).at

export const openIn = async (sql: Sql, cohortId: string): Promise<number> => (await sql<{ n: number }>('SELECT count(*)::int AS n FROM tutor_passed_on WHERE cohort_id = $1 AND answered_at IS NULL', [cohortId]))[0]?.n ?? 0

export type Passed = { messageId: string; memberId: string | null; displayName: string; question: string; said: string; passedAt: Date; answer: string | null; answeredAt: Date | null }
/** The questions of a class, the open ones first, then the latest. */
export const passedIn = (sql: Sql, cohortId: string, most: number) => sql<Passed>(
  `SELECT p.message_id AS "messageId", c.member_id AS "memberId", coalesce(c.display_name, u.full_name) AS "displayName", p.question, m.content AS said, p.passed_at AS "passedAt", p.answer, p.answered_at AS "answeredAt"
   FROM tutor_passed_on p JOIN cp_rag_chat_messages m USING (message_id) JOIN users u USING (user_id) LEFT JOIN cohort_members c ON c.cohort_id = p.cohort_id AND c.user_id = p.user_id
   WHERE p.cohort_id = $1 ORDER BY (p.answered_at IS NOT NULL), p.passed_at DESC, p.message_id LIMIT $2`, [cohortId, most])

/** Writes the answer down; whose question it was, undefined where there is none in this class. */
export const answered = async (sql: Sql, cohortId: string, messageId: string, answer: string, by: string | null, now: Date): Promise<string | undefined> => (await sql<{ userId: string }>(
  'UPDATE tutor_passed_on SET answer = $3, answered_at = $4, answered_by = $5 WHERE cohort_id = $1 AND message_id = $2 RETURNING user_id AS "userId"', [cohortId, messageId, answer, now, by]))[0]?.userId
