// The database speaks alike on PGlite and on PostgreSQL (where TEST_DATABASE_URL names a server), and refuses aloud what
// would otherwise hang, leak or be lost.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Opened, openDatabase } from '#kernel/database'
import { memoryOf } from '#kernel/epoch'
import { encode } from '#kernel/values'
import { freshPostgres, SERVER } from '../helpers/world.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')
const log = { info() {}, warn() {}, error() {} }

/** A copy of the first migrations, to be edited. */
function someMigrations(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-migrations-'))
  for (const name of readdirSync(MIGRATIONS).sort().filter((name) => /^\d/.test(name)).slice(0, count)) {
    mkdirSync(join(folder, name))
    copyFileSync(join(MIGRATIONS, name, 'migration.sql'), join(folder, name, 'migration.sql'))
  }
  return folder
}

const worlds = ['pglite', ...(SERVER ? ['postgres'] : [])] as const

describe.each(worlds)('on %s', (world) => {
  let db: Opened
  let server: Awaited<ReturnType<typeof freshPostgres>> | undefined
  const open = (migrations = MIGRATIONS) => openDatabase({ url: server?.url, dir: 'memory://', migrations, log })

  beforeAll(async () => {
    if (world === 'postgres') server = await freshPostgres()
    db = await open()
  }, 30_000)
  afterAll(async () => {
    await db?.close()
    await server?.drop()
  })

  it('gives and takes the same types', async () => {
    const at = new Date('2026-03-04T05:06:07.089Z')
    const id = randomUUID()
    const [row] = await db.sql(
      `SELECT $1::int8 AS big, $2::timestamptz AS at, $3::jsonb AS body, $4::uuid AS id, $5::bool AS yes, $6::bytea AS bytes,
              $7::float8 AS half, $8::date AS day, count(*) AS n, sum(2::int8) AS total, $9::text AS nothing FROM (VALUES (1), (2)) v`,
      [9_007_199_254_740_991, at, { a: [1, 'b', null], text: 'it\'s "so" \\' }, id, true, Buffer.from([0, 255, 92]), 0.5, '2026-03-04', null],
    )
    expect(row).toEqual({
      big: 9_007_199_254_740_991, at, body: { a: [1, 'b', null], text: 'it\'s "so" \\' }, id, yes: true, bytes: Buffer.from([0, 255, 92]),
      half: 0.5, day: '2026-03-04', n: 2, total: 4, nothing: null,
    })
  })

  it('takes arrays as they are, and gives them back', async () => {
    const ids = [randomUUID(), randomUUID()]
    const texts = ['plain', 'with "quotes", {braces} and \\', '', 'NULL', null, 'zwei\nZeilen']
    const [row] = await db.sql(
      `SELECT $1::uuid[] AS ids, $2::text[] AS texts, $3::int[] AS numbers, $4::int8[] AS big, $5::timestamptz[] AS times,
              $6::jsonb[] AS bodies, $7::bool[] AS flags, $8::text[] AS none, $9::float8[] AS halves, ARRAY[1.5]::numeric[] AS exact`,
      [ids, texts, [1, null, -3], [7], [new Date(0)], [{ a: 1 }, null], [true, false], [], [0.5]],
    )
    expect(row).toEqual({ ids, texts, numbers: [1, null, -3], big: [7], times: [new Date(0)], bodies: [{ a: 1 }, null], flags: [true, false], none: [], halves: [0.5], exact: [1.5] })
    expect(await db.sql('SELECT * FROM unnest($1::uuid[], $2::text[]) AS t (id, text)', [ids, ['a', null]])).toEqual([{ id: ids[0], text: 'a' }, { id: ids[1], text: null }])
  })

  it('takes jsonb as an object or as JSON text; strings and arrays only as JSON text', async () => {
    const kept = async (value: unknown) => (await db.sql('SELECT $1::jsonb AS v', [value]))[0]!.v
    expect(await kept({ a: 1 })).toEqual({ a: 1 })
    expect(await kept(JSON.stringify('text'))).toBe('text')
    expect(await kept(JSON.stringify([1, 2]))).toEqual([1, 2])
    await expect(kept('text')).rejects.toMatchObject({ code: '22P02' })
    await expect(kept([1, 2])).rejects.toMatchObject({ code: '22P02' })
  })

  it('takes several statements in a text without parameters, and gives the rows of the last', async () => {
    expect(await db.sql(`CREATE TABLE several (n int); INSERT INTO several VALUES (1), (2); SELECT n FROM several ORDER BY n`)).toEqual([{ n: 1 }, { n: 2 }])
    await expect(db.sql('BEGIN; INSERT INTO several VALUES (3); SELECT 1/0; COMMIT;')).rejects.toMatchObject({ code: '22012' })
    expect(await db.sql('SELECT count(*) AS n FROM several')).toEqual([{ n: 2 }])
    await db.sql('BEGIN; INSERT INTO several VALUES (3); COMMIT;')
    expect(await db.sql('SELECT count(*) AS n FROM several')).toEqual([{ n: 3 }])
  })

  it('says what was wrong by code and constraint, and keeps the values out of the log', async () => {
    await db.sql(`INSERT INTO org (org_id, slug, name) VALUES ($1, 'twice', 'x')`, [randomUUID()])
    const error = await db.sql(`INSERT INTO org (org_id, slug, name) VALUES ($1, $2, 'secret answer')`, [randomUUID(), 'twice']).catch((e) => e)
    expect(error).toMatchObject({ code: '23505', constraint: 'org_slug_key' })
    expect(JSON.stringify({ ...error })).not.toMatch(/secret answer|twice/)
  })

  it('saves a transaction whole or not at all', async () => {
    await db.sql('CREATE TABLE whole (n int)')
    expect(await db.transaction(async (sql) => { await sql('INSERT INTO whole VALUES (1)'); return 'done' })).toBe('done')
    await expect(db.transaction(async (sql) => { await sql('INSERT INTO whole VALUES (2)'); throw new Error('changed my mind') })).rejects.toThrow('changed my mind')
    await expect(db.transaction(async (sql) => { await Promise.all([sql('INSERT INTO whole VALUES (3)'), sql('SELECT 1/0'), sql('INSERT INTO whole VALUES (4)')]) })).rejects.toMatchObject({ code: '22012' })
    expect(await db.sql('SELECT n FROM whole')).toEqual([{ n: 1 }])
  })

  it('does not call a transaction saved whose failure was swallowed, unless a savepoint caught it', async () => {
    await db.sql('CREATE TABLE swallowed (n int)')
    await expect(db.transaction(async (sql) => {
      await sql('INSERT INTO swallowed VALUES (1)')
      await sql('SELECT 1/0').catch(() => {})
    })).rejects.toThrow('nothing of it was saved')
    await db.transaction(async (sql) => {
      await sql('INSERT INTO swallowed VALUES (2); SAVEPOINT s')
      await sql('SELECT 1/0').catch(() => {})
      await sql('ROLLBACK TO s')
    })
    expect(await db.sql('SELECT n FROM swallowed')).toEqual([{ n: 2 }])
  })

  it('shows one consistent picture, which nobody may write in', async () => {
    expect(await db.picture(async (sql) => (await sql('SELECT count(*) AS n FROM auth_role'))[0]!.n)).toBe(6)
    await expect(db.picture((sql) => sql(`DELETE FROM auth_role`))).rejects.toMatchObject({ code: '25006' })
  })

  it('refuses inside a transaction whatever would wait for it', async () => {
    for (const inside of [db.transaction, db.picture] as const)
      await inside(async (sql) => {
        await expect(db.sql('SELECT 1')).rejects.toThrow('database.sql was called inside a transaction')
        await expect(db.transaction(async () => 1)).rejects.toThrow('database.transaction was called inside a transaction')
        await expect(db.picture(async () => 1)).rejects.toThrow('database.picture was called inside a transaction')
        await expect(db.prisma.authRole.findMany()).rejects.toThrow('prisma.authRole.findMany was called inside a transaction')
        await expect(db.prisma.$queryRaw`SELECT 1`).rejects.toThrow('prisma.$queryRaw was called inside a transaction')
        expect(await sql('SELECT 1 AS n')).toEqual([{ n: 1 }])
      })
  })

  it('does not refuse work that a transaction started and that runs after it', async () => {
    let later: Promise<unknown> | undefined
    let kept: typeof db.sql | undefined
    const ended = deferred()
    await db.transaction(async (sql) => {
      kept = sql
      later = (async () => { await ended.promise; return db.sql('SELECT 2 AS n') })()
    })
    ended.resolve(undefined)
    expect(await later).toEqual([{ n: 2 }])
    await expect(kept!('SELECT 1')).rejects.toThrow('This transaction has ended')
  })

  it('lets many ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? db.sql('SELECT $1::int AS n', [n]) : db.transaction((sql) => sql('SELECT $1::int AS n', [n])))))
    expect(asked.map((rows) => rows[0]!.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  })

  it('has Prisma over the same tables', async () => {
    const orgId = randomUUID()
    await db.prisma.org.create({ data: { orgId, slug: `p-${orgId}`, name: 'Prisma' } })
    expect(await db.sql('SELECT name FROM org WHERE org_id = $1', [orgId])).toEqual([{ name: 'Prisma' }])
    const at = new Date('2026-06-07T08:09:10.011Z')
    await db.prisma.fact.create({ data: { factId: randomUUID(), type: 'org.made', about: orgId, at, body: { by: ['a'] } } })
    expect(await db.prisma.fact.findMany({ where: { about: orgId }, select: { at: true, body: true } })).toEqual([{ at, body: { by: ['a'] } }])
    expect(await db.sql('SELECT at, body FROM facts WHERE about = $1', [orgId])).toEqual([{ at, body: { by: ['a'] } }])
    expect(() => db.prisma.$transaction([])).toThrow('use database.transaction')
  })

  it('writes down its migrations as Prisma does, and changes nothing when opened again', async () => {
    const rows = await db.sql('SELECT migration_name, length(checksum) AS length, finished_at IS NOT NULL AS finished, applied_steps_count AS steps FROM _prisma_migrations ORDER BY migration_name')
    expect(rows).toEqual(readdirSync(MIGRATIONS).sort().filter((name) => /^\d/.test(name)).map((name) => ({ migration_name: name, length: 64, finished: true, steps: 1 })))
  })

  it('has the extensions', async () => {
    expect(await db.sql(`SELECT 'a.b'::ltree <@ 'a'::ltree AS below, '[1,2]'::vector <-> '[1,3]'::vector AS far`)).toEqual([{ below: true, far: 1 }])
  })
})

describe.runIf(SERVER)('PostgreSQL at the start', () => {
  it('migrates once when two nodes start together, and keeps one epoch', async () => {
    const { url, drop } = await freshPostgres()
    const nodes = await Promise.all([1, 2, 3].map(() => openDatabase({ url, dir: '', migrations: MIGRATIONS, log })))
    expect(new Set(nodes.map((node) => node.epoch)).size).toBe(1)
    expect(await nodes[0]!.sql('SELECT count(*) AS n FROM _prisma_migrations')).toEqual([{ n: readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name)).length }])
    await Promise.all(nodes.map((node) => node.close()))
    await drop()
  })

  it('[NO11] begins a new epoch where it finds itself on another cluster or timeline, and says no to a standby', async () => {
    const server = await freshPostgres()
    const open = () => openDatabase({ url: server.url, dir: '', migrations: MIGRATIONS, log })
    const first = await open()
    const again = await open()
    expect(again.epoch).toBe(first.epoch)
    await first.sql(`UPDATE lectern_settings SET value = replace(value, '/', '9/') WHERE key = 'memory'`)
    const moved = await open()
    expect(moved.epoch).not.toBe(first.epoch)
    expect((await open()).epoch).toBe(moved.epoch)
    await server.drop()
    await expect(memoryOf((async () => [{ standby: true }]) as never)).rejects.toThrow('standby')
  }, 30_000)

  it('[NO12] takes the locks from who hangs inside a transaction, after about a second', async () => {
    const server = await freshPostgres()
    const [one, other] = await Promise.all([0, 1].map(() => openDatabase({ url: server.url, dir: '', migrations: MIGRATIONS, log })))
    let goesOn = () => {}
    let locked = () => {}
    const isLocked = new Promise<void>((done) => { locked = done })
    const hangs = one!.transaction(async (sql) => {
      await sql(`UPDATE lectern_settings SET value = value WHERE key = 'epoch'`)
      locked()
      await new Promise<void>((done) => { goesOn = done })
      await sql('SELECT 1')
    })
    hangs.catch(() => {})
    await isLocked
    const began = performance.now()
    await other!.transaction((sql) => sql(`UPDATE lectern_settings SET value = value WHERE key = 'epoch'`))
    expect(performance.now() - began).toBeLessThan(3_000)
    goesOn()
    await expect(hangs).rejects.toThrow() // what it held is lost to it, and it hears so
    await one!.sql('SELECT 1')
    await Promise.all([one!.close(), other!.close()])
    await server.drop()
  }, 30_000)

  it('stops where an applied migration was edited or fails, and takes the failed one back', async () => {
    const { url, drop } = await freshPostgres()
    const migrations = someMigrations(2)
    const start = async () => (await openDatabase({ url, dir: '', migrations, log })).close()
    await start()
    const [first] = readdirSync(migrations).sort() as [string]

    mkdirSync(join(migrations, '9999_bad'))
    writeFileSync(join(migrations, '9999_bad/migration.sql'), 'CREATE TABLE half (n int);\nSELECT 1/0;')
    await expect(start()).rejects.toThrow('Migration 9999_bad failed and was taken back: division by zero')
    writeFileSync(join(migrations, '9999_bad/migration.sql'), 'CREATE TABLE half (n int);')
    await start() // nothing of the failed attempt is in the way

    appendFileSync(join(migrations, first, 'migration.sql'), '\n-- edited')
    await expect(start()).rejects.toThrow(`Migration ${first} was edited`)
    rmSync(migrations, { recursive: true })
    await drop()
  })

  it('says in one sentence why it cannot start, and never the password', async () => {
    const start = (url: string) => openDatabase({ url, dir: '', migrations: MIGRATIONS, log }).then(() => 'started', (error: Error) => error.message)
    expect(await start('mysql://a:hush@b/c')).toMatch('DATABASE_URL is not the address of a PostgreSQL database')
    expect(await start('nonsense')).toMatch('DATABASE_URL is not')
    expect(await start('postgresql://a:hush@127.0.0.1:1/c')).toMatch(/^The database at 127\.0\.0\.1:1\/c cannot be used: nobody listens there/)
    expect(await start('postgresql://a:hush@no.such.host.invalid/c')).toMatch(/no\.such\.host\.invalid\/c cannot be used: the host name/)
    const absent = new URL(SERVER!)
    absent.pathname = '/no_such_database'
    expect(await start(absent.href)).toMatch('there is no database of that name')
    absent.username = 'nobody_of_that_name'
    absent.password = 'hush'
    expect(await start(absent.href)).not.toMatch('hush')
  })

  it('tells a plain user which extensions a superuser has to make', async () => {
    const { url, drop } = await freshPostgres()
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    const role = `plain_${randomUUID().replaceAll('-', '')}`
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'hush'; GRANT ALL ON SCHEMA public TO ${role}`)
    const plain = new URL(url)
    plain.username = role
    plain.password = 'hush'
    await expect(openDatabase({ url: plain.href, dir: '', migrations: MIGRATIONS, log })).rejects.toThrow(/Let a superuser run "CREATE EXTENSION/)
    await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    await admin.end()
    await drop()
  })
})

it('writes parameters as PostgreSQL reads them', () => {
  expect([encode([['a', null], ['"', '\\']]), encode(undefined), encode(1n), encode(new Uint8Array([1, 255])), encode({ a: 1 })]).toEqual(['{{"a",NULL},{"\\"","\\\\"}}', null, '1', '\\x01ff', '{"a":1}'])
})

function deferred() {
  let resolve!: (value: unknown) => void
  const promise = new Promise((done) => { resolve = done })
  return { promise, resolve }
}
