// Tables: tutors, tutor_openings, tutor_applications, course_tutors.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Application } from './contract.ts'

type Opening = { nodeId: string; org: string; place: string; text: string; isOpen: boolean; mine: Application['status'] | null }
/** Openings that are open, and the actor's own newest application at each. */
export const openings = (sql: Sql, userId: string) => sql<Opening>(
  `SELECT o.node_id AS "nodeId", g.name AS org, n.name AS place, o.text, o.is_open AS "isOpen",
     (SELECT a.status FROM tutor_applications a WHERE a.node_id = o.node_id AND a.user_id = $1 ORDER BY a.applied_at DESC LIMIT 1) AS mine
   FROM tutor_openings o JOIN organization_node n USING (node_id) JOIN org g ON g.org_id = o.org_id WHERE o.is_open ORDER BY g.name, n.name LIMIT 500`, [userId])
export const openingAt = async (sql: Sql, nodeId: string) =>
  (await sql<{ orgId: string; nodeId: string }>('SELECT org_id AS "orgId", node_id AS "nodeId" FROM tutor_openings WHERE node_id = $1 AND is_open', [nodeId]))[0]
export const putOpening = (sql: Sql, o: { orgId: string; nodeId: string; text: string; isOpen: boolean }) => sql(
  'INSERT INTO tutor_openings (node_id, org_id, text, is_open) VALUES ($1, $2, $3, $4) ON CONFLICT (node_id) DO UPDATE SET text = excluded.text, is_open = excluded.is_open', [o.nodeId, o.orgId, o.text, o.isOpen])

const APPLICATION = `a.application_id AS "applicationId", jsonb_build_object('nodeId', n.node_id, 'name', n.name) AS node, o.name AS org,
    jsonb_build_object('userId', u.user_id, 'name', u.full_name, 'email', u.email) AS user, a.about, a.status, a.applied_at AS "appliedAt", a.decided_at AS "decidedAt", d.full_name AS "decidedBy", a.reason
  FROM tutor_applications a JOIN organization_node n USING (node_id) JOIN org o ON o.org_id = a.org_id JOIN users u ON u.user_id = a.user_id LEFT JOIN users d ON d.user_id = a.decided_by`
type Row = Omit<Application, 'appliedAt' | 'decidedAt'> & { appliedAt: Date; decidedAt: Date | null }
const shown = (a: Row): Application => ({ ...a, appliedAt: a.appliedAt.toISOString(), decidedAt: a.decidedAt?.toISOString() ?? null })

export const application = async (sql: Sql, applicationId: string) => (await sql<Row>(`SELECT ${APPLICATION} WHERE a.application_id = $1`, [applicationId])).map(shown)[0]
export const applicationsOf = async (sql: Sql, userId: string) => (await sql<Row>(`SELECT ${APPLICATION} WHERE a.user_id = $1 ORDER BY a.applied_at DESC LIMIT 100`, [userId])).map(shown)
/** At a place and below it, the newest first; `before`: those older than that. */
export const applicationsAt = async (sql: Sql, nodeId: string, status: string | null, before: string | null, most: number) => (await sql<Row>(
  `SELECT ${APPLICATION} JOIN organization_node at ON at.node_id = $1 AND at.org_id = n.org_id AND n.path <@ at.path
   WHERE ($2::text IS NULL OR a.status = $2) AND ($3::timestamptz IS NULL OR a.applied_at < $3) ORDER BY a.applied_at DESC LIMIT $4`, [nodeId, status, before, most])).map(shown)

export type Locked = { applicationId: string; userId: string; orgId: string; nodeId: string; status: Application['status'] } | undefined
export const lockApplication = async (sql: Sql, applicationId: string): Promise<Locked> => (await sql<NonNullable<Locked>>(
  'SELECT application_id AS "applicationId", user_id AS "userId", org_id AS "orgId", node_id AS "nodeId", status FROM tutor_applications WHERE application_id = $1 FOR NO KEY UPDATE', [applicationId]))[0]
/** Null where one waits in this organisation already. */
export const insertApplication = async (sql: Sql, a: { orgId: string; nodeId: string; userId: string; about: string; at: Date }) => (await sql<{ id: string }>(
  `INSERT INTO tutor_applications (application_id, org_id, node_id, user_id, about, applied_at) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (org_id, user_id) WHERE status = 'pending' DO NOTHING RETURNING application_id AS id`, [newId(), a.orgId, a.nodeId, a.userId, a.about, a.at]))[0]?.id ?? null
