// The doctor says what is wrong and what to do, on real databases and servers; and the command line around it.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#kernel/database'
import { openServer } from '#kernel/session'
import { ROOT } from '../../server/app.ts'
import { clock, lookAtDatabase, offset } from '../../server/cli/doctor.database.ts'
import { address, findings, isGuessable } from '../../server/cli/doctor.ts'
import type { Finding } from '../../server/cli/finding.ts'
import { openProgress } from '../../server/cli/progress.ts'
import { freePort } from '../helpers/process.ts'
import { freshPostgres, log, SERVER } from '../helpers/world.ts'

const MIGRATIONS = join(ROOT, 'prisma/migrations')
const GOOD_SECRET = 'nRk2v8YwqLzE5tGx0HcVbPj7mUaSdFoI'
const temp = mkdtempSync(join(tmpdir(), 'lectern-doctor-'))
afterAll(() => rmSync(temp, { recursive: true }))

async function all(from: AsyncIterable<Finding> | Iterable<Finding>): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const finding of from) found.push(finding)
  for (const { level, next } of found) expect(next === undefined).toBe(level === 'ok')
  return found
}
const about = (found: Finding[], what: RegExp) => found.filter((f) => what.test(f.what)).map((f) => f.level)

/** Runs the command line; resolves with what it said and how it left. `then` is called at its first word. */
async function lectern(args: string[], env: Record<string, string> = {}, then?: (pid: number) => void) {
  const child = spawn(process.execPath, ['server/cli/lectern.mjs', ...args], { cwd: ROOT, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (d) => { out += d })
  child.stderr.on('data', (d) => { err += d })
  if (then) child.stderr.once('data', () => then(child.pid as number))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

describe('the settings', () => {
  test('[OP10] each wrong one is named, and no secret is repeated', async () => {
    const found = await all(findings({ DATA_DIR: temp, PORT: 'x', JWT_SECRET: 'hunter2', DATABASE_URL: 'mysql://me:hunter3@x', REDIS_URL: 'redis://:hunter4@' }))
    for (const name of ['PORT', 'JWT_SECRET', 'DATABASE_URL', 'REDIS_URL']) expect(about(found, new RegExp(name)), name).toEqual(['x'])
    expect(JSON.stringify(found)).not.toMatch(/hunter/)
  })

  test('[OP10] a secret that can be guessed is wrong in production, and the sign-in of developers wants a thought', async () => {
    for (const secret of ['a'.repeat(40), 'abcdefghijkl'.repeat(3), 'my-very-long-secret-for-lectern-2026', 'ChangeMe-ChangeMe-0123456789-abcdef']) expect(isGuessable(secret), secret).toBe(true)
    for (const secret of [GOOD_SECRET, randomUUID() + randomUUID()]) expect(isGuessable(secret), secret).toBe(false)
    const asked = { DATA_DIR: temp, PORT: '1', PUBLIC_URL: 'http://127.0.0.1:1' }
    const weak = 'a'.repeat(40)
    expect(about(await all(findings({ ...asked, NODE_ENV: 'production', JWT_SECRET: weak })), /JWT_SECRET/)).toEqual(['x'])
    expect(about(await all(findings({ ...asked, JWT_SECRET: weak })), /JWT_SECRET/)).toEqual(['!'])
    const found = await all(findings({ ...asked, AUTH_DEV: 'true', JWT_SECRET: GOOD_SECRET }))
    expect(about(found, /JWT_SECRET/)).toEqual(['ok'])
    expect(about(found, /AUTH_DEV/)).toEqual(['!'])
    expect(JSON.stringify(found)).not.toContain(GOOD_SECRET)
  })
})

describe('the embedded database', () => {
  test('[OP10] nothing is made by looking; who uses it is named', async () => {
    const dir = join(temp, 'not/there/yet')
    const env = { DATA_DIR: dir, PORT: '1', PUBLIC_URL: 'http://127.0.0.1:1' }
    expect(about(await all(findings(env)), /first start makes the embedded one/)).toEqual(['ok'])
    expect(existsSync(join(temp, 'not'))).toBe(false)

    const db = await openDatabase({ dir, migrations: MIGRATIONS, log })
    const before = readdirSync(dir, { recursive: true }).length
    const found = await all(findings(env))
    expect(about(found, new RegExp(`a server runs on it \\(pid ${process.pid}\\)`))).toEqual(['ok'])
    expect(about(found, /embedded database is there/)).toEqual(['ok'])
    expect(about(await all(findings({ ...env, DATABASE_URL: 'postgresql://me:hush@127.0.0.1:1/x' })), /uses the embedded database/)).toEqual(['!'])
    expect(readdirSync(dir, { recursive: true }).length).toBe(before)

    // And a backup says whose it is, in one sentence.
    const told = await lectern(['backup', join(temp, 'held.backup')], { DATA_DIR: dir })
    expect(told).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^The data directory .* is in use by another process \(pid \d+\)\. Stop it first, or choose another directory\.\n$/) })
    await db.close()
  }, 60_000)
})

