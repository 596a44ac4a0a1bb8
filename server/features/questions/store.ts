// Tables: questions, answer_choices, question_languages, question_versions, read as authors have them. A bank is changed under one
// lock, so that of two authors the second sees what the first left.
import { createHash } from 'node:crypto'
import type { Sql } from '#kernel/sql'
import type { Shown } from './contract.ts'
import type { Choice, Question } from './question.ts'
import type { Before } from './saving.ts'

export const lockBank = async (sql: Sql, courseId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`questions ${courseId}`])
  return courseId
}

/** What two texts are known to be the same by, as `md5` of PostgreSQL says it; it keeps no secret. */
export const hashOf = (text: string): string => createHash('md5').update(text).digest('hex')
/** How the ref of a question begins that no file calls anything: it is known by what it asks. */
export const BY_STEM = 'stem:'

const LANGUAGES = `coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'status', l.status, 'hash', l.source_hash, 'stale', l.source_hash <> q.content_hash, 'stem', l.stem, 'explanation', l.explanation, 'choices', coalesce((
      SELECT jsonb_agg(jsonb_build_object('text', w."text", 'match', w."match", 'feedback', w."feedback") ORDER BY c.position)
      FROM answer_choices c LEFT JOIN jsonb_to_recordset(l.choices) AS w ("choiceId" uuid, "text" text, "match" text, "feedback" text) ON w."choiceId" = c.choice_id WHERE c.question_id = q.question_id), '[]')) ORDER BY l.language)
    FROM question_languages l WHERE l.question_id = q.question_id), '[]') AS languages`
const COLUMNS = `q.question_id AS "questionId", q.version, q.row_version AS "rowVersion", q.source_ref AS "sourceRef", q.content_hash AS hash, q.question_type AS type, q.stem, q.explanation, q.partial, q.difficulty, q.topic_id AS "topicId", q.tags,
  coalesce((SELECT jsonb_agg(jsonb_build_object('choiceId', c.choice_id, 'text', c.text, 'match', c.match, 'fraction', c.fraction, 'tolerance', c.tolerance, 'feedback', c.feedback) ORDER BY c.position)
    FROM answer_choices c WHERE c.question_id = q.question_id), '[]') AS choices, ${LANGUAGES},
  coalesce((SELECT array_agg(m.pool_id ORDER BY m.pool_id) FROM question_pool_members m WHERE m.question_id = q.question_id), '{}') AS "poolIds",
  q.updated_at AS "changedAt", coalesce(u.full_name, '') AS "changedBy", q.removed_at AS "removedAt"`
const FROM = 'FROM questions q LEFT JOIN users u ON u.user_id = q.updated_by'

export type Row = Omit<Shown, 'quizzes' | 'languages' | 'changedAt' | 'removedAt'> & Pick<Before, 'hash'> & { languages: (Shown['languages'][number] & { hash: string })[]; changedAt: Date; removedAt: Date | null }

export type Asked = { search: string | null; type: string | null; difficulty: string | null; topicId: string | null; poolId: string | null; removed: boolean; before: string | null; most: number }
/** A page of the bank, the newest first. */
export const listed = async (sql: Sql, courseId: string, a: Asked): Promise<Shown[]> => shown(sql, courseId, await sql<Row>(
  `SELECT ${COLUMNS} ${FROM} WHERE q.course_id = $1 AND (q.removed_at IS NOT NULL) = $2 AND ($3::uuid IS NULL OR q.question_id < $3) AND ($4::text IS NULL OR q.question_type = $4)
     AND ($5::text IS NULL OR q.difficulty = $5) AND ($6::uuid IS NULL OR q.topic_id = $6) AND ($7::text IS NULL OR q.search @@ to_tsquery('simple', $7))
     AND ($8::uuid IS NULL OR EXISTS (SELECT 1 FROM question_pool_members m WHERE m.pool_id = $8 AND m.question_id = q.question_id))
   ORDER BY q.question_id DESC LIMIT $9`, [courseId, a.removed, a.before, a.type, a.difficulty, a.topicId, a.search, a.poolId, a.most]))

/** One of a course's, removed or not. */
export const one = async (sql: Sql, courseId: string, questionId: string): Promise<Shown | undefined> =>
  (await shown(sql, courseId, await sql<Row>(`SELECT ${COLUMNS} ${FROM} WHERE q.course_id = $1 AND q.question_id = $2`, [courseId, questionId])))[0]

