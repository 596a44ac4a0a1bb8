// The mailbox: many commands, one commit; one bad row fails alone; and what a commit tells is kept with it, or not at all.
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Verb } from '#kernel/change'
import { readConfig } from '#kernel/config'
import { contract } from '#kernel/contract'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { openMailbox } from '#kernel/mailbox'
import { judged } from '#kernel/trouble'
import { openMetrics } from '#kernel/metrics'
import { no, ok, refuse } from '#kernel/refusals'
import { type App, assemble } from '../../server/app.ts'
import { freshDatabase, log, worlds } from '../helpers/world.ts'

type Item = { say: string; fails?: string; times?: number }
const error = (code: string) => Object.assign(new Error(code), { code })

/** A mailbox over a database that only remembers what was asked of it. */
function opened(more: { spacing?: number } = {}) {
  const batches: string[][] = []
  const at: number[] = []
  const told: number[] = []
  const sql = async (text: string) => (text.includes('AS remembered') ? [{ at: '2026-01-01T00:00:00.000000Z', remembered: null }] : [])
  const db = { kind: 'postgres', sql, transaction: async (work: any) => work(sql) } as never
  const mailbox = openMailbox({ db, log, metrics: openMetrics(), listeners: { within: () => [], after: async () => {} }, tell: () => told.push(batches.length), ...more })
  const verb: Verb<Item, void> = {
    name: 'test.says',
    lock: async () => {},
    decide: async (_, __, items) => {
      batches.push(items.map((i) => i.say))
      at.push(performance.now())
      for (const i of items) if (i.fails && (i.times ?? 1e9) > 0) {
        i.times = (i.times ?? 1e9) - 1
        throw error(i.fails)
      }
      return items.map((i) => ok(i.say))
    },
  }
  return { mailbox, verb, batches, told, at, put: (say: string, more: Partial<Item> = {}, id = 'one') => mailbox.put(verb, id, null, null, { say, ...more }) }
}

test('[KE17] what waits together is one commit, in order; each gets its own outcome', async () => {
  const { put, batches } = opened()
  const all = await Promise.all(['a', 'b', 'c'].map((s) => put(s)))
  expect(all.map((o) => o.ok && o.data)).toEqual(['a', 'b', 'c'])
  expect(batches).toEqual([['a', 'b', 'c']])
})

test('[KE17] another verb waits for its turn in the order that they came; another aggregate does not wait', async () => {
  const { mailbox, verb, batches, put } = opened({ spacing: 0 })
  const other = { ...verb, name: 'test.other' }
  await Promise.all([put('a'), put('b'), mailbox.put(other, 'one', null, null, { say: 'x' }), put('c'), put('z', {}, 'two')])
  expect(batches.filter((b) => b[0] !== 'z')).toEqual([['a', 'b'], ['x'], ['c']])
  expect(batches.findIndex((b) => b[0] === 'z')).toBeLessThan(2)
})

test('[KE17] the first goes at once; the next batch starts no sooner than the spacing after it', async () => {
  const { put, at, batches } = opened({ spacing: 50 })
  await put('a')
  await Promise.all([put('b'), put('c')])
  expect(batches).toEqual([['a'], ['b', 'c']])
  expect((at[1] as number) - (at[0] as number)).toBeGreaterThanOrEqual(45)
})

test('[KE18] one bad row fails alone: the others are committed, and only those are told', async () => {
  const { put, told } = opened()
  const all = await Promise.all(Array.from({ length: 16 }, (_, i) => put(`${i}`, i === 5 ? { fails: '22P02' } : {})))
  expect(all.map((o) => o.ok)).toEqual(Array.from({ length: 16 }, (_, i) => i !== 5))
  expect(all[5]).toMatchObject({ error: { code: 'internal', message: expect.not.stringContaining('22P02'), details: { reference: expect.any(String) } } })
  expect(told.length).toBeLessThanOrEqual(5)
})

test('[KE19] a deadlock or a serialisation failure is tried again, three times; then one is told to ask again', async () => {
  for (const code of ['40P01', '40001', '23505']) {
    const { put, batches } = opened()
    expect(await put('a', { fails: code, times: 3 })).toEqual({ ok: true, data: 'a' })
    expect(batches).toHaveLength(4)
    // A row that is there at the fourth try too is this very row: it fails alone, and not as if asking again helped.
    if (code === '23505') expect(await opened().put('a', { fails: code })).toMatchObject({ ok: false, error: { code: 'internal' } })
    else expect(await opened().put('a', { fails: code })).toMatchObject({ ok: false, error: { code: 'unavailable', details: { retryAfterMs: expect.any(Number) } } })
  }
})

test('[KE19] a lost connection is unavailable at once: it may have been committed, so it is not decided again', async () => {
  for (const code of ['08006', '57P01', 'ECONNRESET', '53300']) {
    const { put, batches } = opened()
    expect(await put('a', { fails: code })).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(batches).toHaveLength(1)
  }
  expect([judged(error('40P01')), judged(error('08003')), judged(error('22001')), judged(new TypeError('x'))]).toEqual(['again', 'unheard', 'broken', 'broken'])
})

