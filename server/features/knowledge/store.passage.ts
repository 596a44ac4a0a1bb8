// Tables: course_chunks, read. One passage, where somebody may read it: its topic is in what they read and not locked, and it is of what they
// read or of a version before it.
import type { Sql } from '#kernel/sql'
import { SIGHT, STANDING } from '../reading/index.ts'
import type { PassageSeen } from './contract.ts'

export type Quoted = PassageSeen & { courseId: string; contentHash: string; current: boolean }

const one = async (sql: Sql, userId: string, courseId: string, cohortId: string | null, chunkId: string): Promise<Quoted | undefined> => (await sql<Quoted>(
  `WITH ${SIGHT}, ${STANDING}
   SELECT c.chunk_id AS "chunkId", c.course_id AS "courseId", t.topic_id AS "topicId", t.topic_name AS "topicName", t.module_no AS "moduleNo", c.language, c.content_key AS "contentKey", c.heading, c.text, c.content_hash AS "contentHash",
     c.topic_hash = coalesce(t.topic_hash, '') AS current
   FROM sight s CROSS JOIN standing t JOIN course_chunks c ON c.topic_id = t.topic_id AND c.chunk_id = $5
   LEFT JOIN course_versions r ON r.version_id = s.version_id
   WHERE NOT (s.learns AND EXISTS (SELECT 1 FROM locked_in(s.cohort_id, $1) l WHERE l.module_no = t.module_no))
     AND (c.topic_hash = coalesce(t.topic_hash, '') OR (c.topic_hash <> '' AND EXISTS (
       SELECT 1 FROM course_version_topics b JOIN course_versions v USING (version_id) WHERE b.topic_id = c.topic_id AND b.topic_hash = c.topic_hash AND (r.version_no IS NULL OR v.version_no <= r.version_no))))`,
  [userId, courseId, cohortId, false, chunkId]))[0]

/** The passage as this person may read it, in any of their cohorts; undefined where they may not. `current` false: what they read says it otherwise now. */
export async function passage(sql: Sql, userId: string, chunkId: string): Promise<Quoted | undefined> {
  const [where] = await sql<{ courseId: string; cohorts: string[] }>(
    `SELECT c.course_id AS "courseId", ARRAY(SELECT h.cohort_id::text FROM standings($2) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = c.course_id ORDER BY s.rank, h.created_at DESC) AS cohorts
     FROM course_chunks c WHERE c.chunk_id = $1`, [chunkId, userId])
  let seen: Quoted | undefined
  for (const cohortId of where ? [null, ...where.cohorts.slice(1)] : []) {
    const now = await one(sql, userId, (where as { courseId: string }).courseId, cohortId, chunkId)
    if (now && (!seen || now.current)) seen = now
    if (seen?.current) break
  }
  return seen
}
