// Who answers, who is called and who is not heard, over all classes of a cohort. Anonymous prompts count for nobody, as on the board.
import type { Sql } from '#kernel/sql'
import { type Row, learnersIn } from './store.board.ts'

type Heard = { memberId: string; passed: number; expected: number; sessions: number; silent: number; heardAt: Date | null }

/** A call of a class is expected of those who attended it, one beyond any class of everybody. Silent: attended, something was asked, nothing answered. */
const heardIn = (sql: Sql, cohortId: string) => sql<Heard>(
  `WITH l AS (SELECT member_id, created_at, batch_no FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active'),
   there AS (SELECT s.ilt_session_id AS id, s.started_at, a.member_id FROM ilt_sessions s JOIN ilt_attendance a USING (ilt_session_id) JOIN l USING (member_id) WHERE s.cohort_id = $1),
   calls AS (SELECT session_id AS id, count(*)::float8 AS n FROM cold_call_picks WHERE cohort_id = $1 GROUP BY session_id),
   of AS (SELECT id, count(*)::float8 AS n FROM there GROUP BY id),
   due AS (SELECT t.member_id, sum(c.n / o.n) AS n FROM there t JOIN calls c USING (id) JOIN of o USING (id) GROUP BY t.member_id),
   beyond AS (SELECT coalesce(sum(c.n), 0) / greatest(1, (SELECT count(*) FROM l)) AS n FROM calls c WHERE NOT EXISTS (SELECT 1 FROM of o WHERE o.id = c.id)),
   prompts AS (SELECT prompt_id, session_id, batch_no FROM cold_call_prompts WHERE cohort_id = $1 AND state <> 'cancelled' AND NOT anonymous),
   asked AS (SELECT DISTINCT t.id, t.started_at, t.member_id FROM there t JOIN l USING (member_id) JOIN prompts p ON p.session_id = t.id AND (p.batch_no IS NULL OR p.batch_no = l.batch_no)),
   answers AS (SELECT m.member_id, p.session_id AS id, max(m.answered_at) AS at FROM prompts p JOIN cold_call_messages m USING (prompt_id) GROUP BY m.member_id, p.session_id),
   spoke AS (SELECT a.member_id, max(s.started_at) AS at FROM answers a JOIN ilt_sessions s ON s.ilt_session_id = a.id GROUP BY a.member_id),
   quiet AS (SELECT k.member_id, count(*)::int AS n FROM asked k LEFT JOIN spoke s USING (member_id) WHERE s.at IS NULL OR k.started_at > s.at GROUP BY k.member_id),
   said AS (SELECT member_id, max(at) AS at FROM (SELECT member_id, at FROM answers UNION ALL SELECT member_id, picked_at FROM cold_call_picks WHERE cohort_id = $1 AND passed_at IS NULL) AS a GROUP BY member_id),
   picks AS (SELECT member_id, count(passed_at)::int AS passed FROM cold_call_picks WHERE cohort_id = $1 GROUP BY member_id),
   seen AS (SELECT member_id, count(*)::int AS n FROM there GROUP BY member_id)
   SELECT l.member_id AS "memberId", coalesce(k.passed, 0) AS passed, round((coalesce(d.n, 0) + b.n)::numeric, 2)::float8 AS expected, coalesce(s.n, 0) AS sessions, coalesce(q.n, 0) AS silent, h.at AS "heardAt"
   FROM l CROSS JOIN beyond b LEFT JOIN due d USING (member_id) LEFT JOIN picks k USING (member_id) LEFT JOIN seen s USING (member_id) LEFT JOIN quiet q USING (member_id) LEFT JOIN said h USING (member_id)`, [cohortId])

/** Each learner with what they had and what would be fair, the least heard first. */
export async function fairnessIn(sql: Sql, cohortId: string) {
  const heard = new Map((await heardIn(sql, cohortId)).map((h) => [h.memberId, h]))
  const learners = (await learnersIn(sql, cohortId, null)).map(({ memberId, displayName, batchNo, asked, answered, called, starsGiven, starsTaken }: Row) => {
    const { passed, expected, sessions, silent, heardAt } = heard.get(memberId) as Heard
    return { memberId, displayName, batchNo: batchNo ?? null, asked, answered, called, passed, expected, starsGiven, starsTaken, sessions, silent, heardAt: heardAt?.toISOString() ?? null }
  })
  const called = learners.map((l) => l.called)
  const share = (l: { answered: number; asked: number }) => (l.asked === 0 ? 1 : l.answered / l.asked)
  return {
    learners: learners.sort((a, b) => b.silent - a.silent || share(a) - share(b) || a.called - b.called || (a.displayName < b.displayName ? -1 : 1)),
    calls: called.reduce((n, c) => n + c, 0),
    spread: called.length === 0 ? 0 : called.reduce((n, c) => Math.max(n, c), 0) - called.reduce((n, c) => Math.min(n, c), Number.POSITIVE_INFINITY),
  }
}
