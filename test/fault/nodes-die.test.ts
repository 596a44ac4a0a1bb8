// Nodes that are killed, hang, and are asked to stop, in the middle of a burst of answers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aKey } from '../helpers/person.ts'
import { becomes, opens, type Town } from '../topology/town.ts'
import { caughtUp, type Folk, gathers } from '../topology/folk.ts'
import { judge } from '../topology/history.ts'
import { readStored } from '../topology/history.stored.ts'
import type { Regular } from '../topology/regular.ts'

const LEARNERS = 200
const EACH = 5

let town: Town
const folks: Folk[] = []
beforeAll(async () => { town = await opens({ nodes: 2 }) }, 90_000)
afterAll(() => town?.closes())

/** A class of its own for each test. */
const gather = async (how: Parameters<typeof gathers>[1]) => {
  const folk = await gathers(town, how)
  folks.push(folk)
  return folk
}
/** What is wrong with all that happened in this town so far. */
const verdict = async () => judge(folks.flatMap((f) => f.all.map((p) => p.log())), await readStored(town.sql)).slice(0, 10)
const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))
/** Every learner answers and changes their mind, each at their own moment; resolves when each has an outcome for all of it. */
const burst = (folk: Folk, promptId: string, over = 1_500) => Promise.all(folk.learners.map(async (p, i) => {
  await pause((over * i) / folk.learners.length)
  for (let n = 0; n < EACH; n++) await p.insists('coldcall:answer', { promptId, body: `${p.who}, thought ${n}` })
}))
async function asked(folk: Folk, text: string): Promise<string> {
  const ack = await folk.teacher.insists('coldcall:open', { cohortId: folk.cohortId, text })
  if (!ack.ok) throw new Error(ack.error.message)
  return ack.data.promptId
}

test('[FT1] a node is killed in a burst of 1,000 answers: acked is stored, once, and everybody is current five seconds after they are back', async () => {
  const folk = await gather({ learners: LEARNERS })
  const promptId = await asked(folk, 'What was lost?')
  const answering = burst(folk, promptId)
  await pause(700)
  await town.nodes[1]?.dies()
  await answering
  await Promise.all(folk.all.map((p) => p.isBack()))
  await caughtUp(town, folk.all, 5_000)
  expect(folk.all.filter((p) => p.lost > 0).length).toBeGreaterThan(LEARNERS / 4)
  expect(folk.all.filter((p) => p.lost === 0).length).toBeGreaterThan(LEARNERS / 4)
  await town.nodes[1]?.starts()
  await becomes(town, town.nodes[1]!, 'UP')
  expect(await folk.teacher.insists('coldcall:reveal', { promptId })).toMatchObject({ ok: true, data: { revealed: LEARNERS } })
  await caughtUp(town, folk.all, 5_000)
  expect(await verdict()).toEqual([])
  folk.leave()
}, 120_000)

test('[FT3] a node hangs in a burst: nobody on the other waits for it longer than its locks are left to it', async () => {
  const folk = await gather({ learners: 60, at: (nth) => town.nodes[nth % 2]!.url })
  const here = folk.all.filter((p) => p.url === town.nodes[0]!.url)
  for (let n = 0; n < 3; n++) {
    const promptId = await asked(folk, `Who waits, ${n}?`)
    const answering = Promise.all(folk.learners.map(async (p, i) => {
      await pause(i * 12)
      for (let k = 0; k < 4; k++) await p.insists('coldcall:answer', { promptId, body: `${p.who} ${n}.${k}` })
    }))
    await pause(250 + 90 * n)
    town.nodes[1]?.hangs()
    await pause(4_000)
    town.nodes[1]?.goesOn()
    await answering
    await folk.teacher.insists('coldcall:close', { promptId })
  }
  const waits = here.flatMap((p) => p.sent.filter((s) => s.name.startsWith('coldcall:')).map((s) => (s.ackedAt ?? Number.POSITIVE_INFINITY) - s.sentAt)).sort((a, b) => a - b)
  console.log(`on the other node: p50 ${Math.round(waits[waits.length >> 1] as number)} ms, p99 ${Math.round(waits[Math.floor(waits.length * 0.99)] as number)} ms, last ${Math.round(waits.at(-1) as number)} ms of ${waits.length}`)
  expect(waits.at(-1)).toBeLessThan(2_500)
  await Promise.all(folk.all.map((p) => p.isBack()))
  await caughtUp(town, folk.all)
  expect(await verdict()).toEqual([])
  folk.leave()
}, 120_000)

