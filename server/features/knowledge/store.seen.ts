// Tables: knowledge_topics, course_chunks, read. What the tutor knows of a course as it is written now, topic by topic.
import type { Sql } from '#kernel/sql'

export type ReadTopic = { topicId: string; moduleNo: number; topicName: string; language: string; passages: number; readAt: Date | null }

/** The topics of a course with the languages in which they were read; one that was not read yet once, in the course's own. */
export const readTopics = (sql: Sql, courseId: string): Promise<ReadTopic[]> => sql<ReadTopic>(
  `SELECT t.topic_id AS "topicId", t.module_no AS "moduleNo", t.topic_name AS "topicName", coalesce(k.language, p.language) AS language, coalesce(k.chunks, 0) AS passages, k.indexed_at AS "readAt"
   FROM topics t JOIN products p ON p.product_id = t.course_id LEFT JOIN knowledge_topics k ON k.topic_id = t.topic_id AND k.topic_hash = ''
   WHERE t.course_id = $1 AND t.module_no IS NOT NULL ORDER BY t.module_no, t.topic_number, k.language <> p.language, k.language`, [courseId])

/** How many passages of the course there are, of what is written and of what was published, and what stops the reading of their meaning. */
export const known = async (sql: Sql, courseId: string) => (await sql<{ passages: number; trouble: string | null }>(
  `SELECT (SELECT count(*) FROM course_chunks WHERE course_id = $1) AS passages, (SELECT max(trouble) FROM knowledge_topics WHERE course_id = $1) AS trouble`, [courseId]))[0] as { passages: number; trouble: string | null }
