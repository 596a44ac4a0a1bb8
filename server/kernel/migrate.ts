// The server brings its database up to date at boot: the files of prisma/migrations in their order, each in one
// transaction, written down in Prisma's own table, so that `prisma migrate status` agrees. Many nodes may start at once.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './log.ts'
import type { Sql } from './sql.ts'

const LOCK = 72_707_369
// As Prisma's schema engine creates it.
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/** As much of a log as the database needs. */
export type BriefLog = Pick<Log, 'info' | 'warn'>

type Migration = { name: string; text: string; checksum: string }
type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/** The migrations of a folder (`<name>/migration.sql`), in order. `checksum`: sha256 of the file, in hex, as Prisma's. */
export function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'migration.sql'))).sort()
  if (!names.length) throw new Error(`There are no migrations in ${folder}: the installation is not complete.`)
  return names.map((name) => {
    const file = readFileSync(join(folder, name, 'migration.sql'))
    return { name, text: file.toString('utf8'), checksum: createHash('sha256').update(file).digest('hex') }
  })
}

/** Applies what is missing. `connection` must be one session, and take several statements in a text without parameters.
 *  Throws where an applied migration was edited, is unknown to this code, or never finished. */
export async function migrate(connection: Sql, folder: string, log: BriefLog): Promise<void> {
  const migrations = migrationsIn(folder)
  await connection(`SELECT pg_advisory_lock(${LOCK})`)
  try {
    const found = await connection<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
    if (!found[0]?.there) await connection(LEDGER)
    const applied = await connection<Applied>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
    )
    for (const row of applied) check(row, migrations)
    const done = new Set(applied.map((row) => row.migration_name))
    for (const migration of migrations) if (!done.has(migration.name)) await apply(connection, migration, log)
  } finally {
    await connection(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {}) // a lost session has let go of it anyway
  }
}

function check(row: Applied, migrations: Migration[]) {
  const name = row.migration_name
  const known = migrations.find((migration) => migration.name === name)
  if (!known)
    throw new Error(`The database is newer than this code: it has migration ${name}, which this version does not know. Start the version that made it, or a later one.`)
  if (!row.finished_at)
    throw new Error(`Migration ${name} was begun on this database and never finished. Mend it by hand, then say so with "npm run migrate -- resolve".`)
  if (known.checksum !== row.checksum)
    throw new Error(`Migration ${name} was edited after it had been applied to this database. Put the file back as it was, and write a new migration instead.`)
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
