// What this room has of somebody, for their copy of it.
import type { Sql } from '#kernel/sql'
import { grantsOf } from '../orgs/index.ts'
import { identitiesOf } from './store.identities.ts'
import { profileOf } from './store.profile.ts'
import { sessionsOf } from './store.signins.ts'

const NO_SIGN_IN = '00000000-0000-0000-0000-000000000000'

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  const sessions = await sessionsOf(sql, userId, NO_SIGN_IN)
  const [account] = await sql<{ createdAt: Date }>('SELECT created_at AS "createdAt" FROM users WHERE user_id = $1', [userId])
  return {
    madeAt: account?.createdAt, profile: await profileOf(sql, userId), identities: await identitiesOf(sql, userId), grants: await grantsOf(sql, userId),
    sessions: sessions.map(({ isThis: _, ...s }) => s),
  }
}
