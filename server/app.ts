// The only wiring: settings in, a running Lectern out.
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { features as rooms } from './features.ts'
import { openAlarms } from './kernel/alarms.ts'
import type { Fact, Listeners } from './kernel/change.ts'
import { openClasses } from './kernel/classes.ts'
import { openClock } from './kernel/clock.ts'
import { commandTable } from './kernel/commands.ts'
import { CannotStart, type Config } from './kernel/config.ts'
import { openDatabase, type Opened } from './kernel/database.ts'
import { asyncapiOf, openapiOf } from './kernel/documents.ts'
import type { Feature, Kernel } from './kernel/feature.ts'
import { EARLY_MS } from './kernel/hearing.ts'
import { openEnds } from './kernel/ends.ts'
import { openHttp, serve, versionOf } from './kernel/http.ts'
import { type Hub, openHub } from './kernel/hub.ts'
import { newId } from './kernel/ids.ts'
import { type Jobs, openJobs } from './kernel/jobs.ts'
import { openLevels } from './kernel/levels.ts'
import type { Log } from './kernel/log.ts'
import { openMailbox } from './kernel/mailbox.ts'
import { openMetrics } from './kernel/metrics.ts'
import { openPresence } from './kernel/presence.ts'
import { prunes } from './kernel/prune.ts'
import type { Database } from './kernel/sql.ts'
import { userStream } from './kernel/streams.ts'
import { openTokens } from './kernel/tokens.ts'
import { openWatching } from './kernel/watching.ts'
import { WIRE, wire } from './wire.ts'

/** How long the database has for an answer when a proxy asks whether this node is ready, ms. */
const ANSWERS_IN = 1_000
export const ROOT = join(import.meta.dirname, '..')

/** What a test may put in the place of the real thing, or make quicker. */
export type Seams = {
  db?: Opened
  rooms?: readonly ((kernel: Kernel) => Feature)[]
  headEvery?: number
  staffEvery?: number
  tokenSeconds?: number
  spacing?: number
  batch?: number
}

export type App = {
  /** Where it listens, once it does. */
  url: string
  db: Opened
  hub: Hub
  kernel: Kernel
  listen(): Promise<string>
  /** Lets what is under way finish, moves everybody on, and ends. */
  drain(overMs?: number): Promise<void>
  close(): Promise<void>
}

