// Who is stuck in which module: the board's own judgement, with the quiz it is about and since when.
import type { Sql } from '#kernel/sql'
import { whyStuck } from './board.ts'
import { learnersIn } from './store.board.ts'
import { courseOf, QUIZZES, standsOf, TOPICS } from './store.modules.ts'
import { type Tried, wordsFor } from './stuck.ts'

type At = { userId: string; moduleNo: number }

/** The quizzes of these people that they tried and never passed. */
const triedBy = (sql: Sql, cohortId: string, userIds: readonly string[]) => sql<At & Omit<Tried, 'lastAt'> & { lastAt: Date }>(
  `SELECT a.user_id AS "userId", q.module_no AS "moduleNo", q.quiz_id AS "quizId", q.title, count(*)::int AS failed, CASE WHEN q.max_attempts IS NOT NULL THEN greatest(0, q.max_attempts - count(*)) END::int AS left,
     array_agg(a.score ORDER BY a.submitted_at) AS scores, max(a.submitted_at) AS "lastAt"
   FROM quiz_attempts a JOIN ${QUIZZES} q USING (quiz_id) WHERE a.cohort_id = $1 AND a.state = 'closed' AND q.module_no IS NOT NULL AND a.user_id = ANY($2::uuid[])
   GROUP BY a.user_id, q.quiz_id, q.module_no, q.title, q.max_attempts HAVING NOT bool_or(a.passed)`, [cohortId, userIds])

/** When something last happened to each of these people in each module. */
const lastOf = (sql: Sql, cohortId: string, userIds: readonly string[]) => sql<At & { at: Date }>(
  `SELECT e.user_id AS "userId", coalesce(q.module_no, t.module_no) AS "moduleNo", max(e.at) AS at FROM progress_events e LEFT JOIN ${QUIZZES} q ON q.quiz_id = e.about LEFT JOIN ${TOPICS} t ON t.topic_id = e.about
   WHERE e.cohort_id = $1 AND e.user_id = ANY($2::uuid[]) AND coalesce(q.module_no, t.module_no) IS NOT NULL GROUP BY e.user_id, coalesce(q.module_no, t.module_no)`, [cohortId, userIds])

const place = ({ userId, moduleNo }: At) => `${userId} ${moduleNo}`

/** The longest first. */
export async function stuckIn(sql: Sql, cohortId: string) {
  const { modules, now } = await courseOf(sql, cohortId)
  const standing = await standsOf(sql, cohortId, modules, null)
  const found = (await learnersIn(sql, cohortId, null)).flatMap((l) => standing(l.userId).stands.flatMap(({ module, cell }) => {
    const cause = whyStuck(cell, l.since, now.getTime())
    return cause && l.userId !== null ? [{ ...l, userId: l.userId, module, cell, cause }] : []
  }))
  const people = [...new Set(found.map((f) => f.userId))]
  const tries = new Map<string, Tried[]>()
  for (const t of await triedBy(sql, cohortId, people)) tries.set(place(t), [...(tries.get(place(t)) ?? []), { ...t, lastAt: t.lastAt.getTime() }])
  const last = new Map((await lastOf(sql, cohortId, people)).map((r) => [place(r), r.at.getTime()]))
  return found.map(({ memberId, displayName, batchNo, userId, since, module: { moduleNo, title }, cell, cause }) => {
    const at = place({ userId, moduleNo })
    const { quiz, ...why } = wordsFor(cause, tries.get(at) ?? [], Math.max(since, cell.openedAt ?? 0, last.get(at) ?? 0), now.getTime())
    return {
      memberId, displayName, batchNo: batchNo ?? null, moduleNo, title, why: why.why, cause: why.cause, quizId: quiz?.quizId ?? null, quizTitle: quiz?.title ?? null,
      scores: [...(quiz?.scores ?? [])], since: new Date(why.since).toISOString(),
    }
  }).sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.displayName < b.displayName ? -1 : 1))
}
