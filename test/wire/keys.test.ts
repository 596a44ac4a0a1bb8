// Asking twice is asking once: the same key gives the first outcome again, wherever and whenever it is asked.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { join } from 'node:path'
import pg from 'pg'
import { assemble, ROOT } from '../../server/app.ts'
import { aKey, Person } from '../helpers/person.ts'
import { aWorld, freshDatabase, log, SERVER, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let ada: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
  })
  afterAll(() => world.ends())
  const rows = async (sql: string, params: unknown[] = []) => (await world.app.db.sql(sql, params))[0]?.n as number
  const again = (p: Person) => world.person(p.who, { accessToken: p.token, user: { userId: p.userId } } as never, p.cohortId)
  const ends = async () => void (await teacher.tries('session:end', { cohortId: world.cohortId }))

  test('[HU15] the same key gives the same data, and the thing is done once', async () => {
    const body = { cohortId: world.cohortId, title: 'One', key: aKey() }
    const first = await teacher.does('session:start', body)
    await ada.hears('session:started')
    await ends()
    expect(await teacher.does('session:start', body)).toEqual(first)
    expect(await rows('SELECT count(*) AS n FROM ilt_sessions WHERE ended_at IS NULL')).toBe(0)
    await ada.hears('session:ended')
    await ada.hearsNoMore('session:started')
  })

  test('[HU15] ten at once, in any order of fields, on two sockets: one outcome', async () => {
    const key = aKey()
    const other = await again(teacher).comes()
    const acks = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? teacher : other).does('session:start', i % 3 ? { key, cohortId: world.cohortId, title: 'Ten' } : { title: 'Ten', cohortId: world.cohortId.toUpperCase(), key: key.toUpperCase() })))
    expect(new Set(acks.map((a) => a.sessionId)).size).toBe(1)
    expect(await rows(`SELECT count(*) AS n FROM ilt_sessions WHERE title = 'Ten'`)).toBe(1)
    await ends()
    other.leaves()
  })

  test('[HU15] a refusal is remembered too, also when it would go well now, and after a reconnect', async () => {
    const key = aKey()
    expect((await teacher.isRefused('session:end', { cohortId: world.cohortId, key })).code).toBe('not_live')
    await teacher.does('session:start', { cohortId: world.cohortId })
    teacher.drops()
    await teacher.rejoins()
    expect((await teacher.isRefused('session:end', { cohortId: world.cohortId, key })).code).toBe('not_live')
    const closed = aKey()
    expect((await ada.isRefused('session:end', { cohortId: world.cohortId, key: closed })).code).toBe('forbidden')
    await world.lists([{ email: 'ada@school.test', role: 'instructor' }])
    expect((await ada.isRefused('session:end', { cohortId: world.cohortId, key: closed })).code).toBe('forbidden')
    expect((await ada.does('session:end', { cohortId: world.cohortId, key: aKey() }))).toHaveProperty('attended')
    await world.lists([{ email: 'ada@school.test', role: 'learner' }])
    await ada.joins()
  })

  test('[HU16] another payload or another command under a key is conflict, and does nothing', async () => {
    const key = aKey()
    await teacher.does('session:start', { cohortId: world.cohortId, title: 'A', key })
    await ends()
    for (const more of [{ title: 'B' }, {}, { title: 'a' }]) expect((await teacher.isRefused('session:start', { cohortId: world.cohortId, ...more, key })).code).toBe('conflict')
    expect((await teacher.isRefused('session:end', { cohortId: world.cohortId, key })).code).toBe('conflict')
    const both = aKey()
    const acks = await Promise.all(['C', 'D'].map((title) => teacher.tries('session:start', { cohortId: world.cohortId, title, key: both })))
    expect(acks.filter((a) => a.ok)).toHaveLength(1)
    expect(acks.find((a) => !a.ok)).toMatchObject({ error: { code: 'conflict' } })
    await ends()
  })

  test('[HU16] a key is one person\'s: another person\'s same key is another command', async () => {
    const key = aKey()
    const owner = await world.has('owner')
    await teacher.does('session:start', { cohortId: world.cohortId, title: 'Mine', key })
    await ends()
    await owner.does('session:start', { cohortId: world.cohortId, title: 'Theirs', key })
    await ends()
    expect(await rows(`SELECT count(*) AS n FROM ilt_sessions WHERE title = 'Theirs'`)).toBe(1)
  })

  test('[HU17] bad_request, rate_limited and too_large are not remembered', async () => {
    const key = aKey()
    expect((await teacher.isRefused('session:start', { cohortId: world.cohortId, title: '', key })).code).toBe('bad_request')
    expect((await teacher.isRefused('session:start', { cohortId: world.cohortId, title: 'x'.repeat(70_000), key })).code).toBe('too_large')
    expect(await rows('SELECT count(*) AS n FROM idempotency_keys WHERE key = $1', [key])).toBe(0)
    expect(await teacher.does('session:start', { cohortId: world.cohortId, key })).toHaveProperty('sessionId')
    await ends()
    const busy = await again(teacher).connects()
    const limited = aKey()
    const burst = Array.from({ length: 80 }, () => busy.tries('cohort:leave', { cohortId: world.cohortId }))
    expect((await busy.isRefused('session:start', { cohortId: world.cohortId, key: limited })).code).toBe('rate_limited')
    await Promise.all(burst)
    expect(await teacher.does('session:start', { cohortId: world.cohortId, key: limited })).toHaveProperty('sessionId')
    busy.leaves()
    await ends()
  })

  test('[HU15] a key that is no UUID is bad_request, and without a key nothing is remembered', async () => {
    const before = await rows('SELECT count(*) AS n FROM idempotency_keys')
    for (const key of ['', 'x', 5, null, {}]) expect((await teacher.isRefused('session:start', { cohortId: world.cohortId, key } as never)).code).toBe('bad_request')
    await teacher.does('session:start', { cohortId: world.cohortId })
    await ends()
    expect(await rows('SELECT count(*) AS n FROM idempotency_keys')).toBe(before)
  })
})

