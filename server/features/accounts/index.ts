// The face of accounts: finding or making a person, signing them in.
import type { Sql } from '#kernel/sql'

export { FORMER } from './profile.ts'
export { cameFrom, type Whence } from './whence.ts'
export { ended, type Person, person, personOf, type SignIn, signIn, walkInLink } from './store.ts'

/** Whether somebody is signed in anywhere, so that they have a way in. */
export const isSignedIn = async (sql: Sql, userId: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM user_sessions WHERE user_id = $1 AND replaced_by IS NULL AND revoked_at IS NULL AND expires_at > now() LIMIT 1', [userId])).length > 0

/** Who has an account under this e-mail (lower case); undefined where nobody has. */
export const personCalled = async (sql: Sql, email: string): Promise<{ userId: string; name: string } | undefined> =>
  (await sql<{ userId: string; name: string }>(`SELECT user_id AS "userId", full_name AS name FROM users WHERE email = $1 AND status = 'active'`, [email]))[0]
