// Closing an account: nothing here says any more who they were; what they answered in class stays, unnamed, by the rooms that
// listen to `account.closed`. The e-mail is free: an account that is made with it later is somebody else's.
import type { Change, Fact, Verb } from '#kernel/change'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import { lockOrg, ownedBy } from '../orgs/index.ts'
import { FORMER, isConfirmed } from './profile.ts'
import { deleteProfile } from './store.profile.ts'
import { liveFamilies } from './store.signins.ts'
import { end, one, type Person } from './store.ts'
import { lockPerson } from './verbs.sessions.ts'

/** The aggregate is the person. The organisations that they own are locked first, so that two last owners do not leave at once. */
export const close: Verb<{ confirm: string; userId: string }, Person | undefined> = {
  name: 'accounts.close',
  async lock(sql, userId) {
    for (const { orgId } of await ownedBy(sql, userId)) await lockOrg(sql, orgId)
    return lockPerson(sql, userId)
  },
  decide: async (change, me, items, actors) => one(items.map((item, i) => ({ ...item, actor: actors[i] ?? null })), async ({ confirm, userId, actor }) => {
    const { sql } = change
    if (!me) return no(notFound('person'))
    if (!isConfirmed(confirm, me)) return no(refuse('not_confirmed', me.email === null ? 'Write your name as it stands here, to say that you mean it.' : 'Write your e-mail, to say that you mean it.'))
    const last = (await ownedBy(sql, userId)).find((o) => o.alone)
    if (last) return no(refuse('last_owner', `You are the only owner of “${last.name}”. Make somebody else an owner first.`, { orgId: last.orgId }))
    for (const familyId of await liveFamilies(sql, userId)) await end(change, familyId, 'account.signed_out')
    change.record('account.closed', userId, actor)
    change.record('account.forgotten', userId, actor)
    return ok({})
  }),
}

/** Listens to `account.forgotten`: last of all, so that the other rooms still know the e-mail by which to forget. */
export async function forget({ sql }: Change, { about: userId }: Fact): Promise<void> {
  await sql('DELETE FROM sign_in_links WHERE email = (SELECT email FROM users WHERE user_id = $1)', [userId])
  for (const table of ['sign_ins', 'user_identities', 'oidc_flows', 'walk_in_links']) await sql(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
  await deleteProfile(sql, userId)
  await sql(`UPDATE users SET status = 'closed', email = NULL, full_name = $2 WHERE user_id = $1`, [userId, FORMER])
  await sql('UPDATE users SET full_name = $2 WHERE merged_into = $1', [userId, FORMER])
}
