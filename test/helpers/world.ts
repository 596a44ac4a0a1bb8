// A world to test in: a real server on port 0, a course, a cohort, and people who really sign in over REST. Everything is
// tidied away at the end.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { type App, assemble, ROOT, type Seams } from '../../server/app.ts'
import { readConfig } from '#kernel/config'
import { openDatabase, type Opened } from '#kernel/database'
import { openLog } from '#kernel/log'
import { join } from 'node:path'
import { Person } from './person.ts'
import { stock } from './stock.ts'

export const log = openLog(process.env.TEST_LOG ?? 'silent')
export const SERVER = process.env.TEST_DATABASE_URL
/** The databases that this machine can test on. */
export const worlds: ('pglite' | 'postgres')[] = SERVER ? ['pglite', 'postgres'] : ['pglite']

const MIGRATIONS = join(ROOT, 'prisma/migrations')

const admin = async () => {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  return client
}
const says = async (text: string) => {
  const client = await admin()
  await client.query(text).finally(() => client.end())
}
const addressOf = (name: string) => {
  const url = new URL(SERVER as string)
  url.pathname = `/${name}`
  return url.href
}

/** A fresh PostgreSQL database, with nothing in it or a copy of `from`; dropped by `drop`. */
export async function freshPostgres(from?: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `lectern_test_${randomUUID().replaceAll('-', '')}`
  await says(`CREATE DATABASE ${name} ${from ? `TEMPLATE ${from}` : ''}`)
  return { url: addressOf(name), drop: () => says(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Leaves every room's tables and queues in this database, and nothing in them. */
async function furnish(name: string) {
  const url = addressOf(name)
  const db = await openDatabase({ url, dir: '', migrations: MIGRATIONS, log })
  await (await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATA_DIR: join(tmpdir(), name), EMBEDDINGS_MODEL: 'none' }), log, { db })).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('DELETE FROM lectern_settings; DELETE FROM pgboss.job; UPDATE pgboss.version SET cron_on = NULL, maintained_on = NULL, monitored_on = NULL').finally(() => client.end())
}

/** A fresh database of this kind, migrated. */
export async function freshDatabase(kind: 'pglite' | 'postgres'): Promise<Opened & { url?: string; drop(): Promise<void> }> {
  if (kind === 'pglite') return Object.assign(await openDatabase({ dir: 'memory://', migrations: MIGRATIONS, log }), { drop: async () => {} })
  const { url, drop } = await freshPostgres(await stock(admin, furnish))
  return Object.assign(await openDatabase({ url, dir: '', migrations: MIGRATIONS, log }), { url, drop })
}

export type Signed = { accessToken: string; refreshToken: string; user: { userId: string; name: string; email: string | null } }

export class World {
  readonly people: Person[] = []
  readonly app: App
  readonly url: string
  readonly drop: () => Promise<void>
  owner!: Signed
  courseId!: string
  cohortId!: string
  inviteCode!: string
  constructor(app: App, url: string, drop: () => Promise<void>) {
    this.app = app
    this.url = url
    this.drop = drop
  }

  /** Asks over REST; resolves with the status and what came. */
  async asks(method: string, path: string, body?: unknown, token?: string, headers: Record<string, string> = {}): Promise<{ status: number; body: any; headers: Headers }> {
    const reply = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await reply.text()
    return { status: reply.status, body: text && reply.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text, headers: reply.headers }
  }

  /** Asks over REST what must succeed. */
  async gets(method: string, path: string, body?: unknown, token = this.owner?.accessToken): Promise<any> {
    const reply = await this.asks(method, path, body, token)
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  signsIn = (email: string, more: { name?: string; owner?: boolean } = {}): Promise<Signed> => this.gets('POST', '/auth/dev', { email, ...more }, undefined)

  /** Makes a cohort of the course. */
  cohort = (more: object = {}): Promise<{ cohortId: string; inviteCode: string }> => this.gets('POST', `/courses/${this.courseId}/cohorts`, { name: 'Autumn', ...more })

  /** Puts people on the list of the cohort. */
  lists = (members: object[], cohortId = this.cohortId) => this.gets('POST', `/cohorts/${cohortId}/members`, { members })

  /** Somebody of the cast: on the list, signed in, connected, in class. `x` becomes x@school.test. */
  async has(who: string, more: { role?: string; timeFactor?: number; batchNo?: number; cohortId?: string; as?: 'screen'; name?: string } = {}): Promise<Person> {
    const { cohortId = this.cohortId, as, ...row } = more
    if (who !== 'owner') await this.lists([{ email: `${who}@school.test`, name: row.name ?? who, ...row }], cohortId)
    const signed = who === 'owner' ? this.owner : await this.signsIn(`${who}@school.test`, { name: row.name ?? who })
    return this.person(who, signed, cohortId, as).comes()
  }

  person(who: string, signed: Signed, cohortId = this.cohortId, as?: 'screen'): Person {
    const person = new Person({ who, url: this.url, userId: signed.user.userId, token: signed.accessToken, cohortId, as })
    this.people.push(person)
    return person
  }

  async ends(): Promise<void> {
    for (const p of this.people) p.leaves()
    await this.app.close()
    await this.drop()
  }
}

/** Opens a world: a server, an owner, a course of three modules, a cohort with entry by list. */
export async function aWorld(on: 'pglite' | 'postgres' = 'pglite', seams: Omit<Seams, 'db'> & { env?: Record<string, string> } = {}): Promise<World> {
  const { env, ...rest } = seams
  const db = await freshDatabase(on)
  const dir = await mkdtemp(join(tmpdir(), 'lectern-'))
  const app = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATA_DIR: dir, EMBEDDINGS_MODEL: 'none', ...env }), log, { db, staffEvery: 0, ...rest })
  const world = new World(app, await app.listen(), async () => {
    await db.drop()
    await rm(dir, { recursive: true, force: true })
  })
  world.owner = await world.signsIn('owner@school.test', { name: 'Olive Owner', owner: true })
  const modules = [1, 2, 3].map((moduleNo) => ({ moduleNo, title: `Module ${moduleNo}` }))
  world.courseId = (await world.gets('POST', '/courses', { slug: 'iot', name: 'IoT for Beginners', modules })).courseId
  Object.assign(world, await world.cohort())
  return world
}
