// One session on a database as it stands: nothing is made, migrated or marked by opening it. For what looks at a whole
// database from outside the server: a backup, a restore, the doctor. It writes every value as text in one way.
import { PGlite } from '@electric-sql/pglite'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { vector } from '@electric-sql/pglite-pgvector'
import pg from 'pg'
import type { Row, Sql } from './sql.ts'
import { discreet, encode, PARSERS, parserOf } from './values.ts'

export type Session = { kind: 'pglite' | 'postgres'; sql: Sql; close(): Promise<void> }

const ONE_WAY = `SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1`
// A statement may take long here, but nobody waits for a lock, or for a session that hangs, without an end.
const BOUNDS = `SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s'`

/** A session on the PostgreSQL at `url`. Throws one sentence, without the password, where it cannot be reached. */
export async function openServer(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'lectern-cli', types: { getTypeParser: parserOf } })
  client.on('error', () => {}) // the statement that is under way, or the next one, says it
  try {
    await client.connect()
  } catch (error) {
    const { message, code, errors } = error as Error & { code?: string; errors?: Error[] }
    throw new Error(`The database at ${placeOf(url)} cannot be used: ${message || errors?.[0]?.message || code}.`, { cause: error })
  }
  const sql: Sql = async <R = Row>(text: string, params?: readonly unknown[]) => {
    const asked = params?.length ? { text, values: params.map(encode) } : { text }
    const result = (await client.query(asked).catch((error) => { throw discreet(error) })) as pg.QueryResult | pg.QueryResult[]
    return (Array.isArray(result) ? result.at(-1)! : result).rows as R[]
  }
  await sql(`${ONE_WAY}; ${BOUNDS}`)
  return { kind: 'postgres', sql, close: () => client.end().catch(() => {}) }
}

/** A session on the embedded database in the folder `files`, which is made when missing. The caller holds the directory. */
export async function openFiles(files: string): Promise<Session> {
  const pglite = await PGlite.create({ dataDir: files, extensions: { vector, ltree } }).catch((cause: Error) => {
    throw new Error(`The embedded database in ${files} could not be opened: ${cause.message}`, { cause })
  })
  const options = { parsers: PARSERS, serializers: { 17: (text: string) => text } }
  const sql: Sql = async <R = Row>(text: string, params?: readonly unknown[]) => {
    const said = params?.length ? pglite.query<R>(text, params.map(encode), options) : pglite.exec(text, options).then((all) => all.at(-1))
    return ((await said.catch((error) => { throw discreet(error) }))?.rows ?? []) as R[]
  }
  await sql(ONE_WAY)
  return { kind: 'pglite', sql, close: () => pglite.close() }
}

/** `work` in one transaction of a session, begun as `begin` says; taken back where it throws. */
export async function inTransaction<T>({ sql }: Session, begin: string, work: () => Promise<T>): Promise<T> {
  await sql(begin)
  try {
    const value = await work()
    await sql('COMMIT')
    return value
  } catch (error) {
    await sql('ROLLBACK').catch(() => {}) // a lost session has taken it back
    throw error
  }
}

/** Where a database is, without who asks and with which secret. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { hostname, port, pathname } = new URL(url)
  return `${hostname || 'localhost'}${port && `:${port}`}${pathname}`
}
