// The server brings its database up to date at boot: the files of prisma/migrations in their order, each in one
// transaction, written down in Prisma's own table, so that `prisma migrate status` agrees. Many nodes may start at once, and
// older ones go on: a migration expands what is there, and the code before it still fits; one that begins with the line
// `-- contract` takes away what older code needs, and code that does not know it does not start any more.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'
import type { Sql } from './sql.ts'

const LOCK = 72_707_369
const PATIENCE = 120_000
const ASK_AGAIN = 250
// As Prisma's schema engine creates it.
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/** As much of a log as the database needs. */
export type BriefLog = Pick<Log, 'info' | 'warn'>

export type Migration = { name: string; text: string; checksum: string }
export type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/** The migrations of a folder (`<name>/migration.sql`), in order. `checksum`: sha256 of the file, in hex, as Prisma's. */
export function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'migration.sql'))).sort()
  if (!names.length) throw new Error(`There are no migrations in ${folder}: the installation is not complete.`)
  return names.map((name) => {
    const file = readFileSync(join(folder, name, 'migration.sql'))
    return { name, text: file.toString('utf8'), checksum: createHash('sha256').update(file).digest('hex') }
  })
}

/** Applies what is missing; with `upTo`, only what is named there. `connection` must be one session, and take several
 *  statements in a text without parameters. Throws where an applied migration was edited or never finished, where the
 *  database is too new for this code, or where another node goes on migrating for longer than `patience` (ms). */
export async function migrate(connection: Sql, folder: string, log: BriefLog, upTo?: readonly string[], patience = PATIENCE): Promise<void> {
  const migrations = migrationsIn(folder)
  await boundSession(connection)
  await underLock(connection, async () => {
    if (!(await hasLedger(connection))) await connection(LEDGER)
    const applied = await appliedTo(connection)
    const ahead = fits(applied, migrations, await contractOf(connection))
    if (ahead.length > 0) log.info({ ahead }, `the database is ahead by ${ahead.length} migration${ahead.length > 1 ? 's' : ''}; this version still fits`)
    const done = new Set(applied.map((row) => row.migration_name))
    for (const migration of migrations)
      if (!done.has(migration.name) && (upTo?.includes(migration.name) ?? true)) await apply(connection, migration, log)
  }, patience)
}

/** Runs `work` while no other session migrates or restores. May be nested in one session. */
export async function underLock<T>(connection: Sql, work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  for (const until = Date.now() + patience; ; await sleep(ASK_AGAIN)) {
    const [row] = await connection<{ mine: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS mine`)
    if (row?.mine) break
    if (Date.now() >= until) throw new Error(`Another node has been migrating or restoring this database for ${Math.round(patience / 1000)} s. Look at what it does, and start again when it is done.`)
  }
  try {
    return await work()
  } finally {
    await connection(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {}) // a lost session has let go of it anyway
  }
}

/** What was applied, in order; nothing where nothing ever was. */
export async function appliedTo(connection: Sql): Promise<Applied[]> {
  if (!(await hasLedger(connection))) return []
  return connection<Applied>('SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name')
}

/** The last migration that took something away, if any did. */
export async function contractOf(connection: Sql): Promise<string | undefined> {
  const [there] = await connection<{ there: boolean }>(`SELECT to_regclass('lectern_settings') IS NOT NULL AS there`)
  if (!there?.there) return undefined
  return (await connection<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'contract'`))[0]?.value
}

/** The applied migrations that this code does not know. Throws one sentence where the two do not fit. */
export function fits(applied: readonly Applied[], migrations: readonly Migration[], contract: string | undefined): string[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { migration_name: name, checksum, finished_at } of applied) {
    if (!finished_at) throw new Error(`Migration ${name} was begun on this database and never finished. Mend it by hand, then say so with "npm run migrate -- resolve".`)
    if ((known.get(name)?.checksum ?? checksum) !== checksum)
      throw new Error(`Migration ${name} was edited after it had been applied to this database. Put the file back as it was, and write a new migration instead.`)
  }
  if (contract !== undefined && !known.has(contract))
    throw new Error(`The database is newer than this code: it has migration ${contract}, which this version does not know. Start the version that made it, or a later one.`)
  return applied.map((row) => row.migration_name).filter((name) => !known.has(name))
}

const hasLedger = async (connection: Sql) => (await connection<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`))[0]?.there === true

// A node that hangs while it migrates loses its session, and with it the lock. The embedded database has only one session,
// which is the process itself: it must not lose that.
async function boundSession(connection: Sql) {
  const [row] = await connection<{ type: string }>('SELECT backend_type AS type FROM pg_stat_activity WHERE pid = pg_backend_pid()')
  if (row?.type === 'client backend') await connection(`SET idle_in_transaction_session_timeout = '60s'; SET idle_session_timeout = '60s'`)
}

async function apply(connection: Sql, { name, text, checksum }: Migration, log: BriefLog) {
  const began = performance.now()
  await connection('BEGIN')
  try {
    await connection(text)
    await connection(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    if (/^-- contract\b/.test(text)) await connection(`INSERT INTO lectern_settings (key, value) VALUES ('contract', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, [name])
    await connection('COMMIT')
  } catch (cause) {
    await connection('ROLLBACK').catch(() => {}) // the cause says more
    throw new Error(`Migration ${name} failed and was taken back: ${reason(cause)}`, { cause })
  }
  log.info({ migration: name, ms: Math.round(performance.now() - began) }, 'migration applied')
}

function reason(cause: unknown): string {
  const { code, message } = cause as { code?: string; message: string }
  if (code === '42501' && /extension/.test(message))
    return `${message}. Let a superuser run "CREATE EXTENSION IF NOT EXISTS vector; CREATE EXTENSION IF NOT EXISTS ltree;" in this database once.`
  if (/extension .* is not available|extension control file/.test(message))
    return `${message}. The server needs PostgreSQL with pgvector and ltree (the postgresql-contrib and pgvector packages).`
  return message
}
