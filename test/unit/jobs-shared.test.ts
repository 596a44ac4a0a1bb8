// Jobs of several nodes on one database: each is done once, whoever does it.
import { expect, test, vi } from 'vitest'
import type { Fact } from '#kernel/change'
import { openDatabase } from '#kernel/database'
import { newId } from '#kernel/ids'
import { openJobs } from '#kernel/jobs'
import { openMetrics } from '#kernel/metrics'
import { join } from 'node:path'
import { ROOT } from '../../server/app.ts'
import { freshPostgres, log, SERVER } from '../helpers/world.ts'

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
