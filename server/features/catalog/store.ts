// Tables: courses, chapters, topics. Who may see a course: who was granted reading at its place, or is in a cohort of it.
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import type { ModuleView } from './view.ts'

/** The courses somebody may read, as a relation to join. `$1` is the actor. */
const READABLE = `(
  SELECT c.course_id FROM courses c JOIN granted($1) g ON g.node_id = c.node_id AND g.permission = 'course.read' AND g.cohort_id IS NULL
  UNION SELECT h.course_id FROM standings($1) s JOIN cohorts h USING (cohort_id)
) AS readable`

export type CourseRow = { courseId: string; slug: string; name: string; modules: number; topics: number }

export const courses = (sql: Sql, userId: string, after: string, most: number) => sql<CourseRow>(
  `SELECT c.course_id AS "courseId", c.slug, c.course_name AS name,
     (SELECT count(*) FROM chapters h WHERE h.course_id = c.course_id)::int AS modules, (SELECT count(*) FROM topics t WHERE t.course_id = c.course_id)::int AS topics
   FROM courses c JOIN ${READABLE} USING (course_id) WHERE c.course_id::text > $2 ORDER BY c.course_id::text LIMIT $3`, [userId, after, most])

export const course = async (sql: Sql, userId: string, courseId: string) => {
  const [found] = await sql<{ courseId: string; slug: string; name: string; modules: { moduleNo: number; title: string; topics: { topicId: string; topicNumber: number; topicName: string }[] }[] }>(
    `SELECT c.course_id AS "courseId", c.slug, c.course_name AS name, coalesce((
       SELECT jsonb_agg(jsonb_build_object('moduleNo', h.module_no, 'title', h.title, 'topics', coalesce((
         SELECT jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'topicNumber', t.topic_number, 'topicName', t.topic_name) ORDER BY t.topic_number)
         FROM topics t WHERE t.course_id = h.course_id AND t.module_no = h.module_no), '[]')) ORDER BY h.module_no)
       FROM chapters h WHERE h.course_id = c.course_id), '[]') AS modules
     FROM courses c JOIN ${READABLE} USING (course_id) WHERE c.course_id = $2`, [userId, courseId])
  return found
}

export const topic = async (sql: Sql, userId: string, topicId: string) => {
  const [found] = await sql<{ topicId: string; courseId: string; moduleNo: number; topicNumber: number; topicName: string; markdown: string }>(
    `SELECT t.topic_id AS "topicId", t.course_id AS "courseId", t.module_no AS "moduleNo", t.topic_number AS "topicNumber", t.topic_name AS "topicName", t.text_content AS markdown
     FROM topics t JOIN ${READABLE} USING (course_id) WHERE t.topic_id = $2`, [userId, topicId])
  return found
}

/** Where a course belongs, where the actor may write it; `undefined` where they may not even see it. */
export const courseToWrite = async (sql: Sql, userId: string, courseId: string) => {
  const [found] = await sql<Place & { mayWrite: boolean; name: string }>(
    `SELECT c.org_id AS "orgId", c.node_id AS "nodeId", c.course_name AS name,
       EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS p WHERE p = 'course.write') AS "mayWrite"
     FROM courses c JOIN ${READABLE} USING (course_id) WHERE c.course_id = $2`, [userId, courseId])
  return found
}

/** A course that somebody may read: what they may do at its place, and how they stand in its cohorts at best (3 instructor). */
export const courseSeen = async (sql: Sql, userId: string, courseId: string) => (await sql<Place & { may: string[]; rank: number }>(
  `SELECT c.org_id AS "orgId", c.node_id AS "nodeId",
     coalesce((SELECT array_agg(p) FROM permissions_at($1, c.node_id) AS p), '{}') AS may,
     coalesce((SELECT max(s.rank) FROM standings($1) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = c.course_id), 0) AS rank
   FROM courses c JOIN ${READABLE} USING (course_id) WHERE c.course_id = $2`, [userId, courseId]))[0]

/** The modules of a cohort's course. No rule locks a module yet, so all are open. */
export const modulesOf = (sql: Sql, cohortId: string) => sql<ModuleView>(
  `SELECT h.module_no AS "moduleNo", h.title, 'unlocked' AS state, '[]'::jsonb AS unmet
   FROM cohorts c JOIN chapters h ON h.course_id = c.course_id WHERE c.cohort_id = $1 ORDER BY h.module_no`, [cohortId])

/** Whether there is any course besides the one with this slug. */
export const hasCourses = async (sql: Sql, besides: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM courses WHERE slug <> $1 LIMIT 1', [besides])).length > 0
