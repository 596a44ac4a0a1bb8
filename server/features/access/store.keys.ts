// Table: api_keys. Each key is a user of its own, so that all it may do is what was granted to it, like anybody's.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { ApiKey } from './contract.ts'

export const KEY = `k.key_id AS "keyId", k.name, k.prefix, k.scopes, jsonb_build_object('nodeId', n.node_id, 'name', n.name) AS node, coalesce(b.full_name, '') AS "madeBy",
    k.made_at AS "madeAt", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt"
  FROM api_keys k JOIN organization_node n USING (node_id) LEFT JOIN users b ON b.user_id = k.made_by`
type Row = Omit<ApiKey, 'madeAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> & Record<'madeAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt', Date | null>
const shown = (k: Row): ApiKey => ({ ...k, madeAt: (k.madeAt as Date).toISOString(), expiresAt: k.expiresAt?.toISOString() ?? null, lastUsedAt: k.lastUsedAt?.toISOString() ?? null, revokedAt: k.revokedAt?.toISOString() ?? null })

/** The keys at a place and below it, the newest first; ended ones for a month. */
export const keysAt = async (sql: Sql, nodeId: string): Promise<ApiKey[]> => (await sql<Row>(
  `SELECT ${KEY} JOIN organization_node at ON at.node_id = $1 AND at.org_id = n.org_id AND n.path <@ at.path
   WHERE coalesce(k.revoked_at > now() - interval '30 days', true) ORDER BY k.made_at DESC, k.key_id LIMIT 500`, [nodeId])).map(shown)
export const keyShown = async (sql: Sql, keyId: string): Promise<ApiKey | undefined> => (await sql<Row>(`SELECT ${KEY} WHERE k.key_id = $1`, [keyId])).map(shown)[0]

export type NewKey = { keyId: string; orgId: string; nodeId: string; name: string; prefix: string; hash: string; scopes: string[]; by: string; at: Date; expiresAt: string | null }
/** Makes the program and its key; returns the program's user id. */
export async function insertKey(sql: Sql, k: NewKey): Promise<string> {
  const userId = newId()
  await sql(`INSERT INTO users (user_id, full_name, role) VALUES ($1, $2, 'program')`, [userId, k.name])
  await sql('INSERT INTO api_keys (key_id, org_id, node_id, user_id, name, prefix, secret_hash, scopes, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    [k.keyId, k.orgId, k.nodeId, userId, k.name, k.prefix, k.hash, k.scopes, k.by, k.at, k.expiresAt])
  return userId
}

export type KnownKey = { keyId: string; userId: string; name: string; hash: string; expiresAt: Date | null }
/** The key of this prefix, where it may still be used. */
export const keyCalled = async (sql: Sql, prefix: string) => (await sql<KnownKey>(
  `SELECT key_id AS "keyId", user_id AS "userId", name, secret_hash AS hash, expires_at AS "expiresAt" FROM api_keys WHERE prefix = $1 AND revoked_at IS NULL AND coalesce(expires_at > now(), true)`, [prefix]))[0]
/** Written down at most once a minute. */
export const usedKey = (sql: Sql, keyId: string) => sql(`UPDATE api_keys SET last_used_at = now() WHERE key_id = $1 AND coalesce(last_used_at < now() - interval '1 minute', true)`, [keyId])

export type KeptKey = { keyId: string; nodeId: string; orgId: string; userId: string; revoked: boolean }
export const keyKept = async (sql: Sql, keyId: string) => (await sql<KeptKey>(
  'SELECT key_id AS "keyId", node_id AS "nodeId", org_id AS "orgId", user_id AS "userId", revoked_at IS NOT NULL AS revoked FROM api_keys WHERE key_id = $1', [keyId]))[0]
export const endKey = (sql: Sql, keyId: string, by: string) => sql('UPDATE api_keys SET revoked_at = now(), revoked_by = $2 WHERE key_id = $1', [keyId, by])

/** Of these sign-ins, the keys and views that have ended; a view ends with the sign-in of who views. */
export const endedHere = async (sql: Sql, ids: readonly string[]): Promise<Set<string>> => new Set((await sql<{ id: string }>(
  `SELECT key_id AS id FROM api_keys WHERE key_id = ANY($1::uuid[]) AND (revoked_at IS NOT NULL OR expires_at <= now())
   UNION ALL SELECT impersonation_id FROM impersonation_sessions WHERE impersonation_id = ANY($1::uuid[]) AND (ended_at IS NOT NULL OR expires_at <= now())`, [ids])).map((r) => r.id))
