// Tables: quiz_questions, quiz_options: what quizzes ask, frozen. A row is never changed but for its position.
import type { Sql } from '#kernel/sql'
import type { Placed } from './attempt.ts'
import type { Placing } from './placement.ts'
import type { Stands } from './plan.ts'

type Row = Pick<Placed, 'quizQuestionId' | 'questionId' | 'version' | 'points' | 'options'> & { snapshot: Pick<Placed, 'type' | 'stem' | 'explanation' | 'partial' | 'languages'> }
const COLUMNS = `p.quiz_question_id AS "quizQuestionId", p.question_id AS "questionId", p.question_version AS version, p.points, p.snapshot,
  coalesce((SELECT jsonb_agg(jsonb_build_object('optionId', o.option_id, 'choiceId', o.choice_id, 'position', o.position, 'text', o.text, 'matchId', o.match_id, 'match', o.match,
      'fraction', o.fraction, 'tolerance', o.tolerance, 'feedback', o.feedback, 'languages', o.languages) ORDER BY o.position)
    FROM quiz_options o WHERE o.quiz_question_id = p.quiz_question_id), '[]') AS options`
const placed = ({ snapshot, ...row }: Row): Placed => ({ ...row, ...snapshot })

/** Frozen questions by their ids. */
export async function placedIn(sql: Sql, ids: Iterable<string>): Promise<Map<string, Placed>> {
  const rows = await sql<Row>(`SELECT ${COLUMNS} FROM quiz_questions p WHERE p.quiz_question_id = ANY($1::uuid[])`, [[...new Set(ids)]])
  return new Map(rows.map((r) => [r.quizQuestionId, placed(r)]))
}

/** What a quiz asks now, in order. */
export const placesOf = (sql: Sql, quizId: string) => sql<Stands>(
  `SELECT quiz_question_id AS "quizQuestionId", points, question_id AS "questionId", question_version AS version, pool_id AS "poolId", draw_n AS draw
   FROM quiz_questions WHERE quiz_id = $1 AND position IS NOT NULL ORDER BY position, quiz_question_id`, [quizId])

export type Drawing = { from: string; questionId: string }
/** Of what was drawn, in these versions, the rows that are frozen already. By `${from} ${questionId}`. */
export async function drawnBefore(sql: Sql, list: readonly (Drawing & { version: number })[]): Promise<Map<string, string>> {
  const rows = await sql<Drawing & { id: string }>(
    `SELECT p.drawn_from AS "from", p.question_id AS "questionId", p.quiz_question_id AS id FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS w (place, question, version)
     JOIN quiz_questions p ON p.drawn_from = w.place AND p.question_id = w.question AND p.question_version = w.version`, [list.map((d) => d.from), list.map((d) => d.questionId), list.map((d) => d.version)])
  return new Map(rows.map((r) => [`${r.from} ${r.questionId}`, r.id]))
}

/** Freezes questions with two statements. What another node froze first stays as that has it. */
export async function freeze(sql: Sql, quizId: string, list: readonly Placing[], now: Date): Promise<void> {
  if (list.length === 0) return
  const rows = await sql<{ id: string }>(
    `INSERT INTO quiz_questions (quiz_question_id, quiz_id, position, question_id, question_version, drawn_from, points, snapshot, placed_at)
     SELECT w.id, $1, w.position, w.question, w.version, w.place, w.points, w.snapshot, $3
     FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, position int, question uuid, version int, place uuid, points float8, snapshot jsonb)
     ON CONFLICT (drawn_from, question_id, question_version) WHERE drawn_from IS NOT NULL DO NOTHING RETURNING quiz_question_id AS id`,
    [quizId, JSON.stringify(list.map((p) => ({ id: p.quizQuestionId, position: p.position, question: p.questionId, version: p.version, place: p.drawnFrom, points: p.points,
      snapshot: { type: p.type, stem: p.stem, explanation: p.explanation, partial: p.partial, languages: p.languages } }))), now])
  const made = new Set(rows.map((r) => r.id))
  const options = list.filter((p) => made.has(p.quizQuestionId)).flatMap((p) => p.options.map((o) => ({ ...o, of: p.quizQuestionId })))
  await sql(
    `INSERT INTO quiz_options (option_id, quiz_question_id, choice_id, position, text, match_id, match, fraction, tolerance, feedback, languages)
     SELECT w."optionId", w."of", w."choiceId", w.position, w.text, w."matchId", w.match, w.fraction, w.tolerance, w.feedback, w.languages
     FROM jsonb_to_recordset($1::jsonb) AS w ("optionId" uuid, "of" uuid, "choiceId" uuid, position int, text text, "matchId" uuid, match text, fraction float8, tolerance float8, feedback text, languages jsonb)`, [JSON.stringify(options)])
}

export type PoolPlace = { quizQuestionId: string; position: number; poolId: string; draw: number; points: number }
export const placePools = (sql: Sql, quizId: string, list: readonly PoolPlace[], now: Date) => list.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO quiz_questions (quiz_question_id, quiz_id, position, pool_id, draw_n, points, placed_at)
   SELECT w.id, $1, w.position, w.pool, w.draw, w.points, $7 FROM unnest($2::uuid[], $3::int[], $4::uuid[], $5::int[], $6::float8[]) AS w (id, position, pool, draw, points)`,
  [quizId, list.map((p) => p.quizQuestionId), list.map((p) => p.position), list.map((p) => p.poolId), list.map((p) => p.draw), list.map((p) => p.points), now])

/** Those that stay are at these places; the others of the quiz are asked no more. */
export const reposition = (sql: Sql, quizId: string, kept: readonly { quizQuestionId: string; position: number }[]) => sql(
  `UPDATE quiz_questions p SET position = w.position FROM quiz_questions o LEFT JOIN unnest($2::uuid[], $3::int[]) AS w (id, position) ON w.id = o.quiz_question_id
   WHERE p.quiz_question_id = o.quiz_question_id AND o.quiz_id = $1 AND o.position IS NOT NULL AND o.position IS DISTINCT FROM w.position`, [quizId, kept.map((k) => k.quizQuestionId), kept.map((k) => k.position)])
