// Signing in, carrying on, signing out.
import type { CallAction, Action, CallCtx, Kernel } from '#kernel/feature'
import { type Outcome, refuse, unauthenticated } from '#kernel/refusals'
import { grant, home, owners } from '../orgs/index.ts'
import { forTheProven, myActions } from './actions.me.ts'
import { oidcActions } from './actions.oidc.ts'
import { ssoActions } from './actions.sso.ts'
import type { accounts } from './contract.ts'
import { boxOf, byEmail, byLink, refresh, type SignIn, signOut } from './store.ts'
import { askLink, redeem } from './verbs.email.ts'
import { guestOf } from './verbs.merge.ts'
import { cameFrom } from './whence.ts'

type Calls = typeof accounts.calls
type Commands = typeof accounts.commands

export function actions(k: Kernel) {
  const tokens = (ctx: CallCtx, { user, familyId, refreshToken }: SignIn) => {
    ctx.setCookie(refreshToken)
    return { accessToken: k.tokens.sign({ userId: user.userId, familyId, name: user.name }).token, refreshToken, user }
  }
  const answered = (ctx: CallCtx, outcome: Outcome) => (outcome.ok ? tokens(ctx, outcome.data as SignIn) : outcome)

  const cameAs = (ctx: CallCtx, { merged, ...signIn }: SignIn & { merged: boolean }) => ({ ...tokens(ctx, signIn), merged })

  const dev: CallAction<Calls['dev']> = async (ctx, { body: { email, name, owner } }) => {
    if (!k.config.authDev) return refuse('not_found', 'Signing in by e-mail alone is off. It is on where AUTH_DEV=true.')
    const place = await home(k.db.sql)
    return answered(ctx, await ctx.change(byEmail, email.toLowerCase(), {
      email: email.toLowerCase(), name, whence: cameFrom(ctx, 'dev'),
      also: async (change, user) => { if (owner) await grant(change, { userId: user.userId, role: 'owner', place }) },
    })) as never
  }

  const link: CallAction<Calls['link']> = async (ctx, { body }) => answered(ctx, await ctx.change(byLink, boxOf(body.token), { ...body, whence: cameFrom(ctx, 'link') })) as never

  const email: CallAction<Calls['email']> = async (ctx, { body }) => {
    if (!k.config.email) return refuse('unavailable', 'Signing in by e-mail is not set up here: whoever runs this server sets SMTP_URL. Until then come in with a class code.')
    const asking = body.guest === undefined ? undefined : await guestOf(k.db.sql, body.guest)
    const vouched = asking !== undefined && (await owners(k.db.sql)).includes(asking.userId)
    const address = body.email.toLowerCase()
    return ctx.change(askLink, address, { email: address, ip: ctx.ip, vouched })
  }

  const redeemLink: CallAction<Calls['redeem']> = async (ctx, { body }) => {
    const outcome = await ctx.change(redeem, boxOf(body.token), { ...body, guest: body.guest, ip: ctx.ip, whence: cameFrom(ctx, 'email') })
    return outcome.ok ? cameAs(ctx, outcome.data as SignIn & { merged: boolean }) : outcome
  }

  const rotate = refresh(k.config.jwtSecrets[0] as string)
  const carryOn: CallAction<Calls['refresh']> = async (ctx, { body }) => {
    const token = body.refreshToken ?? ctx.cookie
    if (!token) return unauthenticated()
    const outcome = await ctx.change(rotate, boxOf(token), { token, ...cameFrom(ctx, 'email') })
    if (!outcome.ok) return outcome
    const { accessToken, refreshToken } = tokens(ctx, outcome.data as SignIn)
    return { accessToken, refreshToken }
  }

  const leave: CallAction<Calls['signOut']> = async (ctx, { body }) => {
    const token = body.refreshToken ?? ctx.cookie
    ctx.setCookie(null)
    return token ? ctx.change(signOut, boxOf(token), { token }) : {}
  }

  const renew: Action<Commands['renew']> = async (ctx, { token }) => {
    const said = k.tokens.verify(token)
    if (!said || said.sub !== ctx.actor.userId || said.fam !== ctx.actor.familyId) return unauthenticated()
    const expiresAt = new Date(said.exp * 1000)
    ctx.renewed(expiresAt)
    return { expiresAt: expiresAt.toISOString() }
  }

  const { providers, calls: { addIdentity, bindIdentity, ...oidc } } = oidcActions(k, (ctx, data) => cameAs(ctx, data as SignIn & { merged: boolean }))
  const mine = forTheProven(k, { ...myActions(k), addIdentity, bindIdentity })
  return { actions: { renew }, calls: { dev, link, email, redeem: redeemLink, refresh: carryOn, signOut: leave, ...oidc, ...mine, ...ssoActions(k, providers) } }
}
