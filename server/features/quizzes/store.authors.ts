// Tables: quizzes, quiz_languages, quiz_questions, as authors have them.
import type { Sql } from '#kernel/sql'
import type { Shown, Written } from './contract.ts'

type Row = Omit<Written, 'changedAt' | 'removedAt'> & { changedAt: Date; removedAt: Date | null }
const COLUMNS = `q.quiz_id AS "quizId", q.course_id AS "courseId", q.title, h.module_no AS "moduleNo", q.topic_id AS "topicId", q.quiz_type AS "quizType", q.pass_score AS "passScore", q.max_attempts AS attempts,
  q.time_limit_s AS seconds, q.shuffle_questions AS "shuffleQuestions", q.shuffle_options AS "shuffleOptions", q.published, q.position,
  coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'status', l.status, 'stale', l.source_hash <> md5(q.title)) ORDER BY l.language) FROM quiz_languages l WHERE l.quiz_id = q.quiz_id), '[]') AS titles,
  (SELECT coalesce(sum(coalesce(p.draw_n, 1)), 0) FROM quiz_questions p WHERE p.quiz_id = q.quiz_id AND p.position IS NOT NULL)::int AS questions,
  q.row_version AS "rowVersion", q.updated_at AS "changedAt", coalesce(u.full_name, '') AS "changedBy", q.removed_at AS "removedAt",
  (SELECT jsonb_build_object('all', count(*), 'open', count(*) FILTER (WHERE a.state = 'open'), 'passed', count(*) FILTER (WHERE a.passed), 'people', count(DISTINCT a.user_id)) FROM quiz_attempts a WHERE a.quiz_id = q.quiz_id) AS attempted`
const FROM = 'FROM quizzes q LEFT JOIN chapters h USING (chapter_id) LEFT JOIN users u ON u.user_id = q.updated_by'
const listed = ({ changedAt, removedAt, ...r }: Row): Written => ({ ...r, changedAt: changedAt.toISOString(), removedAt: removedAt?.toISOString() ?? null })

/** The quizzes of a course in the order of its modules, or those that were deleted. */
export const quizzesOf = async (sql: Sql, courseId: string, removed: boolean): Promise<Written[]> => (await sql<Row>(
  `SELECT ${COLUMNS} ${FROM} WHERE q.course_id = $1 AND (q.removed_at IS NOT NULL) = $2 ORDER BY h.module_no NULLS LAST, q.position, q.quiz_id`, [courseId, removed])).map(listed)

export const oneQuiz = async (sql: Sql, quizId: string): Promise<Written | undefined> => (await sql<Row>(`SELECT ${COLUMNS} ${FROM} WHERE q.quiz_id = $1`, [quizId])).map(listed)[0]

/** What a quiz asks now, whole, with the version that the bank has of it. */
export const placementsOf = (sql: Sql, quizId: string) => sql<Shown['placements'][number]>(
  `SELECT p.quiz_question_id AS "quizQuestionId", p.points, p.question_id AS "questionId", p.question_version AS version, b.version AS newest,
     p.snapshot ->> 'type' AS kind, p.snapshot ->> 'stem' AS text, p.snapshot ->> 'explanation' AS explanation, (p.snapshot ->> 'partial')::boolean AS partial,
     ARRAY(SELECT l ->> 'language' FROM jsonb_array_elements(coalesce(p.snapshot -> 'languages', '[]')) AS l ORDER BY 1) AS languages,
     coalesce((SELECT jsonb_agg(jsonb_build_object('optionId', o.option_id, 'choiceId', o.choice_id, 'text', o.text, 'match', o.match, 'fraction', o.fraction, 'tolerance', o.tolerance, 'feedback', o.feedback) ORDER BY o.position)
       FROM quiz_options o WHERE o.quiz_question_id = p.quiz_question_id), '[]') AS options,
     p.pool_id AS "poolId", w.name AS "poolName", p.draw_n AS draw,
     CASE WHEN p.pool_id IS NOT NULL THEN (SELECT count(*) FROM question_pool_members m JOIN questions x USING (question_id) WHERE m.pool_id = p.pool_id AND x.removed_at IS NULL)::int END AS there
   FROM quiz_questions p JOIN quizzes q USING (quiz_id) LEFT JOIN questions b ON b.course_id = q.course_id AND b.question_id = p.question_id AND b.removed_at IS NULL LEFT JOIN question_pools w ON w.pool_id = p.pool_id
   WHERE p.quiz_id = $1 AND p.position IS NOT NULL ORDER BY p.position, p.quiz_question_id`, [quizId])

export const courseOf = async (sql: Sql, quizId: string): Promise<string | undefined> => (await sql<{ courseId: string }>('SELECT course_id AS "courseId" FROM quizzes WHERE quiz_id = $1', [quizId]))[0]?.courseId

