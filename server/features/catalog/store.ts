// Tables: courses, chapters, topics. Who may see a course is one relation, `readable(actor)`: who was granted reading at its
// place, or is in a cohort of it.
import type { Static } from 'typebox'
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import type { Outline } from './contract.ts'

export type CourseRow = { courseId: string; slug: string; name: string; modules: number; topics: number }

export const courses = (sql: Sql, userId: string, after: string, most: number) => sql<CourseRow>(
  `SELECT c.course_id AS "courseId", c.slug, c.course_name AS name,
     (SELECT count(*) FROM chapters h WHERE h.course_id = c.course_id)::int AS modules, (SELECT count(*) FROM topics t WHERE t.course_id = c.course_id AND t.module_no IS NOT NULL)::int AS topics
   FROM courses c JOIN readable($1) USING (course_id) JOIN products p ON p.product_id = c.course_id
   WHERE c.course_id::text > $2 AND (p.archived_at IS NULL OR EXISTS (SELECT 1 FROM standings($1) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = c.course_id)) ORDER BY c.course_id::text LIMIT $3`, [userId, after, most])

export const lockCourse = async (sql: Sql, courseId: string): Promise<string | null> =>
  (await sql<{ id: string }>('SELECT course_id AS id FROM courses WHERE course_id = $1 FOR NO KEY UPDATE', [courseId]))[0]?.id ?? null

/** The outline as authors have it. */
export const outlineOf = async (sql: Sql, courseId: string) => (await sql<Static<typeof Outline>>(
  `SELECT c.row_version AS "rowVersion", coalesce((
     SELECT jsonb_agg(jsonb_build_object('chapterId', h.chapter_id, 'moduleNo', h.module_no, 'title', h.title, 'introduction', h.introduction, 'topics', coalesce((
       SELECT jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'topicNumber', t.topic_number, 'topicName', t.topic_name) ORDER BY t.topic_number)
       FROM topics t WHERE t.course_id = h.course_id AND t.module_no = h.module_no), '[]')) ORDER BY h.module_no)
     FROM chapters h WHERE h.course_id = c.course_id), '[]') AS modules,
     coalesce((SELECT jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'topicName', t.topic_name) ORDER BY t.topic_name) FROM topics t WHERE t.course_id = c.course_id AND t.module_no IS NULL), '[]') AS removed
   FROM courses c WHERE c.course_id = $1`, [courseId]))[0] as Static<typeof Outline>

/** Where a course belongs, where the actor may write it; `undefined` where they may not even see it. */
export const courseToWrite = async (sql: Sql, userId: string, courseId: string) => {
  const [found] = await sql<Place & { mayWrite: boolean; name: string }>(
    `SELECT c.org_id AS "orgId", c.node_id AS "nodeId", c.course_name AS name,
       EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS p WHERE p = 'course.write') AS "mayWrite"
     FROM courses c JOIN readable($1) USING (course_id) WHERE c.course_id = $2`, [userId, courseId])
  return found
}

/** A course that somebody may read: what they may do at its place, and how they stand in its cohorts at best (3 instructor). */
export const courseSeen = async (sql: Sql, userId: string, courseId: string) => (await sql<Place & { may: string[]; rank: number }>(
  `SELECT c.org_id AS "orgId", c.node_id AS "nodeId",
     coalesce((SELECT array_agg(p) FROM permissions_at($1, c.node_id) AS p), '{}') AS may,
     coalesce((SELECT max(s.rank) FROM standings($1) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = c.course_id), 0) AS rank
   FROM courses c JOIN readable($1) USING (course_id) WHERE c.course_id = $2`, [userId, courseId]))[0]

/** Whether there is any course besides the one with this slug. */
export const hasCourses = async (sql: Sql, besides: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM courses WHERE slug <> $1 LIMIT 1', [besides])).length > 0
