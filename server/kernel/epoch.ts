// The epoch is the name of a database's unbroken memory. A client that has heard of another epoch must start again from
// a fresh snapshot. The embedded database does not wait for the disk, so a stop that was not clean may have forgotten
// what was already told: then a new epoch begins.
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Sql } from './sql.ts'

/** A database that is open and up to date, and the name of its unbroken memory. */
export type Opened = Database & { epoch: string }

const mark = (dir: string) => join(dir, 'stopped-clean')

/** The epoch of this database, made when missing, and made anew when `forgetful`, or when its `memory` is not the one it
 *  had (null: not known, and not asked). */
export async function epochOf(sql: Sql, forgetful: boolean, memory: string | null = null): Promise<string> {
  const kept = await sql<{ value: string }>(
    `WITH other AS (
       INSERT INTO lectern_settings AS m (key, value) SELECT 'memory', $3::text WHERE $3::text IS NOT NULL
       ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE m.value <> excluded.value RETURNING xmax <> 0 AS was
     )
     INSERT INTO lectern_settings AS s (key, value) VALUES ('epoch', $1)
     ON CONFLICT (key) DO UPDATE SET value = CASE WHEN $2::boolean OR (SELECT bool_or(was) FROM other) THEN excluded.value ELSE s.value END RETURNING value`,
    [randomUUID(), forgetful, memory],
  )
  return kept[0]!.value
}

/** Which cluster of PostgreSQL this is, and on which timeline: both change where its memory may have gaps (a copy was brought
 *  up elsewhere, a standby took over, it was recovered to a point in time). Null where the server does not tell. Throws
 *  on a standby, which cannot be written to. */
export async function memoryOf(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby')
  if (row?.standby) throw new Error('this server is a standby, and cannot be written to')
  return sql<{ memory: string }>(`SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS memory`)
    .then(([found]) => found?.memory ?? null, (error: { code?: string }) => { if (error.code === '42501' || error.code === '42883') return null; throw error })
}

/** Whether the last stop of the embedded database in `dir` was clean; from now on it is not. */
export function takeCleanMark(dir: string): boolean {
  const clean = existsSync(mark(dir))
  rmSync(mark(dir), { force: true })
  sync(dir)
  return clean
}

/** Says that everything in `dir` has reached the disk. A file, not a row: a row could be lost with what it vouches for. */
export function leaveCleanMark(dir: string) {
  writeFileSync(mark(dir), 'The embedded database was closed, and everything is on disk.\n', { flush: true })
  sync(dir)
}

/** Waits until a file, or a folder and all that is in it, is on disk. */
export function sync(path: string, deep = false) {
  if (deep) for (const entry of readdirSync(path, { withFileTypes: true })) sync(join(path, entry.name), entry.isDirectory())
  const handle = openSync(path, 'r')
  try { fsyncSync(handle) } finally { closeSync(handle) }
}
