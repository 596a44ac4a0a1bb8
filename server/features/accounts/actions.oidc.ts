// To a provider and back, for who signs in and for who adds an identity.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { isRefused, type Outcome, refuse } from '#kernel/refusals'
import type { accounts } from './contract.ts'
import { type Back, openProviders, type Provider } from './gateway.provider.ts'
import { newFlow, proofsOf } from './store.flows.ts'
import { unseal } from './store.sealed.ts'
import { type Config, configFor, configOf, hasProven } from './store.sso.ts'
import { boxOf } from './store.ts'
import { begin, bind, come, useUp } from './verbs.oidc.ts'
import { cameFrom, networkOf } from './whence.ts'

type Calls = typeof accounts.calls
type Found = { ssoId: string | null; provider: Provider }

export function oidcActions(k: Kernel, signedIn: (ctx: CallCtx, data: unknown) => object) {
  const { config, db: { sql } } = k
  const providers = openProviders({ production: config.production, publicUrl: config.publicUrl, log: k.log })
  const secret = config.jwtSecrets[0] as string
  const none = () => refuse('no_provider', 'No provider signs in people of this e-mail here. Sign in by e-mail, or come in with a class code.')

  const own: Found | null = config.oidc ? { ssoId: null, provider: { issuer: config.oidc.issuer, client: config.oidc.clientId, secret: config.oidc.clientSecret, name: config.oidc.name } } : null
  const opened = (c: Config | undefined): Found | null => {
    const text = c?.enabled ? unseal(c.sealed, c.ssoId, config.jwtSecrets) : undefined
    if (c?.enabled && text === undefined) k.log.error({ ssoId: c.ssoId }, 'the secret of a provider cannot be opened: JWT_SECRET is another one. Give the secret again')
    return c && text !== undefined ? { ssoId: c.ssoId, provider: { issuer: c.issuer, client: c.client, secret: text, name: c.name } } : null
  }
  const domainOf = (email: string | undefined) => email?.toLowerCase().split('@')[1] ?? ''
  const found = async ({ email, sso }: { email?: string | undefined; sso?: string | undefined }): Promise<Found | null> =>
    sso !== undefined ? opened(await configOf(sql, sso)) : (opened(await configFor(sql, domainOf(email))) ?? own)

  async function away(ctx: CallCtx, to: { email?: string | undefined; sso?: string | undefined }, userId: string | null) {
    const there = await found(to)
    if (!there) return none()
    const flow = newFlow()
    const url = await providers.addressOf(there.provider, proofsOf(flow, secret), to.email)
    if (isRefused(url)) return url
    const begun = await ctx.change(begin, networkOf(ctx.ip), { flow, ssoId: there.ssoId, userId, ip: ctx.ip })
    return begun.ok ? { url, flow, name: there.provider.name } : begun
  }

  /** Whom the provider of a flow says somebody is; the flow is used up, whatever comes of it. */
  async function back(ctx: CallCtx, { flow, ...rest }: Back & { flow: string }, userId: string | null) {
    const used = await ctx.change(useUp, boxOf(flow), { flow, userId })
    if (!used.ok) return used
    const { ssoId } = used.data as { ssoId: string | null }
    const there = ssoId === null ? own : opened(await configOf(sql, ssoId))
    if (!there) return refuse('provider_refused', 'One cannot sign in with this provider any more. Ask your administrator.')
    const said = await providers.redeem(there.provider, proofsOf(flow, secret), rest)
    return isRefused(said) ? said : { said, ssoId, provider: there.provider.name }
  }

  const ways: CallAction<Calls['ways']> = async (_, { params: { domain } }) => {
    const theirs = domain === undefined ? undefined : await configFor(sql, domain.toLowerCase())
    return { providers: [...(theirs ? [{ sso: theirs.ssoId, name: theirs.name }] : []), ...(own ? [{ sso: null, name: own.provider.name }] : [])], byDomain: await hasProven(sql) }
  }
  const oidc: CallAction<Calls['oidc']> = async (ctx, { body }) => away(ctx, body, null) as never
  const redeem: CallAction<Calls['oidcRedeem']> = async (ctx, { body: { guest, ...body } }) => {
    const came = await back(ctx, body, null)
    if (!('said' in came)) return came as never
    const outcome: Outcome = await ctx.change(come, boxOf(`${came.said.issuer} ${came.said.subject}`), { ...came, guest, whence: cameFrom(ctx, 'provider') })
    return (outcome.ok ? signedIn(ctx, outcome.data) : outcome) as never
  }

  const addIdentity: CallAction<Calls['addIdentity']> = async (ctx, { body }) => away(ctx, body, ctx.actor.userId) as never
  const bindIdentity: CallAction<Calls['bindIdentity']> = async (ctx, { body }) => {
    const came = await back(ctx, body, ctx.actor.userId)
    if (!('said' in came)) return came as never
    return ctx.change(bind, boxOf(`${came.said.issuer} ${came.said.subject}`), came)
  }

  return { providers, calls: { ways, oidc, oidcRedeem: redeem, addIdentity, bindIdentity } }
}
