// How learners stand in the modules, and what they last scored, read from progress and quizzes: of all learners of a cohort, or of some.
// Each statement is one for all of them, and gives one row a learner, since there are many modules.
import type { Sql } from '#kernel/sql'
import { type Cell, FAILED_OFTEN, type ModuleState, stateOf, type Tries } from './board.ts'
import type { Whom } from './store.board.ts'

export type Module = { moduleNo: number; chapterId: string; title: string; isRuled: boolean }
export type Course = { modules: Module[]; answered: number; now: Date }

/** The modules of a cohort, how many answers there are in all, and the time of the database. */
export async function courseOf(sql: Sql, cohortId: string): Promise<Course> {
  const [row] = await sql<Course>(
    `SELECT now() AS now, (SELECT coalesce(sum(answered), 0) FROM cold_call_prompts WHERE cohort_id = $1 AND state <> 'cancelled')::int AS answered,
       coalesce((SELECT jsonb_agg(jsonb_build_object('moduleNo', m.module_no, 'chapterId', m.chapter_id, 'title', m.title, 'isRuled', r.chapter_id IS NOT NULL) ORDER BY m.module_no)
         FROM modules_in($1) m LEFT JOIN unlock_rules r USING (chapter_id)), '[]') AS modules`, [cohortId])
  return row as Course
}

/** Of these learners by their accounts, or of all. */
const BY = (whom: Whom, column: string) => (whom ? `AND ${column} IN (SELECT user_id FROM cohort_members WHERE cohort_id = $1 AND member_id = ANY($2::uuid[]))` : '')
const given = (cohortId: string, whom: Whom) => (whom ? [cohortId, whom] : [cohortId])

/** In which module each quiz of a cohort's course stands that counts: its own, or that of its lesson. */
export const QUIZZES = `(
  SELECT q.quiz_id, q.title, q.max_attempts, coalesce(h.module_no, CASE WHEN c.version_id IS NULL THEN t.module_no ELSE v.module_no END) AS module_no
  FROM cohorts c JOIN quizzes q USING (course_id) LEFT JOIN modules_in($1) h ON h.chapter_id = q.chapter_id LEFT JOIN topics t ON t.topic_id = q.topic_id LEFT JOIN course_version_topics v ON v.version_id = c.version_id AND v.topic_id = q.topic_id
  WHERE c.cohort_id = $1 AND q.removed_at IS NULL AND q.published AND q.quiz_type <> 'practice'
)`

/** In which module each lesson of a cohort's course stands. */
export const TOPICS = `(
  SELECT t.topic_id, CASE WHEN c.version_id IS NULL THEN t.module_no ELSE v.module_no END AS module_no
  FROM cohorts c JOIN topics t USING (course_id) LEFT JOIN course_version_topics v ON v.version_id = c.version_id AND v.topic_id = t.topic_id WHERE c.cohort_id = $1
)`

/** What is kept of how people stand: `moduleNo state openedAt` by commas. */
const standings = (sql: Sql, cohortId: string, whom: Whom) => sql<{ userId: string; stands: string }>(
  `SELECT p.user_id AS "userId", string_agg(m.module_no || CASE WHEN NOT p.open THEN 'l' WHEN p.passed THEN 'p' WHEN p.begun THEN 'b' ELSE 'u' END || coalesce(date_part('epoch', p.unlocked_at)::bigint::text, ''), ',') AS stands
   FROM module_progress p JOIN modules_in($1) m USING (chapter_id) WHERE p.cohort_id = $1 ${BY(whom, 'p.user_id')} GROUP BY p.user_id`, given(cohortId, whom))

/** Of the quizzes that somebody never passed those that make them stuck: `moduleNo failed left` by commas; and what they scored last, which
 *  is the greatest of (when, score): a score has one decimal, so both are one number. */
