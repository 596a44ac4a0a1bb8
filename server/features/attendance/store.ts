// Tables: presence_pieces, attendance_corrections. Somebody's time in class is the union of their pieces, whichever nodes and
// tabs they come from, cut to the length of the class.
import type { Sql } from '#kernel/sql'
import type { Held } from '../sessions/index.ts'
import { type Status, statusOf } from './reckoning.ts'

/** A piece that began or ended `ago` seconds ago. */
export type Begun = { pieceId: string; cohortId: string; memberId: string; ago: number }
export type Over = { pieceId: string; ago: number }

export const begin = (sql: Sql, begun: readonly Begun[]) => begun.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO presence_pieces (piece_id, cohort_id, member_id, began_at, until_at)
   SELECT w.id, w.cohort, w.member, now() - make_interval(secs => w.ago), now() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[]) AS w (id, cohort, member, ago)
   JOIN cohort_members m ON m.member_id = w.member ON CONFLICT DO NOTHING`,
  [begun.map((b) => b.pieceId), begun.map((b) => b.cohortId), begun.map((b) => b.memberId), begun.map((b) => b.ago)])

/** How often it is said again that somebody is still there, s. */
export const CARRY_ON = 20

/** They were there until then, and still are, or `isOver`. */
export const carryOn = (sql: Sql, over: readonly Over[], isOver: boolean) => over.length === 0 ? Promise.resolve([]) : sql(
  `UPDATE presence_pieces p SET is_over = $3, until_at = greatest(p.began_at, now() - make_interval(secs => w.ago)) FROM unnest($1::uuid[], $2::float8[]) AS w (id, ago) WHERE p.piece_id = w.id`,
  [over.map((o) => o.pieceId), over.map((o) => o.ago), isOver])

export type Attended = {
  memberId: string; displayName: string; batchNo: number | null; seconds: number; status: Status; firstSeenAt: string | null; lastSeenAt: string | null
  correction: { status: Status; reason: string; by: string; at: string } | null
}
type Row = Omit<Attended, 'status' | 'correction' | 'firstSeenAt' | 'lastSeenAt'> & { first: Date | null; last: Date | null; said: Status | null; reason: string | null; by: string | null; at: Date | null }

/** Every learner of the list, and whoever else was there or of whom something was said; `memberId`: one of them only. */
export async function attended(sql: Sql, s: Held, memberId: string | null = null): Promise<Attended[]> {
  const rows = await sql<Row>(
    `SELECT m.member_id AS "memberId", m.display_name AS "displayName", m.batch_no AS "batchNo", t.first, t.last,
       coalesce((SELECT sum(extract(epoch FROM upper(r) - lower(r))) FROM unnest(t.pieces) AS r), 0)::float8 AS seconds,
       c.status AS said, c.reason, u.full_name AS by, c.corrected_at AS at
     FROM cohort_members m
     LEFT JOIN LATERAL (
       SELECT range_agg(tstzrange(greatest(p.began_at, w.a), least(p.til, w.b))) AS pieces, min(greatest(p.began_at, w.a)) AS first, max(least(p.til, w.b)) AS last
       FROM (SELECT began_at, CASE WHEN is_over THEN until_at ELSE least(until_at + make_interval(secs => ${CARRY_ON}), now()) END AS til FROM presence_pieces WHERE cohort_id = $1 AND member_id = m.member_id) p,
         (SELECT $2::timestamptz AS a, coalesce($3::timestamptz, now()) AS b) w
       WHERE p.began_at < w.b AND p.til > w.a
     ) t ON true
     LEFT JOIN attendance_corrections c ON c.ilt_session_id = $4 AND c.member_id = m.member_id LEFT JOIN users u ON u.user_id = c.corrected_by
     WHERE m.cohort_id = $1 AND ($5::uuid IS NULL OR m.member_id = $5) AND ((m.role = 'learner' AND m.status = 'active') OR t.pieces IS NOT NULL OR c.status IS NOT NULL)
     ORDER BY m.display_name, m.member_id`, [s.cohortId, s.startedAt, s.endedAt, s.sessionId, memberId])
  return rows.map(({ first, last, said, reason, by, at, seconds, ...m }) => ({
    ...m, seconds: Math.round(seconds), status: said ?? statusOf(seconds, s.seconds), firstSeenAt: first?.toISOString() ?? null, lastSeenAt: last?.toISOString() ?? null,
    correction: said && { status: said, reason: reason as string, by: by ?? '', at: (at as Date).toISOString() },
  }))
}
