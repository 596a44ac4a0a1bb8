// Table: oidc_flows. A flow is a secret that only the browser has. State, nonce and verifier are made from it, the verifier
// with the server's secret too; so nothing that lies in the table is of use to anybody.
import { createHmac, randomBytes } from 'node:crypto'
import type { Sql } from '#kernel/sql'
import type { Proofs } from './gateway.provider.ts'
import { hash } from './store.ts'

export const FLOW_MINUTES = 10
export const newFlow = (): string => randomBytes(32).toString('base64url')

const made = (secret: string, what: string) => createHmac('sha256', secret).update(what).digest('base64url')
/** What is shown to the provider, and asked back of it. */
export const proofsOf = (flow: string, secret: string): Proofs => ({ state: made(flow, 'state'), nonce: made(flow, 'nonce'), verifier: made(secret, `verifier ${flow}`) })

export const insertFlow = (sql: Sql, f: { flow: string; ssoId: string | null; userId: string | null }, at: Date) => sql(
  'INSERT INTO oidc_flows (flow_hash, sso_id, user_id, asked_at, expires_at) VALUES ($1, $2, $3, $4, $4::timestamptz + make_interval(mins => $5))', [hash(f.flow), f.ssoId, f.userId, at, FLOW_MINUTES])

export type Flow = { ssoId: string | null; userId: string | null; expiresAt: Date; usedAt: Date | null }
export const lockFlow = async (sql: Sql, flow: string): Promise<Flow | undefined> => (await sql<Flow>(
  'SELECT sso_id AS "ssoId", user_id AS "userId", expires_at AS "expiresAt", used_at AS "usedAt" FROM oidc_flows WHERE flow_hash = $1 FOR UPDATE', [hash(flow)]))[0]
export const spendFlow = (sql: Sql, flow: string, at: Date) => sql('UPDATE oidc_flows SET used_at = $2 WHERE flow_hash = $1', [hash(flow), at])