export async function assemble(config: Config, log: Log, seams: Seams = {}): Promise<App> {
  const db = seams.db ?? await openDatabase({ url: config.databaseUrl, dir: config.dataDir, migrations: join(ROOT, 'prisma/migrations'), log })
    .catch((err: Error) => { throw new CannotStart(err.message, err) })
  if (config.jwtSecrets.length === 0) config = { ...config, jwtSecrets: [await kept(db, 'jwt_secret', () => randomBytes(48).toString('base64url'))] }
  const metrics = openMetrics()
  const clock = openClock((err) => {
    metrics.timers.inc()
    log.error({ err }, 'a timer failed')
  })
  const http = await openHttp(config)
  const tokens = await openTokens(http, config.jwtSecrets, seams.tokenSeconds)
  await http.after()

  let hub: Hub
  let features: readonly Feature[] = []
  const levels = openLevels((stream, told, spread, key) => hub.push(stream, told, spread, key), () => new Date().toISOString())
  const presence = openPresence((cohortId, who, here, elsewhere) => {
    for (const f of features) f.present?.(cohortId, who, here, elsewhere)
    if (!elsewhere && who.role === 'learner' && who.memberId) hub.present(cohortId, { userId: who.userId, memberId: who.memberId }, here)
  })
  const parts: Record<string, Feature['snapshot'][string]> = {}
  const classes = openClasses({
    db, epoch: () => db.epoch, metrics, log, levels, presence, parts,
    missing: (stream) => hub.missing(stream), patience: () => (hub.isAlone() ? 0 : EARLY_MS), opened: (cohortId) => hub.opened(cohortId), released: (cohortId) => hub.released(cohortId), listens: (cohortId, isOn) => hub.listens(cohortId, isOn),
  })
  let jobs: Jobs = { follow: async () => {}, stop: async () => {} }
  const listeners: Listeners = {
    within: (type) => features.flatMap((f) => f.within[type] ?? []),
    after: (sql, facts) => jobs.follow(sql, facts),
  }
  const mailbox = openMailbox({ db, log, metrics, listeners, tell: (told) => hub.tell(told), spacing: seams.spacing, batch: seams.batch })

  const watching = openWatching((room, told) => hub.push(room, told))
  const kernel: Kernel = {
    config, log, db, clock, tokens, presence, classes, watching,
    change: (verb, id, item, actor = null) => mailbox.put(verb, id, actor, null, item),
    level: (stream, name, body) => levels.set(stream, name, body),
    whisper: (userId, name, body) => hub.push(userStream(userId), [name, { at: new Date().toISOString(), body }], true),
    say: (name, said) => hub.say(name, said),
    async exports(userId) {
      const parts = features.flatMap((f) => (f.exports ? [[f.contract.name, f.exports] as const] : []))
      return Object.fromEntries(await Promise.all(parts.map(async ([name, exports]) => [name, await exports(db.sql, userId)] as const)))
    },
  }
  features = (seams.rooms ?? rooms).map((room) => room(kernel))
  for (const f of features) Object.assign(parts, f.snapshot)

  const over = async (families: readonly string[]) => new Set((await Promise.all(features.map((f) => f.ended?.(families) ?? []))).flatMap((s) => [...s]))
  const knows = async (secret: string) => {
    for (const f of features) {
      const claims = await f.knows?.(secret)
      if (claims) return claims
    }
    return null
  }
  const ends = openEnds(over)
  hub = openHub({
    http: http.server, config, db, log, metrics, clock, tokens, wire: WIRE, mailbox, classes, levels, presence, watching, commands: commandTable(features), ended: over, knows, forget: ends.forget,
    redis: config.redis, installation: await kept(db, 'installation', () => newId()), nodeId: newId(),
    readLevels: features.flatMap((f) => f.levels ?? []), standing: features.find((f) => f.standing)?.standing ?? NOBODY_STANDS, headEvery: seams.headEvery, staffEvery: seams.staffEvery,
    heard: (cohortId, told) => { for (const f of features) f.heard?.(cohortId, told) },
    word: (name, said) => { for (const f of features) f.words[name]?.(said) },
  })
  let ready = false
  const version = versionOf(ROOT)
  await serve({
    http, config, log, metrics, features, tokens, mailbox, version, pages: join(ROOT, 'client/dist'), openapi: openapiOf(wire, version), asyncapi: asyncapiOf(wire, version),
    ended: ends.isOver, knows,
    async state() {
      const answers = hub.isFresh() && (await within(ANSWERS_IN, db.sql('SELECT 1')))
      return { ready: ready && answers, database: answers ? 'answers' : 'away', redis: !config.redis ? 'none' : hub.isAlone() ? 'away' : 'answers' }
    },
  })
  for (const f of features) await f.start?.()
  jobs = await openJobs({ db, log, metrics, after: listenersAfter(features), timed: new Map([...prunes(db), ...features.flatMap((f) => Object.entries(f.timed))]) })
  await openAlarms(clock, features.flatMap((f) => f.alarms), (err) => log.warn({ err }, 'a deadline was rung again'))

  const app: App = {
    url: '', db, hub, kernel,
    async listen() {
      await http.listen({ port: config.port, host: config.host, backlog: 4_096 })
      const { port } = http.server.address() as AddressInfo
      app.url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
      ready = true
      return app.url
    },
    async drain(overMs = 1_000) {
      ready = false
      await hub.drain(overMs)
      await app.close()
    },
    async close() {
      ready = false
      for (const f of features) await f.stop?.()
      clock.stop()
      await hub.close()
      await http.close()
      await mailbox.drained()
      await jobs.stop()
      await db.close()
    },
  }
  return app
}

function listenersAfter(features: readonly Feature[]): Map<string, { type: string; work: (fact: Fact) => Promise<void> }> {
  return new Map(features.flatMap((f) => Object.entries(f.after).map(([type, work]) => [`${f.contract.name}.${type}`, { type, work }] as const)))
}

/** Whether this came within so many milliseconds, and well. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((done) => { timer = setTimeout(() => done(false), ms) })
  return Promise.race([late, work.then(() => true, () => false)]).finally(() => clearTimeout(timer))
}

/** A setting that is made once and kept with the data: the secret that signs tokens where none was set, the installation's name. */
async function kept(db: Database, key: string, make: () => string): Promise<string> {
  await db.sql('INSERT INTO lectern_settings (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, make()])
  const [row] = await db.sql<{ value: string }>('SELECT value FROM lectern_settings WHERE key = $1', [key])
  return row?.value as string
}

/** For tests that assemble rooms without the one that knows. */
const NOBODY_STANDS = { forget() {}, forgetAll() {}, of: async () => undefined }
