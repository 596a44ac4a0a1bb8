// How often, over all nodes: tries are rows, counted under a lock by what was tried. Only hashes of e-mails and addresses
// are kept, for an hour. A school is one address, so an address may ask for many links; an e-mail for few.
import { createHash } from 'node:crypto'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import { householdOf as net } from './whence.ts'

export type Tried = { what: string; most: number }
const WINDOW_MINUTES = 15
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

export const linksTo = (email: string): Tried => ({ what: hash(`links to ${email}`), most: 5 })
export const linksFrom = (ip: string): Tried => ({ what: hash(`links from ${net(ip)}`), most: 300 })
export const flowsFrom = (ip: string): Tried => ({ what: hash(`flows from ${net(ip)}`), most: 600 })
export const wrongFrom = (ip: string): Tried => ({ what: hash(`wrong links from ${net(ip)}`), most: 30 })

/** Has the others who try one of these wait; always in one order, so that two never wait for each other. */
export async function lockTries(sql: Sql, tried: readonly Tried[]): Promise<void> {
  for (const what of [...new Set(tried.map((t) => t.what))].sort()) await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [what])
}

/** How long, in ms, until each of these may be tried again; 0 where now. */
export async function waitFor(sql: Sql, tried: readonly Tried[], now: Date): Promise<number> {
  const rows = await sql<{ ms: number }>(
    `SELECT (extract(epoch FROM t.at + make_interval(mins => $4) - $3::timestamptz) * 1000)::float8 AS ms FROM unnest($1::text[], $2::int[]) AS w (what, most)
     CROSS JOIN LATERAL (SELECT at FROM sign_in_tries s WHERE s.what = w.what AND s.at > $3::timestamptz - make_interval(mins => $4) ORDER BY at DESC OFFSET w.most - 1 LIMIT 1) t`,
    [tried.map((t) => t.what), tried.map((t) => t.most), now, WINDOW_MINUTES])
  return Math.ceil(Math.max(0, ...rows.map((r) => r.ms)))
}

export const countTries = (sql: Sql, tried: readonly Tried[], now: Date) => sql(
  'INSERT INTO sign_in_tries (try_id, what, at) SELECT *, $3::timestamptz FROM unnest($1::uuid[], $2::text[])', [tried.map(() => newId()), tried.map((t) => t.what), now])
