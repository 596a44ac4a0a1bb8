// Tables: quiz_regrades; and it reads closed attempts, slice by slice.
import type { Sql } from '#kernel/sql'
import { frozen } from '../questions/index.ts'
import type { Placed } from './attempt.ts'
import { mended } from './mended.ts'

/** These questions with what is right by how they are written now. */
export async function mendedNow(sql: Sql, courseId: string, questions: ReadonlyMap<string, Placed>): Promise<Map<string, Placed>> {
  const newest = new Map((await frozen(sql, courseId, [...new Set([...questions.values()].map((q) => q.questionId))])).map((q) => [q.questionId, q]))
  return new Map([...questions].map(([id, q]) => [id, mended(q, newest.get(q.questionId))]))
}

/** What is right in an attempt that was closed then: as it was asked; where the quiz was graded anew since, as it is written now. */
export async function keyInForce(sql: Sql, { quizId, courseId }: { quizId: string; courseId: string }, closedAt: Date, questions: ReadonlyMap<string, Placed>): Promise<ReadonlyMap<string, Placed>> {
  const [regraded] = await sql('SELECT 1 FROM quiz_regrades WHERE quiz_id = $1 AND at >= $2 LIMIT 1', [quizId, closedAt])
  return regraded ? mendedNow(sql, courseId, questions) : questions
}

/** Closed attempts of a quiz behind `after`, in the order of their ids, with the members whose they are. */
export const closedAfter = (sql: Sql, quizId: string, after: string | null, most: number) => sql<{ attemptId: string; memberId: string | null }>(
  `SELECT a.attempt_id AS "attemptId", (SELECT m.member_id FROM cohort_members m WHERE m.cohort_id = a.cohort_id AND m.user_id = a.user_id LIMIT 1) AS "memberId"
   FROM quiz_attempts a WHERE a.quiz_id = $1 AND a.state = 'closed' AND ($2::uuid IS NULL OR a.attempt_id > $2) ORDER BY a.attempt_id LIMIT $3`, [quizId, after, most])

/** Counts what a regrade did; the first slice makes it. */
export const countRegrade = (sql: Sql, { regradeId, quizId, by, looked, changed }: { regradeId: string; quizId: string; by: string | null; looked: number; changed: number }, now: Date) => sql(
  `INSERT INTO quiz_regrades AS r (regrade_id, quiz_id, at, by, looked_at, changed) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (regrade_id) DO UPDATE SET looked_at = r.looked_at + excluded.looked_at, changed = r.changed + excluded.changed`, [regradeId, quizId, now, by, looked, changed])
