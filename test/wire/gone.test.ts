// A line that is cut at any moment of coming in leaves nobody behind.
import { expect, test, vi } from 'vitest'
import { aWorld, worlds } from '../helpers/world.ts'

test.each(worlds)('[HU31] who is cut off while they come in is not there afterwards, on %s', async (on) => {
  const world = await aWorld(on)
  const ada = await world.has('ada')
  ada.drops()
  for (let i = 0; i < 60; i++) {
    await ada.connects()
    ada.socket.emit('cohort:join', { cohortId: world.cohortId })
    await new Promise((done) => setTimeout(done, i % 12)) // some before it is looked at, some in the middle, some after
    ada.drops()
  }
  await vi.waitUntil(() => world.app.hub.io.of('/').sockets.size === 0, { timeout: 8_000 })
  await vi.waitUntil(() => world.app.kernel.classes.hosted().length === 0, { timeout: 8_000 })
  expect(world.app.kernel.presence.online(world.cohortId)).toBe(0)
  await world.ends()
}, 60_000)
