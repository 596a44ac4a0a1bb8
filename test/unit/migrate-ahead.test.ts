// Expand, then contract, while old nodes serve; and no wait without an end.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#kernel/database'
import { migrate, underLock } from '#kernel/migrate'
import { openServer, type Session } from '#kernel/session'
import { ROOT } from '../../server/app.ts'
import { freePort, starts } from '../helpers/process.ts'
import { freshPostgres, SERVER } from '../helpers/world.ts'

const MIGRATIONS = join(ROOT, 'prisma/migrations')
const temp = mkdtempSync(join(tmpdir(), 'lectern-ahead-'))
afterAll(() => rmSync(temp, { recursive: true }))

function plus(more: Record<string, string>): string {
  const folder = mkdtempSync(join(temp, 'migrations-'))
  cpSync(MIGRATIONS, folder, { recursive: true })
  for (const [name, text] of Object.entries(more)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'migration.sql'), text)
  }
  return folder
}
const EXPAND = { '9001_expand': 'CREATE TABLE wider (n int);' }
const CONTRACT = { ...EXPAND, '9002_contract': '-- contract: nobody reads this any more\nDROP TABLE wider;' }
const LATER = { ...CONTRACT, '9003_expand_again': 'CREATE TABLE widest (n int);' }

describe.each(['pglite', ...(SERVER ? ['postgres'] : [])])('on %s', (on) => {
  let place: { url?: string; dir: string }
  let drop = async () => {}
  const told: { ahead?: string[]; text: string }[] = []
  const log = { info: (more: object, text: string) => void told.push({ ...more, text }), warn() {} }
  const start = async (migrations: string) => (await openDatabase({ ...place, migrations, log: log as never })).close()
  beforeAll(async () => {
    place = { dir: mkdtempSync(join(temp, 'data-')) }
    if (on !== 'postgres') return
    const fresh = await freshPostgres()
    drop = fresh.drop
    place.url = fresh.url
  })
  afterAll(() => drop())

  test('[OP8] older code starts on a database that newer code has expanded, and says so', async () => {
    await start(plus(EXPAND))
    told.length = 0
    await start(MIGRATIONS)
    expect(told.filter((line) => line.ahead)).toEqual([{ ahead: ['9001_expand'], text: 'the database is ahead by 1 migration; this version still fits' }])
  }, 30_000)

  test('[OP8] code that does not know what was taken away does not start any more; code that does, starts', async () => {
    await start(plus(LATER))
    await expect(start(MIGRATIONS)).rejects.toThrow('The database is newer than this code: it has migration 9002_contract, which this version does not know')
    await expect(start(plus(EXPAND))).rejects.toThrow('newer than this code')
    told.length = 0
    await start(plus(CONTRACT))
    expect(told.map((line) => line.ahead)).toEqual([['9003_expand_again']])
    await start(plus(LATER))
  }, 60_000)
})

describe.runIf(SERVER)('many nodes', () => {
  let fresh: Awaited<ReturnType<typeof freshPostgres>>
  let one: Session
  let two: Session
  const quiet = { info() {}, warn() {} }
  beforeAll(async () => {
    fresh = await freshPostgres()
    one = await openServer(fresh.url)
    two = await openServer(fresh.url)
  })
  afterAll(async () => {
    await one.close()
    await two.close()
    await fresh.drop()
  })

  test('[OP9] of which one migrates for long: the other says so and gives up, and comes in when it is done', async () => {
    await underLock(one.sql, async () => {
      await expect(migrate(two.sql, MIGRATIONS, quiet, undefined, 600)).rejects.toThrow(/Another node has been migrating or restoring this database for 1 s/)
    })
    await migrate(two.sql, MIGRATIONS, quiet)
    await migrate(one.sql, MIGRATIONS, quiet)
  })

  test('[OP9] the lock is let go of when a migration fails, and may be taken twice by one session', async () => {
    await expect(migrate(one.sql, plus({ '9001_bad': 'SELECT 1/0;' }), quiet)).rejects.toThrow('9001_bad failed and was taken back')
    await underLock(two.sql, () => migrate(two.sql, MIGRATIONS, quiet))
    expect(await one.sql(`SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`)).toEqual([{ n: 0 }])
  })

  test('[OP9] a node that hangs while it migrates loses its session after a minute', async () => {
    await migrate(one.sql, MIGRATIONS, quiet)
    expect(await one.sql(`SELECT current_setting('idle_in_transaction_session_timeout') AS inside, current_setting('idle_session_timeout') AS outside`)).toEqual([{ inside: '1min', outside: '1min' }])
  })

  test('[OP9] two that start together on an empty database both come up, and each migration was applied once', async () => {
    const { url, drop } = await freshPostgres()
    const env = { DATABASE_URL: url, JWT_SECRET: 'x'.repeat(40) }
    const nodes = await Promise.allSettled([await freePort(), await freePort()].map((port) => starts({ ...env, PUBLIC_URL: `http://127.0.0.1:${port}` }, port)))
    try {
      expect(nodes.map((node) => (node.status === 'rejected' ? node.reason : 'up'))).toEqual(['up', 'up'])
      const session = await openServer(url)
      const rows = await session.sql('SELECT migration_name AS name, count(*) AS n FROM _prisma_migrations GROUP BY 1 ORDER BY 1').finally(() => session.close())
      expect(rows).toEqual(readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name)).sort().map((name) => ({ name, n: 1 })))
    } finally {
      await Promise.all(nodes.map((node) => node.status === 'fulfilled' && node.value.kill('SIGTERM')))
      await drop()
    }
  }, 90_000)
})
