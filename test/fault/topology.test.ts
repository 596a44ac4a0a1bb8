// A class over the proxy of docker-compose.yml, with people on both nodes; nodes come, go, stop and hang.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../topology/children.ts'
import { caughtUp, type Folk, gathers } from '../topology/folk.ts'
import { becomes, opens, possible, type Town } from '../topology/town.ts'

const LEARNERS = 24

describe.skipIf(!possible)('a town of two nodes', () => {
  let town: Town
  let folk: Folk
  beforeAll(async () => {
    town = await opens({ lines: true })
    folk = await gathers(town, { learners: LEARNERS })
  }, 90_000)
  afterAll(async () => {
    folk?.leave()
    await town?.closes()
  }, 30_000)

  const on = (i: number) => town.nodes[i]!.meter('lectern_sockets')
  /** Everybody in class is on this node. */
  const allOn = (i: number) => until(`all are on node-${i + 1}`, async () => folk.all.every((p) => p.isIn) && (await on(i)) === folk.all.length)
  /** The teacher asks, everybody answers, and it is shown; resolves once all have heard. */
  async function asks(text: string) {
    const opened = await folk.teacher.insists('coldcall:open', { cohortId: folk.cohortId, text })
    if (!opened.ok) throw new Error(opened.error.message)
    const { promptId } = opened.data
    await Promise.all(folk.learners.map((l) => l.insists('coldcall:answer', { promptId, body: `${text} ${l.who} says so` })))
    await folk.teacher.insists('coldcall:reveal', { promptId })
    await caughtUp(town, folk.all)
    return promptId
  }

  test('[TP1] is one class: all hear the same, in the same order, and nothing before its time', async () => {
    expect(await on(0)).toBeGreaterThan(LEARNERS / 4)
    expect(await on(1)).toBeGreaterThan(LEARNERS / 4)
    const promptId = await asks('Why does the bridge hum?')
    for (const p of folk.all) expect(p.view.prompts.find((q) => q.promptId === promptId)?.state, p.who).toBe('revealed')
    expect(await folk.verdict()).toEqual([])
  }, 30_000)

  test('[TP4] sends nobody to a node that is not ready, and leaves those who are there in peace', async () => {
    const [, second] = town.nodes as [unknown, Town['nodes'][number]]
    const before = await on(1)
    await second.lines.database?.cuts()
    await becomes(town, second, 'NOLB')
    const lost = folk.all.map((p) => p.lost)
    for (let i = 0; i < 4; i++) await folk.comes()
    expect(await on(1)).toBe(before)
    expect(folk.all.slice(0, lost.length).map((p) => p.lost)).toEqual(lost)
    await second.lines.database?.mends()
    await becomes(town, second, 'UP')
    for (let i = 0; i < 6; i++) await folk.comes()
    expect(await on(1)).toBeGreaterThan(before)
    await asks('Who was sent away?')
    expect(await folk.verdict()).toEqual([])
  }, 60_000)

  test('[TP3] goes on without a node that is gone, and with it when it is back', async () => {
    const [, second] = town.nodes as [unknown, Town['nodes'][number]]
    await second.dies()
    // The proxy need not have noticed: nobody who comes now hears an error.
    expect(await Promise.all(Array.from({ length: 20 }, () => fetch(`${town.url}/healthz`).then((r) => r.status)))).toEqual(Array(20).fill(200))
    await Promise.all(folk.all.map((p) => p.isBack(5_000)))
    await asks('Who noticed?')
    await second.starts()
    await becomes(town, second, 'UP')
    for (let i = 0; i < 4; i++) await folk.comes()
    expect(await on(1)).toBeGreaterThan(0)
    await asks('And now?')
    expect(await folk.verdict()).toEqual([])
  }, 60_000)

  test('[TP5] takes the people of a node that hangs, and that node again when it goes on', async () => {
    const [, second] = town.nodes as [unknown, Town['nodes'][number]]
    // Enough come that some are on each.
    for (let i = 0; i < 8; i++) await folk.comes()
    const stuck = await on(1)
    expect(stuck).toBeGreaterThan(0)
    second.hangs()
    await becomes(town, second, 'DOWN')
    await allOn(0)
    await asks('Who is stuck?')
    second.goesOn()
    await becomes(town, second, 'UP')
    await until('the node that hung has let go of those who left', async () => (await on(1)) === 0)
    await asks('Who is back?')
    expect(await folk.verdict()).toEqual([])
  }, 90_000)

  test('[TP11] hears a node that is asked to stop move its people on, and end well', async () => {
    const [first] = town.nodes as [Town['nodes'][number]]
    for (let i = 0; i < 4; i++) await folk.comes()
    expect(await first.retires()).toBe(0)
    await allOn(1)
    await asks('Who moved?')
    await first.starts()
    expect(await folk.verdict()).toEqual([])
  }, 60_000)

  test('[TP6] does not show its metrics to the outside', async () => {
    for (const path of ['/metrics', '/METRICS', '/%6Detrics', '/metrics/', '/metrics?x=1']) expect((await fetch(town.url + path)).status, path).toBe(404)
    expect((await fetch(`${town.nodes[0]!.url}/metrics`)).status).toBe(200)
  })
})

describe.skipIf(!possible)('a town in earnest', () => {
  test('[TP2] [TP6] begins with all its nodes at once, and believes nobody about where they are', async () => {
    const town = await opens({ nodes: 3, together: true, env: { NODE_ENV: 'production', AUTH_DEV: 'false', JWT_SECRET: 'a secret of thirty-two characters' } })
    try {
      for (const n of town.nodes) expect(await n.isReady(), n.output()).toBe(true)
      await Promise.all(town.nodes.slice(1).map((n) => n.retires()))
      await Promise.all(town.nodes.slice(1).map((n) => becomes(town, n, 'DOWN')))
      const tries = async (nth: number) => {
        const reply = await fetch(`${town.url}/api/v1/join`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${nth}` }, body: JSON.stringify({ code: 'WRONG1234', name: 'Mallory' }) })
        return reply.status
      }
      for (let nth = 1; nth <= 10; nth++) expect(await tries(nth)).not.toBe(429)
      expect(await tries(11)).toBe(429)
    } finally {
      await town.closes()
    }
  }, 120_000)
})
