// Heads: whatever was lost on the way is noticed, and healed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

let world: World
let teacher: Person
let ada: Person
let screen: Person
beforeAll(async () => {
  world = await aWorld('pglite', { headEvery: 100 })
  teacher = await world.has('ruth', { role: 'instructor' })
  ada = await world.has('ada')
  screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
})
afterAll(() => world.ends())

const headOf = (p: Person, stream: string) => p.hears('cohort:head', (b) => stream in b.streams)
const heads = (p: Person) => p.ears.filter(([n]) => n === 'cohort:head').map(([, f]) => f.body)

test('[HU21] each is told the heads of their own streams, with the epoch, and no others', async () => {
  const cohort = cohortStream(world.cohortId)
  for (const p of [teacher, ada, screen]) await headOf(p, cohort)
  await headOf(teacher, staffStream(world.cohortId))
  await headOf(ada, userStream(ada.userId))
  const streams = (p: Person) => [...new Set(heads(p).flatMap((b) => Object.keys(b.streams)))].sort()
  expect(streams(ada)).toEqual([cohort, userStream(ada.userId)].sort())
  expect(streams(teacher)).toEqual([cohort, staffStream(world.cohortId), userStream(teacher.userId)].sort())
  expect(streams(screen)).toEqual([cohort])
  for (const b of heads(ada)) expect(b.epoch).toBe(ada.epoch)
})

test('[HU21] a push that was lost is noticed by the next head, and what was missed is given', async () => {
  world.app.hub.io.sockets.sockets.get(ada.socket.id as string)?.leave(cohortStream(world.cohortId)) // as if its packet never came
  await teacher.does('session:start', { cohortId: world.cohortId, title: 'Lost' })
  await teacher.hears('session:started')
  expect(ada.view.session).toBeNull()
  world.app.hub.io.sockets.sockets.get(ada.socket.id as string)?.join(cohortStream(world.cohortId))
  await expect.poll(() => ada.view.session?.title).toBe('Lost')
  expect(ada.gaps).toBeGreaterThan(0)
  const heard = ada.ears.filter(([n]) => n === 'session:started')
  expect(heard).toHaveLength(1)
})

test('[HU21] a level that was lost comes again with a head', async () => {
  ada.view = { ...ada.view, presence: { online: 99 } }
  await expect.poll(() => ada.view.presence.online).toBe(1)
})

test('[HU21] staff levels come to staff only', async () => {
  await expect.poll(() => teacher.view.presence.members).toEqual([ada.memberId])
  for (const b of heads(ada)) for (const [, f] of b.levels) expect(f.body).not.toHaveProperty('members')
  for (const b of heads(screen)) for (const [, f] of b.levels) expect(f.body).not.toHaveProperty('members')
})

test('[HU21] a head below one\'s own is another past: one joins again from a snapshot', async () => {
  ada.last[cohortStream(world.cohortId)] = 1_000
  await expect.poll(() => ada.last[cohortStream(world.cohortId)]).toBe(teacher.last[cohortStream(world.cohortId)])
  expect(ada.view.session?.title).toBe('Lost')
})

test('[HU21] one query tells all, and a quiet server asks nothing', async () => {
  const asked: string[] = []
  const { db } = world.app
  const sql = db.sql
  db.sql = ((text: string, params?: unknown[]) => {
    asked.push(text)
    return sql(text, params)
  }) as typeof sql
  await world.app.hub.beat()
  expect(asked.filter((t) => t.includes('FROM streams')).length).toBeGreaterThanOrEqual(1)
  for (const p of [teacher, ada, screen]) await p.does('cohort:leave', { cohortId: world.cohortId })
  await expect.poll(() => world.app.kernel.classes.hearing.streams()).toEqual([])
  asked.length = 0
  await world.app.hub.beat()
  expect(asked).toEqual([])
  db.sql = sql
})

describe.each(worlds)('in a busy class, on %s', (on) => {
  test('[HU27] heads that are told while much is told send nobody to join again for nothing', async () => {
    const busy = await aWorld(on, { headEvery: 1 })
    const ben = await busy.has('ben')
    const speaks: Verb<object, void> = {
      name: 'test.speaks', lock: async () => {},
      decide: async (change, _, items) => items.map(() => { change.tell(change.record('test.spoke', newId(), null), cohortStream(busy.cohortId), 'test:spoke', {}); return ok({}) }),
    }
    for (let i = 0; i < 60; i++) await Promise.all(Array.from({ length: 5 }, () => busy.app.kernel.change(speaks, newId(), {})))
    await expect.poll(() => ben.ears.filter(([n]) => n === 'test:spoke').length, { timeout: 8_000 }).toBe(300)
    expect(ben.ears.filter(([n]) => n === 'cohort:head').length).toBeGreaterThan(3)
    expect(ben.gaps).toBe(0)
    await busy.ends()
  })

  // In a class of its own, where no head is told meanwhile: these frames stand in no database.
  test('[HU27] commits that are heard of the wrong way round are told in their order', async () => {
    const busy = await aWorld(on)
    const ben = await busy.has('ben')
    const stream = cohortStream(busy.cohortId)
    const head = ben.last[stream] as number
    const frame = (seq: number) => ({ frames: [{ stream, seq, name: 'test:late', body: { seq }, at: '', bytes: 2 }], levels: [], revoked: [], afterwards: [] })
    for (const n of [3, 2, 1]) busy.app.hub.tell(frame(head + n)) // three commits heard of the wrong way round
    for (const n of [1, 2, 3]) expect((await ben.hears('test:late')).seq).toBe(head + n)
    expect(ben.gaps).toBe(0)
    await busy.ends()
  })
})
