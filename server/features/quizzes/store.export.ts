// What this room has of somebody: their copy of it, what goes over when a guest turns out to be somebody, and what goes when they go.
import { inPages } from '#kernel/pages'
import type { Sql } from '#kernel/sql'

type Row = { attemptId: string }
export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  return {
    attempts: inPages((after, most) => sql<Row>(
      `SELECT a.attempt_id AS "attemptId", a.cohort_id AS "cohortId", q.title AS quiz, a.attempt_no AS "attemptNo", a.started_at AS "startedAt", a.submitted_at AS "submittedAt", a.closed_by AS "closedBy", a.score, a.passed,
         coalesce((SELECT jsonb_agg(jsonb_build_object('question', p.snapshot ->> 'stem', 'options', (SELECT jsonb_agg(jsonb_build_object('optionId', o.option_id, 'text', o.text, 'matchId', o.match_id, 'match', o.match) ORDER BY o.option_id)
               FROM quiz_options o WHERE o.quiz_question_id = p.quiz_question_id AND p.snapshot ->> 'type' NOT IN ('numeric', 'text') AND (a.state = 'closed' OR p.snapshot ->> 'type' <> 'matching')),
             'answer', r.answer, 'savedAt', r.saved_at, 'fraction', r.fraction) ORDER BY r.saved_at)
           FROM quiz_responses r JOIN quiz_questions p USING (quiz_question_id) WHERE r.attempt_id = a.attempt_id), '[]') AS answers
       FROM quiz_attempts a JOIN quizzes q USING (quiz_id) WHERE a.user_id = $1 AND ($2::uuid IS NULL OR a.attempt_id > $2) ORDER BY a.attempt_id LIMIT $3`, [userId, after, most]), (r) => r.attemptId),
  }
}

/** A guest's attempts go over, numbered behind those that the person has made; of two that are open at once the guest's is dropped. */
export async function takeOver(sql: Sql, guestId: string, into: string): Promise<void> {
  await sql(
    `UPDATE quiz_attempts a SET user_id = $2, attempt_no = w.n FROM (
       SELECT g.attempt_id, row_number() OVER (PARTITION BY g.quiz_id, g.cohort_id ORDER BY g.attempt_no)
         + coalesce((SELECT max(o.attempt_no) FROM quiz_attempts o WHERE o.quiz_id = g.quiz_id AND o.cohort_id = g.cohort_id AND o.user_id = $2), 0) AS n
       FROM quiz_attempts g WHERE g.user_id = $1
         AND NOT (g.state = 'open' AND EXISTS (SELECT 1 FROM quiz_attempts o WHERE o.quiz_id = g.quiz_id AND o.cohort_id = g.cohort_id AND o.user_id = $2 AND o.state = 'open'))
     ) AS w WHERE a.attempt_id = w.attempt_id`, [guestId, into])
  await forget(sql, guestId)
}

/** Whose account was closed has no attempts any more. */
export async function forget(sql: Sql, userId: string): Promise<void> {
  for (const table of ['quiz_responses', 'quiz_grades']) await sql(`DELETE FROM ${table} WHERE attempt_id IN (SELECT attempt_id FROM quiz_attempts WHERE user_id = $1)`, [userId])
  await sql('DELETE FROM quiz_attempts WHERE user_id = $1', [userId])
}
