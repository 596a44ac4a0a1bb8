// PostgreSQL restarted, crashed, and left to hang for one node, while a class answers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caughtUp, type Folk, gathers } from '../topology/folk.ts'
import { until } from '../topology/children.ts'
import { becomes, opens, type Town } from '../topology/town.ts'

const LEARNERS = 60

let town: Town
let folk: Folk
const said: string[] = []
beforeAll(async () => {
  town = await opens({ nodes: 2, postgres: 'own', lines: true })
  folk = await gathers(town, { learners: LEARNERS, at: (nth) => town.nodes[nth % 2]!.url })
}, 90_000)
afterAll(async () => {
  folk?.leave()
  await town?.closes()
})
const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

async function asks(text: string): Promise<string> {
  const ack = await folk.teacher.insists('coldcall:open', { cohortId: folk.cohortId, text })
  if (!ack.ok) throw new Error(ack.error.message)
  return ack.data.promptId
}
const answer = (promptId: string) => Promise.all(folk.learners.map(async (p, i) => {
  await pause(i * 15)
  for (let n = 0; n < 4; n++) await p.insists('coldcall:answer', { promptId, body: `${p.who}, thought ${n}` })
}))

test.each([['restarted', 'fast'], ['crashed', 'immediate']] as const)('[FT4] PostgreSQL is %s in a burst: every ack is true, every unavailable has one outcome, service resumes by itself', async (what, how) => {
  const promptId = await asks(`When it is ${what}?`)
  const answering = answer(promptId)
  await pause(450)
  await town.postgres.stops(how)
  await pause(1_200)
  expect(await Promise.all(town.nodes.map((n) => n.isReady()))).toEqual([false, false])
  expect(await town.nodes[0]!.meter('lectern_database_up')).toBe(0)
  await town.postgres.starts()
  await answering
  const unavailable = folk.all.flatMap((p) => p.sent.filter((s) => s.ack && !s.ack.ok && s.ack.error.code === 'unavailable')).length
  said.push(`${what}: ${unavailable} times unavailable`)
  expect(unavailable).toBeGreaterThan(0)
  await folk.teacher.insists('coldcall:reveal', { promptId })
  await Promise.all(folk.all.map((p) => p.isBack()))
  await caughtUp(town, folk.all)
  for (const n of town.nodes) await becomes(town, n, 'UP')
  expect((await folk.verdict()).slice(0, 10)).toEqual([])
}, 90_000)

test('[FT11] the line of one node to the database hangs: it is taken out of traffic, the other goes on, and it comes back by itself', async () => {
  const promptId = await asks('On one side only?')
  await town.nodes[1]!.lines.database!.hangs()
  const began = performance.now()
  const here = folk.learners.filter((p) => p.url === town.nodes[0]!.url)
  const acks = await Promise.all(here.map((p) => p.insists('coldcall:answer', { promptId, body: `${p.who} on the good side` })))
  expect(acks.every((a) => a.ok)).toBe(true)
  said.push(`the good side had its ${here.length} acks after ${Math.round(performance.now() - began)} ms`)
  expect(performance.now() - began).toBeLessThan(3_000)
  await becomes(town, town.nodes[1]!, 'NOLB') // asked not to be sent anybody
  const there = folk.learners.filter((p) => !here.includes(p))
  await until('its people are moved on', () => there.every((p) => p.lost > 0), 15_000)
  await town.nodes[1]!.lines.database!.goesOn()
  await becomes(town, town.nodes[1]!, 'UP')
  await Promise.all(there.map((p) => p.insists('coldcall:answer', { promptId, body: `${p.who} back again` })))
  await folk.teacher.insists('coldcall:close', { promptId })
  await Promise.all(folk.all.map((p) => p.isBack()))
  await caughtUp(town, folk.all)
  expect((await folk.verdict()).slice(0, 10)).toEqual([])
  console.log(said.join('\n'))
}, 90_000)

test('[FT11] the line of one node to Redis hangs: it hears what the other tells all the same', async () => {
  await town.nodes[1]!.lines.redis!.hangs()
  const promptId = await asks('Without Redis on one side?')
  await caughtUp(town, folk.all, 3_000)
  await pause(2_000)
  // Also long after it was noticed, and whenever the nodes look at their heads by themselves.
  const there = folk.learners.filter((p) => p.url !== folk.teacher.url)
  for (let n = 0; n < 3; n++) {
    await Promise.all(there.map((p) => p.insists('coldcall:answer', { promptId, body: `${p.who}, without Redis, ${n}` })))
    await caughtUp(town, folk.all, 3_000)
  }
  await expect.poll(() => town.nodes[1]!.meter('lectern_redis_up'), { timeout: 5_000 }).toBe(0)
  await town.nodes[1]!.lines.redis!.goesOn()
  await expect.poll(() => town.nodes[1]!.meter('lectern_redis_up'), { timeout: 10_000 }).toBe(1)
  await folk.teacher.insists('coldcall:close', { promptId })
  await caughtUp(town, folk.all, 3_000)
  expect((await folk.verdict()).slice(0, 10)).toEqual([])
}, 60_000)
