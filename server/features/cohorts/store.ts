// Tables: cohorts, cohort_members. Who may see a cohort is one relation, `standings(actor)`: lists, details and joins all
// go through it.
import type { Sql } from '#kernel/sql'
import type { Looker } from '#kernel/view'
import type { Member } from './view.ts'

export type Standing = { role: 'learner' | 'instructor' | 'observer'; memberId: string | null; ended: boolean }
const ROLES = ['learner', 'observer', 'instructor'] as const
const rank = (n: number) => ROLES[n - 1] as Standing['role']

/** How each of these people stands in the cohort; who does not, is not in the map. */
export async function standingsIn(sql: Sql, asked: readonly { userId: string; cohortId: string }[]): Promise<Map<string, Standing>> {
  const rows = await sql<{ userId: string; cohortId: string; rank: number; memberId: string | null; ended: boolean }>(
    `SELECT w.user_id AS "userId", w.cohort_id AS "cohortId", s.rank, s.member_id AS "memberId", (NOT c.is_active OR coalesce(c.ends_at <= now(), false)) AS ended
     FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS w (user_id, cohort_id)) w
     CROSS JOIN LATERAL (SELECT * FROM standings(w.user_id) s WHERE s.cohort_id = w.cohort_id) s JOIN cohorts c ON c.cohort_id = w.cohort_id`,
    [asked.map((a) => a.userId), asked.map((a) => a.cohortId)])
  return new Map(rows.map((r) => [`${r.userId} ${r.cohortId}`, { role: rank(r.rank), memberId: r.memberId, ended: r.ended }]))
}

const NAMED = `c.cohort_id AS "cohortId", c.name, c.course_id AS "courseId", o.course_name AS "courseName", o.slug`
export type CohortRow = { cohortId: string; name: string; courseId: string; courseName: string; slug: string; role: Standing['role']; live: boolean }

export const cohortsOf = async (sql: Sql, userId: string, after: string, most: number): Promise<CohortRow[]> =>
  (await sql<CohortRow & { rank: number }>(
    `SELECT ${NAMED}, s.rank, EXISTS (SELECT 1 FROM ilt_sessions i WHERE i.cohort_id = c.cohort_id AND i.ended_at IS NULL) AS live
     FROM standings($1) s JOIN cohorts c USING (cohort_id) JOIN courses o USING (course_id) WHERE c.cohort_id::text > $2 ORDER BY c.cohort_id::text LIMIT $3`,
    [userId, after, most])).map(({ rank: n, ...c }) => ({ ...c, role: rank(n) }))

type Shown = Omit<CohortRow, 'live'> & { entry: string; startsAt: Date | null; endsAt: Date | null; startsOn: string | null; endsOn: string | null; tz: string; capacity: number | null; learners: number; language: string | null; version: { versionId: string; versionNo: number } | null; archived: boolean; rowVersion: number; mayChange: boolean }
export const cohortFor = async (sql: Sql, userId: string, cohortId: string) => {
  const [row] = await sql<Shown & { rank: number; inviteCode: string; asked: number }>(
    `SELECT ${NAMED}, s.rank, c.entry, c.invite_code AS "inviteCode", c.starts_at AS "startsAt", c.ends_at AS "endsAt", c.tz, c.capacity, c.row_version AS "rowVersion", c.archived_at IS NOT NULL AS archived, c.language,
       (SELECT jsonb_build_object('versionId', v.version_id, 'versionNo', v.version_no) FROM course_versions v WHERE v.version_id = c.version_id) AS version,
       to_char(c.starts_at AT TIME ZONE c.tz, 'YYYY-MM-DD') AS "startsOn", to_char((c.ends_at - interval '1 ms') AT TIME ZONE c.tz, 'YYYY-MM-DD') AS "endsOn",
       (SELECT count(*) FROM cohort_members m WHERE m.cohort_id = c.cohort_id AND m.role = 'learner' AND m.status = 'active')::int AS learners,
       EXISTS (SELECT 1 FROM granted_in($1) g WHERE g.cohort_id = c.cohort_id AND g.permission = 'cohort.write') AS "mayChange",
       (SELECT count(*) FROM cohort_join_requests r WHERE r.cohort_id = c.cohort_id AND r.status = 'pending')::int AS asked
     FROM standings($1) s JOIN cohorts c USING (cohort_id) JOIN courses o USING (course_id) WHERE c.cohort_id = $2`, [userId, cohortId])
  if (!row) return undefined
  const { rank: n, startsAt, endsAt, asked, ...c } = row
  const role = rank(n)
  return { ...c, role, inviteCode: role === 'learner' ? null : c.inviteCode, asked: role === 'learner' ? 0 : asked, startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null }
}

export const named = async (sql: Sql, cohortId: string) =>
  (await sql(`SELECT ${NAMED} FROM cohorts c JOIN courses o USING (course_id) WHERE c.cohort_id = $1`, [cohortId]))[0]

/** A row of the list, as its member sees it. */
export const MEMBER = `m.member_id AS "memberId", m.display_name AS "displayName", m.batch_no AS "batchNo", m.time_factor AS "timeFactor"`

/** Each one's own row on the list, by user id. */
export async function membersFor(sql: Sql, cohortId: string, people: readonly Looker[]): Promise<Map<string, Member>> {
  const rows = await sql<Member & { userId: string }>(
    `SELECT m.user_id AS "userId", ${MEMBER} FROM cohort_members m WHERE m.cohort_id = $1 AND m.user_id = ANY($2::uuid[]) AND m.status = 'active'`, [cohortId, people.map((p) => p.userId)])
  return new Map(rows.map(({ userId, ...m }) => [userId, m]))
}

export const cohortByCode = async (sql: Sql, code: string) => (await sql<{ cohortId: string }>('SELECT cohort_id AS "cohortId" FROM cohorts WHERE invite_code = $1', [code]))[0]?.cohortId
