// A guest turns out to be somebody who has an account. The guest can sign in no more and hears it at once; what they were
// and did goes over in the same transaction, room by room: each listens to `account.merged`.
import type { Change } from '#kernel/change'
import type { Sql } from '#kernel/sql'
import { hash, type Person } from './store.ts'
import { takeProfile } from './store.profile.ts'

/** Who without an e-mail holds this refresh token; a tab beside may have changed it for its successor just now. */
export const guestOf = async (sql: Sql, refreshToken: string): Promise<Person | undefined> => (await sql<Person>(
  `SELECT u.user_id AS "userId", u.full_name AS name, u.email FROM user_sessions s JOIN users u USING (user_id)
   WHERE s.refresh_token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND coalesce(s.replaced_at > now() - interval '30 seconds', true)
     AND u.email IS NULL AND u.status = 'active' FOR UPDATE OF u`, [hash(refreshToken)]))[0]

/** Closes the guest, whose row is locked, for the sake of this account. */
export async function merge(change: Change, guestId: string, into: Person): Promise<void> {
  const families = await change.sql<{ familyId: string }>(
    'UPDATE user_sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL RETURNING family_id AS "familyId"', [guestId, change.now])
  for (const familyId of new Set(families.map((f) => f.familyId))) change.revoke({ familyId })
  await change.sql('DELETE FROM walk_in_links WHERE user_id = $1', [guestId])
  await change.sql('UPDATE user_identities SET user_id = $2 WHERE user_id = $1', [guestId, into.userId])
  await takeProfile(change.sql, guestId, into.userId)
  await change.sql(`UPDATE users SET status = 'closed', merged_into = $2 WHERE user_id = $1`, [guestId, into.userId])
  change.record('account.merged', into.userId, null, { guestId })
}
