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
import { openHttp, serve, versionOf } from './kernel/http.ts'
import { type Hub, openHub } from './kernel/hub.ts'
import { type Jobs, openJobs } from './kernel/jobs.ts'
import { openLevels } from './kernel/levels.ts'
import type { Log } from './kernel/log.ts'
import { openMailbox } from './kernel/mailbox.ts'
import { openMetrics } from './kernel/metrics.ts'
import { openPresence } from './kernel/presence.ts'
import { prunes } from './kernel/prune.ts'
import type { Database } from './kernel/sql.ts'
import { openTokens } from './kernel/tokens.ts'
import { ended } from './features/accounts/index.ts'
import { WIRE, wire } from './wire.ts'

export const ROOT = join(import.meta.dirname, '..')

/** What a test may put in the place of the real thing, or make quicker. */
export type Seams = {
  db?: Opened
  rooms?: readonly ((kernel: Kernel) => Feature)[]
  headEvery?: number
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
  if (config.jwtSecrets.length === 0) config = { ...config, jwtSecrets: [await keptSecret(db)] }
  const metrics = openMetrics()
  const clock = openClock((err) => log.error({ err }, 'a timer failed'))
  const http = await openHttp(config)
  const tokens = await openTokens(http, config.jwtSecrets, seams.tokenSeconds)
  await http.after()

  let hub: Hub
  let features: readonly Feature[] = []
  const levels = openLevels((stream, told) => hub.push(stream, told), () => new Date().toISOString())
  const presence = openPresence((cohortId, who, here) => { for (const f of features) f.present?.(cohortId, who, here) })
  const parts: Record<string, Feature['snapshot'][string]> = {}
  const classes = openClasses({ db, epoch: db.epoch, metrics, log, levels, presence, parts })
  let jobs: Jobs = { follow: async () => {}, stop: async () => {} }
  const listeners: Listeners = {
    within: (type) => features.flatMap((f) => f.within[type] ?? []),
    after: (sql, facts) => jobs.follow(sql, facts),
  }
  const mailbox = openMailbox({ db, log, metrics, listeners, tell: (told) => hub.tell(told), spacing: seams.spacing, batch: seams.batch })

  const kernel: Kernel = {
    config, log, db, clock, tokens, presence, classes,
    change: (verb, id, item, actor = null) => mailbox.put(verb, id, actor, null, item),
    level: (stream, name, body) => levels.set(stream, name, body),
    signOut: (familyId) => hub.signOut(familyId),
  }
  features = (seams.rooms ?? rooms).map((room) => room(kernel))
  for (const f of features) Object.assign(parts, f.snapshot)

  hub = openHub({
    http: http.server, config, db, epoch: db.epoch, log, metrics, clock, tokens, wire: WIRE, mailbox, classes, levels,
    commands: commandTable(features), ended: (families) => ended(db.sql, families), headEvery: seams.headEvery,
  })
  let ready = false
  const version = versionOf(ROOT)
  await serve({
    http, config, log, metrics, features, tokens, mailbox, version, pages: join(ROOT, 'client/dist'), openapi: openapiOf(wire, version), asyncapi: asyncapiOf(wire, version),
    ended: async (family) => (await ended(db.sql, [family])).has(family),
    isReady: async () => ready && (await db.sql('SELECT 1').then(() => true, () => false)),
  })
  for (const f of features) await f.start?.()
  jobs = await openJobs({ db, log, after: listenersAfter(features), timed: new Map([...prunes(db), ...features.flatMap((f) => Object.entries(f.timed))]) })
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

/** The secret that signs tokens where none was set: made once and kept with the data. */
async function keptSecret(db: Database): Promise<string> {
  await db.sql(`INSERT INTO lectern_settings (key, value) VALUES ('jwt_secret', $1) ON CONFLICT DO NOTHING`, [randomBytes(48).toString('base64url')])
  const [row] = await db.sql<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'jwt_secret'`)
  return row?.value as string
}
