// Slow readers: a phone that does not read costs the class neither time nor memory.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unsent } from '#kernel/readers'
import { cohortStream, staffStream } from '#kernel/streams'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'

let world: World
let ada: Person
let ben: Person
beforeAll(async () => {
  world = await aWorld()
  ada = await world.has('ada')
  ben = await world.has('ben')
})
afterAll(() => world.ends())

/** The line of somebody: `pause` and they read nothing, `resume` and they read on. */
const line = (p: Person) => (p.socket.io as any).engine.transport.ws._socket as { pause(): void; resume(): void }
const serverSide = (p: Person) => world.app.hub.io.sockets.sockets.get(p.socket.id as string)
const filler = { at: '', body: { text: 'x'.repeat(60_000) } }
/** Tells the class so much that this one, who does not read, has between 512 KB and 4 MiB unsent, and is held for it. */
const lags = async (p: Person) => {
  const before = await slow('held')
  const socket = serverSide(p)
  while (socket && unsent(socket) < 700_000) {
    world.app.hub.push(cohortStream(world.cohortId), ['test:filler', filler])
    await new Promise((done) => setImmediate(done))
  }
  await expect.poll(() => slow('held')).toBe(before + 1)
}
const slow = async (done: string) => Number(/lectern_slow_readers_total\{done="(\w+)"\} (\d+)/.exec((await (await fetch(`${world.url}/metrics`)).text()).split('\n').find((l) => l.includes(`done="${done}"`)) ?? '')?.[2] ?? 0)

test('[HU24] with 512 KB unsent one hears nothing live, catches up by a head, and the others never wait', async () => {
  line(ada).pause()
  const rooms = serverSide(ada)?.rooms
  await lags(ada)
  expect(rooms?.has(cohortStream(world.cohortId))).toBe(false)
  ben.forgets()
  world.app.hub.push(cohortStream(world.cohortId), ['test:late', { at: '', body: {} }])
  await ben.hears('test:late')
  ada.forgets()
  line(ada).resume()
  await ada.hears('cohort:head', (b) => cohortStream(world.cohortId) in b.streams)
  expect(rooms?.has(cohortStream(world.cohortId))).toBe(true)
  await ada.hearsNoMore('test:late')
  expect(await slow('resynced')).toBe(1)
  expect(ada.socket.connected).toBe(true)
})

test('[HU24] staff who lagged are told the head of the staff stream too', async () => {
  const teacher = await world.has('ruth', { role: 'instructor' })
  line(teacher).pause()
  await lags(teacher)
  teacher.forgets()
  line(teacher).resume()
  const head = await teacher.hears('cohort:head', (b) => Object.keys(b.streams).length > 1)
  expect(Object.keys(head.streams)).toContain(staffStream(world.cohortId))
})

test('[HU24] with more than 4 MiB unsent one is let go with slow_consumer; memory comes back, the others hear all', async () => {
  const stuck = await world.has('stuck')
  const socket = serverSide(stuck)
  const gone = new Promise((done) => socket?.once('disconnect', done))
  line(stuck).pause()
  ben.forgets()
  let told = 0
  for (; told < 500 && socket?.connected; told++) socket.emit('push', [['test:filler', filler]]) && (await new Promise((done) => setImmediate(done)))
  await gone
  expect(await slow('disconnected')).toBe(1)
  expect(told * 60, 'KB told before the end').toBeGreaterThan(4 * 1024)
  expect(stuck.socket.connected, 'they do not know yet').toBe(true)
  await expect.poll(async () => Number(/lectern_unsent_bytes (\d+)/.exec(await (await fetch(`${world.url}/metrics`)).text())?.[1]), { timeout: 5_000 }).toBe(0)
  world.app.hub.push(cohortStream(world.cohortId), ['test:late', { at: '', body: {} }])
  await ben.hears('test:late')
  expect(ben.socket.connected).toBe(true)
  await expect.poll(() => world.app.kernel.presence.learners(world.cohortId).some((l) => l.memberId === stuck.memberId)).toBe(false)
  line(stuck).resume()
})

test('[HU24] who was let go comes back and has everything', async () => {
  const teacher = await world.has('ruth', { role: 'instructor' })
  await teacher.does('session:start', { cohortId: world.cohortId, title: 'On' })
  const back = await world.has('stuck')
  expect(back.view.session?.title).toBe('On')
})