describe('the address', () => {
  const answering = async (version: string | null, status = 200) => {
    const server = createServer((_, reply) => void reply.writeHead(status, { 'content-type': 'application/json' }).end(version === null ? '<p>hello</p>' : JSON.stringify({ version }))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, end: () => server.close() }
  }

  test('[OP10] is of this version, of another, of something else, or of nobody', async () => {
    for (const [version, status, level, what] of [['1.2.3', 200, 'ok', /is reached/], ['1.2.4', 200, '!', /is Lectern 1\.2\.4, and this is 1\.2\.3/], [null, 200, 'x', /something else/], [null, 502, '!', /answers 502/]] as const) {
      const { url, end } = await answering(version, status)
      const found = await all(address(url, '1.2.3', false))
      expect(about(found, what)).toEqual([level])
      expect(about(found, /phones cannot reach/)).toEqual(['!'])
      end()
    }
    expect(about(await all(address(`http://127.0.0.1:${await freePort()}`, '1.2.3', false)), /is not reached \(ECONNREFUSED\)/)).toEqual(['!'])
    const found = await all(address('http://me:hush@no.such.host.invalid', '1.2.3', true))
    expect(about(found, /is not known|is not reached/)).toHaveLength(1)
    expect(about(found, /begins with http/)).toEqual(['!'])
    expect(JSON.stringify(found)).not.toMatch(/hush/)
  }, 20_000)
})

describe.runIf(SERVER)('PostgreSQL', () => {
  let fresh: Awaited<ReturnType<typeof freshPostgres>>
  beforeAll(async () => { fresh = await freshPostgres() })
  afterAll(() => fresh?.drop())
  const look = async () => all(lookAtDatabase(fresh.url, MIGRATIONS))

  test('[OP10] an empty one is fine, and stays empty', async () => {
    const found = await look()
    expect(found.filter((f) => f.level === 'x')).toEqual([])
    for (const what of [/^PostgreSQL \d+/, /extension ltree is available/, /extension vector is available/, /is empty: the first start/, /the clock/, /room for \d+ node/]) expect(about(found, what), String(what)).toEqual(['ok'])
    const session = await openServer(fresh.url)
    expect(await session.sql(`SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace`).finally(() => session.close())).toEqual([{ n: 0 }])
  })

  test('[OP10] says what is pending, ahead, edited or too new', async () => {
    const db = await openDatabase({ url: fresh.url, dir: '', migrations: MIGRATIONS, log })
    expect(about(await look(), /all \d+ migrations are applied/)).toEqual(['ok'])
    const row = (name: string) => db.sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ($1, 'x', $2, now())`, [randomUUID(), name])
    await row('9001_newer')
    expect(about(await look(), /ahead of this code by 1 \(9001_newer\)/)).toEqual(['!'])
    await db.sql(`INSERT INTO lectern_settings VALUES ('contract', '9001_newer')`)
    expect((await look()).find((f) => f.level === 'x')?.next).toMatch('it has migration 9001_newer, which this version does not know')
    await db.sql(`DELETE FROM _prisma_migrations WHERE migration_name > '0002'; DELETE FROM lectern_settings WHERE key = 'contract'`)
    expect(about(await look(), /migrations are not applied yet \(0002_classroom/)).toEqual(['!'])
    await db.sql(`UPDATE _prisma_migrations SET checksum = 'other'`)
    expect((await look()).find((f) => f.level === 'x')?.next).toMatch('was edited')
    await db.close()
  })

  test('[OP10] says what a plain user may not do, and counts the connections there are', async () => {
    const role = `plain_${randomUUID().replaceAll('-', '')}`
    const { url, drop } = await freshPostgres()
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'hush' CONNECTION LIMIT 15`)
    const plain = new URL(url)
    plain.username = role
    plain.password = 'hush'
    const found = await all(lookAtDatabase(plain.href, MIGRATIONS))
    expect(about(found, /this user may not install it/)).toEqual(['x', 'x'])
    expect(about(found, /^15 connections, .* room for 1 node of 10/)).toEqual(['!'])
    expect(JSON.stringify(found)).not.toMatch(/hush/)
    await admin.query(`DROP ROLE ${role}`)
    await admin.end()
    await drop()
  })

  test('[OP10] finds one that is not there, without the password', async () => {
    const gone = new URL(fresh.url)
    gone.pathname = '/no_such_database'
    gone.password = 'hush'
    for (const url of [gone.href, 'postgresql://a:hush@127.0.0.1:1/c', 'postgresql://a:hush@no.such.host.invalid/c']) {
      const found = await all(lookAtDatabase(url, MIGRATIONS))
      expect(found.map((f) => f.level)).toEqual(['x'])
      expect(found[0]!.what).toMatch(/^The database at [\w.:/]+ cannot be used: .+/)
      expect(JSON.stringify(found)).not.toMatch(/hush/)
    }
  }, 20_000)

  test('[OP10] knows a clock that goes wrong', async () => {
    expect(([0, 400, -400, 600, -4_900, 5_100, -60_000] as const).map((ms) => clock(ms).level)).toEqual(['ok', 'ok', 'ok', '!', '!', 'x', 'x'])
    const session = await openServer(fresh.url)
    expect(Math.abs(await offset(session.sql))).toBeLessThan(400)
    expect(await offset(session.sql, () => Date.now() - 7_000)).toBeGreaterThan(6_500)
    await session.close()
  })

  test.runIf(process.env.TEST_REDIS_URL)('[OP10] looks at Redis where one is named', async () => {
    const env = { DATA_DIR: temp, DATABASE_URL: fresh.url, PORT: '1', PUBLIC_URL: 'http://127.0.0.1:1' }
    expect(about(await all(findings({ ...env, REDIS_URL: process.env.TEST_REDIS_URL })), /^Redis \d+.* and is heard/)).toEqual(['ok'])
    const found = await all(findings({ ...env, REDIS_URL: 'redis://me:hush@127.0.0.1:1' }))
    expect(about(found, /Redis/)).toEqual(['x'])
    expect(JSON.stringify(found)).not.toMatch(/hush/)
  }, 20_000)
})

