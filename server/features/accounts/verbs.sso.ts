// Setting up the providers of an organisation. Its secret goes to its issuer only: another issuer needs another secret, and its
// domains proven anew, since their records name the issuer. The aggregate is the organisation.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockOrg } from '../orgs/index.ts'
import { type Config, configOf, deleteConfig, insertConfig, proved, putDomains, saveConfig, ssoShown } from './store.sso.ts'

const under = <Item>(name: string, decide: (change: Change, item: Item, actor: Actor) => Promise<Outcome>) => inTurn<Item, void>(name, lockOrg, (change, _, item, by) => decide(change, item, by as Actor))

type Made = Omit<Config, 'role' | 'rowVersion' | 'proven'> & { redirectUri: string }
export const makeSso = under<Made>('accounts.makeSso', async (change, { redirectUri, domains, ...config }, actor) => {
  await insertConfig(change.sql, config)
  await putDomains(change.sql, config, domains, false)
  change.record('sso.made', config.ssoId, actor, { nodeId: config.nodeId, issuer: config.issuer, domains })
  return ok(await ssoShown(change.sql, config.ssoId, redirectUri))
})

export type Changed = {
  ssoId: string; rowVersion: number; redirectUri: string; name?: string | undefined; issuer?: string | undefined; client?: string | undefined; sealed?: string | undefined
  roleId?: string | null | undefined; enabled?: boolean | undefined; domains?: string[] | undefined
}
export const changeSso = under<Changed>('accounts.changeSso', async (change, { redirectUri, domains, ...asked }, actor) => {
  const kept = await configOf(change.sql, asked.ssoId)
  if (!kept) return no(notFound('provider'))
  if (kept.rowVersion !== asked.rowVersion) return no(refuse('conflict', 'Somebody changed this provider meanwhile. Look at it again.', { sso: await ssoShown(change.sql, asked.ssoId, redirectUri) }))
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const next = { ...kept, ...given }
  const isElsewhere = next.issuer !== kept.issuer
  await saveConfig(change.sql, next)
  if (domains || isElsewhere) await putDomains(change.sql, kept, domains ?? kept.domains, isElsewhere)
  change.record('sso.changed', kept.ssoId, actor, { fields: Object.keys(given).filter((f) => f !== 'ssoId' && f !== 'rowVersion'), issuer: next.issuer, ...(domains && { domains }) })
  return ok(await ssoShown(change.sql, kept.ssoId, redirectUri))
})

export const removeSso = under<{ ssoId: string }>('accounts.removeSso', async (change, { ssoId }, actor) => {
  if (!(await configOf(change.sql, ssoId))) return no(notFound('provider'))
  await deleteConfig(change.sql, ssoId)
  change.record('sso.removed', ssoId, actor)
  return ok({})
})

/** `issuer`: whose record was found. Two providers that prove one domain at once: one of them has it. */
export const proveDomain = under<{ ssoId: string; issuer: string; domain: string; redirectUri: string }>('accounts.proveDomain', async (change, { ssoId, issuer, domain, redirectUri }, actor) => {
  const kept = await configOf(change.sql, ssoId)
  if (!kept || kept.issuer !== issuer || !kept.domains.includes(domain)) return no(notFound('provider'))
  await change.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`domain ${domain}`])
  if (!(await proved(change.sql, ssoId, domain, change.now))) return no(refuse('domain_taken', `The people of ${domain} sign in with another provider here. It must let go of the domain first.`))
  change.record('sso.domain_proven', ssoId, actor, { domain, issuer })
  return ok(await ssoShown(change.sql, ssoId, redirectUri))
})
