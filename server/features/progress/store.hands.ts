// Table: unlock_overrides. A hand lies on a module for a learner, for a batch or for the cohort.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'

/** Whom a hand is for: these learners, else a batch, else the whole cohort. */
export type Reach = { memberIds: readonly string[] | null; batchNo: number | null }

const REACHES = `SELECT w.id AS member_id, NULL::int AS batch_no FROM unnest($3::uuid[]) AS w (id) UNION ALL SELECT NULL, $4::int WHERE $3::uuid[] IS NULL`

export const putHands = (sql: Sql, { cohortId, chapterId, open, by, at, memberIds, batchNo }: Reach & { cohortId: string; chapterId: string; open: boolean; by: string | null; at: Date }) => sql(
  `INSERT INTO unlock_overrides (override_id, cohort_id, chapter_id, member_id, batch_no, open, at, by)
   SELECT CASE WHEN w.member_id IS NULL THEN $8::uuid ELSE gen_random_uuid() END, $1, $2, w.member_id, w.batch_no, $5, $6, $7 FROM (${REACHES}) AS w
   ON CONFLICT ON CONSTRAINT unlock_overrides_one DO UPDATE SET open = excluded.open, at = excluded.at, by = excluded.by`, [cohortId, chapterId, memberIds, batchNo, open, at, by, newId()])

export const takeHands = (sql: Sql, { cohortId, chapterId, memberIds, batchNo }: Reach & { cohortId: string; chapterId: string }) => sql(
  `DELETE FROM unlock_overrides o USING (${REACHES}) AS w WHERE o.cohort_id = $1 AND o.chapter_id = $2 AND o.member_id IS NOT DISTINCT FROM w.member_id AND o.batch_no IS NOT DISTINCT FROM w.batch_no`, [cohortId, chapterId, memberIds, batchNo])

/** How many learners a hand that was just put reaches, and who stand otherwise than it says: those it opens, or shuts, now. */
export const reached = async (sql: Sql, { cohortId, chapterId, memberIds, batchNo, open }: Reach & { cohortId: string; chapterId: string; open: boolean }): Promise<number> => (await sql<{ n: number }>(
  `SELECT count(*)::int AS n FROM cohort_members m LEFT JOIN module_progress p ON p.user_id = m.user_id AND p.cohort_id = m.cohort_id AND p.chapter_id = $2
   LEFT JOIN unlock_overrides own ON own.cohort_id = $1 AND own.chapter_id = $2 AND own.member_id = m.member_id
   LEFT JOIN unlock_overrides its ON its.cohort_id = $1 AND its.chapter_id = $2 AND its.batch_no = m.batch_no
   WHERE m.cohort_id = $1 AND m.role = 'learner' AND m.status = 'active' AND m.user_id IS NOT NULL
     AND ($3::uuid[] IS NULL OR m.member_id = ANY($3)) AND ($4::int IS NULL OR m.batch_no = $4)
     AND coalesce(own.open, its.open, $5) = $5 AND NOT coalesce(p.begun, false)
     AND coalesce(p.open, NOT EXISTS (SELECT 1 FROM unlock_rules r WHERE r.chapter_id = $2)) <> $5`, [cohortId, chapterId, memberIds, batchNo, open]))[0]?.n ?? 0

/** The learners whom a hand is for, by their ids; null: all of the cohort. */
export const membersIn = async (sql: Sql, cohortId: string, { memberIds, batchNo }: Reach): Promise<string[] | null> => memberIds === null && batchNo === null ? null : (await sql<{ id: string }>(
  `SELECT member_id AS id FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active' AND ($2::uuid[] IS NULL OR member_id = ANY($2)) AND ($3::int IS NULL OR batch_no = $3) ORDER BY member_id`, [cohortId, memberIds, batchNo])).map((r) => r.id)

/** A guest's row went over to another of the same list; where there is a hand on both, the latter's holds. */
export async function handOver(sql: Sql, from: string, into: string): Promise<void> {
  await sql('UPDATE unlock_overrides o SET member_id = $2 WHERE member_id = $1 AND NOT EXISTS (SELECT 1 FROM unlock_overrides t WHERE t.cohort_id = o.cohort_id AND t.chapter_id = o.chapter_id AND t.member_id = $2)', [from, into])
  await sql('DELETE FROM unlock_overrides WHERE member_id = $1', [from])
}

export type Hand = { open: boolean; memberId: string | null; displayName: string | null; batchNo: number | null; at: string; by: string }
/** The hands on the modules of a cohort, the newest first, 500 at most of each. */
export const handsIn = (sql: Sql, cohortId: string) => sql<Hand & { chapterId: string }>(
  `SELECT * FROM (SELECT o.chapter_id AS "chapterId", o.open, o.member_id AS "memberId", m.display_name AS "displayName", o.batch_no AS "batchNo", to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
     coalesce(u.full_name, '') AS by, row_number() OVER (PARTITION BY o.chapter_id ORDER BY o.at DESC, o.override_id) AS n
   FROM unlock_overrides o LEFT JOIN cohort_members m USING (member_id) LEFT JOIN users u ON u.user_id = o.by WHERE o.cohort_id = $1) AS h WHERE n <= 500 ORDER BY n`, [cohortId])

/** How many learners stand how in each module. */
export const countsIn = (sql: Sql, cohortId: string) => sql<{ chapterId: string; locked: number; open: number; begun: number; passed: number }>(
  `SELECT m.chapter_id AS "chapterId", count(*) FILTER (WHERE NOT open)::int AS locked, count(*) FILTER (WHERE open AND NOT begun AND NOT passed)::int AS open,
     count(*) FILTER (WHERE begun AND NOT passed)::int AS begun, count(*) FILTER (WHERE passed)::int AS passed
   FROM (SELECT m.chapter_id, coalesce(p.begun, false) AS begun, coalesce(p.passed, false) AS passed, coalesce(p.open, NOT EXISTS (SELECT 1 FROM unlock_rules r WHERE r.chapter_id = m.chapter_id)) AS open
     FROM modules_in($1) m JOIN cohort_members l ON l.cohort_id = $1 AND l.role = 'learner' AND l.status = 'active'
     LEFT JOIN module_progress p ON p.user_id = l.user_id AND p.cohort_id = $1 AND p.chapter_id = m.chapter_id) AS m GROUP BY m.chapter_id`, [cohortId])
