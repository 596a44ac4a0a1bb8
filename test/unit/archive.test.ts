// Backup and restore: what goes in comes out, on either database; what is not whole is refused, and then nothing has changed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isInside, verified, writeArchive } from '#kernel/archive'
import { backUp, openHeld } from '#kernel/backup'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { openBoss } from '#kernel/load'
import { restore } from '#kernel/restore'
import { openServer, type Session } from '#kernel/session'
import { jobsOf, rowsOf, tablesOf } from '#kernel/tables'
import { assemble, ROOT } from '../../server/app.ts'
import { hasPeople } from '../../server/cli/restore.ts'
import { freshPostgres, log, SERVER, World } from '../helpers/world.ts'

const MIGRATIONS = join(ROOT, 'prisma/migrations')
const temp = mkdtempSync(join(tmpdir(), 'lectern-archive-'))
const drops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of drops) await drop()
  rmSync(temp, { recursive: true })
})

const ODD = `CREATE TABLE odd (
  n bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, above bigint REFERENCES odd, body jsonb, bytes bytea, path ltree, far vector(3), during tstzrange,
  half double precision, at timestamptz, exact numeric(30, 10), texts text[], fixed char(4), small "char", long interval, "Quoted ""name" text,
  twice double precision GENERATED ALWAYS AS (half * 2) STORED);
CREATE TABLE watched (n int); CREATE FUNCTION double_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n := NEW.n * 2; RETURN NEW; END $$;
CREATE TRIGGER doubles BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION double_it();`

/** This code's migrations, and one more. */
function oneMore(name: string, text: string, from = MIGRATIONS): string {
  const folder = mkdtempSync(join(temp, 'migrations-'))
  cpSync(from, folder, { recursive: true })
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), text)
  return folder
}
const odd = oneMore('8000_odd', ODD)

async function fresh(): Promise<string> {
  const { url, drop } = await freshPostgres()
  drops.push(drop)
  return url
}
const folder = (name: string) => mkdtempSync(join(temp, `${name}-`))
const file = (name: string) => join(temp, name)
const back = (place: { url?: string; dir: string }, name: string, more: object = {}) => backUp({ ...place, file: file(name), version: '0.0.0', ...more })
const into = (place: { url?: string; dir: string }, name: string, more: object = {}) => restore({ ...place, file: file(name), migrations: odd, isInUse: hasPeople, log, ...more })
const looks = async <T>(place: { url?: string; dir: string }, look: (session: Session) => Promise<T>): Promise<T> => {
  const session = place.url ? await openServer(place.url) : await openHeld(place.dir)
  return look(session).finally(() => session.close())
}

