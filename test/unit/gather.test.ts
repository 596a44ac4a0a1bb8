// Many who ask at about the same time are answered by one read.
import { expect, test } from 'vitest'
import { gather } from '#kernel/gather'

test('[KE11] a thousand who come at once cost a thousand by two hundred', async () => {
  const reads: number[] = []
  const ask = gather<number, number>(async (keys) => {
    reads.push(keys.length)
    return new Map(keys.map((k) => [k, k * 2]))
  })
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => ask(i)))
  expect(answers).toEqual(Array.from({ length: 1_000 }, (_, i) => i * 2))
  expect(reads).toEqual([200, 200, 200, 200, 200])
})

test('[KE11] one read at a time; who comes meanwhile waits for the next', async () => {
  let running = 0
  const ask = gather<number, number>(async (keys) => {
    expect(++running).toBe(1)
    await new Promise((done) => setImmediate(done))
    running--
    return new Map(keys.map((k) => [k, k]))
  }, 3)
  const first = ask(1)
  await new Promise((done) => setImmediate(done))
  expect(await Promise.all([first, ask(2), ask(3), ask(4), ask(5)])).toEqual([1, 2, 3, 4, 5])
})

test('[KE11] the same key asked twice is answered twice; one that is not found with nothing', async () => {
  const ask = gather<string, number>(async () => new Map([['a', 1]]))
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([1, 1, undefined])
})

test('[KE11] a read that fails is told to all who waited for it, and to nobody else', async () => {
  let broken = true
  const ask = gather<number, number>(async (keys) => {
    if (broken) throw new Error('away')
    return new Map(keys.map((k) => [k, k]))
  }, 2)
  const both = await Promise.allSettled([ask(1), ask(2)])
  expect(both.map((b) => b.status)).toEqual(['rejected', 'rejected'])
  broken = false
  expect(await ask(3)).toBe(3)
})
