// Table: cohort_members, as the list that staff read and change.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Ground, Known } from './plan.ts'
import type { Role, RosterRow } from './roster.ts'
import { MEMBER } from './store.ts'
import type { Member } from './view.ts'

export type Locked = { cohortId: string; entry: string; capacity: number | null; ended: boolean } | undefined
export const lockCohort = async (sql: Sql, cohortId: string): Promise<Locked> => (await sql<NonNullable<Locked>>(
  `SELECT cohort_id AS "cohortId", entry, capacity, (NOT is_active OR coalesce(ends_at <= now(), false)) AS ended FROM cohorts WHERE cohort_id = $1 FOR NO KEY UPDATE`, [cohortId]))[0]

/** The batch of a learner by their account; null where they are in none. */
export const ownBatch = async (sql: Sql, cohortId: string, userId: string) =>
  (await sql<{ no: number | null }>(`SELECT batch_no AS no FROM cohort_members WHERE cohort_id = $1 AND user_id = $2 AND status = 'active'`, [cohortId, userId]))[0]?.no ?? null

export const learnersIn = async (sql: Sql, cohortId: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active'`, [cohortId]))[0]?.n ?? 0

/** How the cohort stands, for somebody who asks. */
export const groundOf = async (sql: Sql, cohortId: string, userId: string | null): Promise<Ground> => (await sql<Ground>(
  `SELECT c.capacity, n.learners, n.instructors, EXISTS (SELECT 1 FROM granted($2) g WHERE g.permission = 'cohort.teach' AND g.node_id = c.node_id AND (g.cohort_id IS NULL OR g.cohort_id = c.cohort_id)) AS "byGrant"
   FROM cohorts c CROSS JOIN LATERAL (
     SELECT (count(*) FILTER (WHERE m.role = 'learner'))::int AS learners, (count(*) FILTER (WHERE m.role = 'instructor'))::int AS instructors
     FROM cohort_members m WHERE m.cohort_id = c.cohort_id AND m.status = 'active') n
   WHERE c.cohort_id = $1`, [cohortId, userId]))[0] ?? { capacity: null, learners: 0, instructors: 0, byGrant: false }

const KNOWN = `m.email, m.role, m.status, m.user_id AS "userId", ${MEMBER}`

/** Who of these stands on the list already, by e-mail; somebody who walked in without one is found by their account's. */
export async function knownBy(sql: Sql, cohortId: string, emails: readonly string[]): Promise<Map<string, Known>> {
  const rows = await sql<Known & { by: string }>(
    `SELECT u.email AS by, ${KNOWN} FROM users u JOIN cohort_members m USING (user_id) WHERE m.cohort_id = $1 AND m.email IS NULL AND u.email = ANY($2)
     UNION ALL SELECT m.email AS by, ${KNOWN} FROM cohort_members m WHERE m.cohort_id = $1 AND m.email = ANY($2)`, [cohortId, emails])
  return new Map(rows.map(({ by, ...known }) => [by, known]))
}

export const knownAs = async (sql: Sql, cohortId: string, memberId: string) =>
  (await sql<Known>(`SELECT ${KNOWN} FROM cohort_members m WHERE m.cohort_id = $1 AND m.member_id = $2`, [cohortId, memberId]))[0]

export type Saved = Member & { email: string | null; role: Role; userId: string | null }
const SAVED = `m.email, m.role, m.user_id AS "userId", ${MEMBER}`

/** New rows; who has an account already is bound to theirs. */
export const added = (sql: Sql, cohortId: string, rows: readonly RosterRow[]) => sql<Saved>(
  `INSERT INTO cohort_members AS m (member_id, cohort_id, user_id, email, display_name, role, batch_no, time_factor)
   SELECT w.id, $1, u.user_id, w.email, coalesce(w.name, u.full_name, split_part(w.email, '@', 1)), coalesce(w.role, 'learner'), w.batch, coalesce(w.factor, 1)
   FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::float8[]) AS w (id, email, name, role, batch, factor)
   LEFT JOIN users u ON u.email = w.email AND NOT EXISTS (SELECT 1 FROM cohort_members o WHERE o.cohort_id = $1 AND o.user_id = u.user_id)
   RETURNING ${SAVED}`,
  [cohortId, rows.map(() => newId()), rows.map((r) => r.email), rows.map((r) => r.name), rows.map((r) => r.role), rows.map((r) => r.batchNo), rows.map((r) => r.timeFactor)])

/** Rows that are there, as they shall be: active. */
export const kept = (sql: Sql, all: readonly Known[]) => sql<Saved>(
  `UPDATE cohort_members m SET status = 'active', email = w.email, display_name = w.name, role = w.role, batch_no = w.batch, time_factor = w.factor
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::float8[]) AS w (id, email, name, role, batch, factor) WHERE m.member_id = w.id
   RETURNING ${SAVED}`,
  [all.map((k) => k.memberId), all.map((k) => k.email), all.map((k) => k.displayName), all.map((k) => k.role), all.map((k) => k.batchNo), all.map((k) => k.timeFactor)])

export const markRemoved = (sql: Sql, memberId: string) => sql(`UPDATE cohort_members SET status = 'removed' WHERE member_id = $1`, [memberId])

type Sift = { q?: string | undefined; role?: Role | undefined; batch?: number | undefined; signedIn?: boolean | undefined; removed?: boolean | undefined }
export type Listed = Member & { email: string | null; role: Role; signedIn: boolean; lastSeenAt: string | null; removed: boolean }
const LISTED = `${MEMBER}, m.email, m.role, m.user_id IS NOT NULL AS "signedIn", m.status = 'removed' AS removed,
  (SELECT max(s.created_at) FROM user_sessions s WHERE s.user_id = m.user_id) AS seen`
const listed = ({ seen, ...m }: Omit<Listed, 'lastSeenAt'> & { seen: Date | null }): Listed => ({ ...m, lastSeenAt: seen?.toISOString() ?? null })

/** A page of the list, by name. `batch` 0: those who are in none. */
export const roster = async (sql: Sql, cohortId: string, [name, memberId]: readonly [string, string], sift: Sift, most: number): Promise<Listed[]> =>
  (await sql<Parameters<typeof listed>[0]>(
    `SELECT ${LISTED} FROM cohort_members m
     WHERE m.cohort_id = $1 AND m.status = $5 AND (m.display_name, m.member_id::text) > ($2, $3)
       AND ($6::text IS NULL OR strpos(lower(m.display_name), lower($6)) > 0 OR strpos(m.email, lower($6)) > 0)
       AND ($7::text IS NULL OR m.role = $7) AND ($8::int IS NULL OR coalesce(m.batch_no, 0) = $8) AND ($9::bool IS NULL OR (m.user_id IS NOT NULL) = $9)
     ORDER BY m.display_name, m.member_id::text LIMIT $4`,
    [cohortId, name, memberId, most, sift.removed ? 'removed' : 'active', sift.q || null, sift.role ?? null, sift.batch ?? null, sift.signedIn ?? null])).map(listed)

/** One row of it, removed or not. */
export const listedOne = async (sql: Sql, cohortId: string, memberId: string) =>
  (await sql<Parameters<typeof listed>[0]>(`SELECT ${LISTED} FROM cohort_members m WHERE m.cohort_id = $1 AND m.member_id = $2`, [cohortId, memberId])).map(listed)[0]

export type Counts = { learners: number; instructors: number; observers: number; unseen: number; removed: number; batches: number[] }
/** How many there are of each. */
export const countsOf = async (sql: Sql, cohortId: string): Promise<Counts> => (await sql<Counts>(
  `SELECT (count(*) FILTER (WHERE m.role = 'learner' AND a))::int AS learners, (count(*) FILTER (WHERE m.role = 'instructor' AND a))::int AS instructors,
     (count(*) FILTER (WHERE m.role = 'observer' AND a))::int AS observers, (count(*) FILTER (WHERE m.user_id IS NULL AND a))::int AS unseen,
     (count(*) FILTER (WHERE NOT a))::int AS removed, coalesce(array_agg(DISTINCT m.batch_no ORDER BY m.batch_no) FILTER (WHERE a AND m.batch_no IS NOT NULL), '{}') AS batches
   FROM cohort_members m CROSS JOIN LATERAL (SELECT m.status = 'active' AS a) s WHERE m.cohort_id = $1`, [cohortId]))[0] as Counts