/** Whose changes to a quiz are decided one after the other. */
export const lockQuiz = async (sql: Sql, quizId: string) => (await sql<{ quizId: string; courseId: string; rowVersion: number; removed: boolean; changedBy: string }>(
  `SELECT q.quiz_id AS "quizId", q.course_id AS "courseId", q.row_version AS "rowVersion", q.removed_at IS NOT NULL AS removed,
     coalesce((SELECT u.full_name FROM users u WHERE u.user_id = q.updated_by), '') AS "changedBy" FROM quizzes q WHERE q.quiz_id = $1 FOR NO KEY UPDATE`, [quizId]))[0]

export const chapterAt = async (sql: Sql, courseId: string, moduleNo: number): Promise<string | undefined> =>
  (await sql<{ id: string }>('SELECT chapter_id AS id FROM chapters WHERE course_id = $1 AND module_no = $2', [courseId, moduleNo]))[0]?.id
export const hasTopic = async (sql: Sql, courseId: string, topicId: string): Promise<boolean> => (await sql('SELECT 1 FROM topics WHERE course_id = $1 AND topic_id = $2', [courseId, topicId])).length > 0

export type Settings = { title: string; chapterId: string | null; topicId: string | null; quizType: string; passScore: number; attempts: number | null; seconds: number | null; shuffleQuestions: boolean; shuffleOptions: boolean; published: boolean; position: number | null }
export type By = { by: string | null; now: Date }
/** Without a position it stands last in its module. */
export const insertQuiz = (sql: Sql, courseId: string, quizId: string, s: Settings & { sourceRef: string | null }, { by, now }: By) => sql(
  `INSERT INTO quizzes (quiz_id, org_id, course_id, chapter_id, topic_id, quiz_type, title, position, time_limit_s, max_attempts, pass_score, shuffle_questions, shuffle_options, published, source_ref, created_at, created_by, updated_at, updated_by)
   SELECT $2, c.org_id, $1, $3, $4, $5, $6, coalesce($7, (SELECT coalesce(max(o.position), 0) + 1 FROM quizzes o WHERE o.course_id = $1 AND o.chapter_id IS NOT DISTINCT FROM $3::uuid AND o.removed_at IS NULL)),
     $8, $9, $10, $11, $12, $13, $14, $16, $15, $16, $15 FROM courses c WHERE c.course_id = $1`,
  [courseId, quizId, s.chapterId, s.topicId, s.quizType, s.title, s.position, s.seconds, s.attempts, s.passScore, s.shuffleQuestions, s.shuffleOptions, s.published, s.sourceRef, by, now])

const FIELD: Record<keyof Settings, string> = {
  title: 'title', chapterId: 'chapter_id', topicId: 'topic_id', quizType: 'quiz_type', passScore: 'pass_score', attempts: 'max_attempts', seconds: 'time_limit_s', shuffleQuestions: 'shuffle_questions', shuffleOptions: 'shuffle_options', published: 'published', position: 'position',
}
/** Changes what is said of it, and counts that it was changed. */
export function updateQuiz(sql: Sql, quizId: string, said: { [K in keyof Settings]?: Settings[K] | undefined }, { by, now }: By) {
  const fields = (Object.keys(said) as (keyof Settings)[]).filter((f) => said[f] !== undefined)
  const sets = fields.map((f, i) => `${FIELD[f]} = $${i + 4}`)
  return sql(`UPDATE quizzes SET ${[...sets, 'row_version = row_version + 1', 'updated_by = $2', 'updated_at = $3'].join(', ')} WHERE quiz_id = $1`, [quizId, by, now, ...fields.map((f) => said[f])])
}

export const setRemoved = (sql: Sql, quizId: string, isRemoved: boolean, { by, now }: By) => sql(
  'UPDATE quizzes SET removed_at = CASE WHEN $2 THEN $4::timestamptz END, removed_by = CASE WHEN $2 THEN $3::uuid END, row_version = row_version + 1, updated_by = $3, updated_at = $4 WHERE quiz_id = $1', [quizId, isRemoved, by, now])

export type TitleIn = { language: string; title: string; status: string }
/** The titles in other languages, all of them; one that stays keeps what it was a translation of. */
export async function putTitles(sql: Sql, quizId: string, titles: readonly TitleIn[]): Promise<void> {
  await sql('DELETE FROM quiz_languages WHERE quiz_id = $1 AND NOT language = ANY($2::text[])', [quizId, titles.map((t) => t.language)])
  await sql(
    `INSERT INTO quiz_languages AS l (quiz_id, language, title, source_hash, status)
     SELECT $1, w.language, w.title, md5(q.title), w.status FROM unnest($2::text[], $3::text[], $4::text[]) AS w (language, title, status) JOIN quizzes q ON q.quiz_id = $1
     ON CONFLICT (quiz_id, language) DO UPDATE SET title = excluded.title, status = excluded.status, source_hash = CASE WHEN l.title = excluded.title AND l.status = excluded.status THEN l.source_hash ELSE excluded.source_hash END`,
    [quizId, titles.map((t) => t.language), titles.map((t) => t.title), titles.map((t) => t.status)])
}
