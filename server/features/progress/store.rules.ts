// Table: unlock_rules. They hang on the chapter, so they go with a module wherever it is moved.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Rule } from './gates.ts'
import type { Known } from './gates.reading.ts'

export type Kept = { chapterId: string; moduleNo: number; title: string; rule: Rule | null; rowVersion: number | null; at: string | null; by: string | null }

/** A module of a course as it is written now, with its rule; undefined where there is none. */
export const ruleOf = async (sql: Sql, courseId: string, moduleNo: number): Promise<Kept | undefined> => (await sql<Kept>(
  `SELECT h.chapter_id AS "chapterId", h.module_no AS "moduleNo", h.title, r.tree AS rule, r.row_version AS "rowVersion", to_char(r.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, u.full_name AS by
   FROM chapters h LEFT JOIN unlock_rules r USING (chapter_id) LEFT JOIN users u ON u.user_id = r.updated_by WHERE h.course_id = $1 AND h.module_no = $2`, [courseId, moduleNo]))[0]

export const putRule = async (sql: Sql, { courseId, chapterId, rule, by, at }: { courseId: string; chapterId: string; rule: Rule; by: string | null; at: Date }): Promise<number> => (await sql<{ rowVersion: number }>(
  `INSERT INTO unlock_rules AS r (rule_id, course_id, chapter_id, tree, updated_at, updated_by) VALUES ($1, $2, $3, $4::jsonb, $5, $6)
   ON CONFLICT (chapter_id) DO UPDATE SET tree = excluded.tree, row_version = r.row_version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by RETURNING row_version AS "rowVersion"`,
  [newId(), courseId, chapterId, JSON.stringify(rule), at, by]))[0]?.rowVersion ?? 1

export const dropRule = (sql: Sql, chapterId: string) => sql('DELETE FROM unlock_rules WHERE chapter_id = $1', [chapterId])
export const dropRules = (sql: Sql, courseId: string) => sql('DELETE FROM unlock_rules WHERE course_id = $1', [courseId])

export const putRules = (sql: Sql, courseId: string, rules: readonly { chapterId: string; rule: Rule }[], by: string | null, at: Date) => sql(
  `INSERT INTO unlock_rules (rule_id, course_id, chapter_id, tree, updated_at, updated_by) SELECT w.id, $1, w.chapter, w.tree, $2, $3 FROM ROWS FROM (unnest($4::uuid[], $5::uuid[]), jsonb_array_elements($6::jsonb)) AS w (id, chapter, tree)`,
  [courseId, at, by, rules.map(() => newId()), rules.map((r) => r.chapterId), JSON.stringify(rules.map((r) => r.rule))])

type Thing = { id: string; moduleNo: number | null; name: string; practice: boolean; counts: boolean; isTopic: boolean; chapterId: string | null }
/** The lessons and quizzes of a course as it is written now, in order. */
const thingsIn = (sql: Sql, courseId: string) => sql<Thing>(
  `SELECT t.topic_id AS id, t.module_no AS "moduleNo", t.topic_name AS name, false AS practice, true AS counts, true AS "isTopic", t.topic_number AS n FROM topics t WHERE t.course_id = $1 AND t.module_no IS NOT NULL
   UNION ALL SELECT q.quiz_id, coalesce(h.module_no, t.module_no), q.title, q.quiz_type = 'practice', q.published AND q.quiz_type <> 'practice', false, q.position
   FROM quizzes q LEFT JOIN chapters h USING (chapter_id) LEFT JOIN topics t ON t.topic_id = q.topic_id WHERE q.course_id = $1 AND q.removed_at IS NULL ORDER BY n, id`, [courseId])

export const knownIn = async (sql: Sql, courseId: string): Promise<Known> => new Map((await thingsIn(sql, courseId)).map((t) => [t.id, t]))

/** The modules of a course with what is to be done in each. */
export async function workIn(sql: Sql, courseId: string) {
  const things = await thingsIn(sql, courseId)
  const modules = await sql<{ chapterId: string; moduleNo: number }>('SELECT chapter_id AS "chapterId", module_no AS "moduleNo" FROM chapters WHERE course_id = $1 ORDER BY module_no', [courseId])
  const of = (moduleNo: number, isTopic: boolean) => things.filter((t) => t.moduleNo === moduleNo && t.isTopic === isTopic && t.counts).map((t) => t.id)
  return modules.map((m) => ({ ...m, topics: of(m.moduleNo, true), quizzes: of(m.moduleNo, false) }))
}