/** With the quizzes that ask them as they stand: placed there, or in a pool from which one draws. */
async function shown(sql: Sql, courseId: string, rows: readonly Row[]): Promise<Shown[]> {
  const asked = rows.length === 0 ? [] : await sql<{ questionId: string; quizzes: Shown['quizzes'] }>(
    `SELECT id AS "questionId", jsonb_agg(jsonb_build_object('quizId', quiz_id, 'title', title, 'version', version) ORDER BY title, quiz_id) AS quizzes FROM (
       SELECT i.id, z.quiz_id, z.title, max(p.question_version) AS version
       FROM quizzes z JOIN quiz_questions p ON p.quiz_id = z.quiz_id AND p.position IS NOT NULL LEFT JOIN question_pool_members m ON m.pool_id = p.pool_id
       JOIN unnest($2::uuid[]) AS i (id) ON i.id = coalesce(p.question_id, m.question_id) WHERE z.course_id = $1 AND z.removed_at IS NULL GROUP BY i.id, z.quiz_id, z.title
     ) AS x GROUP BY id`, [courseId, rows.map((r) => r.questionId)])
  const quizzes = new Map(asked.map((a) => [a.questionId, a.quizzes]))
  return rows.map(({ hash: _, ...r }) => ({
    ...r, languages: r.languages.map(({ hash: __, ...l }) => l), quizzes: quizzes.get(r.questionId) ?? [], changedAt: r.changedAt.toISOString(), removedAt: r.removedAt?.toISOString() ?? null,
  }))
}

/** Questions as they are to be compared or taken out, each with one more column; `rest` is what follows on FROM. */
export const asked = async <R extends Row>(sql: Sql, more: string, rest: string, params: readonly unknown[]) =>
  (await sql<R>(`SELECT ${more}, ${COLUMNS} ${FROM} ${rest}`, params)).map((r) => ({ ...r, ...asBefore(r) }))

const asBefore = ({ questionId, version, rowVersion, sourceRef, hash, changedBy, removedAt, poolIds: _, changedAt: __, languages, ...question }: Row): Before => ({
  questionId, version, rowVersion, sourceRef, hash, changedBy, isRemoved: removedAt !== null,
  question: { ...question, languages: languages.map(({ hash: _h, stale: _s, ...l }) => l) }, hashes: new Map(languages.map((l) => [l.language, l.hash])),
})

/** One as it is to be changed. */
export const toChange = async (sql: Sql, courseId: string, questionId: string): Promise<Before | undefined> =>
  (await sql<Row>(`SELECT ${COLUMNS} ${FROM} WHERE q.course_id = $1 AND q.question_id = $2`, [courseId, questionId])).map(asBefore)[0]

/** Those that are known by these refs, else those that ask the same (`stems` as `hashOf` says them, in the order of `refs`): what has a
 *  name of its own, only for a file that calls it nothing. By their ref. */
export async function bySource(sql: Sql, courseId: string, refs: readonly string[], stems: readonly string[]): Promise<Map<string, Before>> {
  const rows = await sql<Row & { ref: string }>(
    `SELECT DISTINCT ON (f.ref) f.ref, ${COLUMNS} FROM (
       SELECT w.ref, x.question_id, 1 AS rank FROM unnest($2::text[]) AS w (ref) JOIN questions x ON x.course_id = $1 AND x.source_ref = w.ref
       UNION ALL SELECT w.ref, x.question_id, 2 FROM unnest($2::text[], $3::text[]) AS w (ref, stem) JOIN questions x ON x.course_id = $1 AND x.removed_at IS NULL AND md5(x.stem) = w.stem
         WHERE w.ref LIKE '${BY_STEM}%' OR x.source_ref IS NULL OR x.source_ref LIKE '${BY_STEM}%'
     ) AS f JOIN questions q USING (question_id) LEFT JOIN users u ON u.user_id = q.updated_by ORDER BY f.ref, f.rank, q.question_id`, [courseId, refs, stems])
  const taken = new Set<string>()
  return new Map(rows.filter((r) => !taken.has(r.questionId) && taken.add(r.questionId)).map(({ ref, ...r }) => [ref, asBefore(r)]))
}

export type Version = { version: number; at: string; by: string } & Omit<Question, 'languages' | 'choices'> & { choices: (Choice & { choiceId: string })[] }
export const versionsOf = async (sql: Sql, questionId: string): Promise<Version[]> => (await sql<{ version: number; at: Date; by: string; body: Omit<Version, 'version' | 'at' | 'by'> }>(
  `SELECT v.version, v.at, coalesce(u.full_name, '') AS by, v.body - 'languages' AS body FROM question_versions v LEFT JOIN users u ON u.user_id = v.by WHERE v.question_id = $1 ORDER BY v.version DESC LIMIT 200`, [questionId]))
  .map(({ body, at, ...v }) => ({ ...v, at: at.toISOString(), ...body }))

export const hasTopic = async (sql: Sql, courseId: string, topicId: string): Promise<boolean> => (await sql('SELECT 1 FROM topics WHERE course_id = $1 AND topic_id = $2', [courseId, topicId])).length > 0
export const languageOf = async (sql: Sql, courseId: string): Promise<string> => (await sql<{ language: string }>('SELECT language FROM products WHERE product_id = $1', [courseId]))[0]?.language ?? 'en'
