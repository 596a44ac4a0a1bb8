// Making and ending keys of programs, and seeing Lectern as somebody else does.
import type { Actor } from '#kernel/actor'
import type { Change, Fact, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { lockOrg } from '../orgs/index.ts'
import { putGrant } from './store.ts'
import { endKey, insertKey, keyKept, keyShown } from './store.keys.ts'
import { endView, endViewsOf, hasMore, insertView, target } from './store.views.ts'

type Making = { orgId: string; nodeId: string; name: string; scopes: string[]; prefix: string; hash: string; expiresAt: string | null }
/** The aggregate is the organisation. */
export const makeKey: Verb<Making, void> = {
  name: 'access.makeKey',
  lock: lockOrg,
  async decide(change, _, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, k] of items.entries()) {
      const [keyId, by] = [newId(), (actors[i] as Actor).userId]
      const userId = await insertKey(change.sql, { ...k, keyId, by, at: change.now })
      for (const permission of k.scopes) await putGrant(change.sql, { userId, orgId: k.orgId, nodeId: k.nodeId, roleId: null, permission, effect: 'allow', cohortId: null, from: null, until: k.expiresAt, by })
      change.record('key.made', keyId, actors[i] ?? null, { nodeId: k.nodeId, userId })
      outcomes.push(ok(await keyShown(change.sql, keyId)))
    }
    return outcomes
  },
}

/** The aggregate is the organisation. */
export const revokeKey: Verb<{ keyId: string }, void> = {
  name: 'access.revokeKey',
  lock: lockOrg,
  async decide(change, _, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, { keyId }] of items.entries()) {
      const key = await keyKept(change.sql, keyId)
      outcomes.push(key ? ok({}) : no(notFound('key')))
      if (!key || key.revoked) continue
      await endKey(change.sql, keyId, (actors[i] as Actor).userId)
      change.record('key.revoked', keyId, actors[i] ?? null)
      change.revoke({ familyId: keyId })
    }
    return outcomes
  },
}

type Viewing = { userId: string; reason: string; minutes: number }
/** The aggregate is who views. */
export const view: Verb<Viewing, void> = {
  name: 'access.view',
  lock: async (sql, actorId) => void (await sql('SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE', [actorId])),
  async decide(change, _, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) outcomes.push(await viewed(change, item, actors[i] as Actor))
    return outcomes
  },
}

async function viewed(change: Change, { userId, reason, minutes }: Viewing, actor: Actor): Promise<Outcome> {
  const who = userId === actor.userId ? undefined : await target(change.sql, actor.userId, userId)
  if (!who) return no(notFound('person'))
  if (await hasMore(change.sql, actor.userId, userId)) return no(refuse('more_rights', `${who.name} may do more than you somewhere, so you may not view as them.`))
  const viewId = newId()
  const until = await insertView(change.sql, { viewId, actorId: actor.userId, targetId: userId, familyId: actor.familyId, reason, minutes }, change.now)
  if (!until) return no(refuse('already_viewing', 'You view as somebody already. Stop that first.'))
  change.record('person.viewed_as', userId, actor, { viewId })
  return ok({ viewId, until: until.toISOString(), user: who })
}

/** The aggregate is the view. */
export const stopViewing: Verb<null, void> = {
  name: 'access.stopViewing',
  lock: async () => {},
  async decide(change, _, items, actors) {
    for (const actor of actors) {
      if (!actor?.by || !(await endView(change.sql, actor.familyId, change.now))) continue
      change.record('person.viewed_as_ended', actor.userId, actor)
      change.revoke({ familyId: actor.familyId })
    }
    return items.map(() => ok({}))
  },
}

/** Whoever signs out views as nobody any more (`account.signed_out`). */
export async function endViews(change: Change, { body }: Fact): Promise<void> {
  for (const familyId of await endViewsOf(change.sql, String(body.familyId), change.now)) change.revoke({ familyId })
}
