// Jobs: work that may wait, done once by whoever runs it, on the same database. A fact that somebody listens to `after`
// becomes a job in the transaction that recorded it, so it is never lost, and its work is idempotent by the fact's id.
import { setTimeout as sleep } from 'node:timers/promises'
import PgBoss from 'pg-boss'
import type { Fact } from './change.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Database, Sql } from './sql.ts'

export type Work = (input: any) => Promise<void>
export type Jobs = {
  /** Inserts one job for each listener of each fact, in the transaction of `sql`. */
  follow(sql: Sql, facts: readonly Fact[]): Promise<void>
  /** Takes up no more, and waits up to five seconds for what is under way; what is not done by then is done elsewhere. */
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

/** Each try waits twice as long as the one before it: the last comes a quarter to half an hour after the first. */
const RETRIES = 10
const SIDE_BY_SIDE = 10
/** What pg-boss says to mark jobs as done, and to put back what failed. */
const MARK = /SET completed_on = now\(\)|WITH deleted_jobs AS/
const MARKED_WITHIN = 32_000

const queueOf = (name: string) => name.replace(/[^\w.-]/g, '.')

/** Starts the workers. Tables of its own in the schema `pgboss`. */
export async function openJobs({ db, log, metrics, after, timed }: Parts): Promise<Jobs> {
  if (after.size === 0 && timed.size === 0) return { follow: async () => {}, stop: async () => {} }
  const ended = new AbortController()
  const marks = new Set<Promise<unknown>>()
  const failed = (err: unknown) => {
    metrics.jobErrors.inc()
    log.error({ err }, 'jobs')
  }
  const says = (text: string, values: unknown[]) => patiently(async () => ({ rows: await db.sql(text, values) }))

  /** pg-boss does not wait until a job is marked as done or failed: a mark that is lost would end the process, as what nobody
   *  catches does. It is tried again; and a job whose mark never came is done again once it has expired. */
  async function marked(text: string, values: unknown[]) {
    for (let wait = 500; ; wait *= 2) {
      try {
        return await says(text, values)
      } catch (err) {
        if (!ended.signal.aborted && wait <= MARKED_WITHIN) await sleep(wait, undefined, { signal: ended.signal }).catch(() => {})
        else {
          failed(err)
          return { rows: [{ count: 0 }] }
        }
      }
    }
  }
  const executeSql = (text: string, values: unknown[] = []) => {
    if (!MARK.test(text)) return says(text, values)
    const mark = marked(text, values).finally(() => marks.delete(mark))
    marks.add(mark)
    return mark
  }
  const boss = new PgBoss({ db: { executeSql }, schema: 'pgboss', supervise: true, schedule: timed.size > 0 })
  boss.on('error', failed)
  await boss.start()

  for (const [name, { work }] of after) {
    const queue = queueOf(name)
    await boss.createQueue(queue, { name: queue, retryLimit: RETRIES, retryDelay: 1, retryBackoff: true, expireInMinutes: 5 })
    // Side by side, and one that fails is tried again by itself. It is put back when all are through: what is taken up
    // elsewhere meanwhile must not be marked as done here.
    await boss.work(queue, { batchSize: SIDE_BY_SIDE, pollingIntervalSeconds: 1 }, async (jobs) => {
      const ends = await Promise.allSettled(jobs.map(({ data }) => work(data as Fact)))
      for (const [i, end] of ends.entries()) if (end.status === 'rejected') await again(queue, jobs[i] as PgBoss.Job<Fact>, end.reason as Error)
    })
  }

  async function again(queue: string, { id, data }: PgBoss.Job<Fact>, err: Error) {
    metrics.jobErrors.inc()
    log.warn({ err, job: queue, factId: data.factId }, 'a job failed: it is tried again, up to ten times')
    await boss.fail(queue, id, { message: err.message })
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
    async stop() {
      await boss.stop({ graceful: true, timeout: 5_000, wait: true, close: false } as never)
      ended.abort()
      await Promise.all(marks)
    },
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
