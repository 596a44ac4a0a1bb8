// The rows of an archive, put in the place of those that are there: inside one transaction of the caller's, so all or nothing.
// Rows come in any order, so references are looked at when all are there.
import { randomUUID } from 'node:crypto'
import PgBoss from 'pg-boss'
import type { Column, Job, Part, Queue } from './archive.ts'
import type { Sql } from './sql.ts'
import { forgetJobs, type Held, OWN_SETTINGS, quoted, tablesOf } from './tables.ts'

const SLICE_CHARS = 1_000_000

/** Where the parts of an archive go that are not rows or jobs. */
export type Uploads = { file(path: string): Promise<void>; bytes(bytes: Buffer): Promise<void> }
export type Boss = { insert(sql: Sql, jobs: Job[]): Promise<void> }

/** The job tables, and the queues of an archive in them. Before the transaction: it makes tables. */
export async function openBoss(sql: Sql, queues: readonly Queue[]): Promise<Boss> {
  const over = (speak: Sql) => ({ executeSql: async (text: string, values: unknown[] = []) => ({ rows: await speak(text, values) }) })
  const boss = new PgBoss({ db: over(sql), schema: 'pgboss', supervise: false, schedule: false })
  boss.on('error', () => {}) // nothing runs in it: what fails is thrown where it was asked
  await boss.start()
  for (const queue of queues) await boss.createQueue(queue.name, queue as never)
  await boss.stop({ graceful: false, wait: false, close: false } as never)
  return { insert: async (speak, jobs) => void (await boss.insert(jobs as never, { db: over(speak) } as never)) }
}

/** Loads the parts. Throws, so that the caller takes everything back, where a row does not fit or a reference leads nowhere. */
export async function load(sql: Sql, parts: AsyncIterable<Part>, boss: Boss, uploads: Uploads, said: (table: string, rows: number) => void): Promise<void> {
  const tables = await tablesOf(sql)
  await empty(sql, tables)
  const tie = await untie(sql)
  let into: Into | undefined
  let jobs: Job[] = []
  const flush = async () => {
    await into?.flush()
    if (jobs.length > 0) await boss.insert(sql, jobs.splice(0))
  }
  for await (const part of parts) {
    if ('lines' in part) {
      await into!.take(part.lines)
      said(into!.table, part.lines.length)
      continue
    }
    if (!('job' in part) || jobs.length >= 200) await flush()
    if ('table' in part) {
      into = openInto(sql, tables, part)
      said(part.table, 0)
    } else if ('job' in part) jobs.push(part.job)
    else if ('file' in part) {
      said('uploads', 0)
      await uploads.file(part.file)
    } else if ('bytes' in part) await uploads.bytes(part.bytes)
  }
  await flush()
  await tie()
  await advance(sql, tables)
  // Whoever is connected, or comes back, has seen another past: a new epoch has them take a fresh snapshot.
  await sql(`INSERT INTO lectern_settings (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, [randomUUID()])
}

async function empty(sql: Sql, tables: readonly Held[]) {
  const others = tables.filter((t) => t.table !== 'lectern_settings')
  if (others.length > 0) await sql(`TRUNCATE ${others.map((t) => `public.${quoted(t.table)}`).join(', ')}`)
  await sql('DELETE FROM lectern_settings WHERE key <> ALL ($1::text[])', [OWN_SETTINGS])
  await forgetJobs(sql)
}

/** Lets references wait, and keeps triggers from doing again what they did to these rows before. Returns how to look at all
 *  of them and put everything back. */
async function untie(sql: Sql): Promise<() => Promise<void>> {
  const keys = await sql<{ name: string; on: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS "on" FROM pg_constraint
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0 AND NOT condeferrable`)
  const triggers = await sql<{ name: string; on: string }>(
    `SELECT tgname AS name, tgrelid::regclass::text AS "on" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled = 'O' AND c.relnamespace = 'public'::regnamespace`)
  const each = async (text: (key: string, on: string) => string, list: typeof keys) => { for (const { name, on } of list) await sql(text(quoted(name), on)) }
  await each((key, on) => `ALTER TABLE ${on} ALTER CONSTRAINT ${key} DEFERRABLE INITIALLY DEFERRED`, keys)
  await each((trigger, on) => `ALTER TABLE ${on} DISABLE TRIGGER ${trigger}`, triggers)
  await sql('SET CONSTRAINTS ALL DEFERRED')
  return async () => {
    await sql('SET CONSTRAINTS ALL IMMEDIATE')
    await each((trigger, on) => `ALTER TABLE ${on} ENABLE TRIGGER ${trigger}`, triggers)
    await each((key, on) => `ALTER TABLE ${on} ALTER CONSTRAINT ${key} NOT DEFERRABLE`, keys)
  }
}

type Into = { table: string; take(lines: string[]): Promise<void>; flush(): Promise<void> }

function openInto(sql: Sql, tables: readonly Held[], { table, columns }: { table: string; columns: Column[] }): Into {
  const here = tables.find((t) => t.table === table)
  const types = new Map(here?.columns)
  const lost = columns.find(([name]) => !types.has(name))
  if (!here || lost) throw new Error(`The backup has ${here ? `the column ${table}.${lost![0]}` : `the table ${table}`}, which this database has not. Nothing was changed.`)
  const names = columns.map(([name]) => quoted(name)).join(', ')
  const values = columns.map(([name], i) => `(r->>${i})::${types.get(name)}`).join(', ')
  const text = `INSERT INTO public.${quoted(table)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS r`
  let held: string[] = []
  let chars = 0
  const flush = async () => {
    if (held.length > 0) await sql(text, [`[${held.join(',')}]`]).catch((error: Error) => { throw new Error(`A row of ${table} does not fit this database: ${error.message}. Nothing was changed.`, { cause: error }) })
    held = []
    chars = 0
  }
  return {
    table, flush,
    async take(lines) {
      for (const line of lines) {
        held.push(line)
        if ((chars += line.length) > SLICE_CHARS) await flush()
      }
    },
  }
}

// With ALTER SEQUENCE, since setval would stay when everything else is taken back.
async function advance(sql: Sql, tables: readonly Held[]) {
  const owned = await sql<{ sequence: string; on: string; column: string }>(
    `SELECT s.oid::regclass::text AS sequence, t.oid::regclass::text AS "on", a.attname AS column
     FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
     JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
     WHERE s.relkind = 'S' AND t.relnamespace = 'public'::regnamespace AND t.relname = ANY ($1::text[])`,
    [tables.map((t) => t.table)])
  for (const { sequence, on, column } of owned) {
    const [row] = await sql<{ next: string | null }>(`SELECT (max(${quoted(column)}) + 1)::text AS next FROM ${on}`)
    await sql(`ALTER SEQUENCE ${sequence} RESTART${row?.next ? ` WITH ${row.next}` : ''}`)
  }
}