describe.skipIf(!SERVER)('two processes on one PostgreSQL', () => {
  test('[HU15] the other one gives the same outcome, also when both are asked at once', async () => {
    const db = await freshDatabase('postgres')
    const config = readConfig({ AUTH_DEV: 'true', PORT: '0', JWT_SECRET: 's'.repeat(40) })
    const second = async () => assemble(config, log, { db: await openDatabase({ url: db.url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log }) })
    const apps = [await assemble(config, log, { db }), await second()]
    const urls = await Promise.all(apps.map((a) => a.listen()))
    const asks = async (path: string, body: object, token = '') => (await fetch(`${urls[0]}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) })).json() as any
    const owner = await asks('/auth/dev', { email: 'o@school.test', owner: true })
    const { courseId } = await asks('/courses', { slug: 'c', name: 'C', modules: [] }, owner.accessToken)
    const { cohortId } = await asks(`/courses/${courseId}/cohorts`, { name: 'C' }, owner.accessToken)
    const [here, there] = await Promise.all(urls.map((url) => new Person({ who: 'o', url, userId: owner.user.userId, token: owner.accessToken, cohortId }).comes())) as [Person, Person]
    const body = { cohortId, title: 'T', key: randomUUID() }
    const first = await here.does('session:start', body)
    expect(await there.does('session:start', body)).toEqual(first)
    expect((await there.isRefused('session:start', { ...body, title: 'U' })).code).toBe('conflict')
    for (let i = 0; i < 5; i++) {
      await here.does('session:end', { cohortId })
      const both = { cohortId, title: `${i}`, key: randomUUID() }
      const [a, b] = await Promise.all([here.does('session:start', both), there.does('session:start', both)])
      expect(a).toEqual(b)
    }
    for (const p of [here, there]) p.leaves()
    for (const a of apps) await a.close()
    await db.drop()
  })

  test('[HU18] the ack comes after the commit: while the commit cannot be, there is none', async () => {
    const world = await aWorld('postgres')
    const teacher = await world.has('ruth', { role: 'instructor' })
    const [{ name }] = await world.app.db.sql('SELECT current_database() AS name') as [{ name: string }]
    const lock = new pg.Client({ connectionString: Object.assign(new URL(SERVER as string), { pathname: `/${name}` }).href })
    await lock.connect()
    await lock.query('BEGIN; LOCK TABLE facts IN EXCLUSIVE MODE')
    let acked = false
    const start = teacher.does('session:start', { cohortId: world.cohortId }).then((d) => { acked = true; return d })
    await expect.poll(async () => (await lock.query(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'facts'::regclass`)).rows[0].n).toBe(1)
    await teacher.hearsNoMore('session:started')
    expect(acked).toBe(false)
    await lock.query('COMMIT')
    const { sessionId } = await start
    expect((await lock.query('SELECT 1 FROM ilt_sessions WHERE ilt_session_id = $1', [sessionId])).rowCount).toBe(1)
    await lock.end()
    await world.ends()
  })
})
