// Tables: users, user_sessions, walk_in_links. Secrets are kept as hashes only. A successor is made from its predecessor
// and the server's secret, so that the same one can be given again without keeping it.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, ok, unauthenticated } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { judge } from './refresh.ts'
import { began, carriedOn } from './store.signins.ts'
import type { Whence } from './whence.ts'

export type Person = { userId: string; name: string; email: string | null }
export type SignIn = { user: Person; familyId: string; refreshToken: string }

export const SESSION_DAYS = 30
/** How a secret is kept. */
export const hash = (secret: string) => createHash('sha256').update(secret).digest('base64url')
const lower = (email: string) => email.toLowerCase()

/** Finds the person with this e-mail, or makes one; without an e-mail a guest is made. */
export async function person(change: Change, who: { email?: string | undefined; name: string }): Promise<Person> {
  const email = who.email === undefined ? null : lower(who.email)
  if (email !== null) {
    const [known] = await change.sql<Person>(`SELECT user_id AS "userId", full_name AS name, email FROM users WHERE email = $1`, [email])
    if (known) return known
  }
  const [made] = await change.sql<Person>(
    `INSERT INTO users (user_id, email, full_name) VALUES ($1, $2, $3) RETURNING user_id AS "userId", full_name AS name, email`, [newId(), email, who.name])
  const user = made as Person
  change.record('account.made', user.userId, null)
  return user
}

/** Signs somebody in: a new family of refresh tokens. */
export async function signIn({ sql, record }: Change, user: Person, whence: Whence): Promise<SignIn> {
  const familyId = newId()
  const refreshToken = randomBytes(32).toString('base64url')
  await sql(
    `INSERT INTO user_sessions (session_id, user_id, family_id, refresh_token_hash, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))`,
    [newId(), user.userId, familyId, hash(refreshToken), SESSION_DAYS])
  await began(sql, familyId, user.userId, whence)
  record('account.signed_in', user.userId, null, { familyId })
  return { user, familyId, refreshToken }
}

/** Makes a link that signs somebody in, good for a week. Returns its secret, which is kept nowhere. */
export async function walkInLink(sql: Sql, userId: string): Promise<string> {
  const secret = randomBytes(18).toString('base64url')
  await sql(`INSERT INTO walk_in_links (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '7 days')`, [hash(secret), userId])
  await sql('DELETE FROM walk_in_links WHERE expires_at < now()')
  return secret
}

/** Two who make the account of one e-mail at once make one. */
export async function lockAccount(sql: Sql, email: string): Promise<void> {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`account ${email}`])
}

/** By e-mail alone (development) or by a printed link: the aggregate is the e-mail or the link. */
export const byEmail: Verb<{ email: string; name: string | undefined; whence: Whence; also: (change: Change, user: Person) => Promise<void> }, void> = {
  name: 'accounts.byEmail',
  lock: lockAccount,
  decide: async (change, _, items) => one(items, async ({ email, name, whence, also }) => {
    const user = await person(change, { email, name: name ?? (email.split('@')[0] as string) })
    await also(change, user)
    return ok(await signIn(change, user, whence))
  }),
}

export const byLink: Verb<{ token: string; whence: Whence }, void> = {
  name: 'accounts.byLink',
  lock: async () => {},
  decide: async (change, _, items) => one(items, async ({ token, whence }) => {
    const [user] = await change.sql<Person>(
      `SELECT u.user_id AS "userId", u.full_name AS name, u.email FROM walk_in_links l JOIN users u USING (user_id) WHERE l.token_hash = $1 AND l.expires_at > now() AND u.status = 'active'`, [hash(token)])
    return user ? ok(await signIn(change, user, whence)) : no(unauthenticated())
  }),
}

type Row = { sessionId: string; familyId: string; expiresAt: Date; revokedAt: Date | null; replacedAt: Date | null; successorUsed: boolean } & Person

