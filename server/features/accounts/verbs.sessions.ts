// Ending sign-ins and identities of one's own. The aggregate is the person, whose row is locked.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { deleteIdentity, identitiesOf } from './store.identities.ts'
import { familiesBy, liveFamilies } from './store.signins.ts'
import { end, type Person } from './store.ts'

export const lockPerson = async (sql: Sql, userId: string): Promise<Person | undefined> => (await sql<Person>(
  `SELECT user_id AS "userId", full_name AS name, email FROM users WHERE user_id = $1 AND status = 'active' FOR NO KEY UPDATE`, [userId]))[0]

/** What is decided of the person who asks, under the lock of their row. */
export const ofMine = <Item>(name: string, decide: (change: Change, item: Item, actor: Actor, me: Person) => Promise<Outcome>): Verb<Item, Person | undefined> => ({
  name,
  lock: (sql, userId) => lockPerson(sql, userId),
  async decide(change, me, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) outcomes.push(me ? await decide(change, item, actors[i] as Actor, me) : no(notFound('person')))
    return outcomes
  },
})

/** Ends one sign-in, or (`sessionId` undefined) all but the one that asks. */
export const endSessions = ofMine<{ sessionId: string | undefined }>('accounts.endSessions', async (change, { sessionId }, actor) => {
  const live = await liveFamilies(change.sql, actor.userId)
  const over = sessionId === undefined ? live.filter((f) => f !== actor.familyId) : live.filter((f) => f === sessionId)
  if (sessionId !== undefined && over.length === 0) return no(notFound('sign-in'))
  for (const familyId of over) await end(change, familyId, 'account.signed_out')
  return ok({})
})

/** `byEmail`: whether they can sign in by e-mail as well. */
export const removeIdentity = ofMine<{ identityId: string; byEmail: boolean }>('accounts.removeIdentity', async (change, { identityId, byEmail }, actor, me) => {
  const all = await identitiesOf(change.sql, me.userId)
  if (!all.some((i) => i.identityId === identityId)) return no(notFound('identity'))
  if (all.length === 1 && !(byEmail && me.email !== null)) return no(refuse('last_way_in', 'This is your only way in. Add another one first.'))
  for (const familyId of await familiesBy(change.sql, identityId)) if (familyId !== actor.familyId) await end(change, familyId, 'account.signed_out')
  await deleteIdentity(change.sql, identityId)
  change.record('account.identity_removed', me.userId, actor, { identityId })
  return ok({})
})
