// Redis in its other shapes carries the class as one server does.
import { expect, test } from 'vitest'
import { until } from '../topology/children.ts'
import { caughtUp, gathers } from '../topology/folk.ts'
import { aCluster, aSentinel, overTls, type Shape } from '../topology/redises.ts'
import { opens, type Town } from '../topology/town.ts'

const hear = (town: Town) => until('the nodes hear each other', async () => (await Promise.all(town.nodes.map((n) => n.meter('lectern_redis_up')))).every((up) => up === 1), 20_000)
const repaired = async (town: Town) => (await Promise.all(town.nodes.map((n) => n.meter('lectern_frames_repaired_total')))).reduce((a, b) => a + b, 0)

test.each([['a cluster', aCluster], ['Sentinels', aSentinel], ['TLS', overTls]] as [string, () => Promise<Shape>][])('[FT10] %s', async (what, shaped) => {
  const shape = await shaped()
  const town = await opens({ nodes: 2, redis: false, env: { REDIS_URL: shape.url, ...shape.env } }).catch(async (error) => { await shape.closes(); throw error })
  try {
    await hear(town)
    const folk = await gathers(town, { learners: 8, at: (nth) => town.nodes[nth % 2]!.url })
    const plays = async (text: string) => {
      const { promptId } = await folk.teacher.does('coldcall:open', { cohortId: folk.cohortId, text })
      await caughtUp(town, folk.all, 1_000)
      await Promise.all(folk.learners.map((p) => p.does('coldcall:answer', { promptId, body: `${p.who} to ${text}` })))
      await folk.teacher.does('coldcall:reveal', { promptId })
      await caughtUp(town, folk.all, 1_000)
    }
    await until('people are counted over both', () => folk.all.every((p) => p.view.presence.online === 8), 5_000)
    const before = await repaired(town)
    await plays('One?')
    expect(await repaired(town)).toBe(before) // heard, not read
    if (what === 'Sentinels') {
      await shape.masterDies()
      await until('it is noticed', async () => (await town.nodes[0]!.meter('lectern_redis_up')) === 0, 5_000)
      await hear(town)
      const then = await repaired(town)
      await plays('After the change of the master?')
      expect(await repaired(town)).toBe(then)
    }
    expect((await folk.verdict()).slice(0, 10)).toEqual([])
    folk.leave()
  } finally {
    await town.closes()
    await shape.closes()
  }
}, 90_000)
