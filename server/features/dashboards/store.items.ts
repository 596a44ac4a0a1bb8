// Tables, read only: quizzes, quiz_questions, quiz_options, quiz_attempts, quiz_responses, quiz_regrades. Each placement stands by itself: a
// question that was placed anew in another version, or that was drawn, is another row.
import type { Sql } from '#kernel/sql'
import { type Attempt, figuresOf, mostWrong } from './items.ts'

type Row = { layout: { questionId: string; points: number }[]; shares: Record<string, number> }
type Item = {
  quizQuestionId: string; questionId: string; version: number; kind: string; text: string; placed: boolean; position: number
  options: { optionId: string; text: string; correct: boolean; chosen: number }[]
}
const CHOSEN = ['single', 'multiple', 'truefalse']

/** The quiz, where it is of the course of this cohort; with what became of it there. */
export const quizIn = async (sql: Sql, cohortId: string, quizId: string) => (await sql<{ title: string; attempts: number; people: number; mean: number | null; regradedAt: Date | null }>(
  `SELECT q.title, count(a.attempt_id)::int AS attempts, count(DISTINCT a.user_id)::int AS people, round(avg(a.score)::numeric, 1)::float8 AS mean, (SELECT max(at) FROM quiz_regrades r WHERE r.quiz_id = q.quiz_id) AS "regradedAt"
   FROM cohorts c JOIN quizzes q USING (course_id) LEFT JOIN quiz_attempts a ON a.quiz_id = q.quiz_id AND a.cohort_id = c.cohort_id AND a.state = 'closed'
   WHERE c.cohort_id = $1 AND q.quiz_id = $2 GROUP BY q.quiz_id`, [cohortId, quizId]))[0]

const attemptsAt = (sql: Sql, cohortId: string, quizId: string) => sql<Row>(
  `SELECT a.layout, coalesce(jsonb_object_agg(r.quiz_question_id, r.fraction) FILTER (WHERE r.fraction IS NOT NULL), '{}') AS shares
   FROM quiz_attempts a LEFT JOIN quiz_responses r USING (attempt_id) WHERE a.cohort_id = $1 AND a.quiz_id = $2 AND a.state = 'closed' GROUP BY a.attempt_id`, [cohortId, quizId])

/** What is right is what graded last: where the quiz was graded anew since a question was placed, as the bank has it now. */
const itemsAt = (sql: Sql, cohortId: string, quizId: string) => sql<Item>(
  `WITH chosen AS (
     SELECT o.id::uuid AS option_id, count(*)::int AS n FROM quiz_attempts a JOIN quiz_responses r USING (attempt_id) CROSS JOIN LATERAL jsonb_array_elements_text(r.answer -> 'optionIds') AS o (id)
     WHERE a.cohort_id = $1 AND a.quiz_id = $2 AND a.state = 'closed' GROUP BY o.id
   ), options AS (
     SELECT o.quiz_question_id, jsonb_agg(jsonb_build_object('optionId', o.option_id, 'text', o.text, 'chosen', coalesce(c.n, 0),
         'correct', CASE WHEN g.at > p.placed_at AND b.question_id IS NOT NULL THEN coalesce(n.fraction, 0) ELSE o.fraction END > 0) ORDER BY o.position) AS list
     FROM quiz_questions p JOIN quiz_options o USING (quiz_question_id) LEFT JOIN chosen c USING (option_id)
     LEFT JOIN questions b ON b.question_id = p.question_id AND b.removed_at IS NULL LEFT JOIN answer_choices n ON n.choice_id = o.choice_id
     CROSS JOIN (SELECT max(at) AS at FROM quiz_regrades WHERE quiz_id = $2) AS g WHERE p.quiz_id = $2 GROUP BY o.quiz_question_id
   )
   SELECT p.quiz_question_id AS "quizQuestionId", p.question_id AS "questionId", p.question_version AS version, p.snapshot ->> 'type' AS kind, p.snapshot ->> 'stem' AS text,
     coalesce(p.position, f.position) IS NOT NULL AS placed, coalesce(p.position, f.position, 2147483647) AS position, coalesce(o.list, '[]') AS options
   FROM quiz_questions p LEFT JOIN quiz_questions f ON f.quiz_question_id = p.drawn_from LEFT JOIN options o ON o.quiz_question_id = p.quiz_question_id
   WHERE p.quiz_id = $2 AND p.question_id IS NOT NULL ORDER BY position, p.placed_at, p.quiz_question_id`, [cohortId, quizId])

/** Every question that the quiz asks, or that somebody here was asked. */
export async function itemsOf(sql: Sql, cohortId: string, quizId: string) {
  const attempts = (await attemptsAt(sql, cohortId, quizId)).map(({ layout, shares }): Attempt => layout.map(({ questionId, points }) => ({ item: questionId, points, share: shares[questionId] ?? 0 })))
  const figures = figuresOf(attempts)
  return (await itemsAt(sql, cohortId, quizId)).filter((i) => i.placed || figures.has(i.quizQuestionId)).map(({ position: _, options, ...item }) => {
    const isChosen = CHOSEN.includes(item.kind)
    return { ...item, ...(figures.get(item.quizQuestionId) ?? { answers: 0, right: null, tells: null }), options: isChosen ? options : null, mostWrong: isChosen ? mostWrong(options) : null }
  })
}
