// The face of accounts: finding or making a person, signing them in.
import type { Sql } from '#kernel/sql'

export { ended, type Person, person, personOf, type SignIn, signIn, walkInLink } from './store.ts'

/** Whether somebody is signed in anywhere, so that they have a way in. */
export const isSignedIn = async (sql: Sql, userId: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM user_sessions WHERE user_id = $1 AND replaced_by IS NULL AND revoked_at IS NULL AND expires_at > now() LIMIT 1', [userId])).length > 0
