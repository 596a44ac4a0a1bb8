// What is in a database, as an archive has it: found in the catalogue, so that a new room is in it by itself.
import type { Column, Job, Queue } from './archive.ts'
import type { Sql } from './sql.ts'

/** What belongs to a database and not to what is in it: its ledger, and what its nodes must heed just now. */
const LEFT_OUT = ['_prisma_migrations', 'revocations']
/** What `lectern_settings` says of this very database. */
export const OWN_SETTINGS = ['epoch', 'memory', 'installation', 'unheard']
const SLICE_CHARS = 1_000_000
const MOST_ROWS = 1_000

export type Held = { table: string; columns: Column[]; source: string }

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** The tables that an archive has, with the columns that are not made from others. */
export async function tablesOf(sql: Sql): Promise<Held[]> {
  const found = await sql<{ table: string; columns: Column[] }>(
    `SELECT c.relname AS "table", jsonb_agg(jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1::text[])
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     GROUP BY c.relname ORDER BY c.relname`,
    [LEFT_OUT],
  )
  return found.map((t) => ({ ...t, source: `public.${quoted(t.table)}${t.table === 'lectern_settings' ? ` WHERE key NOT IN (${OWN_SETTINGS.map((k) => `'${k}'`).join(', ')})` : ''}` }))
}

export const countOf = async (sql: Sql, { source }: Held) => (await sql<{ n: number }>(`SELECT count(*) AS n FROM ${source}`))[0]!.n

/** The rows of a table, each as a JSON array of its columns' text, in slices of about a megabyte. Inside a transaction. */
export async function* rowsOf(sql: Sql, { columns, source }: Held): AsyncGenerator<string[]> {
  await sql(`DECLARE archived NO SCROLL CURSOR FOR SELECT array_to_json(ARRAY[${columns.map(([name]) => `${quoted(name)}::text`).join(', ')}])::text AS line FROM ${source}`)
  for (let ask = 20; ; ) {
    const lines = (await sql<{ line: string }>(`FETCH ${ask} FROM archived`)).map((row) => row.line)
    if (lines.length === 0) break
    yield lines
    const mean = lines.reduce((n, line) => n + line.length, 0) / lines.length
    ask = Math.max(1, Math.min(MOST_ROWS, ask * 4, Math.floor(SLICE_CHARS / mean)))
  }
  await sql('CLOSE archived')
}

const hasJobs = async (sql: Sql) => (await sql<{ there: boolean }>(`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`))[0]!.there
const OURS = String.raw`name NOT LIKE '\_\_pgboss\_\_%'`

/** The queues of the jobs, those that take another's failures first. */
export async function queuesOf(sql: Sql): Promise<Queue[]> {
  if (!(await hasJobs(sql))) return []
  const rows = await sql<{ queue: Queue }>(
    `SELECT jsonb_strip_nulls(jsonb_build_object('name', name, 'policy', policy, 'retryLimit', retry_limit, 'retryDelay', retry_delay, 'retryBackoff', retry_backoff,
       'expireInSeconds', expire_seconds, 'retentionMinutes', retention_minutes, 'deadLetter', dead_letter)) AS queue
     FROM pgboss.queue WHERE ${OURS} ORDER BY dead_letter IS NOT NULL, name`)
  return rows.map((row) => row.queue)
}

/** The jobs that are not yet done, in slices. A job that somebody works on just now is one of them: it is done at least once. */
export async function* jobsOf(sql: Sql): AsyncGenerator<Job[]> {
  if (!(await hasJobs(sql))) return
  await sql(
    `DECLARE waiting NO SCROLL CURSOR FOR
     SELECT jsonb_strip_nulls(jsonb_build_object('id', id, 'name', name, 'priority', priority, 'singletonKey', singleton_key,
       'startAfter', CASE WHEN start_after > now() THEN to_char(start_after AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END)) || jsonb_build_object('data', data) AS job
     FROM pgboss.job WHERE state < 'completed' AND ${OURS}`)
  for (;;) {
    const rows = await sql<{ job: Job }>('FETCH 200 FROM waiting')
    if (rows.length === 0) break
    yield rows.map((row) => row.job)
  }
  await sql('CLOSE waiting')
}

/** Forgets the jobs that are not yet done. */
export async function forgetJobs(sql: Sql) {
  if (await hasJobs(sql)) await sql(`DELETE FROM pgboss.job WHERE state < 'completed' AND ${OURS}`)
}
