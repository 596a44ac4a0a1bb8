// Whether a file lies only in topics that are locked for a learner. It lies where a block names it, and, brought in from a folder, in
// the topics of the folder that is next to it. What lies in none is the course's own and never locked.
import type { Sql } from '#kernel/sql'
import type { Row } from './store.ts'

/** The topics that a cohort reads; `topic_hash` of a version. */
const READ = `(
  SELECT v.topic_id, v.module_no, v.topic_hash FROM course_version_topics v WHERE v.version_id = h.version_id
  UNION ALL SELECT t.topic_id, t.module_no, NULL FROM topics t WHERE h.version_id IS NULL AND t.course_id = h.course_id AND t.module_no IS NOT NULL
) AS t`

const NAMED = `named AS MATERIALIZED (
  SELECT topic_id, topic_hash FROM asset_snapshots WHERE payload ->> 'fileId' = $3
  UNION SELECT topic_id, NULL FROM topic_content_assets WHERE payload ->> 'fileId' = $3
  UNION SELECT a.topic_id, NULL FROM content_asset_languages l JOIN topic_content_assets a USING (asset_id) WHERE l.payload ->> 'fileId' = $3
)`

/** Of the folders that the file is below, the deepest; a topic at the very top has none. */
const NEXT_TO_IT = `beside AS MATERIALIZED (
  SELECT topic_id FROM (SELECT topic_id, rank() OVER (ORDER BY length(source_path) - length(split_part(source_path, '/', -1)) DESC) AS n
    FROM topics WHERE course_id = $4 AND source_path LIKE '%/%' AND starts_with($5, left(source_path, length(source_path) - length(split_part(source_path, '/', -1))))) AS t WHERE n = 1
)`

/** Whether somebody who learns in these cohorts may not have this file yet: in each of them all that it lies in is locked. */
export const isShut = async (sql: Sql, userId: string, cohortIds: readonly string[], { fileId, courseId, name }: Row): Promise<boolean> => (await sql(
  `WITH ${NAMED}, ${NEXT_TO_IT}
   SELECT 1 FROM cohorts h WHERE h.cohort_id = ANY($2::uuid[]) AND NOT coalesce((
     SELECT bool_and(t.module_no IN (SELECT l.module_no FROM locked_in(h.cohort_id, $1) l)) FROM ${READ}
     WHERE EXISTS (SELECT 1 FROM named n WHERE n.topic_id = t.topic_id AND n.topic_hash IS NOT DISTINCT FROM t.topic_hash) OR t.topic_id IN (SELECT topic_id FROM beside)), false) LIMIT 1`,
  [userId, cohortIds, fileId, courseId, name])).length === 0
