// Jobs: of several nodes on one database each is done once, whoever does it; and a database that does not hear that it was.
import { describe, expect, test, vi } from 'vitest'
import type { Fact } from '#kernel/change'
import { openDatabase } from '#kernel/database'
import { newId } from '#kernel/ids'
import { openJobs } from '#kernel/jobs'
import { openMetrics } from '#kernel/metrics'
import { join } from 'node:path'
import { ROOT } from '../../server/app.ts'
import { freshDatabase, freshPostgres, log, SERVER, worlds } from '../helpers/world.ts'

test.skipIf(!SERVER)('[NO16] two nodes start together on an empty database, and share the work: each job is done once', async () => {
  const server = await freshPostgres()
  const done: { node: number; factId: string }[] = []
  const nodes = await Promise.all([0, 1].map(async (node) => {
    const db = await openDatabase({ url: server.url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    const work = async (fact: Fact) => { done.push({ node, factId: fact.factId }); await new Promise((wake) => setTimeout(wake, 5)) }
    return { db, jobs: await openJobs({ db, log, metrics: openMetrics(), after: new Map([['echo.test.happened', { type: 'test.happened', work }]]), timed: new Map([['nightly', { cron: '0 3 * * *', work: async () => {} }]]) }) }
  }))
  const facts = Array.from({ length: 200 }, (): Fact => ({ factId: newId(), type: 'test.happened', about: newId(), body: {}, actorId: null, onBehalfOf: null, at: new Date().toISOString() }))
  await Promise.all(facts.map((fact, i) => nodes[i % 2]!.db.transaction((sql) => nodes[i % 2]!.jobs.follow(sql, [fact]))))
  await vi.waitUntil(() => done.length >= facts.length, { timeout: 25_000 })
  await new Promise((wake) => setTimeout(wake, 1_500)) // a second time would come with the next look
  expect(done.map((d) => d.factId).sort()).toEqual(facts.map((f) => f.factId).sort())
  expect(new Set(done.map((d) => d.node)).size).toBe(2)
  for (const { db, jobs } of nodes) {
    await jobs.stop()
    await db.close()
  }
  await server.drop()
}, 60_000)

describe.each(worlds)('on %s', (on) => {
  /** Jobs on a database that `says` may stand before; `did`: the facts that were worked at. */
  async function opened(says: (text: string) => Promise<void>) {
    const db = await freshDatabase(on)
    const { sql } = db
    const slow = { ...db, sql: (async (text, params) => { await says(text); return sql(text, params) }) as typeof sql }
    const did: string[] = []
    const jobs = await openJobs({ db: slow, log, metrics: openMetrics(), after: new Map([['echo.test.happened', { type: 'test.happened', work: async (fact) => { did.push(fact.factId) } }]]), timed: new Map() })
    const follows = () => db.transaction((sql) => jobs.follow(sql, [{ factId: newId(), type: 'test.happened', about: newId(), body: {}, actorId: null, onBehalfOf: null, at: new Date().toISOString() }]))
    const states = async () => (await db.sql<{ state: string }>(`SELECT state FROM pgboss.job WHERE name LIKE 'echo%'`)).map((r) => r.state)
    return { db, jobs, did, follows, states }
  }
  const isMark = (text: string) => text.includes(`state = 'completed'`) && text.includes('UPDATE')

  test('[KE24] a mark that is lost is made again, the job is done once, and nothing is thrown at nobody', async () => {
    const thrown: unknown[] = []
    const hears = (err: unknown) => { thrown.push(err) }
    process.on('unhandledRejection', hears)
    let lost = 0
    const { db, jobs, did, follows, states } = await opened(async (text) => { if (isMark(text) && lost++ < 2) throw new Error('Connection terminated unexpectedly') })
    await follows()
    await vi.waitUntil(async () => (await states()).join() === 'completed', { timeout: 15_000 })
    expect([did.length, lost]).toEqual([1, 3])
    await jobs.stop()
    await db.close()
    await db.drop()
    await new Promise((wake) => setTimeout(wake, 50))
    process.off('unhandledRejection', hears)
    expect(thrown).toEqual([])
  })

  test('[KE24] a stop waits for a mark that is on its way', async () => {
    let isOnItsWay = false
    const { db, jobs, did, follows, states } = await opened(async (text) => {
      if (!isMark(text)) return
      isOnItsWay = true
      await new Promise((wake) => setTimeout(wake, 700))
    })
    await follows()
    await vi.waitUntil(() => isOnItsWay, { timeout: 15_000 })
    await jobs.stop()
    expect([did.length, await states()]).toEqual([1, ['completed']])
    await db.close()
    await db.drop()
  })
})
