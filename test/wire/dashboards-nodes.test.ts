// Boards on two nodes: what happens on one moves a board that is watched on the other, where nobody is in that class.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { cohortStream } from '#kernel/streams'
import { type App, assemble, ROOT } from '../../server/app.ts'
import { dashboards } from '../../server/features/dashboards/feature.ts'
import { features } from '../../server/features.ts'
import type { Person } from '../helpers/person.ts'
import { Watcher } from '../helpers/watcher.ts'
import { aWorld, log, SERVER, type World } from '../helpers/world.ts'
import { opensRedis, type Redis } from '../topology/redis.ts'

/** Nobody looks again by the clock: what is seen was told. */
const rooms = features.map((room): typeof room => (room === dashboards ? (kernel) => ({ ...dashboards(kernel), start: undefined }) : room))

describe.skipIf(!SERVER || !process.env.TEST_REDIS_URL)('on two nodes', () => {
  let redis: Redis
  let world: World
  let second: App
  let ruth: Person
  let ada: Person
  const watchers: Watcher[] = []
  beforeAll(async () => {
    redis = await opensRedis()
    world = await aWorld('postgres', { rooms, env: { DATABASE_URL: SERVER as string, REDIS_URL: redis.url } })
    const db = await openDatabase({ url: (world.app.db as unknown as { url: string }).url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    second = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATABASE_URL: SERVER as string, REDIS_URL: redis.url }), log, { db, rooms })
    await second.listen()
    for (const app of [world.app, second]) await vi.waitUntil(() => !app.hub.isAlone(), { timeout: 8_000 })
    ruth = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
  }, 60_000)
  afterAll(async () => {
    for (const w of watchers) w.leaves()
    for (const p of world?.people ?? []) p.leaves()
    await second?.close()
    await world?.ends()
    await redis?.dies()
  })
  const watchesThere = async (token = ruth.token) => {
    const w = await new Watcher(second.url, token, world.cohortId).connects()
    watchers.push(w)
    return w.watches()
  }
  const row = (w: Watcher, p: Person) => w.board.learners[p.memberId as string]

  test('[DB11] [HU30] what happens on one node moves a board that is watched on another, and who is there is known', async () => {
    const w = await watchesThere()
    await w.sees((b) => b.learners[ada.memberId as string].online)
    await vi.waitUntil(() => world.app.kernel.classes.hosted().includes(world.cohortId))
    expect(second.kernel.presence.own(world.cohortId)).toEqual([])
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Here or there?' })
    await ada.does('coldcall:answer', { promptId, body: 'here' })
    await w.sees((b) => b.learners[ada.memberId as string].answered === 1 && b.prompts[promptId].answered === 1)
    ada.drops()
    await w.sees((b) => !b.learners[ada.memberId as string].online)
    await ada.rejoins()
    await w.sees((b) => b.learners[ada.memberId as string].online)
    await ruth.does('coldcall:cancel', { promptId })
    await w.sees((b) => b.prompts[promptId] === undefined)
  })

  test('[HU30] once nobody watches, the node keeps nothing of the class', async () => {
    const w = await watchesThere()
    expect(second.kernel.classes.hosted()).toContain(world.cohortId)
    for (const one of watchers.splice(0)) one.leaves()
    w.leaves()
    await vi.waitUntil(() => !second.kernel.classes.hosted().includes(world.cohortId))
    expect(second.kernel.classes.hearing.streams()).not.toContain(cohortStream(world.cohortId))
    expect(second.hub.io.of('/').adapter.rooms.has(cohortStream(world.cohortId))).toBe(false)
  })

  test('[DB9] who was taken off the list on one node stops hearing on the other within a second', async () => {
    await world.lists([{ email: 'tom@school.test', name: 'tom', role: 'instructor' }])
    const tom = await world.signsIn('tom@school.test')
    const [his, hers] = [await watchesThere(tom.accessToken), await watchesThere()]
    const { memberId } = (await world.gets('GET', `/cohorts/${world.cohortId}/members?q=tom`)).members[0]
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${memberId}`)
    await new Promise((done) => setTimeout(done, 1_000)) // the second that there is
    const heard = his.patches.length
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Who hears?' })
    await hers.sees((b) => b.prompts[promptId] !== undefined)
    expect((await his.tries('dashboard:watch', { cohortId: world.cohortId })).error.code).toBe('not_found')
    expect(his.patches.length).toBe(heard)
    await ruth.does('coldcall:cancel', { promptId })
  })

  test('[DB11] while Redis is away a board moves by what the database says, within two seconds', async () => {
    const w = await watchesThere()
    redis.hangs()
    for (const app of [world.app, second]) await vi.waitUntil(() => app.hub.isAlone(), { timeout: 8_000 })
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Without it?' })
    await ada.does('coldcall:answer', { promptId, body: 'yes' })
    await w.sees((b) => b.prompts[promptId]?.answered === 1 && row(w, ada).answered === 1, 4_000)
    redis.goesOn()
  }, 30_000)
})
