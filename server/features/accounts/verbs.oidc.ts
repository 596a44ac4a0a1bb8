// Signing in with a provider: a flow is begun, used up, and what the provider says of somebody becomes a sign-in, or one more
// identity of who is signed in. A provider of an organisation speaks only for e-mails of domains that it has proven; the
// server's own for every e-mail that it has verified. An e-mail that nobody verified is nobody's.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, ok, type Outcome, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { grantOnce } from '../orgs/index.ts'
import type { Said } from './gateway.provider.ts'
import { type Flow, insertFlow, lockFlow, spendFlow } from './store.flows.ts'
import { identitiesOf, insertIdentity, knownBy, lockIdentity, usedIdentity } from './store.identities.ts'
import { type Config, configOf } from './store.sso.ts'
import { lockAccount, one, person, signIn } from './store.ts'
import { countTries, flowsFrom, lockTries, waitFor } from './store.tries.ts'
import { guestOf, merge } from './verbs.merge.ts'
import type { Whence } from './whence.ts'

type Beginning = { flow: string; ssoId: string | null; userId: string | null; ip: string }
/** The aggregate is the network that asks. */
export const begin: Verb<Beginning, void> = {
  name: 'accounts.beginFlow',
  lock: (sql, _, items) => lockTries(sql, items.map(({ ip }) => flowsFrom(ip))),
  decide: async (change, _, items) => one(items, async ({ ip, ...flow }) => {
    const tried = [flowsFrom(ip)]
    const wait = await waitFor(change.sql, tried, change.now)
    if (wait > 0) return no(refuse('rate_limited', 'Too many sign-ins were begun from this address. Wait a few minutes and try again.', { retryAfterMs: wait }))
    await countTries(change.sql, tried, change.now)
    await insertFlow(change.sql, flow, change.now)
    return ok({})
  }),
}

/** Uses a flow up: it is good once. `userId`: whose it must be, null where it is to sign in. */
export const useUp: Verb<{ flow: string; userId: string | null }, Flow | undefined> = {
  name: 'accounts.finishFlow',
  lock: (sql, _, [item]) => lockFlow(sql, (item as { flow: string }).flow),
  async decide(change, flow, items) {
    let isUsed = flow?.usedAt != null
    return one(items, async (item) => {
      if (!flow || flow.userId !== item.userId) return no(refuse('flow_unknown', 'This sign-in was not begun here, or too long ago. Start again from the page where you sign in.'))
      if (isUsed) return no(refuse('flow_used', 'This sign-in was finished already. If you are not in, start again from the page where you sign in.'))
      if (flow.expiresAt <= change.now) return no(refuse('flow_expired', 'This took longer than ten minutes. Start again from the page where you sign in.'))
      isUsed = true
      await spendFlow(change.sql, item.flow, change.now)
      return ok({ ssoId: flow.ssoId })
    })
  },
}

/** `ssoId`: by which provider of an organisation; null: the server's own. */
type Coming = { said: Said; ssoId: string | null; provider: string; guest: string | undefined; whence: Whence }
/** Signs in who a provider says somebody is. The aggregate is the identity. */
export const come: Verb<Coming, void> = {
  name: 'accounts.comeFrom',
  lock: lockBoth,
  decide: async (change, _, items) => one(items, (item) => came(change, item)),
}

/** All are of one identity; its e-mail may have changed between two of them. */
async function lockBoth(sql: Sql, _: string, items: readonly { said: Said }[]): Promise<void> {
  for (const { said } of items.slice(0, 1)) await lockIdentity(sql, said)
  for (const email of [...new Set(items.flatMap(({ said }) => said.email ?? []))].sort()) await lockAccount(sql, email)
}

async function came(change: Change, { said, ssoId, provider, guest, whence }: Coming): Promise<Outcome> {
  const config = ssoId === null ? null : ((await configOf(change.sql, ssoId)) ?? null)
  const wrong = strange(said, ssoId, config, provider)
  if (wrong) return no(wrong)
  const known = await knownBy(change.sql, said.issuer, said.subject)
  if (!known && said.email === null) return no(unverified(said, provider))
  const who = guest === undefined ? undefined : await guestOf(change.sql, guest)
  const user = known ?? (await person(change, { email: said.email as string, name: said.name ?? who?.name ?? (said.email as string).split('@')[0] as string }))
  if (known) await usedIdentity(change.sql, known.identityId, said.email, change.now)
  const identityId = known?.identityId ?? (await bound(change, said, user.userId, config))
  const isGuest = who !== undefined && who.userId !== user.userId
  if (isGuest) await merge(change, who.userId, user)
  const { userId, name, email } = user
  return ok({ ...(await signIn(change, { userId, name, email }, { ...whence, identityId, provider })), merged: isGuest })
}

/** Whether a provider may not speak for this person at all. */
function strange(said: Said, ssoId: string | null, config: Config | null, provider: string) {
  if (ssoId === null) return null
  if (!config?.enabled || config.issuer !== said.issuer) return refuse('provider_refused', `One cannot sign in with ${provider} any more. Ask your administrator.`)
  if (said.email === null) return unverified(said, provider)
  const domain = said.email.split('@')[1] as string
  return config.proven.includes(domain) ? null : refuse('not_your_domain', `${provider} signs in people of ${config.proven.join(', ') || 'no domain yet'} here, and you came with an e-mail of ${domain}. Sign in another way.`)
}

const unverified = (said: Said, provider: string) => refuse('email_unverified', said.unverified
  ? `${provider} does not say that your e-mail is yours. Have it verified there, or sign in another way and add ${provider} in your account.`
  : `${provider} does not say what your e-mail is. Allow it there, or sign in another way and add ${provider} in your account.`)

/** The identity is theirs from now on; the first time, what the organisation gives its people is granted. */
async function bound(change: Change, said: Said, userId: string, config: Config | null): Promise<string> {
  const identityId = await insertIdentity(change.sql, { userId, issuer: said.issuer, subject: said.subject, email: said.email }, change.now)
  change.record('account.identity_added', userId, null, { identityId })
  if (config?.roleId && config.role) await grantOnce(change, { userId, roleId: config.roleId, role: config.role, place: config })
  return identityId
}

type Binding = { said: Said; ssoId: string | null; provider: string }
/** Adds an identity to who is signed in. The aggregate is the identity. */
export const bind: Verb<Binding, void> = {
  name: 'accounts.bindIdentity',
  lock: lockBoth,
  async decide(change, _, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) outcomes.push(await added(change, item, actors[i] as Actor))
    return outcomes
  },
}

async function added(change: Change, { said, ssoId, provider }: Binding, actor: Actor): Promise<Outcome> {
  const config = ssoId === null ? null : ((await configOf(change.sql, ssoId)) ?? null)
  const wrong = strange(said, ssoId, config, provider)
  if (wrong) return no(wrong)
  const known = await knownBy(change.sql, said.issuer, said.subject)
  if (known && known.userId !== actor.userId) return no(refuse('identity_taken', `Somebody else signs in with this account of ${provider} here. Choose another one at ${provider}, or sign in with it and remove it there first.`))
  const identityId = known?.identityId ?? (await bound(change, said, actor.userId, config))
  return ok((await identitiesOf(change.sql, actor.userId)).find((i) => i.identityId === identityId) ?? {})
}
