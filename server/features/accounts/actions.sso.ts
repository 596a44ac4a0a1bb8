// The providers of organisations, for who may set up how people sign in at a place.
import type { CallAction, Kernel } from '#kernel/feature'
import { isIssuer } from '#kernel/config'
import { newId } from '#kernel/ids'
import { isRefused, notFound, type Refused, refuse } from '#kernel/refusals'
import { type Permission, PERMISSIONS, type Place, placeFor, roleNamed } from '../orgs/index.ts'
import type { accounts } from './contract.ts'
import { isSaid } from './gateway.domains.ts'
import type { Providers } from './gateway.provider.ts'
import { seal } from './store.sealed.ts'
import { type Config, configOf, recordOf, ssoAt } from './store.sso.ts'
import { changeSso, makeSso, proveDomain, removeSso } from './verbs.sso.ts'

type Calls = typeof accounts.calls
const lower = (domains: readonly string[]) => [...new Set(domains.map((d) => d.toLowerCase()))]

export function ssoActions({ config, db: { sql } }: Kernel, providers: Providers) {
  const { redirectUri } = providers
  const at = (userId: string, nodeId: string) => placeFor(sql, userId, nodeId, 'sso.write')
  const noIssuer = (issuer: string) => (isIssuer(issuer, config.production) ? null : refuse('bad_request', 'The issuer is an address that begins with https://, without a query: as the provider itself writes it.'))

  /** A role that people will be given at a place without anybody looking: who sets that up could give it themselves. */
  async function roleFor(place: { orgId: string; may: readonly string[] }, key: string | null | undefined) {
    if (key == null) return { roleId: null }
    const role = await roleNamed(sql, place.orgId, key)
    if (!role) return refuse('bad_request', `There is no role “${key}” in this organisation.`)
    const lacks = [...role.allows, 'grant.write'].filter((p) => !place.may.includes(p))
    return lacks.length > 0 ? refuse('more_rights', `You may not do that yourself: ${lacks.map((p) => PERMISSIONS[p as Permission]).join(', ')}.`, { permissions: lacks }) : { roleId: role.roleId }
  }

  const list: CallAction<Calls['sso']> = async ({ actor }, { params: { nodeId } }) => {
    const place = await at(actor.userId, nodeId)
    return isRefused(place) ? place : { sso: await ssoAt(sql, nodeId, redirectUri) }
  }

  const make: CallAction<Calls['makeSso']> = async (ctx, { params: { nodeId }, body: { secret, domains, role: key, ...body } }) => {
    const place = await at(ctx.actor.userId, nodeId)
    if (isRefused(place)) return place
    const role = await roleFor(place, key)
    if (isRefused(role)) return role
    const wrong = noIssuer(body.issuer) ?? (await providers.answers({ ...body, secret }))
    if (wrong) return wrong
    const ssoId = newId()
    return ctx.change(makeSso, place.orgId, { enabled: true, ...body, ...role, ssoId, orgId: place.orgId, nodeId, sealed: seal(secret, ssoId, config.jwtSecrets), domains: lower(domains), redirectUri })
  }

  /** A provider that the actor may change, and its place as they may. */
  async function mine(userId: string, ssoId: string): Promise<{ kept: Config; place: Place & { may: string[] } } | Refused<'not_found' | 'forbidden'>> {
    const kept = await configOf(sql, ssoId)
    const place = kept ? await at(userId, kept.nodeId) : notFound('provider')
    return isRefused(place) ? (place.refused.code === 'not_found' ? notFound('provider') : place) : { kept: kept as Config, place }
  }

  const change: CallAction<Calls['changeSso']> = async (ctx, { params: { ssoId }, body: { secret, domains, role: key, ...body } }) => {
    const found = await mine(ctx.actor.userId, ssoId)
    if (isRefused(found)) return found
    const { kept, place } = found
    const role = key === undefined ? { roleId: undefined } : await roleFor(place, key)
    if (isRefused(role)) return role
    if (body.issuer !== undefined && body.issuer !== kept.issuer) {
      if (secret === undefined) return refuse('bad_request', 'Another issuer needs its own secret: give both.')
      const wrong = noIssuer(body.issuer) ?? (await providers.answers({ issuer: body.issuer, client: body.client ?? kept.client, secret, name: kept.name }))
      if (wrong) return wrong
    }
    return ctx.change(changeSso, place.orgId, { ssoId, redirectUri, ...body, ...role, ...(secret !== undefined && { sealed: seal(secret, ssoId, config.jwtSecrets) }), ...(domains && { domains: lower(domains) }) })
  }

  const remove: CallAction<Calls['removeSso']> = async (ctx, { params: { ssoId } }) => {
    const found = await mine(ctx.actor.userId, ssoId)
    return isRefused(found) ? found : ctx.change(removeSso, found.place.orgId, { ssoId })
  }

  const prove: CallAction<Calls['proveDomain']> = async (ctx, { params: { ssoId }, body }) => {
    const found = await mine(ctx.actor.userId, ssoId)
    if (isRefused(found)) return found
    const { issuer, domains } = found.kept
    const domain = body.domain.toLowerCase()
    if (!domains.includes(domain)) return refuse('bad_request', 'Add this domain to the provider first.')
    const record = recordOf(ssoId, issuer, domain)
    const isThere = await isSaid(config.dnsServers, record.name, record.value).catch(() => null)
    if (isThere === null) return refuse('unavailable', 'The DNS does not answer just now. Try again in a minute.', { retryAfterMs: 60_000 })
    if (!isThere) return refuse('not_proven', `There is no TXT record ${record.name} that says ${record.value} yet. A new one may take an hour to be seen.`, { record })
    return ctx.change(proveDomain, found.place.orgId, { ssoId, issuer, domain, redirectUri })
  }

  return { sso: list, makeSso: make, changeSso: change, removeSso: remove, proveDomain: prove }
}