test('[KE20] drained waits for what waits and what flies, and a full box is unavailable', async () => {
  const { mailbox, put } = opened()
  await mailbox.drained()
  let over = 0
  const all = Array.from({ length: 10_050 }, (_, i) => put(`${i}`).then((o) => { over++; return o }))
  await mailbox.drained()
  await Promise.resolve()
  const outcomes = await Promise.all(all)
  expect(over).toBe(10_050)
  expect(outcomes.filter((o) => !o.ok && o.error.code === 'unavailable')).toHaveLength(50)
})

describe.each(worlds)('facts, on %s', (on) => {
  let app: App
  let db: Awaited<ReturnType<typeof freshDatabase>>
  const heard: string[] = []
  const failing = new Set<string>()
  let seen = () => {}
  const room = (_: Kernel): Feature => feature({
    contract: contract('test', { pushes: {} }),
    within: {
      'test.happened': async (change, fact) => {
        await change.sql(`INSERT INTO lectern_settings (key, value) VALUES ($1, 'within')`, [`test ${fact.about}`])
        if (fact.body.breaks === 'within') throw error('22000')
      },
    },
    after: {
      'test.happened': async (fact) => {
        heard.push(fact.factId)
        if (failing.delete(fact.about)) throw new Error('not now')
        seen()
      },
    },
  })
  const happens: Verb<{ about: string; breaks?: string }, void> = {
    name: 'test.happens',
    lock: async () => {},
    decide: async (change, _, items) => items.map(({ about, breaks }) => {
      const fact = change.record('test.happened', about, null, { breaks })
      change.tell(fact, `user:${about}`, 'test:happened', {})
      if (breaks === 'decide') throw error('22000')
      return breaks === 'refuse' ? no(refuse('conflict', 'No.')) : ok(fact)
    }),
  }
  const found = async (about: string) => (await app.db.sql(
    `SELECT (SELECT count(*) FROM facts WHERE about = $1::uuid) AS facts, (SELECT count(*) FROM frames WHERE stream = $2) AS frames, (SELECT count(*) FROM lectern_settings WHERE key = $3) AS within,
       (SELECT count(*) FROM pgboss.job WHERE data->>'about' = $1::text) AS jobs`, [about, `user:${about}`, `test ${about}`]))[0]
  beforeAll(async () => {
    db = await freshDatabase(on)
    app = await assemble(readConfig({ PORT: '0' }), log, { db, rooms: [room] })
  })
  afterAll(async () => {
    await app.close()
    await db.drop()
  })

  test('[KE21] a fact, its frames, its job and what is made of it within commit together, or vanish together', async () => {
    const good = randomUUID()
    expect((await app.kernel.change(happens, newId(), { about: good })).ok).toBe(true)
    expect(await found(good)).toEqual({ facts: 1, frames: 1, within: 1, jobs: 1 })
    for (const breaks of ['decide', 'within']) {
      const bad = randomUUID()
      expect(await app.kernel.change(happens, newId(), { about: bad, breaks })).toMatchObject({ ok: false, error: { code: 'internal' } })
      expect(await found(bad), breaks).toEqual({ facts: 0, frames: 0, within: 0, jobs: 0 })
    }
  })

  test('[KE22] who listens after is called at least once, also when it throws first, and once where it does not', async () => {
    const about = randomUUID()
    failing.add(about)
    const done = new Promise<void>((resolve) => { seen = resolve })
    const outcome = await app.kernel.change(happens, newId(), { about })
    await vi.waitUntil(() => heard.includes((outcome as { data: string }).data), { timeout: 10_000 })
    await done
    await vi.waitUntil(() => heard.filter((f) => f === (outcome as { data: string }).data).length >= 2, { timeout: 15_000 })
  })

  test('[KE14] inside a change only its own sql may speak; anything else throws at once and nothing is saved', async () => {
    const about = randomUUID()
    for (const elsewhere of [() => app.db.sql('SELECT 1'), () => app.db.transaction(async () => {}), () => app.db.picture(async () => {}), () => app.db.prisma.user.count()]) {
      const verb: Verb<object, void> = { name: 'test.elsewhere', lock: async () => {}, decide: async (change) => { change.record('test.happened', about, null); await elsewhere(); return [ok({})] } }
      expect(await app.kernel.change(verb, newId(), {})).toMatchObject({ ok: false, error: { code: 'internal' } })
    }
    expect(await found(about)).toMatchObject({ facts: 0 })
  })
})

test('[KE21] a room that forgets to answer a command does not start', async () => {
  const room = () => feature({ contract: contract('lazy', { commands: { work: { changes: false, may: 'anybody', body: Type.Object({}), reply: Type.Object({}), refusals: [], says: '' } } }), actions: {} as never })
  const db = await freshDatabase('pglite')
  await expect(assemble(readConfig({ PORT: '0' }), log, { db, rooms: [room] })).rejects.toThrow('nobody answers lazy:work')
  await db.close()
})
