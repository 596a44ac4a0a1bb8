// Tables: cohorts (its days, its end), cohort_join_requests, cohort_batch_projects.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'

export type Said = { name?: string | undefined; startsOn?: string | null | undefined; endsOn?: string | null | undefined; tz?: string | undefined; capacity?: number | null | undefined; entry?: string | undefined; language?: string | null | undefined }
/** Changes what was said, leaves the rest; days begin and end at midnight of the zone. False where the version is another. */
export const saveCohort = async (sql: Sql, cohortId: string, s: Said, rowVersion: number) => (await sql(
  `UPDATE cohorts c SET name = coalesce($3, name), entry = coalesce($4, entry), language = CASE WHEN $12 THEN $13 ELSE language END, capacity = CASE WHEN $5 THEN $6::int ELSE capacity END, tz = w.tz, row_version = row_version + 1,
     starts_at = CASE WHEN $7 THEN $8::date::timestamp AT TIME ZONE w.tz WHEN w.tz <> c.tz THEN (starts_at AT TIME ZONE c.tz) AT TIME ZONE w.tz ELSE starts_at END,
     ends_at = CASE WHEN $9 THEN ($10::date + 1)::timestamp AT TIME ZONE w.tz WHEN w.tz <> c.tz THEN (ends_at AT TIME ZONE c.tz) AT TIME ZONE w.tz ELSE ends_at END
   FROM (SELECT coalesce($11, (SELECT tz FROM cohorts WHERE cohort_id = $1)) AS tz) w WHERE c.cohort_id = $1 AND c.row_version = $2 RETURNING 1`,
  [cohortId, rowVersion, s.name ?? null, s.entry ?? null, s.capacity !== undefined, s.capacity ?? null, s.startsOn !== undefined, s.startsOn ?? null, s.endsOn !== undefined, s.endsOn ?? null, s.tz ?? null, s.language !== undefined, s.language ?? null])).length > 0

/** Whether the database knows a zone by this name. */
export const isZone = async (sql: Sql, tz: string) => (await sql('SELECT 1 FROM pg_timezone_names WHERE name = $1', [tz])).length > 0
/** Whether the days, as they would be, are in order. */
export const endsAfterIt = async (sql: Sql, cohortId: string, s: Said) => (await sql<{ ok: boolean }>(
  `SELECT coalesce(CASE WHEN $2 THEN $3::date ELSE (starts_at AT TIME ZONE tz)::date END <= CASE WHEN $4 THEN $5::date ELSE ((ends_at - interval '1 ms') AT TIME ZONE tz)::date END, true) AS ok FROM cohorts WHERE cohort_id = $1`,
  [cohortId, s.startsOn !== undefined, s.startsOn ?? null, s.endsOn !== undefined, s.endsOn ?? null]))[0]?.ok ?? true

/** Archives a cohort or takes it back; false where it stands so already. */
export const putArchived = async (sql: Sql, cohortId: string, at: Date | null, by: string | null) => (await sql(
  'UPDATE cohorts SET archived_at = $2, archived_by = $3, is_active = $2::timestamptz IS NULL, row_version = row_version + 1 WHERE cohort_id = $1 AND (archived_at IS NULL) <> ($2::timestamptz IS NULL) RETURNING 1', [cohortId, at, by])).length > 0

/** Everybody who may come into a cohort: by its list, or by a grant at its place or above. */
export const allWhoEnter = async (sql: Sql, cohortId: string) => (await sql<{ userId: string }>(
  `SELECT user_id AS "userId" FROM cohort_members WHERE cohort_id = $1 AND user_id IS NOT NULL AND status = 'active'
   UNION SELECT g.user_id FROM cohorts c JOIN organization_node n USING (node_id) JOIN grants_in_force g ON g.org_id = n.org_id AND g.path @> n.path AND g.permission IN ('cohort.teach', 'cohort.observe') WHERE c.cohort_id = $1`, [cohortId])).map((r) => r.userId)

const REQUEST = `r.request_id AS "requestId", r.email, r.name, r.message, r.status, r.asked_at AS "askedAt", u.full_name AS "decidedBy", r.decided_at AS "decidedAt"
  FROM cohort_join_requests r LEFT JOIN users u ON u.user_id = r.decided_by`
