// The cohorts of a course side by side, each as its board has it.
import type { Sql } from '#kernel/sql'
import { learnersIn } from './store.board.ts'
import { courseOf, standsOf, statesOf } from './store.modules.ts'

/** The cohorts of a course in which somebody is staff, behind `after`. */
export const cohortsSeen = (sql: Sql, userId: string, courseId: string, after: string | null, most: number) => sql<{ cohortId: string; name: string; meanScore: number | null }>(
  `SELECT c.cohort_id AS "cohortId", c.name, (SELECT round(avg(a.score)::numeric, 1)::float8 FROM quiz_attempts a JOIN quizzes q USING (quiz_id) WHERE a.cohort_id = c.cohort_id AND a.state = 'closed' AND q.quiz_type <> 'practice') AS "meanScore"
   FROM standings($1) s JOIN cohorts c USING (cohort_id) WHERE c.course_id = $2 AND s.rank > 1 AND ($3::uuid IS NULL OR c.cohort_id > $3) ORDER BY c.cohort_id LIMIT $4`, [userId, courseId, after, most])

const NONE = { locked: 0, unlocked: 0, begun: 0, passed: 0, stuck: 0 }

/** How many learners stand how in each module. */
export async function standingIn(sql: Sql, cohortId: string) {
  const { modules, now } = await courseOf(sql, cohortId)
  const standing = await standsOf(sql, cohortId, modules, null)
  const learners = await learnersIn(sql, cohortId, null)
  const counts = new Map(modules.map((m) => [m.moduleNo, { moduleNo: m.moduleNo, ...NONE }]))
  for (const l of learners) for (const [moduleNo, state] of Object.entries(statesOf(standing(l.userId).stands, l.since, now.getTime()))) (counts.get(Number(moduleNo)) as typeof NONE)[state]++
  return { learners: learners.length, modules: [...counts.values()] }
}
