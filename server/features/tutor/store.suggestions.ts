// Table: topic_prompt_suggestions; and headings of what is known, where nobody wrote any. A topic's trees are changed under one lock.
import type { Sql } from '#kernel/sql'
import { SIGHT, STANDING } from '../reading/index.ts'
import type { Node } from './tree.ts'

const NODE = `suggestion_id AS "suggestionId", parent_id AS "parentId", position, prompt`
export const lockTopic = async (sql: Sql, topicId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`suggestions ${topicId}`])
  return topicId
}
/** All suggestions of a topic, each tree from its root on. */
export const suggestionsOf = (sql: Sql, topicId: string) => sql<Node>(`SELECT ${NODE} FROM topic_prompt_suggestions WHERE topic_id = $1 ORDER BY parent_id NULLS FIRST, position`, [topicId])

/** Where a topic, or a suggestion, is. */
export const courseOfTopic = async (sql: Sql, topicId: string) => (await sql<{ courseId: string; topicId: string }>('SELECT course_id AS "courseId", topic_id AS "topicId" FROM topics WHERE topic_id = $1', [topicId]))[0]
export const courseOfSuggestion = async (sql: Sql, suggestionId: string) =>
  (await sql<{ courseId: string; topicId: string }>('SELECT course_id AS "courseId", topic_id AS "topicId" FROM topic_prompt_suggestions WHERE suggestion_id = $1', [suggestionId]))[0]

export const add = (sql: Sql, courseId: string, topicId: string, n: Node) => sql(
  'INSERT INTO topic_prompt_suggestions (suggestion_id, course_id, topic_id, parent_id, position, prompt) VALUES ($1, $2, $3, $4, $5, $6)', [n.suggestionId, courseId, topicId, n.parentId, n.position, n.prompt])
/** Says one otherwise, under another parent; with the places of all under that parent. */
export async function alter(sql: Sql, n: Node, places: ReadonlyMap<string, number>): Promise<void> {
  await sql('SET CONSTRAINTS ALL DEFERRED')
  await sql('UPDATE topic_prompt_suggestions SET prompt = $2, parent_id = $3 WHERE suggestion_id = $1', [n.suggestionId, n.prompt, n.parentId])
  await sql('UPDATE topic_prompt_suggestions s SET position = w.position FROM unnest($1::uuid[], $2::int[]) AS w (id, position) WHERE s.suggestion_id = w.id', [[...places.keys()], [...places.values()]])
}
export const remove = (sql: Sql, suggestionId: string) => sql('DELETE FROM topic_prompt_suggestions WHERE suggestion_id = $1', [suggestionId])

type Suggested = { suggestionId: string | null; text: string }
/** What one might ask, of what one may read: what follows a suggestion; else the first ones of a topic, or of all that are open. */
export const suggested = (sql: Sql, userId: string, courseId: string, cohortId: string | null, at: { topicId: string | null; parentId: string | null }, most: number) => sql<Suggested>(
  `WITH ${SIGHT}, ${STANDING}
   SELECT p.suggestion_id AS "suggestionId", p.prompt AS text FROM standing t CROSS JOIN sight s JOIN topic_prompt_suggestions p USING (topic_id)
   WHERE NOT (s.learns AND EXISTS (SELECT 1 FROM locked_in(s.cohort_id, $1) l WHERE l.module_no = t.module_no))
     AND CASE WHEN $6::uuid IS NOT NULL THEN p.parent_id = $6 ELSE p.parent_id IS NULL AND ($5::uuid IS NULL OR p.topic_id = $5) END
   ORDER BY t.module_no, t.topic_number, p.position LIMIT $7`, [userId, courseId, cohortId, false, at.topicId, at.parentId, most])

/** The headings of a topic, or of where one left off: to be asked about where nobody suggested anything. */
export const headings = async (sql: Sql, userId: string, courseId: string, cohortId: string | null, topicId: string | null, most: number): Promise<string[]> => (await sql<{ heading: string }>(
  `WITH ${SIGHT}, ${STANDING}, at AS (
     SELECT t.topic_id, coalesce(t.topic_hash, '') AS topic_hash, s.language FROM standing t CROSS JOIN sight s LEFT JOIN topic_progress r ON r.user_id = $1 AND r.topic_id = t.topic_id
     WHERE ($5::uuid IS NULL OR t.topic_id = $5) AND NOT (s.learns AND EXISTS (SELECT 1 FROM locked_in(s.cohort_id, $1) l WHERE l.module_no = t.module_no))
     ORDER BY r.seen_at DESC NULLS LAST, t.module_no, t.topic_number LIMIT 1)
   SELECT c.heading FROM at JOIN course_chunks c ON c.topic_id = at.topic_id AND c.topic_hash = at.topic_hash AND c.language = at.language GROUP BY c.heading ORDER BY min(c.ord) LIMIT $6`,
  [userId, courseId, cohortId, false, topicId, most])).map((r) => r.heading)
