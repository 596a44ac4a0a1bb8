// The ground of a run: a database with one class, made once and copied for each side, so that all begin alike. Where a work
// needs a class in the middle of its lesson, that is held once and copied too.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { assemble } from '../../server/app.ts'
import { readConfig } from '#kernel/config'
import { newId } from '#kernel/ids'
import { freshDatabase, log, World } from '../helpers/world.ts'
import { holdLesson } from './lesson.ts'

export type One = { userId: string; familyId: string; name: string; memberId: string }
export type Copy = { name: string; url: string; sql(text: string, values?: unknown[]): Promise<any[]>; drop(): Promise<void> }
export type Ground = {
  clients: number; cohortId: string; teacher: One; cast: One[]
  /** The class on the list, and nothing said yet. */
  copy(): Promise<Copy>
  /** The class in the middle of its lesson, and what a learner who comes in is given: see `lesson.ts`. */
  lesson(): Promise<Copy & { snapshot: object }>
  drop(): Promise<void>
}

const MODULES = ['Begin', 'Connect', 'Sense', 'Move', 'Store', 'Decide', 'Secure', 'Look after']

/** Makes a class of so many learners, and one teacher. Refuses a database that does not sync its commits to the disk. */
export async function makeGround(clients: number): Promise<Ground> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('The bench needs PostgreSQL: test/services.sh, then eval "$(test/services.sh env)".')
  const admin = await opened(server)
  const [{ fsync, commits }] = await admin.sql(`SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits`) as [{ fsync: string; commits: string }]
  if (fsync !== 'on' || commits !== 'on') throw new Error(`fsync is ${fsync}, synchronous_commit ${commits}; both must be on.`)

  const db = await freshDatabase('postgres')
  const app = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0' }), log, { db })
  const world = new World(app, await app.listen(), db.drop)
  world.owner = await world.signsIn('owner@school.test', { name: 'Olive Owner', owner: true })
  world.courseId = (await world.gets('POST', '/courses', { slug: 'iot', name: 'IoT for Beginners', modules: MODULES.map((title, i) => ({ moduleNo: i + 1, title })) })).courseId
  const { cohortId } = await world.cohort()
  const cast = Array.from({ length: clients }, (_, i): One => ({ userId: newId(), familyId: newId(), name: `Learner ${i}`, memberId: newId() }))
  await app.db.sql(`INSERT INTO users (user_id, email, full_name) SELECT w.id, w.id || '@school.test', w.name FROM unnest($1::uuid[], $2::text[]) AS w (id, name)`, [cast.map((c) => c.userId), cast.map((c) => c.name)])
  await app.db.sql('INSERT INTO cohort_members (member_id, cohort_id, user_id, display_name) SELECT w.member, $1, w.id, w.name FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS w (member, id, name)',
    [cohortId, cast.map((c) => c.memberId), cast.map((c) => c.userId), cast.map((c) => c.name)])
  await app.db.sql('ANALYZE')
  await app.close()

  const teacher = { userId: world.owner.user.userId, familyId: newId(), name: 'Olive Owner', memberId: '' }
  const template = new URL(db.url as string).pathname.slice(1)
  let held: ReturnType<typeof holdLesson> | undefined
  const ground: Ground = {
    clients, cohortId, teacher, cast,
    copy: () => copied(server, template),
    async lesson() {
      const { db, snapshot } = await (held ??= holdLesson(ground))
      return { ...(await copied(server, db.name)), snapshot }
    },
    drop: async () => {
      await (await held)?.db.drop()
      await db.drop()
      await admin.end()
    },
  }
  return ground
}

async function copied(server: string, template: string): Promise<Copy> {
  const name = `lectern_bench_${randomUUID().replaceAll('-', '')}`
  const admin = await opened(server)
  // Who just ended may not be gone yet, and what somebody has open cannot be copied.
  while ((await admin.sql('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [template])).length > 0) await pause(10)
  await admin.sql(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  await admin.sql('CHECKPOINT') // so that none falls into what is measured
  const url = new URL(server)
  url.pathname = `/${name}`
  let own: Awaited<ReturnType<typeof opened>> | undefined // not before it is asked for, so that this one can be copied too
  return {
    name, url: url.href,
    sql: async (text, values) => (own ??= await opened(url.href)).sql(text, values),
    async drop() {
      await own?.end()
      await admin.sql(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

async function opened(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return { sql: async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows as any[], end: () => client.end() }
}
