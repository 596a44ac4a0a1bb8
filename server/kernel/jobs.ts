// Jobs: work that may wait, done once by whoever runs it, on the same database. A fact that somebody listens to `after`
// becomes a job in the transaction that recorded it, so it is never lost, and its work is idempotent by the fact's id.
import PgBoss from 'pg-boss'
import type { Fact } from './change.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Database, Sql } from './sql.ts'

export type Work = (input: any) => Promise<void>
export type Jobs = {
  /** Inserts one job for each listener of each fact, in the transaction of `sql`. */
  follow(sql: Sql, facts: readonly Fact[]): Promise<void>
  stop(): Promise<void>
}

type Parts = {
  db: Database
  log: Log
  metrics: Metrics
  /** Who listens to which type of fact: `room:type` → work. */
  after: ReadonlyMap<string, { type: string; work: (fact: Fact) => Promise<void> }>
  /** What is done by the clock: name → cron (UTC) and work. */
  timed: ReadonlyMap<string, { cron: string; work: () => Promise<void> }>
}

const queueOf = (name: string) => name.replace(/[^\w.-]/g, '.')

/** Starts the workers. Tables of its own in the schema `pgboss`. */
export async function openJobs({ db, log, metrics, after, timed }: Parts): Promise<Jobs> {
  if (after.size === 0 && timed.size === 0) return { follow: async () => {}, stop: async () => {} }
  const executeSql = (text: string, values: unknown[] = []) => patiently(async () => ({ rows: await db.sql(text, values) }))
  const boss = new PgBoss({ db: { executeSql }, schema: 'pgboss', supervise: true, schedule: timed.size > 0 })
  boss.on('error', (err) => {
    metrics.jobErrors.inc()
    log.error({ err }, 'jobs')
  })
  await boss.start()

  for (const [name, { work }] of after) {
    await boss.createQueue(queueOf(name), { name: queueOf(name), retryLimit: 5, retryDelay: 1, retryBackoff: true, expireInMinutes: 5 })
    await boss.work(queueOf(name), { batchSize: 20, pollingIntervalSeconds: 1 }, async (jobs) => {
      for (const job of jobs) await work(job.data as Fact)
    })
  }
  for (const [name, { cron, work }] of timed) {
    await boss.createQueue(queueOf(name), { name: queueOf(name), retryLimit: 2, expireInMinutes: 15 })
    await boss.work(queueOf(name), { pollingIntervalSeconds: 30 }, work)
    await boss.schedule(queueOf(name), cron, {}, { tz: 'UTC' })
  }

  return {
    async follow(sql, facts) {
      const jobs = facts.flatMap((fact) => [...after].filter(([, l]) => l.type === fact.type).map(([name]) => ({ name: queueOf(name), data: fact })))
      if (jobs.length > 0) await boss.insert(jobs, { db: { executeSql: async (text: string, values: unknown[] = []) => ({ rows: await sql(text, values) }) } } as never)
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000, wait: true, close: false } as never),
  }
}

/** Nodes that start together on an empty database make the same tables, and lock each other out: one of them tries again. */
async function patiently<T>(work: () => Promise<T>, tries = 0): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01' || tries >= 8) throw error
    await new Promise((wake) => setTimeout(wake, 20 + Math.random() * 50 * 2 ** tries))
    return patiently(work, tries + 1)
  }
}