/** Changes a refresh token for its successor. A stolen one ends the sign-in: outcome `unauthenticated`. */
export const refresh = (secret: string): Verb<{ token: string } & Pick<Whence, 'device' | 'network'>, Row | undefined> => ({
  name: 'accounts.refresh',
  lock: async (sql, _, [item]) => (await sql<Row>(
    `SELECT s.session_id AS "sessionId", s.family_id AS "familyId", s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt", s.replaced_at AS "replacedAt",
       coalesce((SELECT n.replaced_by IS NOT NULL OR n.revoked_at IS NOT NULL FROM user_sessions n WHERE n.session_id = s.replaced_by), false) AS "successorUsed",
       u.user_id AS "userId", u.full_name AS name, u.email
     FROM user_sessions s JOIN users u USING (user_id) WHERE s.refresh_token_hash = $1 FOR UPDATE OF s`, [hash((item as { token: string }).token)]))[0],
  decide: async (change, row, items) => Promise.all(items.map(async ({ token, ...now }, i) => {
    if (!row) return no(unauthenticated())
    const first = judge(row, change.now)
    const verdict = i === 0 ? first : first === 'rotate' || first === 'same' ? 'same' : 'over'
    if (verdict === 'over') return no(unauthenticated())
    if (verdict === 'stolen') {
      await end(change, row.familyId, 'account.reused')
      return no(unauthenticated())
    }
    await carriedOn(change.sql, row.familyId, now, change.now)
    const successor = createHmac('sha256', secret).update(`refresh ${token}`).digest('base64url')
    if (verdict === 'rotate') {
      const id = newId()
      await change.sql('UPDATE user_sessions SET replaced_by = $2, replaced_at = $3 WHERE session_id = $1', [row.sessionId, id, change.now])
      await change.sql('INSERT INTO user_sessions (session_id, user_id, family_id, refresh_token_hash, expires_at) VALUES ($1, $2, $3, $4, $5::timestamptz + make_interval(days => $6))',
        [id, row.userId, row.familyId, hash(successor), change.now, SESSION_DAYS])
    }
    return ok<SignIn>({ user: { userId: row.userId, name: row.name, email: row.email }, familyId: row.familyId, refreshToken: successor })
  })),
})

/** Ends the sign-in that a refresh token is of; one that is not known ends nothing. */
export const signOut: Verb<{ token: string }, { familyId: string } | undefined> = {
  name: 'accounts.signOut',
  lock: async (sql, _, [item]) => (await sql<{ familyId: string }>('SELECT family_id AS "familyId" FROM user_sessions WHERE refresh_token_hash = $1 FOR UPDATE', [hash((item as { token: string }).token)]))[0],
  decide: async (change, row, items) => one(items, async () => {
    if (!row) return ok({})
    await end(change, row.familyId, 'account.signed_out')
    return ok({})
  }),
}

/** Ends a sign-in at once, everywhere. */
export async function end({ sql, record, revoke, now }: Change, familyId: string, type: string) {
  const [row] = await sql<{ userId: string }>('UPDATE user_sessions SET revoked_at = $2 WHERE family_id = $1 AND revoked_at IS NULL RETURNING user_id AS "userId"', [familyId, now])
  revoke({ familyId })
  if (row) record(type, row.userId, null, { familyId })
}

/** Which of these sign-ins have ended. */
export async function ended(sql: Sql, familyIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ familyId: string }>('SELECT DISTINCT family_id AS "familyId" FROM user_sessions WHERE family_id = ANY($1::uuid[]) AND revoked_at IS NOT NULL', [familyIds])
  return new Set(rows.map((r) => r.familyId))
}

export const personOf = async (sql: Sql, userId: string): Promise<Person | undefined> =>
  (await sql<Person>('SELECT user_id AS "userId", full_name AS name, email FROM users WHERE user_id = $1', [userId]))[0]

/** The key under which two askers of one token wait in one box. */
export const boxOf = (token: string) => hash(token)

/** One after the other. */
export const one = async <I, O>(items: readonly I[], decide: (item: I) => Promise<O>): Promise<O[]> => {
  const out: O[] = []
  for (const item of items) out.push(await decide(item))
  return out
}
