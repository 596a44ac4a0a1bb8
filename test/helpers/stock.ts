// A PostgreSQL database that every room has been opened on once, to be copied: making its tables takes over a second, a copy a
// fraction of that. It belongs to these migrations, and is made by the first who asks.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type pg from 'pg'
import { migrationsIn } from '#kernel/migrate'
import { ROOT } from '../../server/app.ts'

const { version } = createRequire(import.meta.url)('pg-boss/package.json') as { version: string }
let mine: Promise<string> | undefined

/** The name of the database to copy. `furnish` makes the tables in the empty database of that name, and leaves nobody in it. */
export const stock = (admin: () => Promise<pg.Client>, furnish: (name: string) => Promise<void>): Promise<string> => (mine ??= stocked(admin, furnish))

async function stocked(admin: () => Promise<pg.Client>, furnish: (name: string) => Promise<void>): Promise<string> {
  const from = [version, ...migrationsIn(join(ROOT, 'prisma/migrations')).map((m) => m.checksum)].join()
  const name = `lectern_stock_${createHash('sha256').update(from).digest('hex').slice(0, 16)}`
  const client = await admin()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('lectern_stock'))`)
    if ((await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${name}_new WITH (FORCE)`)
      await client.query(`CREATE DATABASE ${name}_new`)
      await furnish(`${name}_new`)
      await client.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`)
    }
    return name
  } finally {
    await client.end()
  }
}
