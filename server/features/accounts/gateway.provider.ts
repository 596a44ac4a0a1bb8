// OpenID Connect: the one file that speaks to providers. What a provider says is believed only with the flow's own state,
// nonce and verifier, and signed by a key that it publishes now. Nothing is asked but https, or this machine where this is no
// production; no answer is read beyond a megabyte or waited for beyond ten seconds.
import * as oidc from 'openid-client'
import { LRUCache } from 'lru-cache'
import { isIssuer } from '#kernel/config'
import { type Refused, refuse } from '#kernel/refusals'
import type { Log } from '#kernel/log'

export type Provider = { issuer: string; client: string; secret: string; name: string }
/** What only the browser's secret gives; see store.flows.ts. */
export type Proofs = { state: string; nonce: string; verifier: string }
export type Back = { code?: string | undefined; state?: string | undefined; iss?: string | undefined; error?: string | undefined }
/** Whom a provider says somebody is; `email` only where it says that it has verified it. */
export type Said = { issuer: string; subject: string; email: string | null; name: string | null; unverified: boolean }
type Failed = Refused<'provider_away' | 'provider_refused' | 'cancelled' | 'flow_mismatch'>

const SECONDS = 10
const MOST_BYTES = 1024 * 1024
const KEPT_MS = 5 * 60_000

export type Providers = ReturnType<typeof openProviders>

/** `redirectUri`: where providers send people back to. */
export function openProviders({ production, publicUrl, log }: { production: boolean; publicUrl: string; log: Log }) {
  const redirectUri = `${publicUrl}/sign-in/back`
  /** What providers publish of themselves; their keys are asked for each time, so that a new one counts at once. */
  const published = new LRUCache<string, oidc.ServerMetadata>({ max: 500, ttl: KEPT_MS })
  const [fetching, open] = [guarded(production), production ? [] : [oidc.allowInsecureRequests]]

  async function configured({ issuer, client, secret }: Provider): Promise<oidc.Configuration> {
    let known = published.get(issuer)
    if (!known) {
      const found = await oidc.discovery(new URL(issuer), client, secret, undefined, { execute: open, timeout: SECONDS, [oidc.customFetch]: fetching })
      known = found.serverMetadata()
      published.set(issuer, { ...known })
    }
    const methods = known.token_endpoint_auth_methods_supported ?? ['client_secret_basic'] // as Discovery 1.0, 3 says
    const config = new oidc.Configuration({ ...known }, client, secret, methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))
    for (const allow of open) allow(config)
    config.timeout = SECONDS
    config[oidc.customFetch] = fetching
    oidc.enableNonRepudiationChecks(config)
    return config
  }

  const away = (p: Provider, err: unknown) => {
    log.warn({ issuer: p.issuer, why: inShort(err) }, 'a provider did not answer as it should')
    return refuse('provider_away', `${p.name} does not answer as it should just now. Try again in a while, or sign in another way.`)
  }

  return {
    redirectUri,

    /** The address at the provider that somebody goes to. */
    async addressOf(p: Provider, { state, nonce, verifier }: Proofs, email: string | undefined): Promise<string | Refused<'provider_away'>> {
      try {
        const config = await configured(p)
        return oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri, scope: 'openid email profile', response_type: 'code', state, nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...(email !== undefined && { login_hint: email }),
        }).href
      } catch (error) {
        return away(p, error)
      }
    },

    /** Whether somebody answers there as the issuer. */
    async answers(p: Provider): Promise<Refused<'provider_away'> | null> {
      published.delete(p.issuer)
      return configured(p).then(() => null, (error) => refuse('provider_away', `No provider answers at ${p.issuer}: ${inShort(error)}.`))
    },

    /** Whom the provider says somebody is who came back with this. */
    async redeem(p: Provider, proofs: Proofs, back: Back): Promise<Said | Failed> {
      if (back.state !== proofs.state) return refuse('flow_mismatch', 'This answer of the provider is not the one to what you asked for. Start again from the page where you sign in.')
      if (back.error === 'access_denied') return refuse('cancelled', `You did not let ${p.name} say who you are. Nothing was changed; sign in another way, or try again.`)
      if (back.error !== undefined || back.code === undefined) return refuse('provider_refused', `${p.name} did not sign you in (${back.error?.replace(/[^\w .-]/g, '').slice(0, 60) || 'no code'}). Try again, or tell your administrator.`)
      const at = new URL(redirectUri)
      for (const [name, value] of Object.entries(back)) if (value !== undefined) at.searchParams.set(name, value)
      let config: oidc.Configuration
      try {
        config = await configured(p)
      } catch (error) {
        return away(p, error)
      }
      try {
        const tokens = await oidc.authorizationCodeGrant(config, at, { expectedState: proofs.state, expectedNonce: proofs.nonce, pkceCodeVerifier: proofs.verifier, idTokenExpected: true })
        const claims = tokens.claims() as oidc.IDToken
        const more = claims.email === undefined && config.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {}
        return said(p.issuer, { ...more, ...claims })
      } catch (error) {
        if (isAway(error)) return away(p, error)
        log.warn({ issuer: p.issuer, why: inShort(error) }, 'what a provider said of somebody was not believed')
        return refuse('provider_refused', `What ${p.name} said could not be checked. Try again from the page where you sign in, or tell your administrator.`)
      }
    },
  }
}

function said(issuer: string, c: Record<string, unknown> & { sub: string }): Said {
  const email = typeof c.email === 'string' && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(c.email) && c.email.length <= 254 ? c.email.normalize('NFC').toLowerCase() : null
  const name = [c.name, [c.given_name, c.family_name].filter((n) => typeof n === 'string').join(' '), c.preferred_username].find((n) => typeof n === 'string' && n.trim() !== '') as string | undefined
  const isVerified = c.email_verified === true || c.email_verified === 'true' // some say it as text
  return { issuer, subject: c.sub, email: isVerified ? email : null, unverified: email !== null && !isVerified, name: name?.normalize('NFC').replace(/\p{Cc}/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 120) ?? null }
}

/** fetch that goes nowhere but where a provider may be, and reads no more than it should. */
const guarded = (production: boolean): oidc.CustomFetch => async (url, options) => {
  if (!isIssuer(url.replace(/[?#].*$/s, ''), production)) throw new Error('a provider is asked over https only')
  const reply = await fetch(url, { ...options, redirect: 'error' } as RequestInit)
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of reply.body ?? []) {
    bytes += part.length
    if (bytes > MOST_BYTES) throw new Error('a provider said more than a megabyte')
    parts.push(part)
  }
  return new Response([101, 204, 205, 304].includes(reply.status) ? null : Buffer.concat(parts), { status: reply.status, headers: reply.headers })
}

type Thrown = { name?: string; code?: string; message?: string; status?: number; error?: string; cause?: { message?: string; code?: string } }
/** Not there, or broken, rather than saying no. */
const isAway = (err: unknown) => {
  const { name, code, status } = err as Thrown
  return name === 'TimeoutError' || name === 'TypeError' || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || (status !== undefined && status >= 500)
}
/** Why, without what was sent. */
const inShort = (err: unknown) => {
  const { error, code, cause, message } = err as Thrown
  return [error, code, cause?.code, message].filter((part) => typeof part === 'string' && part !== '').join(', ').slice(0, 200)
}
