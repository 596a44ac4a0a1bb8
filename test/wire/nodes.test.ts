// Two nodes on one PostgreSQL and one Redis: one class, wherever somebody's socket is; and the days when Redis is not there.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '#kernel/config'
import { newId } from '#kernel/ids'
import { openDatabase } from '#kernel/database'
import { cohortStream } from '#kernel/streams'
import { join } from 'node:path'
import { type App, assemble, ROOT } from '../../server/app.ts'
import { promised } from '../helpers/folding.ts'
import { aKey, Person } from '../helpers/person.ts'
import { opensRedis, type Redis } from '../topology/redis.ts'
import { aWorld, log, SERVER, type World } from '../helpers/world.ts'

describe.skipIf(!SERVER || !process.env.TEST_REDIS_URL)('on two nodes', () => {
  let redis: Redis
  let world: World
  let second: App
  let teacher: Person
  let ada: Person
  let ben: Person
  /** Somebody who is on the other node. */
  const there = async (who: string, more: { role?: string } = {}): Promise<Person> => {
    await world.lists([{ email: `${who}@school.test`, name: who, ...more }])
    const signed = await world.signsIn(`${who}@school.test`, { name: who })
    const person = new Person({ who, url: second.url, userId: signed.user.userId, token: signed.accessToken, cohortId: world.cohortId })
    world.people.push(person)
    return person.comes()
  }
  const hearing = async (...apps: App[]) => { for (const app of apps) await vi.waitUntil(() => !app.hub.isAlone(), { timeout: 8_000 }) }
  const alone = async (...apps: App[]) => { for (const app of apps) await vi.waitUntil(() => app.hub.isAlone(), { timeout: 8_000 }) }
  const metric = async (app: App, name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(`${app.url}/metrics`)).text())?.[1])

  beforeAll(async () => {
    redis = await opensRedis()
    world = await aWorld('postgres', { env: { DATABASE_URL: SERVER as string, REDIS_URL: redis.url } })
    const db = await openDatabase({ url: (world.app.db as unknown as { url: string }).url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    second = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATABASE_URL: SERVER as string, REDIS_URL: redis.url }), log, { db })
    await second.listen()
    await hearing(world.app, second)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    ben = await there('ben')
  }, 60_000)
  afterEach(async () => {
    redis.goesOn()
    const open = teacher.view.prompts.filter((p) => p.state === 'open')
    for (const p of open) await teacher.tries('coldcall:cancel', { promptId: p.promptId })
  })
  afterAll(async () => {
    for (const p of world?.people ?? []) p.leaves()
    await second?.close()
    await world?.ends()
    await redis?.dies()
  })

  test('[HU28] who follows on one node hears what was told on another', async () => {
    const signed = await world.signsIn('ada@school.test')
    const reader = new Person({ who: 'ada, reading', url: second.url, userId: signed.user.userId, token: signed.accessToken, cohortId: world.cohortId })
    world.people.push(reader)
    await reader.connects()
    await reader.does('reading:follow' as never, {} as never)
    await world.gets('PUT', `/courses/${world.courseId}/personalisation`, { narrator: 'cooking' }, signed.accessToken)
    await reader.hears('reading:changed')
    reader.leaves()
  })

  test('[NO1] a class plays over both nodes as on one', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Where are you?' })
    await ben.hears('coldcall:opened')
    await ada.does('coldcall:answer', { promptId, body: 'here' })
    await ben.does('coldcall:answer', { promptId, body: 'there' })
    await expect.poll(() => teacher.view.prompts[0]?.answers.length).toBe(2)
    await teacher.does('coldcall:reveal', { promptId })
    const { answers } = await ben.hears('coldcall:revealed')
    expect(answers.map((a: { body: string }) => a.body).sort()).toEqual(['here', 'there'])
    await ben.does('coldcall:star', { messageId: answers.find((a: { body: string }) => a.body === 'here').messageId, on: true })
    for (const p of [ada, ben]) await p.hears('coldcall:starred')
    for (const p of [teacher, ada, ben]) expect(p.gaps, p.who).toBe(0)
    const fresh = await there('ben')
    expect(promised(ben.view).prompts).toEqual(promised(fresh.view).prompts)
    fresh.leaves()
  })

  test('[NO1] many commits on both nodes at once are heard by all in one order', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Again and again?', seconds: 600 })
    const here = await world.has('cleo', { role: 'instructor' })
    const other = await there('dora', { role: 'instructor' })
    for (const p of [here, other, ada, ben]) p.forgets()
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? here : other).does('coldcall:extend', { promptId, seconds: 5 })))
    const heard = async (p: Person) => { for (let i = 0; i < 40; i++) await p.hears('coldcall:extended'); return p.ears.filter(([n]) => n === 'coldcall:extended').map(([, f]) => [f.seq, f.body]) }
    const [first, ...rest] = await Promise.all([here, other, ada, ben].map(heard))
    for (const r of rest) expect(r).toEqual(first)
    for (const p of [here, other, ada, ben]) expect(p.gaps, p.who).toBe(0)
  })

  test('[NO3] a push that Redis lost is read by the node, and nobody joins again', async () => {
    second.hub.io.of('/').adapter.emit('delete-room', cohortStream(world.cohortId)) // deaf, as after a lost subscription
    ben.forgets()
    const before = await metric(second, 'lectern_frames_repaired_total')
    await teacher.does('session:start', { cohortId: world.cohortId, title: 'Unheard' })
    await second.hub.beat()
    await ben.hears('session:started')
    expect(ben.gaps).toBe(0)
    expect(await metric(second, 'lectern_frames_repaired_total')).toBeGreaterThan(before)
    second.hub.io.of('/').adapter.emit('create-room', cohortStream(world.cohortId))
    await teacher.does('session:end', { cohortId: world.cohortId })
    await ben.hears('session:ended')
  })

  test('[NO6] people are counted over nodes, and one who is on both is one', async () => {
    const members = (p: Person) => [...(p.view.presence.members ?? [])].sort()
    await expect.poll(() => members(teacher)).toEqual([ada.memberId, ben.memberId].sort())
    const adaToo = await there('ada')
    expect(adaToo.view.presence.online).toBe(2)
    ben.leaves()
    await expect.poll(() => teacher.view.presence.online).toBe(1)
    await expect.poll(() => ada.view.presence.online).toBe(1)
    await ben.rejoins()
    await expect.poll(() => ada.view.presence.online).toBe(2)
    adaToo.leaves()
    await expect.poll(() => ben.view.presence.online).toBe(2)
  })

  test('[NO6] who is alone on a node, and counts as nobody, sees who is on the other', async () => {
    const { cohortId } = await world.cohort({ name: 'All on one node' })
    await world.lists([{ email: 'ruth@school.test', role: 'instructor' }, { email: 'iris@school.test' }], cohortId)
    await world.lists([{ email: 'iris@school.test' }])
    const iris = await world.has('iris', { cohortId })
    const { userId, token } = teacher
    const screen = await new Person({ who: 'screen', url: second.url, userId, token, cohortId, as: 'screen' }).comes()
    await expect.poll(() => screen.view.presence.online).toBe(1)
    screen.leaves()
    const again = await new Person({ who: 'ruth', url: second.url, userId, token, cohortId }).comes()
    await expect.poll(() => again.view.presence.members).toEqual([iris.memberId])
    iris.leaves()
    await expect.poll(() => again.view.presence.online).toBe(0)
    again.leaves()
  })

  test('[NO8] who is removed, demoted or signed out on one node hears nothing more on the other', async () => {
    const eve = await there('eve')
    const fay = await there('fay', { role: 'instructor' })
    const gus = await there('gus')
    const members = (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members as { memberId: string; displayName: string }[]
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${members.find((m) => m.displayName === 'eve')?.memberId}`)
    await world.lists([{ email: 'fay@school.test', role: 'learner' }])
    await eve.hears('cohort:removed')
    await fay.hears('cohort:member')
    await expect.poll(() => fay.tries('cohort:join', { cohortId: world.cohortId }).then((a) => a.ok && a.data.role)).toBe('learner')
    // Another sign-in of the same person ends; this one stays.
    const other = await world.signsIn('gus@school.test')
    const gusToo = await new Person({ who: 'gus too', url: second.url, userId: other.user.userId, token: other.accessToken, cohortId: world.cohortId }).comes()
    world.people.push(gusToo)
    await world.asks('POST', '/auth/sign-out', { refreshToken: other.refreshToken })
    await expect.poll(() => gusToo.socket.connected, { timeout: 2_000 }).toBe(false)
    expect(gusToo.ears.at(-1)?.[0]).toBe('auth:revoked')
    expect(gus.socket.connected).toBe(true)
    await new Promise((wake) => setTimeout(wake, 1_000))
    for (const p of [eve, fay]) p.forgets()
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Who hears this?' })
    await ada.does('coldcall:answer', { promptId, body: 'me' })
    await gus.hears('coldcall:opened')
    expect(eve.ears.slice(-3).map(([n]) => n)).not.toContain('coldcall:opened')
    expect(fay.ears.filter(([n]) => n === 'coldcall:answered')).toEqual([])
    for (const p of [eve, fay, gus]) p.leaves()
  })

  test('[NO9] one key over both nodes is one outcome', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Once?' })
    const adaToo = await there('ada')
    const key = aKey()
    const acks = await Promise.all([ada, adaToo, ada, adaToo, adaToo].map((p) => p.does('coldcall:answer', { promptId, body: 'once', key })))
    for (const ack of acks) expect(ack).toEqual(acks[0])
    expect(await teacher.does('coldcall:close', { promptId })).toEqual({ answered: 1 })
    adaToo.leaves()
  })

  describe.each([['killed', () => redis.dies(), () => redis.starts()], ['hung', async () => redis.hangs(), async () => redis.goesOn()]] as const)('while Redis is %s', (_, goes, comes) => {
    test('[NO2] [NO4] [NO5] [NO8] [NO10] [NO14] [NO15] the class goes on: own people hear at once, the others within two seconds', async () => {
      ben.forgets()
      ada.forgets()
      await goes()
      const began = performance.now()
      const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Still here?' })
      await ada.hears('coldcall:opened')
      expect(performance.now() - began).toBeLessThan(1_000)
      await ben.hears('coldcall:opened')
      expect(performance.now() - began).toBeLessThan(3_000) // a second until it is noticed, and two
      await alone(world.app, second)
      expect(await metric(second, 'lectern_redis_up')).toBe(0)
      expect(await (await fetch(`${second.url}/readyz`)).json()).toEqual({ status: 'ready', database: 'answers', redis: 'away' })

      const again = performance.now()
      await ben.does('coldcall:answer', { promptId, body: 'there' })
      await ada.does('coldcall:answer', { promptId, body: 'here' })
      await expect.poll(() => [teacher, ada, ben].map((p) => p.view.prompts[0]?.answered), { timeout: 3_000 }).toEqual([2, 2, 2])
      expect(performance.now() - again).toBeLessThan(2_500)

      // Who is put out over there is told so all the same, though what says it comes another way than who looks at them again.
      const eve = await there('eve')
      const listed = (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members as { memberId: string; displayName: string }[]
      await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${listed.find((m) => m.displayName === 'eve')?.memberId}`)
      await eve.hears('cohort:removed')
      eve.leaves()

      const { cohortId } = await world.cohort({ name: 'New while it is away' })
      await world.lists([{ email: 'ruth@school.test', role: 'instructor' }, { email: 'hana@school.test' }], cohortId)
      const ruth = await world.signsIn('ruth@school.test')
      const hana = await world.signsIn('hana@school.test')
      const leads = await new Person({ who: 'ruth', url: world.url, userId: ruth.user.userId, token: ruth.accessToken, cohortId }).comes()
      const hears = await new Person({ who: 'hana', url: second.url, userId: hana.user.userId, token: hana.accessToken, cohortId }).comes()
      world.people.push(leads, hears)
      await leads.does('session:start', { cohortId, title: 'One' })
      await hears.hears('session:started')

      await comes()
      await hearing(world.app, second)
      await leads.does('session:end', { cohortId })
      const back = performance.now()
      await hears.hears('session:ended')
      await teacher.does('coldcall:close', { promptId })
      await ben.hears('coldcall:closed')
      expect(performance.now() - back).toBeLessThan(1_000)
      await expect.poll(() => [teacher, ada, ben].map((p) => p.view.presence.online), { timeout: 8_000 }).toEqual([2, 2, 2])
      for (const p of [teacher, ada, ben, leads, hears]) expect(p.gaps, p.who).toBe(0)
      leads.leaves()
      hears.leaves()
    }, 60_000)
  })

  test('[NO10] a node starts, serves and ends where there is no Redis', async () => {
    const db = await openDatabase({ url: (world.app.db as unknown as { url: string }).url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    const third = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATABASE_URL: SERVER as string, REDIS_URL: 'redis://127.0.0.1:1' }), log, { db })
    await third.listen()
    const signed = await world.signsIn('ada@school.test')
    const late = await new Person({ who: 'late', url: third.url, userId: signed.user.userId, token: signed.accessToken, cohortId: world.cohortId }).comes()
    expect(await (await fetch(`${third.url}/readyz`)).json()).toEqual({ status: 'ready', database: 'answers', redis: 'away' })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Without it?' })
    await late.hears('coldcall:opened')
    await late.does('coldcall:answer', { promptId, body: 'From a node alone.' })
    await expect.poll(() => teacher.view.prompts[0]?.answered, { timeout: 6_000 }).toBe(1) // nobody told: it is read
    const began = performance.now()
    await third.close()
    expect(performance.now() - began).toBeLessThan(10_000)
  }, 30_000)

  test('[NO11] another memory of the database: everybody comes in anew, with a snapshot', async () => {
    const epoch = newId()
    await second.db.sql(`UPDATE lectern_settings SET value = $1 WHERE key = 'epoch'`, [epoch])
    for (const p of [teacher, ada, ben]) {
      await expect.poll(() => p.socket.connected, { timeout: 5_000 }).toBe(false)
      const joined = await p.rejoins()
      expect(joined.epoch).toBe(epoch)
      expect(joined.snapshot).not.toBeNull()
    }
    expect(await metric(second, 'lectern_epoch_changes_total')).toBe(1)
  })
})