test('[FT5] the same answer five times over two nodes and a reconnect is one row, one outcome', async () => {
  const folk = await gather({ learners: 3 })
  const promptId = await asked(folk, 'Once?')
  const [ada] = folk.learners as [Regular]
  const windows = [ada, await folk.comes({ as: ada, url: town.nodes[0]!.url }), await folk.comes({ as: ada, url: town.nodes[1]!.url })] as const
  const ask = { promptId, body: 'only once', key: aKey() }
  const first = Promise.all(windows.map((w) => w.insists('coldcall:answer', ask)))
  windows[1].drops()
  void windows[1].staysIn()
  const acks = [...await first, await windows[1].insists('coldcall:answer', ask), await windows[2].insists('coldcall:answer', ask)]
  for (const ack of acks) expect(ack).toEqual(acks[0])
  expect(await folk.teacher.insists('coldcall:close', { promptId })).toMatchObject({ ok: true, data: { answered: 1 } })
  await caughtUp(town, folk.all)
  expect(await verdict()).toEqual([])
  folk.leave()
}, 60_000)

test('[FT7] a node is asked to stop in a burst: no acked answer is lost, its people are moved on with jitter, it ends well', async () => {
  const folk = await gather({ learners: LEARNERS })
  const promptId = await asked(folk, 'Who moves?')
  const gone: number[] = []
  for (const p of folk.all) p.socket.on('disconnect', () => gone.push(performance.now()))
  const answering = burst(folk, promptId)
  await pause(500)
  const ended = town.nodes[0]!.retires()
  await pause(150)
  expect(await town.nodes[0]!.isReady()).toBe(false)
  expect(await ended).toBe(0)
  await answering
  await Promise.all(folk.all.map((p) => p.isBack()))
  await caughtUp(town, folk.all, 5_000)
  expect(gone.length).toBeGreaterThan(LEARNERS / 4)
  expect(Math.max(...gone) - Math.min(...gone)).toBeGreaterThan(1_000) // not all at once
  await folk.teacher.insists('coldcall:reveal', { promptId })
  await caughtUp(town, folk.all)
  expect(await verdict()).toEqual([])
  await town.nodes[0]!.starts()
  folk.leave()
}, 120_000)

test('[FT6] a deadline passes while every node is down: the prompt closes at the first start, and late answers are refused', async () => {
  const folk = await gather({ learners: 4 })
  const ack = await folk.teacher.insists('coldcall:open', { cohortId: folk.cohortId, text: 'In time?', seconds: 5 })
  const promptId = ack.ok ? ack.data.promptId : ''
  await folk.learners[0]!.insists('coldcall:answer', { promptId, body: 'in time' })
  await Promise.all(town.nodes.map((n) => n.dies()))
  await pause(7_500)
  const late = folk.learners[1]!.insists('coldcall:answer', { promptId, body: 'too late' })
  await town.nodes[0]!.starts()
  expect(await late).toMatchObject({ ok: false, error: { code: 'prompt_closed' } })
  await Promise.all(folk.all.map((p) => p.isBack()))
  const [prompt] = await town.sql<{ state: string; answered: number }>('SELECT state, answered FROM cold_call_prompts WHERE prompt_id = $1', [promptId])
  expect(prompt).toEqual({ state: 'closed', answered: 1 })
  await caughtUp(town, folk.all)
  for (const p of folk.all) expect(p.view.prompts.find((one) => one.promptId === promptId)?.state, p.who).toBe('closed')
  expect(await verdict()).toEqual([])
  folk.leave()
}, 90_000)