describe('the command line', () => {
  test('[OP11] says what there is, and which version', async () => {
    const help = await lectern(['--help'])
    expect(help.code).toBe(0)
    for (const word of ['start', 'backup <file>', 'restore <file>', 'doctor', 'import <folder>', '--overwrite', '--replace']) expect(help.out).toContain(word)
    expect(await lectern(['--version'])).toEqual({ code: 0, out: `${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}\n`, err: '' })
    for (const asked of [['bakcup'], ['toString']]) expect(await lectern(asked)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^There is no command "\w+"\.\n\nUsage: lectern <command>[\s\S]*restore <file>/) })
    for (const asked of [['backup'], ['backup', 'a', 'b'], ['restore', '--what', 'a'], ['doctor', 'now']]) expect(await lectern(asked), asked.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining(`Usage: lectern ${asked[0]}`) })
  }, 60_000)

  test('[OP10] [OP11] the doctor leaves with 1 where something is wrong, else with 0', async () => {
    const env = { DATA_DIR: join(temp, 'cli'), PORT: '1' }
    expect(await lectern(['doctor'], env)).toMatchObject({ code: 0, out: expect.stringMatching(/^ok {2}Node [\s\S]* !  phones cannot reach[\s\S]*\nNothing is wrong\.\n$/) })
    expect(await lectern(['doctor'], { ...env, HOST: 'a b' })).toMatchObject({ code: 1, out: expect.stringMatching(/\n x {2}HOST is "a b"[\s\S]*Something is wrong/) })
  }, 30_000)

  test('[OP11] [OP6] a backup and its restore say a line a table and what was done; Ctrl-C leaves nothing', async () => {
    const dir = join(temp, 'cli-home')
    await (await openDatabase({ dir, migrations: MIGRATIONS, log })).close()
    const file = join(temp, 'cli.backup')
    const env = { DATA_DIR: dir }
    const stopped = await lectern(['backup', file], env, (pid) => process.kill(pid, 'SIGINT'))
    expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining('It was called off. Nothing is half made.') })
    expect(readdirSync(temp).filter((name) => name.startsWith('cli.backup'))).toEqual([])

    const done = await lectern(['backup', file], env)
    expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/cli\.backup: \d+ rows of \d+ tables, 0 jobs, 0 files, .* MB, in .* s\./) })
    expect(done.err).toMatch(/^auth_role: 6 of 6 rows, .*%$/m)
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    expect(await lectern(['backup', file, '--quiet'], env)).toMatchObject({ code: 1, err: expect.stringContaining('say --overwrite') })
    expect(await lectern(['backup', file, '--quiet', '--overwrite'], env)).toEqual({ code: 0, out: '', err: '' })
    expect(await lectern(['restore', file], { DATA_DIR: join(temp, 'cli-new') })).toMatchObject({ code: 0, out: expect.stringContaining('Restored what was there at'), err: expect.stringMatching(/^checking the file: 100 % of/) })
    expect(await lectern(['restore', join(temp, 'no.backup')], env)).toMatchObject({ code: 1, err: expect.stringContaining('There is no file') })
  }, 90_000)

  test('[OP11] on a terminal one line is written over', () => {
    let out = ''
    let now = 0
    const progress = openProgress({ isTTY: true, columns: 60, write: (text: string) => { out += text } }, false, () => now)
    const at = (what: string, done: number) => progress.said({ what, done, of: 1_000, bytes: 2_500_000, share: done / 2_000 })
    at('users', 0)
    now = 100
    at('users', 500)
    at('users', 600) // too soon to be seen
    at('facts', 1_000)
    progress.end()
    expect(out).not.toContain('\n')
    expect(out.split('\r\x1b[K')).toEqual(['', 'users: 500 of 1000 rows, 2.5 MB, 25 %', 'facts: 1000 of 1000 rows, 2.5 MB, 50 %', ''])
  })
})
