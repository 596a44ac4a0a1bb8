// Tables: import_jobs and import_rows. `alive_at`: when the node that does the work was last known to live.
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import type { Row } from './verbs.ts'

export type Job = { jobId: string; place: Place; slug: string; name: string | null; mode: 'dry' | 'apply'; userId: string }
type Counts = Record<Row['outcome'], number>
export type JobRow = {
  jobId: string; mode: 'dry' | 'apply'; state: 'waiting' | 'running' | 'done' | 'failed'; done: number; total: number | null; counts: Counts; trouble: string | null
  courseId: string | null; slug: string; createdAt: string; finishedAt: string | null
}
const COLUMNS = `j.job_id AS "jobId", j.mode, j.state, j.done, j.total, jsonb_build_object('added', coalesce((j.counts->>'added')::int, 0), 'updated', coalesce((j.counts->>'updated')::int, 0),
    'unchanged', coalesce((j.counts->>'unchanged')::int, 0), 'skipped', coalesce((j.counts->>'skipped')::int, 0), 'failed', coalesce((j.counts->>'failed')::int, 0)) AS counts,
  j.trouble, j.course_id AS "courseId", j.slug, j.created_at AS "createdAt", j.finished_at AS "finishedAt"`
const asSaid = (rows: JobRow[]): JobRow[] => rows.map((r) => ({ ...r, createdAt: (r.createdAt as unknown as Date).toISOString(), finishedAt: (r.finishedAt as unknown as Date | null)?.toISOString() ?? null }))

export const putJob = (sql: Sql, j: Job) => sql(
  `INSERT INTO import_jobs (job_id, org_id, node_id, slug, course_name, mode, state, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, clock_timestamp())`,
  [j.jobId, j.place.orgId, j.place.nodeId, j.slug, j.name, j.mode, j.userId])

/** Begins the work. False where somebody has ended it. */
export const beginJob = async (sql: Sql, jobId: string): Promise<boolean> => (await sql(`UPDATE import_jobs SET state = 'running', alive_at = clock_timestamp() WHERE job_id = $1 AND state = 'waiting' RETURNING 1`, [jobId])).length > 0

/** These are alive. */
export const touchJobs = (sql: Sql, jobIds: readonly string[]) => sql(`UPDATE import_jobs SET alive_at = clock_timestamp() WHERE job_id = ANY($1::uuid[]) AND state IN ('waiting', 'running')`, [jobIds])

/** How far it is. */
export const tellJob = (sql: Sql, jobId: string, done: number, total: number) => sql(`UPDATE import_jobs SET done = $2, total = $3, alive_at = clock_timestamp() WHERE job_id = $1 AND state = 'running'`, [jobId, done, total])

const SLICE = 500

/** Writes the report down, and that it is done. */
export async function endJob(sql: Sql, jobId: string, courseId: string | null, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += SLICE) {
    const slice = rows.slice(at, at + SLICE)
    await sql(
      'INSERT INTO import_rows (job_id, n, path, outcome, note, line) SELECT $1, w.n, w.path, w.outcome, w.note, w.line FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::int[]) AS w (n, path, outcome, note, line) ON CONFLICT DO NOTHING',
      [jobId, slice.map((_, i) => at + i + 1), slice.map((r) => r.path), slice.map((r) => r.outcome), slice.map((r) => r.note), slice.map((r) => r.line)])
  }
  const counts: Partial<Counts> = {}
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1
  await sql(`UPDATE import_jobs SET state = 'done', done = $2, total = $2, counts = $3::jsonb, course_id = $4, finished_at = clock_timestamp() WHERE job_id = $1 AND state = 'running'`, [jobId, rows.length, JSON.stringify(counts), courseId])
}

export const failJob = (sql: Sql, jobId: string, trouble: string) => sql(`UPDATE import_jobs SET state = 'failed', trouble = $2, finished_at = clock_timestamp() WHERE job_id = $1 AND state IN ('waiting', 'running')`, [jobId, trouble])

/** Ends what no node has said to be alive for two minutes. */
export const endLost = (sql: Sql) => sql(
  `UPDATE import_jobs SET state = 'failed', trouble = 'The server that did this was stopped before it was done. Begin again: what is there already is not done twice.', finished_at = clock_timestamp()
   WHERE state IN ('waiting', 'running') AND alive_at < clock_timestamp() - interval '2 minutes'`)

/** Which of these are still to be done. */
export const openJobs = async (sql: Sql, jobIds: readonly string[]): Promise<Set<string>> =>
  new Set((await sql<{ jobId: string }>(`SELECT job_id AS "jobId" FROM import_jobs WHERE job_id = ANY($1::uuid[]) AND state IN ('waiting', 'running')`, [jobIds])).map((j) => j.jobId))

/** One import, for who began it or may write at its place. */
export const jobFor = async (sql: Sql, userId: string, jobId: string): Promise<JobRow | undefined> => asSaid(await sql<JobRow>(
  `SELECT ${COLUMNS} FROM import_jobs j WHERE j.job_id = $2 AND (j.created_by = $1 OR EXISTS (SELECT 1 FROM permissions_at($1, j.node_id) AS p WHERE p = 'course.write'))`, [userId, jobId]))[0]

/** The latest twenty of somebody; of a course, of anybody. */
export const jobsOf = async (sql: Sql, userId: string, courseId: string | null): Promise<JobRow[]> => asSaid(await sql<JobRow>(
  `SELECT ${COLUMNS} FROM import_jobs j WHERE CASE WHEN $2::uuid IS NULL THEN j.created_by = $1 ELSE j.course_id = $2 END ORDER BY j.created_at DESC, j.job_id LIMIT 20`, [userId, courseId]))

export type ReportRow = { n: number; path: string; outcome: Row['outcome']; note: string; line: number | null }
export const rowsOf = (sql: Sql, jobId: string, outcome: 'failed' | 'all', after: number, most: number) => sql<ReportRow>(
  `SELECT n, path, outcome, note, line FROM import_rows WHERE job_id = $1 AND n > $2 AND ($3 = 'all' OR outcome = $3) ORDER BY n LIMIT $4`, [jobId, after, outcome, most])

/** Whether somebody may write what has this slug in an organisation, and where that belongs; undefined where nothing has it. */
export const slugThere = async (sql: Sql, orgId: string, slug: string, userId: string) => (await sql<Place & { mayWrite: boolean; isCourse: boolean }>(
  `SELECT p.org_id AS "orgId", p.owner_node_id AS "nodeId", EXISTS (SELECT 1 FROM permissions_at($3, p.owner_node_id) AS m WHERE m = 'course.write') AS "mayWrite",
     EXISTS (SELECT 1 FROM courses c WHERE c.course_id = p.product_id) AS "isCourse"
   FROM products p WHERE p.org_id = $1 AND p.slug = $2`, [orgId, slug, userId]))[0]

/** What somebody has brought in, for their copy. */
export const exports = async (sql: Sql, userId: string) => ({
  imports: await sql('SELECT slug, mode, state, created_at AS "at" FROM import_jobs WHERE created_by = $1 ORDER BY created_at', [userId]),
})