/** Everything in a database, as text: table by table, and what waits. */
const everything = (place: { url?: string; dir: string }) => looks(place, async ({ sql }) => {
  const all: Record<string, unknown> = {}
  await sql('BEGIN')
  for (const table of await tablesOf(sql)) {
    const lines: string[] = []
    for await (const some of rowsOf(sql, table)) lines.push(...some)
    all[table.table] = { columns: table.columns, rows: lines.sort() }
  }
  const jobs = []
  for await (const some of jobsOf(sql)) jobs.push(...some)
  await sql('COMMIT')
  all['the jobs'] = jobs.sort((a, b) => a.id.localeCompare(b.id))
  return all
})
const epochOf = (place: { url?: string; dir: string }) => looks(place, async ({ sql }) => (await sql<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'epoch'`))[0]?.value)

/** The lines of an archive, but the last; written again they get an end that fits. */
const linesIn = (name: string) => gunzipSync(readFileSync(file(name))).toString('utf8').trimEnd().split('\n').slice(0, -1)
async function rewritten(name: string, lines: string[]) {
  await writeArchive(file(name), (async function* () { yield lines })())
}

const home = { dir: folder('home') }
let before: Record<string, unknown>

beforeAll(async () => {
  const app = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATA_DIR: home.dir }), log)
  const world = new World(app, await app.listen(), async () => {})
  world.owner = await world.signsIn('owner@school.test', { name: 'Olive Owner', owner: true })
  world.courseId = (await world.gets('POST', '/courses', { slug: 'iot', name: 'IoT', modules: [{ moduleNo: 1, title: 'One' }] })).courseId
  Object.assign(world, await world.cohort())
  const teacher = await world.has('teacher', { role: 'instructor' })
  const [ada, ben] = [await world.has('ada', { timeFactor: 1.5 }), await world.has('ben')]
  const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Why? 🦉 "quoted"\n\\ and a line' })
  await ada.does('coldcall:answer', { promptId, body: 'Since 👩‍🏫 said so', key: crypto.randomUUID() })
  await ben.does('coldcall:answer', { promptId, body: '{"not": "json"}', key: crypto.randomUUID() })
  await teacher.does('coldcall:close', { promptId })
  await teacher.does('coldcall:reveal', { promptId })
  const { answers } = await ada.does('coldcall:answers', { promptId })
  await ada.does('coldcall:star', { messageId: answers.find((a) => a.body?.startsWith('{'))!.messageId, on: true })
  // What waits in the backup is what is put there below.
  await vi.waitUntil(async () => (await app.db.sql(`SELECT 1 FROM pgboss.job WHERE state < 'completed'`)).length === 0, { timeout: 45_000, interval: 100 })
  await world.ends()

  const db = await openDatabase({ dir: home.dir, migrations: odd, log })
  await db.sql(
    `INSERT INTO odd (above, body, bytes, path, far, during, half, at, exact, texts, fixed, small, long, "Quoted ""name") VALUES
     (2, 'null', '\\x00ff5c22', 'a.b_1', '[1,2.5,-3]', '[2026-01-01 00:00+00, 2026-02-01 00:00:00.123456+00)', 0.1::float8 + 0.2::float8, '2026-03-04 05:06:07.089012+02', 12345678901234567890.0000000001,
      ARRAY['a,b', NULL, 'NULL', '{"x"}', '🦉', ''], 'ab', 'x', '1 year 2 days 03:04:05.6', 'tab' || chr(9) || 'bell' || chr(7) || 'del' || chr(127)),
     (1, '{"deep": [1, null, "1e400", 1e400, "\\u2028"]}', '', '', NULL, 'empty', 'NaN', 'infinity', NULL, '{}', NULL, NULL, '-1 mon', ''),
     (2, NULL, NULL, NULL, NULL, '(,)', '-Infinity', '0044-03-15 00:00:00+00 BC', 0.0000000001, '{{a,b},{c,d}}', 'ü🦉', NULL, NULL, NULL)`)
  await db.sql(`INSERT INTO odd (half) SELECT n FROM generate_series(1, 2500) n`)
  await db.sql('INSERT INTO watched VALUES (1), (2)')
  await db.sql(`INSERT INTO lectern_settings (key, value) VALUES ('memory', 'this one')`)
  await db.close()
  await looks(home, async ({ sql }) => {
    const boss = await openBoss(sql, [{ name: 'a.room', retryLimit: 7, retryBackoff: true }, { name: 'later' }])
    await boss.insert(sql, [
      { id: crypto.randomUUID(), name: 'a.room', data: { factId: 'f', body: '🦉' }, priority: 3 },
      { id: crypto.randomUUID(), name: 'later', data: null, priority: 0, startAfter: '2099-01-01T00:00:00.000000Z', singletonKey: 'once' },
      { id: crypto.randomUUID(), name: 'a.room', data: { done: true }, priority: 0 },
    ])
    await sql(`UPDATE pgboss.job SET state = 'completed' WHERE data @> '{"done": true}'`)
  })
  mkdirSync(join(home.dir, 'uploads/deep/ölig'), { recursive: true })
  writeFileSync(join(home.dir, 'uploads/deep/ölig/big.bin'), Buffer.alloc(500_000, 7))
  writeFileSync(join(home.dir, 'uploads/empty'), '')
  before = await everything(home)
  await back(home, 'home')
}, 120_000)

describe('moving', () => {
  const places: (() => Promise<{ url?: string; dir: string }>)[] = [async () => ({ dir: folder('other') })]
  if (SERVER) places.unshift(async () => ({ url: await fresh(), dir: folder('server') }))

  test('[OP1] from the embedded database to PostgreSQL, and back, loses nothing', async () => {
    expect((before['the jobs'] as unknown[])).toHaveLength(2)
    for (const table of ['users', 'cold_call_messages', 'cold_call_stars', 'frames', 'streams', 'idempotency_keys']) expect((before[table] as { rows: string[] }).rows.length, table).toBeGreaterThan(0)
    let name = 'home'
    for (const make of places) {
      const place = await make()
      const done = await into(place, name)
      expect(done).toMatchObject({ jobs: 2, files: 2 })
      expect(await everything(place)).toEqual(before)
      expect(readFileSync(join(place.dir, 'uploads/deep/ölig/big.bin')).equals(Buffer.alloc(500_000, 7))).toBe(true)
      expect(statSync(join(place.dir, 'uploads/empty')).size).toBe(0)
      name = place.url ? 'server' : 'again'
      await back(place, name)
      expect((await verified(file(name))).manifest.from).toBe(place.url ? 'postgres' : 'pglite')
    }
  }, 120_000)

  test('[OP1] what is restored goes on as before: numbers rise, references and triggers hold, queues keep their patience', async () => {
    const place = await (places[0] as (typeof places)[0])()
    await into(place, 'home')
    await looks(place, async ({ sql }) => {
      expect(await sql('INSERT INTO odd (half) VALUES (1) RETURNING n')).toEqual([{ n: 2504 }])
      await expect(sql('INSERT INTO odd (above) VALUES (999999)')).rejects.toMatchObject({ code: '23503' })
      expect(await sql('INSERT INTO watched VALUES (5) RETURNING n')).toEqual([{ n: 10 }])
      expect(await sql(`SELECT count(*) AS n FROM pg_constraint WHERE contype = 'f' AND condeferrable AND connamespace = 'public'::regnamespace`)).toEqual([{ n: 0 }])
      expect(await sql(`SELECT retry_limit, retry_backoff FROM pgboss.queue WHERE name = 'a.room'`)).toEqual([{ retry_limit: 7, retry_backoff: true }])
      expect(await sql(`SELECT count(*) AS n FROM lectern_settings WHERE key = 'memory'`)).toEqual([{ n: 0 }])
    })
    expect(await epochOf(place)).toMatch(/^[0-9a-f-]{36}$/)
    expect(await epochOf(place)).not.toBe(await epochOf(home))
    if (!place.url) return
    const served = await openDatabase({ url: place.url, dir: '', migrations: odd, log })
    expect((await served.sql('SELECT count(*) AS n FROM users'))[0]!.n).toBeGreaterThan(2)
    await served.close()
  }, 60_000)
})

describe('a file that is not whole', () => {
  test('[OP2] is refused wherever it was cut', async () => {
    const whole = readFileSync(file('home'))
    for (const length of [0, 1, 20, 1_000, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      writeFileSync(file('cut'), whole.subarray(0, length))
      await expect(verified(file('cut')), `${length} bytes`).rejects.toThrow(/damaged or was cut off|not a backup/)
    }
    const lines = [...linesIn('home')]
    for (const keep of [1, 2, 10, lines.length - 1, lines.length]) {
      writeFileSync(file('cut'), gzipSync(`${lines.slice(0, keep).join('\n')}\n`))
      await expect(verified(file('cut')), `${keep} lines`).rejects.toThrow(/damaged or was cut off/)
    }
  })

  test('[OP2] is refused when anything in it was changed, added or taken', async () => {
    const text = gunzipSync(readFileSync(file('home'))).toString('utf8')
    const lines = text.trimEnd().split('\n')
    const row = lines.findIndex((line) => line.includes('said so'))
    const changes: Record<string, string[]> = {
      'a word': lines.map((line, i) => (i === row ? line.replace('said so', 'said no') : line)),
      'a row less': lines.filter((_, i) => i !== row),
      'a row more': lines.toSpliced(row, 0, lines[row] as string),
      'a table less': lines.slice(0, 1).concat(lines.slice(lines.findIndex((line, i) => i > 1 && line.startsWith('{"table"')))),
      'something after the end': [...lines, '{"job":{}}'],
      'no beginning': lines.slice(1),
      'a line of another kind': lines.toSpliced(1, 0, '{"what":1}'),
    }
    for (const [what, changed] of Object.entries(changes)) {
      expect(changed, what).not.toEqual(lines)
      writeFileSync(file('changed'), gzipSync(`${changed.join('\n')}\n`))
      await expect(verified(file('changed')), what).rejects.toThrow(/damaged or was cut off|not a backup/)
    }
    const flipped = readFileSync(file('home'))
    flipped[flipped.length >> 1]! ^= 1
    writeFileSync(file('changed'), flipped)
    await expect(verified(file('changed'))).rejects.toThrow()
    writeFileSync(file('changed'), 'Dear diary')
    await expect(verified(file('changed'))).rejects.toThrow('not a backup of Lectern')
    await expect(verified(file('nowhere'))).rejects.toThrow(`There is no file ${file('nowhere')}`)
  })

  test('[OP2] changes nothing, not even with --replace', async () => {
    const place = { dir: folder('kept') }
    writeFileSync(file('cut'), readFileSync(file('home')).subarray(0, -20))
    await expect(into(place, 'cut', { replace: true })).rejects.toThrow('damaged')
    expect(readdirSync(place.dir)).toEqual([])
  })
})

const target = async () => (SERVER ? { url: await fresh(), dir: folder('target') } : { dir: folder('target') })

describe('a restore', () => {
  test('[OP3] takes the place of people only when told to, and keeps what was on this disk', async () => {
    const place = { dir: folder('lived-in') }
    await into(place, 'home')
    const epoch = await epochOf(place)
    await expect(into(place, 'home')).rejects.toThrow('Say --replace')
    rmSync(join(place.dir, 'uploads'), { recursive: true })
    await expect(into(place, 'home')).rejects.toThrow('people in it already')
    expect(await epochOf(place)).toBe(epoch)
    mkdirSync(join(place.dir, 'uploads'))
    writeFileSync(join(place.dir, 'uploads/mine'), 'mine')

    const { kept } = await into(place, 'home', { replace: true })
    expect(kept.map((path) => path.replace(/\d{8}T\d{6}Z/, '…'))).toEqual([join(place.dir, 'db.before-…'), join(place.dir, 'uploads.before-…')])
    expect(readFileSync(join(kept[1] as string, 'mine'), 'utf8')).toBe('mine')
    expect(existsSync(join(kept[0] as string, 'PG_VERSION'))).toBe(true)
    expect(await everything(place)).toEqual(before)
    expect(await epochOf(place)).not.toBe(epoch)
    expect(readdirSync(place.dir).filter((name) => name.includes('.new-'))).toEqual([])
  }, 90_000)

  test.runIf(SERVER)('[OP3] on PostgreSQL takes the place of people only when told to', async () => {
    const place = await target()
    await into(place, 'home')
    await looks(place, ({ sql }) => sql(`INSERT INTO users (user_id, full_name) VALUES (gen_random_uuid(), 'Late'); DELETE FROM cold_call_stars; INSERT INTO lectern_settings VALUES ('installation', 'here')`))
    await expect(into({ url: place.url as string, dir: folder('no-uploads') }, 'home')).rejects.toThrow('people in it already')
    await into(place, 'home', { replace: true })
    expect(await everything(place)).toEqual(before)
    await looks(place, async ({ sql }) => expect(await sql(`SELECT value FROM lectern_settings WHERE key = 'installation'`)).toEqual([{ value: 'here' }]))
  }, 60_000)

  test('[OP3] of which one reference leads nowhere is taken back whole', async () => {
    const place = await target()
    await into(place, 'home')
    const epoch = await epochOf(place)
    const uploads = readdirSync(join(place.dir, 'uploads'))
    const lines = linesIn('home')
    const head = lines.findIndex((line) => line.startsWith('{"table":"users"'))
    const table = JSON.parse(lines[head] as string)
    await rewritten('lost', lines.toSpliced(head, 2, JSON.stringify({ ...table, rows: table.rows - 1 })))
    await expect(into(place, 'lost', { replace: true })).rejects.toThrow(/violates foreign key constraint/)
    await rewritten('wrong', lines.map((line) => (line.includes('said so') && line.startsWith('[') ? line.replace(/^\["[^"]*"/, '["no id"') : line)))
    await expect(into(place, 'wrong', { replace: true })).rejects.toThrow(/does not fit this database.*invalid input syntax for type uuid.*Nothing was changed/s)
    expect(await everything(place)).toEqual(before)
    expect(await epochOf(place)).toBe(epoch)
    expect(readdirSync(join(place.dir, 'uploads'))).toEqual(uploads)
    expect(readdirSync(place.dir).filter((name) => /new-|before-/.test(name))).toEqual([])
  }, 90_000)

  test('[OP3] that was called off leaves nothing', async () => {
    const place = { dir: folder('called-off') }
    const stop = new AbortController()
    await expect(into(place, 'home', { signal: stop.signal, said: ({ what }: { what: string }) => { if (what === 'odd') stop.abort() } })).rejects.toThrow()
    expect(readdirSync(place.dir).filter((name) => name !== 'lock')).toEqual([])
    const early = AbortSignal.abort()
    await expect(into(place, 'home', { signal: early })).rejects.toThrow()
  }, 60_000)

  test('[OP4] of an older backup brings it up to date', async () => {
    const place = await target()
    const newer = oneMore('9000_more', `ALTER TABLE odd ADD COLUMN more text NOT NULL DEFAULT 'filled'; CREATE TABLE later (n int); INSERT INTO later SELECT count(*) FROM users;`, odd)
    await into(place, 'home', { migrations: newer })
    const users = (before.users as { rows: string[] }).rows.length
    await looks(place, async ({ sql }) => expect(await sql('SELECT more, (SELECT n FROM later) AS n FROM odd LIMIT 1')).toEqual([{ more: 'filled', n: users }]))
    // And what that has become cannot go back, nor fit the code of before.
    await back(place, 'newer')
    await expect(into({ dir: folder('older') }, 'newer')).rejects.toThrow('9000_more, which this version does not know')
    if (place.url) await expect(into(place, 'home', { migrations: newer, replace: true })).rejects.toThrow('has had 9000_more since the backup was made')
  }, 60_000)

  test('[OP4] from before a migration was edited is refused', async () => {
    const edited = mkdtempSync(join(temp, 'migrations-'))
    cpSync(odd, edited, { recursive: true })
    writeFileSync(join(edited, '8000_odd/migration.sql'), `${ODD} -- edited`)
    await expect(into({ dir: folder('edited') }, 'home', { migrations: edited })).rejects.toThrow('Migration 8000_odd was edited')
  })

  test('[OP5] refuses paths that climb out', async () => {
    for (const path of ['../x', '/etc/passwd', 'a/../../x', 'a//b', '', '.', 'a/.', 'C:/x', 'a\\..\\b', 'a\0b', 7, null]) expect(isInside(path), String(path)).toBe(false)
    for (const path of ['a', 'a/b.png', '..a/b..', 'a b/ö', '.hidden']) expect(isInside(path), path).toBe(true)
    const lines = linesIn('home').map((line) => (line === '{"file":"empty"}' ? '{"file":"../../climbed"}' : line))
    await rewritten('climbs', lines)
    const place = { dir: folder('climbs') }
    await expect(into(place, 'climbs')).rejects.toThrow('is not inside the folder of uploads')
    expect(readdirSync(place.dir)).toEqual([])
    expect(existsSync(join(temp, 'climbed'))).toBe(false)
  })
})

describe('a backup', () => {
  test('[OP6] is for its owner alone, and never goes over another unless told to', async () => {
    expect((statSync(file('home')).mode & 0o777).toString(8)).toBe('600')
    const place = { dir: folder('nobody') }
    await expect(back(place, 'home')).rejects.toThrow('is there already. Choose another name, or say --overwrite')
    await expect(back(place, 'none')).rejects.toThrow(`There is no database in ${place.dir}`)
    expect(readdirSync(place.dir)).toEqual([])
  })

  test('[OP6] that was called off or failed leaves nothing, and an older one as it was', async () => {
    writeFileSync(file('older'), 'older')
    writeFileSync(file('older.part'), 'a part that was left behind')
    for (const end of ['stop', 'throw']) {
      const stop = new AbortController()
      const said = ({ what }: { what: string }) => {
        if (what !== 'odd') return
        if (end === 'throw') throw new Error('the disk is full')
        stop.abort()
      }
      await expect(back(home, 'older', { overwrite: true, signal: stop.signal, said })).rejects.toThrow(end === 'throw' ? 'the disk is full' : /abort/i)
      expect(readFileSync(file('older'), 'utf8')).toBe('older')
      expect(existsSync(file('older.part'))).toBe(false)
    }
    await back(home, 'older', { overwrite: true })
    expect((await verified(file('older'))).totals.rows).toBe((await verified(file('home'))).totals.rows)
  }, 60_000)

  test.runIf(SERVER)('[OP6] shows one moment, while others write', async () => {
    const place = await target()
    await into(place, 'home')
    const other = await openServer(place.url as string)
    let wrote: Promise<unknown> | undefined
    const said = () => { wrote ??= other.sql(`BEGIN; INSERT INTO users (user_id, full_name) VALUES (gen_random_uuid(), 'Meanwhile'); DELETE FROM cold_call_stars; COMMIT`) }
    await back(place, 'moment', { said })
    await wrote
    await other.close()
    const second = { dir: folder('moment') }
    await into(second, 'moment')
    expect(await everything(second)).toEqual(before)
    expect(await everything(place)).not.toEqual(before)
  }, 60_000)
})