const triesIn = (sql: Sql, cohortId: string, whom: Whom) => sql<{ userId: string; lastScore: number; tries: string | null }>(
  `SELECT g.user_id AS "userId", (max(g.last) % 1024)::float8 / 10 AS "lastScore",
     string_agg(q.module_no || ' ' || g.n || ' ' || CASE WHEN q.max_attempts IS NULL THEN '' ELSE greatest(0, q.max_attempts - g.n)::text END, ',') FILTER (WHERE NOT g.passed AND q.module_no IS NOT NULL AND (g.n >= ${FAILED_OFTEN} OR g.n >= q.max_attempts)) AS tries
   FROM (SELECT a.user_id, a.quiz_id, count(*) AS n, bool_or(a.passed) AS passed, max((date_part('epoch', a.submitted_at) * 1000)::bigint * 1024 + (a.score * 10)::bigint) AS last
     FROM quiz_attempts a WHERE a.cohort_id = $1 AND a.state = 'closed' ${BY(whom, 'a.user_id')} GROUP BY a.user_id, a.quiz_id) g
   JOIN quizzes z ON z.quiz_id = g.quiz_id AND z.quiz_type <> 'practice' LEFT JOIN ${QUIZZES} q ON q.quiz_id = g.quiz_id GROUP BY g.user_id`, given(cohortId, whom))

/** In which modules something happened to somebody in the last ten days. */
const freshIn = (sql: Sql, cohortId: string, whom: Whom) => sql<{ userId: string; fresh: string }>(
  `SELECT e.user_id AS "userId", string_agg(DISTINCT coalesce(q.module_no, t.module_no)::text, ',') AS fresh
   FROM (SELECT DISTINCT user_id, about FROM progress_events WHERE cohort_id = $1 AND user_id IS NOT NULL AND at > now() - interval '10 days' ${BY(whom, 'user_id')}) e
   LEFT JOIN ${QUIZZES} q ON q.quiz_id = e.about LEFT JOIN ${TOPICS} t ON t.topic_id = e.about WHERE coalesce(q.module_no, t.module_no) IS NOT NULL GROUP BY e.user_id`, given(cohortId, whom))

/** How somebody stands in the modules, in their order, and what they last scored. */
export type Stand = { module: Module; cell: Cell }
export type Stands = { stands: Stand[]; lastScore: number | undefined }
type Kept = Pick<Cell, 'open' | 'passed' | 'begun' | 'openedAt'>
const NO_TRIES: Tries[] = []
const NO_MODULES: ReadonlySet<number> = new Set()
const NOTHING_KEPT: ReadonlyMap<number, Kept> = new Map()

/** How these learners stand in each module, by user. Who is not in it: as nobody of whom anything is kept. */
export async function standsOf(sql: Sql, cohortId: string, modules: readonly Module[], whom: Whom): Promise<(userId: string | null) => Stands> {
  const kept = new Map((await standings(sql, cohortId, whom)).map((r) => [r.userId, keptIn(r.stands)]))
  const tried = new Map((await triesIn(sql, cohortId, whom)).map((r) => [r.userId, { lastScore: r.lastScore, tries: r.tries === null ? null : triesOf(r.tries) }]))
  const fresh = new Map((await freshIn(sql, cohortId, whom)).map((r) => [r.userId, new Set(r.fresh.split(',').map(Number))]))
  return (userId) => {
    const id = userId ?? ''
    const [mine, tries, lately]: [ReadonlyMap<number, Kept>, Map<number, Tries[]> | null | undefined, ReadonlySet<number>] = [kept.get(id) ?? NOTHING_KEPT, tried.get(id)?.tries, fresh.get(id) ?? NO_MODULES]
    return {
      lastScore: tried.get(id)?.lastScore,
      stands: modules.map((module) => {
        const { open, passed, begun, openedAt } = mine.get(module.moduleNo) ?? { open: !module.isRuled, passed: false, begun: false, openedAt: null }
        return { module, cell: { open, passed, begun, openedAt, isFresh: lately.has(module.moduleNo), tries: tries?.get(module.moduleNo) ?? NO_TRIES } }
      }),
    }
  }
}

function keptIn(stands: string): Map<number, Kept> {
  const out = new Map<number, Kept>()
  for (const [, no, state, at] of stands.matchAll(/(\d+)([lpbu])(\d*)/g)) out.set(Number(no), { open: state !== 'l', passed: state === 'p', begun: state === 'b', openedAt: at === '' ? null : Number(at) * 1_000 })
  return out
}

function triesOf(text: string): Map<number, Tries[]> {
  const out = new Map<number, Tries[]>()
  for (const one of text.split(',')) {
    const [no, failed, left] = one.split(' ')
    out.set(Number(no), [...(out.get(Number(no)) ?? []), { failed: Number(failed), left: left === '' ? null : Number(left) }])
  }
  return out
}

export function statesOf(stands: readonly Stand[], since: number, now: number): Record<string, ModuleState> {
  const states: Record<string, ModuleState> = {}
  for (const { module, cell } of stands) states[module.moduleNo] = stateOf(cell, since, now)
  return states
}
