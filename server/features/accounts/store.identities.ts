// Table: user_identities: as whom providers know somebody.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Identity } from './contract.ts'
import type { Person } from './store.ts'

/** Two who come with one identity at once are one. */
export const lockIdentity = (sql: Sql, { issuer, subject }: { issuer: string; subject: string }) =>
  sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`identity ${issuer} ${subject}`])

export type Known = Person & { identityId: string }
export const knownBy = async (sql: Sql, issuer: string, subject: string) => (await sql<Known>(
  `SELECT i.identity_id AS "identityId", u.user_id AS "userId", u.full_name AS name, u.email FROM user_identities i JOIN users u USING (user_id) WHERE i.issuer = $1 AND i.subject = $2`, [issuer, subject]))[0]

export async function insertIdentity(sql: Sql, i: { userId: string; issuer: string; subject: string; email: string | null }, at: Date): Promise<string> {
  const identityId = newId()
  await sql('INSERT INTO user_identities (identity_id, user_id, issuer, subject, email, added_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6, $6)', [identityId, i.userId, i.issuer, i.subject, i.email, at])
  return identityId
}

export const usedIdentity = (sql: Sql, identityId: string, email: string | null, at: Date) =>
  sql('UPDATE user_identities SET last_used_at = $2, email = coalesce($3, email) WHERE identity_id = $1', [identityId, at, email])

type Row = Omit<Identity, 'addedAt' | 'lastUsedAt'> & { addedAt: Date; lastUsedAt: Date }
export const identitiesOf = async (sql: Sql, userId: string): Promise<Identity[]> => (await sql<Row>(
  'SELECT identity_id AS "identityId", issuer, email, added_at AS "addedAt", last_used_at AS "lastUsedAt" FROM user_identities WHERE user_id = $1 ORDER BY added_at, identity_id', [userId]))
  .map((i) => ({ ...i, addedAt: i.addedAt.toISOString(), lastUsedAt: i.lastUsedAt.toISOString() }))

export const deleteIdentity = (sql: Sql, identityId: string) => sql('DELETE FROM user_identities WHERE identity_id = $1', [identityId])
