// PostgreSQL, through one pool. Every wait is bounded: for a connection, for a statement, for a lock, for an idle
// transaction.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { epochOf, memoryOf, type Opened } from './epoch.ts'
import { guard } from './guard.ts'
import { type BriefLog, migrate } from './migrate.ts'
import { prismaOver } from './prisma.ts'
import type { Row, Sql } from './sql.ts'
import { discreet, encode, parserOf } from './values.ts'

const FLOOR = 150_000
const CONNECT = { connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'lectern', types: { getTypeParser: parserOf } }
// A node that hangs inside a transaction holds its locks for a second and no longer: the server ends its session. A reader
// holds no locks, and may take its time.
const LIMITS = { max: 10, idleTimeoutMillis: 30_000, statement_timeout: 30_000, lock_timeout: 10_000, idle_in_transaction_session_timeout: 1_000, query_timeout: 40_000 }
const PICTURE = `BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL idle_in_transaction_session_timeout = '30s'`

/** Opens the database at `url`, brought up to date. Throws one sentence where that cannot be. */
export async function openPostgres({ url, migrations, log }: { url: string; migrations: string; log: BriefLog }): Promise<Opened> {
  const target = nameOf(url)
  await prepare(url, migrations, log).catch((error) => { throw explained(error, target) })
  let known: string | null | undefined
  // After a fail-over every connection is a new one: so none speaks before it is known whether this is the same memory.
  const onConnect = async (client: pg.ClientBase) => {
    await client.query(`SET TIME ZONE 'UTC'`)
    const memory = await memoryOf(speaking(client as pg.Client))
    if (memory === known) return
    await epochOf(speaking(client as pg.Client), false, memory)
    known = memory
  }
  const pool = new pg.Pool({ connectionString: url, ...CONNECT, ...LIMITS, onConnect })
  pool.on('error', (error) => log.warn({ err: discreet(error) }, 'an idle database connection was lost'))
  // A connection that breaks while it is lent tells its own listeners, and with none the process would end.
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: discreet(error) }, 'a database connection was lost')))

  const { refuse, within } = guard({ mayBeBlind: true })
  const prisma = prismaOver(async () => new (await import('@prisma/adapter-pg')).PrismaPg(pool), { refuse, within })
  const speak = speaking(pool)
  const run = async <T>(what: string, begin: string, work: (sql: Sql) => Promise<T>): Promise<T> => {
    refuse(what)
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin)
      const value = await within(speaking(client), work)
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch((lost: Error) => { broken = lost })
      throw discreet(error)
    } finally {
      client.release(broken)
    }
  }
  let closing: Promise<void> | undefined
  return {
    kind: 'postgres',
    epoch: await epochOf(speak, false, null),
    prisma: prisma.prisma,
    sql: async (text, params) => {
      refuse('database.sql')
      return speak(text, params)
    },
    transaction: (work) => run('database.transaction', 'BEGIN', work),
    picture: (work) => run('database.picture', PICTURE, work),
    close: () => (closing ??= prisma.end().then(() => pool.end())),
  }
}

// A session of its own, with no limit on statements: a migration may take long, and so may the wait for another node's.
async function prepare(url: string, migrations: string, log: BriefLog) {
  const client = new pg.Client({ connectionString: url, ...CONNECT })
  client.on('error', (error) => log.warn({ err: discreet(error) }, 'the connection for migrations was lost'))
  await client.connect()
  try {
    const speak = speaking(client)
    const version = await speak<{ number: number; name: string }>(`SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`)
    if (version[0]!.number < FLOOR) throw new Error(`PostgreSQL 15 or later is needed; this is ${version[0]!.name}.`)
    await migrate(speak, migrations, log)
  } finally {
    await client.end().catch(() => {}) // what matters has happened, or was thrown
  }
}

function speaking(over: { query: pg.Pool['query'] | pg.Client['query'] }): Sql {
  const query = over.query.bind(over) as (config: pg.QueryConfig) => Promise<pg.QueryResult | pg.QueryResult[]>
  return async <R = Row>(text: string, params?: readonly unknown[]): Promise<R[]> => {
    try {
      // With a name the server plans the text once a connection; a text with several statements cannot have one.
      const result = await query(params?.length ? { name: short(text), text, values: params.map(encode) } : { text })
      return ((Array.isArray(result) ? result.at(-1) : result)?.rows ?? []) as R[]
    } catch (error) {
      throw discreet(error)
    }
  }
}

const names = new Map<string, string>()
const short = (text: string) => {
  let name = names.get(text)
  if (name === undefined) names.set(text, (name = createHash('sha1').update(text).digest('base64url')))
  return name
}

function nameOf(url: string): string {
  try {
    const { protocol, hostname, port, pathname } = new URL(url)
    if (!/^postgres(ql)?:$/.test(protocol)) throw new Error(protocol)
    return `${hostname || 'localhost'}${port && `:${port}`}${pathname}`
  } catch {
    throw new Error('DATABASE_URL is not the address of a PostgreSQL database. It looks like postgresql://user:password@host:5432/name.')
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  '28P01': 'the password was refused',
  '28000': 'the user was refused',
  '3D000': 'there is no database of that name',
  '42501': 'the user lacks the right',
  '53300': 'it has no connection to spare',
}

/** What went wrong at the start, in one sentence that names the server and never the password. */
function explained(error: Error & { code?: string; errors?: { code?: string }[] }, target: string): Error {
  const reason = REASONS[error.code ?? error.errors?.[0]?.code ?? '']
  return new Error(`The database at ${target} cannot be used: ${reason ? `${reason}${error.message ? ` (${error.message})` : ''}` : error.message}`, { cause: error })
}
