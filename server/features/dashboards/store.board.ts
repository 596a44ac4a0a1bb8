// The rows of a board, read from the tables of cohorts, cold calls and attendance: of all learners of a cohort, or of some. Anonymous prompts count for nobody: what moves when somebody answers or is given a star would say who wrote what.
import type { Sql } from '#kernel/sql'
import type { Learner } from './board.ts'

/** `null`: all. */
export type Whom = readonly string[] | null

/** Of a learner what is not in memory. */
export type Row = Omit<Learner, 'online' | 'modules' | 'lastScore'> & { memberId: string; userId: string | null; since: number }
type Read = { memberId: string; userId: string | null; displayName: string; batchNo: number | null; since: number; answered: number; asked: number; starsGiven: number; starsTaken: number; called: number; tutorAsked: number; lastSeenAt: Date | null }

/** A learner is asked what is asked of all or of their batch since they came; and what they answered they were asked. */
export async function learnersIn(sql: Sql, cohortId: string, whom: Whom): Promise<Row[]> {
  const only = (column: string) => (whom ? `AND ${column} = ANY($2::uuid[])` : '')
  const rows = await sql<Read>(
    `WITH l AS (
       SELECT member_id, user_id, display_name, batch_no, created_at FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active' ${only('member_id')}
     ), p AS MATERIALIZED (
       SELECT prompt_id, batch_no, opens_at FROM cold_call_prompts WHERE cohort_id = $1 AND state <> 'cancelled' AND NOT anonymous
     ), o AS MATERIALIZED (
       SELECT batch_no, array_agg(opens_at ORDER BY opens_at) AS at, count(*)::int AS n FROM p GROUP BY batch_no
     ), a AS (
       SELECT l.member_id, count(*)::int AS answered, sum(m.stars)::int AS taken, count(*) FILTER (WHERE p.opens_at < l.created_at OR (p.batch_no IS NOT NULL AND p.batch_no IS DISTINCT FROM l.batch_no))::int AS beside
       FROM p JOIN cold_call_messages m USING (prompt_id) JOIN l USING (member_id) WHERE true ${only('m.member_id')} GROUP BY l.member_id
     ), g AS (
       SELECT s.member_id, count(*)::int AS given FROM p JOIN cold_call_stars s USING (prompt_id) WHERE true ${only('s.member_id')} GROUP BY s.member_id
     ), c AS (
       SELECT member_id, count(*)::int AS called FROM cold_call_picks WHERE cohort_id = $1 ${only('member_id')} GROUP BY member_id
     ), t AS (
       SELECT l.member_id, sum((h.last_seq + 1) / 2)::int AS asked FROM cp_rag_chat_sessions h JOIN l USING (user_id) WHERE h.cohort_id = $1 GROUP BY l.member_id
     ), s AS (
       SELECT member_id, max(CASE WHEN is_over OR until_at < now() - interval '1 minute' THEN until_at ELSE began_at END) AS seen FROM presence_pieces WHERE cohort_id = $1 ${only('member_id')} GROUP BY member_id
     )
     SELECT l.member_id AS "memberId", l.user_id AS "userId", l.display_name AS "displayName", l.batch_no AS "batchNo", extract(epoch FROM l.created_at)::float8 * 1000 AS since,
       coalesce(a.answered, 0) AS answered, coalesce(a.taken, 0) AS "starsTaken", coalesce(g.given, 0) AS "starsGiven", coalesce(c.called, 0) AS called, coalesce(t.asked, 0) AS "tutorAsked", s.seen AS "lastSeenAt",
       coalesce(e.n - width_bucket(l.created_at, e.at), 0) + coalesce(b.n - width_bucket(l.created_at, b.at), 0) + coalesce(a.beside, 0) AS asked
     FROM l LEFT JOIN o e ON e.batch_no IS NULL LEFT JOIN o b ON b.batch_no = l.batch_no
     LEFT JOIN a USING (member_id) LEFT JOIN g USING (member_id) LEFT JOIN c USING (member_id) LEFT JOIN t USING (member_id) LEFT JOIN s USING (member_id)`, whom ? [cohortId, whom] : [cohortId])
  return rows.map(({ batchNo, lastSeenAt, ...r }) => ({
    ...r, ...(batchNo !== null && { batchNo }), ...(lastSeenAt !== null && { lastSeenAt: lastSeenAt.toISOString() }),
  }))
}
