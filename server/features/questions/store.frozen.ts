// Tables: questions, answer_choices, question_languages, question_pool_members, read as quizzes place them.
import type { Sql } from '#kernel/sql'
import type { Level, Status, Type } from './question.ts'

export type FrozenChoice = {
  choiceId: string; position: number; text: string; match: string | null; fraction: number; tolerance: number | null; feedback: string
  languages: { language: string; text: string | null; match: string | null; feedback: string | null }[]
}
/** A question as it is written now, with what it says in other languages. `removed`: it is in the bank no more, and is not to be placed anew. */
export type Frozen = {
  questionId: string; version: number; type: Type; stem: string; explanation: string; partial: boolean; difficulty: Level | null; topicId: string | null; tags: string[]; removed: boolean
  languages: { language: string; status: Status; stale: boolean; stem: string | null; explanation: string | null }[]
  choices: FrozenChoice[]
}

/** These questions of a course, in the order that was asked for; ones that it does not have are left out. One statement: each as
 *  it was at one moment. */
export const frozen = (sql: Sql, courseId: string, questionIds: readonly string[]): Promise<Frozen[]> => sql<Frozen>(
  `SELECT q.question_id AS "questionId", q.version, q.question_type AS type, q.stem, q.explanation, q.partial, q.difficulty, q.topic_id AS "topicId", q.tags, q.removed_at IS NOT NULL AS removed,
     coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'status', l.status, 'stale', l.source_hash <> q.content_hash, 'stem', l.stem, 'explanation', l.explanation) ORDER BY l.language)
       FROM question_languages l WHERE l.question_id = q.question_id), '[]') AS languages,
     coalesce((SELECT jsonb_agg(jsonb_build_object('choiceId', c.choice_id, 'position', c.position, 'text', c.text, 'match', c.match, 'fraction', c.fraction, 'tolerance', c.tolerance, 'feedback', c.feedback,
         'languages', coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'text', w."text", 'match', w."match", 'feedback', w."feedback") ORDER BY l.language)
           FROM question_languages l, jsonb_to_recordset(l.choices) AS w ("choiceId" uuid, "text" text, "match" text, "feedback" text)
           WHERE l.question_id = q.question_id AND w."choiceId" = c.choice_id), '[]')) ORDER BY c.position)
       FROM answer_choices c WHERE c.question_id = q.question_id), '[]') AS choices
   FROM unnest($2::uuid[]) WITH ORDINALITY AS w (id, n) JOIN questions q ON q.course_id = $1 AND q.question_id = w.id ORDER BY w.n`, [courseId, questionIds])

/** The questions that lie in these pools of a course, by pool; removed ones do not. In a kept order, so that a draw by a seed can be repeated. */
export async function inPools(sql: Sql, courseId: string, poolIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql<{ poolId: string; ids: string[] }>(
    `SELECT p.pool_id AS "poolId", coalesce(array_agg(m.question_id ORDER BY m.question_id) FILTER (WHERE q.question_id IS NOT NULL), '{}') AS ids
     FROM question_pools p LEFT JOIN question_pool_members m USING (pool_id) LEFT JOIN questions q ON q.question_id = m.question_id AND q.removed_at IS NULL
     WHERE p.course_id = $1 AND p.pool_id = ANY($2::uuid[]) GROUP BY p.pool_id`, [courseId, poolIds])
  return new Map(rows.map((r) => [r.poolId, r.ids]))
}
