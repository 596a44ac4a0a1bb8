// Tables: quizzes, topics, read for quizzes that come from the files of a course.
import type { Sql } from '#kernel/sql'

export type Lesson = { topicId: string; chapterId: string | null }
/** The lessons of a course that came from files, in the order in which it has them: the first is lesson 1. */
export const lessonsOf = (sql: Sql, courseId: string) => sql<Lesson>(
  `SELECT t.topic_id AS "topicId", h.chapter_id AS "chapterId" FROM topics t LEFT JOIN chapters h ON h.course_id = t.course_id AND h.module_no = t.module_no
   WHERE t.course_id = $1 AND t.module_no IS NOT NULL AND (t.source_path LIKE '%/lessons/%' OR t.source_path LIKE 'lessons/%') ORDER BY t.module_no, t.topic_number`, [courseId])

export type Known = { quizId: string; sourceRef: string; title: string; chapterId: string | null; topicId: string | null; removed: boolean; titles: { language: string; title: string; status: string }[] }
/** The quizzes of a course that came from these places of a file. */
export async function bySource(sql: Sql, courseId: string, refs: readonly string[]): Promise<Map<string, Known>> {
  const rows = await sql<Known>(
    `SELECT q.quiz_id AS "quizId", q.source_ref AS "sourceRef", q.title, q.chapter_id AS "chapterId", q.topic_id AS "topicId", q.removed_at IS NOT NULL AS removed,
       coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'status', l.status) ORDER BY l.language) FROM quiz_languages l WHERE l.quiz_id = q.quiz_id), '[]') AS titles
     FROM quizzes q WHERE q.course_id = $1 AND q.source_ref = ANY($2::text[]) ORDER BY q.quiz_id FOR NO KEY UPDATE`, [courseId, refs])
  return new Map(rows.map((r) => [r.sourceRef, r]))
}

export const languageOf = async (sql: Sql, courseId: string): Promise<string> => (await sql<{ language: string }>('SELECT language FROM products WHERE product_id = $1', [courseId]))[0]?.language ?? 'en'
