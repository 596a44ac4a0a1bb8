// Table: sign_ins: what is known of each family of refresh tokens, for its person only.
import type { Sql } from '#kernel/sql'
import type { Session } from './contract.ts'
import type { Whence } from './whence.ts'

export const began = (sql: Sql, familyId: string, userId: string, w: Whence) => sql(
  `INSERT INTO sign_ins (family_id, user_id, how, identity_id, provider, device, network, started_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())`,
  [familyId, userId, w.how, w.identityId ?? null, w.provider ?? null, w.device, w.network])

export const carriedOn = (sql: Sql, familyId: string, { device, network }: Pick<Whence, 'device' | 'network'>, at: Date) =>
  sql('UPDATE sign_ins SET last_used_at = $4, device = $2, network = $3 WHERE family_id = $1', [familyId, device, network, at])

/** The sign-ins that go on; of those from before they were written down only the times are known. */
const LIVE = `SELECT family_id, min(created_at) AS first, max(created_at) AS last FROM user_sessions WHERE user_id = $1 GROUP BY family_id
  HAVING bool_or(replaced_by IS NULL AND revoked_at IS NULL AND expires_at > now())`

type Row = Omit<Session, 'startedAt' | 'lastUsedAt'> & { startedAt: Date; lastUsedAt: Date }
export const sessionsOf = async (sql: Sql, userId: string, familyId: string): Promise<Session[]> => (await sql<Row>(
  `SELECT l.family_id AS "sessionId", coalesce(s.device, '') AS device, coalesce(s.network, '') AS network, coalesce(s.how, 'unknown') AS how, s.provider,
     coalesce(s.started_at, l.first) AS "startedAt", coalesce(s.last_used_at, l.last) AS "lastUsedAt", l.family_id = $2 AS "isThis"
   FROM (${LIVE}) l LEFT JOIN sign_ins s USING (family_id) ORDER BY l.family_id = $2 DESC, "lastUsedAt" DESC, l.family_id`, [userId, familyId]))
  .map((s) => ({ ...s, startedAt: s.startedAt.toISOString(), lastUsedAt: s.lastUsedAt.toISOString() }))

export const liveFamilies = async (sql: Sql, userId: string): Promise<string[]> => (await sql<{ familyId: string }>(`SELECT family_id AS "familyId" FROM (${LIVE}) l`, [userId])).map((r) => r.familyId)
export const familiesBy = async (sql: Sql, identityId: string): Promise<string[]> => (await sql<{ familyId: string }>('SELECT family_id AS "familyId" FROM sign_ins WHERE identity_id = $1', [identityId])).map((r) => r.familyId)

/** Whether this sign-in proves to be the person: a code with an e-mail from a list does not. A guest is whoever holds the sign-in. */
export const isProven = async (sql: Sql, userId: string, familyId: string): Promise<boolean> => (await sql(
  `SELECT 1 FROM users u LEFT JOIN sign_ins s ON s.family_id = $2 WHERE u.user_id = $1 AND (u.email IS NULL OR coalesce(s.how, 'code') <> 'code')`, [userId, familyId])).length > 0
