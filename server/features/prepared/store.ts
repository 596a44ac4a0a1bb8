// Table: prepared_prompts. A course's list is changed under one lock, so that its places are without gaps and nobody's twice.
import type { Sql } from '#kernel/sql'
import type { Prepared } from './contract.ts'
import { lacks, type Question } from './question.ts'

export type Kept = Omit<Prepared, 'asked'>
type Row = Omit<Kept, 'lacks' | 'changedAt' | 'removedAt'> & { changedAt: Date; removedAt: Date | null }
const COLUMNS = `p.prepared_id AS "preparedId", p.topic_id AS "topicId", p.place, p.text, p.kind, p.options, p.correct, p.multiple, p.seconds, p.anonymous, p.star_budget AS "starBudget", p.translations,
  p.row_version AS version, p.updated_at AS "changedAt", coalesce(u.full_name, '') AS "changedBy", p.removed_at AS "removedAt"`
const kept = (r: Row): Kept => ({ ...r, lacks: lacks(r), changedAt: r.changedAt.toISOString(), removedAt: r.removedAt?.toISOString() ?? null })

export const lockList = async (sql: Sql, courseId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`prepared ${courseId}`])
  return courseId
}

/** The list in its order: what is of no topic first, then module by module. */
export const listed = async (sql: Sql, courseId: string): Promise<Kept[]> => (await sql<Row>(
  `SELECT ${COLUMNS} FROM prepared_prompts p LEFT JOIN users u ON u.user_id = p.updated_by LEFT JOIN topics t ON t.topic_id = p.topic_id
   WHERE p.course_id = $1 AND p.removed_at IS NULL ORDER BY t.module_no NULLS FIRST, t.topic_number, p.place`, [courseId])).map(kept)

/** Those that were removed, the newest first. */
export const removed = async (sql: Sql, courseId: string, most: number): Promise<Kept[]> => (await sql<Row>(
  `SELECT ${COLUMNS} FROM prepared_prompts p LEFT JOIN users u ON u.user_id = p.updated_by
   WHERE p.course_id = $1 AND p.removed_at IS NOT NULL ORDER BY p.removed_at DESC, p.prepared_id LIMIT $2`, [courseId, most])).map(kept)

/** One of a course's, removed or not. */
export const one = async (sql: Sql, courseId: string, preparedId: string): Promise<Kept | undefined> => (await sql<Row>(
  `SELECT ${COLUMNS} FROM prepared_prompts p LEFT JOIN users u ON u.user_id = p.updated_by WHERE p.course_id = $1 AND p.prepared_id = $2`, [courseId, preparedId])).map(kept)[0]

export const hasTopic = async (sql: Sql, courseId: string, topicId: string) =>
  (await sql('SELECT 1 FROM topics WHERE course_id = $1 AND topic_id = $2', [courseId, topicId])).length > 0

export const countIn = async (sql: Sql, courseId: string): Promise<number> =>
  (await sql<{ n: number }>('SELECT count(*)::int AS n FROM prepared_prompts WHERE course_id = $1 AND removed_at IS NULL', [courseId]))[0]?.n ?? 0

/** The ids of a topic's list (null: of no topic) in their order. */
export const orderOf = async (sql: Sql, courseId: string, topicId: string | null): Promise<string[]> => (await sql<{ id: string }>(
  'SELECT prepared_id AS id FROM prepared_prompts WHERE course_id = $1 AND topic_id IS NOT DISTINCT FROM $2 AND removed_at IS NULL ORDER BY place', [courseId, topicId])).map((r) => r.id)

/** Numbers these anew, in this order, in this topic. */
export const number = (sql: Sql, topicId: string | null, order: readonly string[]) => sql(
  `UPDATE prepared_prompts p SET topic_id = $1, place = w.n FROM unnest($2::uuid[]) WITH ORDINALITY AS w (id, n)
   WHERE p.prepared_id = w.id AND (p.place, p.topic_id) IS DISTINCT FROM (w.n, $1::uuid)`, [topicId, order])

const values = (q: Question) => [q.text, q.kind, q.options, q.correct, q.multiple, q.seconds, q.anonymous, q.starBudget, JSON.stringify(q.translations)]

export type New = { preparedId: string; topicId: string | null; place: number; question: Question; by: string | undefined; now: Date }
export const insert = (sql: Sql, courseId: string, { preparedId, topicId, place, question, by, now }: New) => sql(
  `INSERT INTO prepared_prompts (prepared_id, org_id, course_id, topic_id, place, text, kind, options, correct, multiple, seconds, anonymous, star_budget, translations, created_by, created_at, updated_by, updated_at)
   SELECT $1, c.org_id, c.course_id, $3, $4, $7, $8, $9::text[], $10::int[], $11, $12, $13, $14, $15::jsonb, $5, $6, $5, $6 FROM courses c WHERE c.course_id = $2`,
  [preparedId, courseId, topicId, place, by, now, ...values(question)])

export const update = (sql: Sql, preparedId: string, question: Question, by: string | undefined, now: Date) => sql(
  `UPDATE prepared_prompts SET text = $4, kind = $5, options = $6::text[], correct = $7::int[], multiple = $8, seconds = $9, anonymous = $10, star_budget = $11, translations = $12::jsonb,
     updated_by = $2, updated_at = $3, row_version = row_version + 1 WHERE prepared_id = $1`, [preparedId, by, now, ...values(question)])

/** Takes it off the list; with `by` null it is on it again. */
export const setRemoved = (sql: Sql, preparedId: string, by: string | null, now: Date) =>
  sql('UPDATE prepared_prompts SET removed_by = $2, removed_at = CASE WHEN $2::uuid IS NULL THEN NULL ELSE $3::timestamptz END WHERE prepared_id = $1', [preparedId, by, now])