type Row = { requestId: string; email: string; name: string; message: string | null; status: 'pending' | 'accepted' | 'refused'; askedAt: Date; decidedBy: string | null; decidedAt: Date | null }
const shown = (r: Row) => ({ ...r, askedAt: r.askedAt.toISOString(), decidedAt: r.decidedAt?.toISOString() ?? null })
export const requestsIn = async (sql: Sql, cohortId: string) => (await sql<Row>(
  `SELECT ${REQUEST} WHERE r.cohort_id = $1 AND (r.status = 'pending' OR r.decided_at > now() - interval '30 days') ORDER BY r.status <> 'pending', r.asked_at LIMIT 500`, [cohortId])).map(shown)
export const request = async (sql: Sql, cohortId: string, requestId: string) => (await sql<Row>(`SELECT ${REQUEST} WHERE r.cohort_id = $1 AND r.request_id = $2`, [cohortId, requestId])).map(shown)[0]
/** Asks, unless they have a place or asked already: the newest words count. Null where they have a place. */
export const putRequest = async (sql: Sql, r: { cohortId: string; email: string; name: string; message: string | null; at: Date }) => (await sql<{ id: string }>(
  `INSERT INTO cohort_join_requests (request_id, cohort_id, email, name, message, asked_at)
   SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM cohort_members m WHERE m.cohort_id = $2 AND m.email = $3 AND m.status = 'active')
   ON CONFLICT (cohort_id, email) WHERE status = 'pending' DO UPDATE SET name = excluded.name, message = excluded.message RETURNING request_id AS id`, [newId(), r.cohortId, r.email, r.name, r.message, r.at]))[0]?.id ?? null
export const decideRequest = (sql: Sql, requestId: string, status: string, by: string, at: Date) => sql('UPDATE cohort_join_requests SET status = $2, decided_by = $3, decided_at = $4 WHERE request_id = $1', [requestId, status, by, at])

export type Payload = { title: string; tagline: string; description: string; notes?: string | undefined }
type Kept = { batchNo: number; payload: Payload; rowVersion: number }
const flat = ({ payload, ...p }: Kept) => ({ ...p, ...payload })
/** All projects, or that of one batch. */
export const projectsIn = async (sql: Sql, cohortId: string, batchNo: number | null = null) => (await sql<Kept>(
  'SELECT batch_no AS "batchNo", payload, row_version AS "rowVersion" FROM cohort_batch_projects WHERE cohort_id = $1 AND ($2::int IS NULL OR batch_no = $2) ORDER BY batch_no', [cohortId, batchNo])).map(flat)
/** False where another version stands. */
export const putProject = async (sql: Sql, p: { cohortId: string; batchNo: number; payload: Payload; rowVersion: number | null; at: Date; by: string }) => (await sql(
  `INSERT INTO cohort_batch_projects AS p (project_id, cohort_id, batch_no, payload, updated_at, updated_by) VALUES ($1, $2, $3, $4::jsonb, $5, $6)
   ON CONFLICT (cohort_id, batch_no) DO UPDATE SET payload = excluded.payload, updated_at = excluded.updated_at, updated_by = excluded.updated_by, row_version = p.row_version + 1 WHERE p.row_version = $7 RETURNING 1`,
  [newId(), p.cohortId, p.batchNo, JSON.stringify(p.payload), p.at, p.by, p.rowVersion])).length > 0
export const removeProject = async (sql: Sql, cohortId: string, batchNo: number) => (await sql('DELETE FROM cohort_batch_projects WHERE cohort_id = $1 AND batch_no = $2 RETURNING 1', [cohortId, batchNo])).length > 0
/** The learners of a batch who have an account. */
export const learnersOfBatch = async (sql: Sql, cohortId: string, batchNo: number) => (await sql<{ userId: string }>(
  `SELECT user_id AS "userId" FROM cohort_members WHERE cohort_id = $1 AND batch_no = $2 AND status = 'active' AND role = 'learner' AND user_id IS NOT NULL`, [cohortId, batchNo])).map((r) => r.userId)