export const decided = (sql: Sql, applicationId: string, status: Application['status'], by: string | null, at: Date, reason: string | null) => sql(
  'UPDATE tutor_applications SET status = $2, decided_by = $3, decided_at = $4, reason = $5 WHERE application_id = $1', [applicationId, status, by, at, reason])

/** Makes somebody a tutor; again is once. */
export const tutorOf = async (sql: Sql, userId: string, at: Date): Promise<string> => {
  await sql('INSERT INTO tutors (tutor_id, user_id, since) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO NOTHING', [newId(), userId, at])
  return (await sql<{ id: string }>('SELECT tutor_id AS id FROM tutors WHERE user_id = $1', [userId]))[0]?.id as string
}

type Staff = { userId: string; name: string; email: string | null; role: 'lead' | 'assistant'; since: string }
const STAFF = `SELECT u.user_id AS "userId", u.full_name AS name, u.email, c.role, c.added_at AS since FROM course_tutors c JOIN tutors t USING (tutor_id) JOIN users u USING (user_id) WHERE c.course_id = $1`
const dated = (s: Omit<Staff, 'since'> & { since: Date }): Staff => ({ ...s, since: s.since.toISOString() })
export const staffOf = async (sql: Sql, courseId: string) => (await sql<Parameters<typeof dated>[0]>(`${STAFF} ORDER BY c.role DESC, u.full_name`, [courseId])).map(dated)
export const staffed = async (sql: Sql, courseId: string, userId: string) => (await sql<Parameters<typeof dated>[0]>(`${STAFF} AND u.user_id = $2`, [courseId, userId])).map(dated)[0]
export const putStaff = (sql: Sql, s: { courseId: string; tutorId: string; role: string; by: string; at: Date }) => sql(
  'INSERT INTO course_tutors (course_id, tutor_id, role, added_by, added_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (course_id, tutor_id) DO UPDATE SET role = excluded.role', [s.courseId, s.tutorId, s.role, s.by, s.at])
export const removeStaff = async (sql: Sql, courseId: string, userId: string) =>
  (await sql('DELETE FROM course_tutors c USING tutors t WHERE t.tutor_id = c.tutor_id AND c.course_id = $1 AND t.user_id = $2 RETURNING 1', [courseId, userId])).length > 0

/** Whether somebody who teaches a cohort may open its class: its course has no tutors, they are one, or they decide who is. */
export const mayOpen = async (sql: Sql, userId: string, cohortId: string): Promise<boolean> => (await sql(
  `SELECT 1 FROM cohorts h JOIN courses c USING (course_id) WHERE h.cohort_id = $2 AND (
     NOT EXISTS (SELECT 1 FROM course_tutors s WHERE s.course_id = c.course_id)
     OR EXISTS (SELECT 1 FROM course_tutors s JOIN tutors t USING (tutor_id) WHERE s.course_id = c.course_id AND t.user_id = $1)
     OR EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS p WHERE p = 'course.staff'))`, [userId, cohortId])).length > 0

/** Somebody closed their account: they teach nothing any more, and what they wrote of themselves is gone. */
export async function leave(sql: Sql, userId: string): Promise<void> {
  await sql(`UPDATE tutor_applications SET about = '', reason = CASE WHEN reason IS NULL THEN NULL ELSE '' END, status = CASE status WHEN 'pending' THEN 'withdrawn' ELSE status END WHERE user_id = $1`, [userId])
  await sql('DELETE FROM course_tutors WHERE tutor_id IN (SELECT tutor_id FROM tutors WHERE user_id = $1)', [userId])
  await sql('DELETE FROM tutors WHERE user_id = $1', [userId])
}

/** A guest turned out to be somebody: what they applied for and teach goes over. */
export async function takeOver(sql: Sql, from: string, into: string): Promise<void> {
  await sql(`UPDATE tutor_applications a SET user_id = $2 WHERE user_id = $1 AND NOT (status = 'pending' AND EXISTS (SELECT 1 FROM tutor_applications o WHERE o.user_id = $2 AND o.org_id = a.org_id AND o.status = 'pending'))`, [from, into])
  await sql('UPDATE tutors SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM tutors WHERE user_id = $2)', [from, into])
}
