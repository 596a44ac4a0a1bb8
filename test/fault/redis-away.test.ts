// Redis killed and hung, for 3 and for 15 seconds, while a class goes on over two nodes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caughtUp, type Folk, gathers } from '../topology/folk.ts'
import type { Regular } from '../topology/regular.ts'
import { opens, type Town } from '../topology/town.ts'
import { until } from '../topology/children.ts'

const LEARNERS = 40

let town: Town
beforeAll(async () => { town = await opens({ nodes: 2 }) }, 90_000)
afterAll(() => town?.closes())

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))
const isAway = async (n: number) => (await town.nodes[n]!.meter('lectern_redis_up')) === 0

/** How long after the ack of what the teacher did each of them had heard it, ms. */
async function heardAfter(people: readonly Regular[], name: string, does: () => Promise<unknown>): Promise<Map<Regular, number>> {
  const at = new Map<Regular, number>()
  const off = people.map((p) => {
    const ear = (list: [string, unknown][]) => { if (!at.has(p) && list.some(([n]) => n === name)) at.set(p, performance.now()) }
    p.socket.on('push', ear)
    return () => p.socket.off('push', ear)
  })
  await does()
  const acked = performance.now()
  await until(`everybody hears ${name}`, () => at.size === people.length, 15_000, 5)
  for (const o of off) o()
  return new Map([...at].map(([p, t]) => [p, t - acked]))
}

describe.each([['killed', 3], ['killed', 15], ['hung', 3], ['hung', 15]] as const)('Redis is %s for %i s', (how, seconds) => {
  test('[FT2] the class goes on', async () => {
    const folk: Folk = await gathers(town, { learners: LEARNERS, at: (nth) => town.nodes[nth % 2]!.url })
    const onFirst = folk.learners.filter((p) => p.url === folk.teacher.url)
    const onSecond = folk.learners.filter((p) => p.url !== folk.teacher.url)
    const { promptId } = await folk.teacher.does('coldcall:open', { cohortId: folk.cohortId, text: `While it is ${how} for ${seconds}?`, seconds: 600 })
    await caughtUp(town, folk.all)

    const [own, other, after]: number[][] = [[], [], []]
    let isOver = false
    const answering = Promise.all(folk.learners.map(async (p, i) => {
      await pause(i * 20)
      for (let n = 0; !isOver; n++) {
        await p.insists('coldcall:answer', { promptId, body: `${p.who}, thought ${n}` })
        await pause(400 + 200 * Math.random())
      }
    }))
    await (how === 'killed' ? town.redis.dies() : town.redis.hangs())
    const end = performance.now() + seconds * 1_000
    while (performance.now() < end) {
      const heard = await heardAfter(folk.learners, 'coldcall:extended', () => folk.teacher.does('coldcall:extend', { promptId, seconds: 5 }))
      own!.push(...onFirst.map((p) => heard.get(p) as number))
      other!.push(...onSecond.map((p) => heard.get(p) as number))
    }
    expect([await isAway(0), await isAway(1)]).toEqual([true, true])
    const late = await folk.comes({ url: town.nodes[1]!.url, name: 'Comes while it is away' })
    await (how === 'killed' ? town.redis.starts() : town.redis.goesOn())
    const back = performance.now()
    while (performance.now() < back + 4_000) {
      const since = performance.now() - back
      const heard = await heardAfter([...folk.learners], 'coldcall:extended', () => folk.teacher.does('coldcall:extend', { promptId, seconds: 5 }))
      after!.push(...(since > 3_000 ? [...heard.values()] : []))
      await pause(100)
    }
    await until('both nodes hear each other', async () => !(await isAway(0)) && !(await isAway(1)), 5_000)
    isOver = true
    await answering
    const most = (list: number[] = []) => Math.round(Math.max(...list))
    const acks = folk.learners.flatMap((p) => p.sent.filter((s) => s.name === 'coldcall:answer').map((s) => (s.ackedAt ?? Number.POSITIVE_INFINITY) - s.sentAt))
    console.log(`${how} ${seconds} s: own people heard within ${most(own)} ms, the others within ${most(other)} ms, after it within ${most(after)} ms; ${acks.length} answers acked within ${most(acks)} ms`)
    expect(most(own)).toBeLessThan(500)
    expect(most(other)).toBeLessThan(2_000)
    expect(most(after)).toBeLessThan(500)
    expect(most(acks)).toBeLessThan(1_000)
    await folk.teacher.does('coldcall:close', { promptId })
    await caughtUp(town, folk.all, 3_000)
    for (const p of folk.all) {
      expect(p.lost, `${p.who} lost the line`).toBe(0)
      expect(p.view.prompts[0]?.answered, p.who).toBe(LEARNERS)
    }
    expect(late.gaps).toBe(0)
    expect(town.nodes.map((n) => n.isAlive())).toEqual([true, true])
    for (const n of town.nodes) expect(n.output()).not.toContain('was not caught')
    expect((await folk.verdict({ asked: [...(await town.sql<{ text: string }>('SELECT text FROM cold_call_prompts')).map((r) => r.text)] })).filter((s) => !s.includes('nobody sent it')).slice(0, 10)).toEqual([])
    folk.leave()
  }, 90_000)
})
