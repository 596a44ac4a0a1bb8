// What is told: once, in order, to those who may hear it, in one packet an audience and turn.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import type { Verb } from '#kernel/change'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

/** Tells `n` frames to each of these streams in one commit. */
const tells: Verb<{ streams: string[]; n: number; size?: number }, void> = {
  name: 'test.tells',
  lock: async () => {},
  decide: async (change, _, items) => items.map(({ streams, n, size = 0 }) => {
    const fact = change.record('test.told', newId(), null)
    for (let i = 0; i < n; i++) for (const s of streams) change.tell(fact, s, 'test:told', { i, text: 'x'.repeat(size) })
    return ok({})
  }),
}

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let ada: Person
  let phone: Person
  let ben: Person
  let screen: Person
  const again = (p: Person) => world.person(p.who, { accessToken: p.token, user: { userId: p.userId } } as never, p.cohortId)
  const tell = (streams: string[], n: number, size?: number) => world.app.kernel.change(tells, newId(), { streams, n, ...(size ? { size } : {}) })
  const head = async (stream: string) => (await world.app.db.sql('SELECT seq FROM streams WHERE name = $1', [stream]))[0]?.seq as number
  const packets = (p: Person, name = 'test:told') => p.wire.filter((w: any) => w[0] === 'push' && w[1].some((t: any) => t[0] === name)).map((w: any) => w[1])
  const quiet = async (...all: Person[]) => { for (const p of all) { await p.does('cohort:leave', { cohortId: '00000000-0000-4000-8000-000000000000' }).catch(() => {}); p.wire.length = 0; p.forgets() } }
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    phone = await again(ada).comes()
    ben = await world.has('ben')
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())

  test('[HU19] ten frames of one commit are one packet to each who hears them, in order', async () => {
    await quiet(ada, ben, teacher)
    await tell([cohortStream(world.cohortId)], 10)
    await Promise.all([ada, ben, teacher, screen].map((p) => p.hears('test:told', (b) => b.i === 9)))
    for (const p of [ada, ben, teacher]) {
      expect(packets(p)).toHaveLength(1)
      expect(packets(p)[0].filter((t: any) => t[0] === 'test:told').map((t: any) => t[1].body.i)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    }
  })

  test('[HU19] several commits of one turn are one packet too', async () => {
    await quiet(ben)
    await Promise.all([tell([cohortStream(world.cohortId)], 2), world.app.hub.push(cohortStream(world.cohortId), ['test:more', { at: '', body: {} }])])
    await ben.hears('test:told', (b) => b.i === 1)
    expect(packets(ben)).toHaveLength(1)
  })

  test('[HU20] places are dense, in the order of the commits, whoever told', async () => {
    const from = await head(cohortStream(world.cohortId))
    await Promise.all(Array.from({ length: 30 }, () => tell([cohortStream(world.cohortId), userStream(ada.userId)], 2)))
    await Promise.all([ada, phone, ben].map((p) => expect.poll(() => p.last[cohortStream(world.cohortId)]).toBe(from + 60)))
    await expect.poll(() => phone.last[userStream(ada.userId)]).toBe(ada.last[userStream(ada.userId)])
    const kept = await world.app.db.sql('SELECT seq FROM frames WHERE stream = $1 ORDER BY seq', [cohortStream(world.cohortId)])
    expect(kept.map((r) => r.seq)).toEqual(kept.map((_, i) => i + 1))
  })

  test('[HU20] one\'s own frames reach all one\'s devices, and nobody else', async () => {
    await quiet(ada, phone, ben, teacher, screen)
    await tell([userStream(ada.userId)], 1)
    await Promise.all([ada.hears('test:told'), phone.hears('test:told')])
    for (const p of [ben, teacher, screen]) await p.hearsNoMore('test:told')
  })

  test('[HU20] what is for staff reaches staff; a learner and a screen hear nothing of it', async () => {
    await quiet(ada, ben, teacher, screen)
    await tell([staffStream(world.cohortId)], 1)
    await teacher.hears('test:told')
    for (const p of [ada, ben, screen]) {
      await p.hearsNoMore('test:told')
      expect(Object.keys(p.last)).not.toContain(staffStream(world.cohortId))
    }
  })

  test('[HU22] who comes back gets what was missed, in order, and only that', async () => {
    await expect.poll(async () => ben.last[cohortStream(world.cohortId)]).toBe(await head(cohortStream(world.cohortId)))
    const at = ben.last[cohortStream(world.cohortId)] as number
    const { gaps } = ben
    ben.drops()
    await tell([cohortStream(world.cohortId), userStream(ben.userId)], 250)
    const back = await ben.rejoins()
    expect(back.snapshot).toBeNull()
    const missed = back.missed?.filter((t) => t[1].stream === cohortStream(world.cohortId)).map((t) => t[1].seq)
    expect(missed).toEqual(Array.from({ length: 250 }, (_, i) => at + 1 + i))
    expect(back.missed).toHaveLength(500)
    expect((await ben.joins(true)).missed).toEqual([])
    expect(ben.gaps, 'and nothing seemed to be missing').toBe(gaps)
  })

  test('[HU23] more than 500 missed, or 256 KB, is a snapshot', async () => {
    ben.drops()
    await tell([cohortStream(world.cohortId), userStream(ben.userId)], 251)
    expect(await ben.rejoins()).toMatchObject({ missed: null, snapshot: expect.any(Object) })
    ben.drops()
    await tell([cohortStream(world.cohortId)], 3, 100_000)
    expect(await ben.rejoins()).toMatchObject({ missed: null, snapshot: expect.any(Object) })
  })

  test('[HU23] a foreign epoch, a place above the head, a stream left out or too old is a snapshot, never an error', async () => {
    await ben.joins()
    const since = { ...ben.last }
    const stream = cohortStream(world.cohortId)
    const asks = (more: object) => ben.does('cohort:join', JSON.parse(JSON.stringify({ cohortId: world.cohortId, epoch: ben.epoch, since, ...more })))
    expect((await asks({})).missed).toEqual([])
    for (const more of [{ epoch: 'other' }, { epoch: undefined }, { since: {} }, { since: { [stream]: since[stream] } }, { since: { ...since, [stream]: 999_999 } },
      { since: { ...since, [userStream(ben.userId)]: 999_999 } }, { since: { ...since, [stream]: 0 } }, { since: { ...since, [userStream(ben.userId)]: Number.MAX_SAFE_INTEGER } }]) {
      expect(await asks(more), JSON.stringify(more)).toMatchObject({ missed: null, snapshot: { cohort: { cohortId: world.cohortId } } })
    }
    for (const seq of [1e300, -1, 0.5, 2 ** 53]) expect((await ben.isRefused('cohort:join', { cohortId: world.cohortId, epoch: ben.epoch, since: { [stream]: seq } })).code).toBe('bad_request')
  })

  test('[HU23] asking for the place in a stream of somebody else gives nothing of it', async () => {
    const { missed, streams } = await ben.does('cohort:join', { cohortId: world.cohortId, epoch: ben.epoch, since: { ...ben.last, [staffStream(world.cohortId)]: 0, [userStream(ada.userId)]: 0 } })
    expect(Object.keys(streams).sort()).toEqual([cohortStream(world.cohortId), userStream(ben.userId)].sort())
    expect(missed).toEqual([])
  })

  test('[HU25] who joins again on the same socket was never away, and goes on hearing everything', async () => {
    await quiet(ada, teacher)
    phone.leaves()
    const seen = new Promise((done) => teacher.socket.on('push', (list) => done(list)))
    await ada.joins()
    await ada.joins(true)
    await tell([userStream(ada.userId)], 1)
    await ada.hears('test:told')
    expect(world.app.kernel.presence.online(world.cohortId)).toBe(2)
    await tell([cohortStream(world.cohortId)], 1)
    await seen
    expect(teacher.ears.filter(([n, f]) => n === 'cohort:presence' && f.body.online < 2 && f.at > new Date(Date.now() - 1).toISOString())).toEqual([])
  })

  test('[HU20] who left hears nothing more of the class', async () => {
    const carl = await world.has('carl')
    await carl.does('cohort:leave', { cohortId: world.cohortId })
    carl.forgets()
    await tell([cohortStream(world.cohortId)], 1)
    await ben.hears('test:told')
    await carl.hearsNoMore()
  })

  test('[HU28] who follows hears what is told to them outside of class, counts as nobody, and leaves nothing behind', async () => {
    await world.lists([{ email: 'fay@school.test' }])
    const fay = await world.person('fay', await world.signsIn('fay@school.test')).connects()
    const narrates = (narrator: string) => world.asks('PUT', `/courses/${world.courseId}/personalisation`, { narrator }, fay.token)
    await narrates('sports')
    await fay.does('reading:follow' as never, {} as never)
    const online = ada.view.presence.online
    await narrates('cooking')
    await fay.hears('reading:changed')
    expect(fay.ears.filter(([name]) => name === 'reading:changed').length, 'only what was told since').toBe(1)
    expect(fay.ears.some(([name]) => name.startsWith('cohort:presence') || name.startsWith('coldcall:')), 'nothing of the class').toBe(false)
    expect(ada.view.presence.online).toBe(online)
    const stream = `user:${fay.userId}`
    expect(world.app.kernel.classes.hearing.streams()).toContain(stream)
    fay.leaves()
    await expect.poll(() => world.app.kernel.classes.hearing.streams()).not.toContain(stream)

    // What a projector shows is for everybody: it follows nobody, not even who followed before.
    const screen = await world.person('screen', await world.signsIn('ruth@school.test'), world.cohortId, 'screen').connects()
    await screen.does('reading:follow' as never, {} as never)
    await screen.joins()
    expect(await screen.tries('reading:follow' as never, {} as never)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await world.asks('PUT', `/courses/${world.courseId}/personalisation`, { narrator: 'sports' }, screen.token)
    await tell([cohortStream(world.cohortId)], 1)
    await screen.hears('test:told')
    expect(screen.ears.some(([name]) => name === 'reading:changed')).toBe(false)
    screen.leaves()
  })
})
