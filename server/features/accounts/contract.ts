// Accounts: who somebody is, and the tokens that say so.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, passing, question, Uuid } from '#kernel/contract'

export const User = exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()) })
const Tokens = { accessToken: Type.String(), refreshToken: Type.String() }
const Refresh = exactly({ refreshToken: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })) })

const Email = Type.String({ format: 'email', maxLength: 254 })
const Text = (most: number) => Type.String({ minLength: 1, maxLength: most })
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', description: 'a day, YYYY-MM-DD' })
const Version = Type.Integer({ minimum: 0 })
/** Where one goes to a provider: its address, and the secret that the page keeps until one is back. */
const Away = exactly({ url: Type.String(), flow: Type.String(), name: Type.String() })
/** What a provider gave the page, as it stood in the address. */
const Back = {
  flow: Text(200), code: Type.Optional(Type.String({ maxLength: 4_000 })), state: Type.Optional(Type.String({ maxLength: 400 })),
  iss: Type.Optional(Type.String({ maxLength: 400 })), error: Type.Optional(Type.String({ maxLength: 200 })),
}
const To = exactly({ email: Type.Optional(Email), sso: Type.Optional(Uuid) })
const AWAY = ['no_provider', 'provider_away'] as const
const BACK = ['flow_unknown', 'flow_used', 'flow_expired', 'flow_mismatch', 'cancelled', 'provider_away', 'provider_refused', 'email_unverified', 'not_your_domain'] as const

export const Session = exactly({
  sessionId: Uuid, device: Type.String(), network: Type.String({ description: 'a /24 or /48; empty where it is not known' }),
  how: Type.Union(['code', 'email', 'provider', 'link', 'dev', 'unknown'].map((h) => Type.Literal(h as 'code' | 'email' | 'provider' | 'link' | 'dev' | 'unknown'))), provider: orNull(Type.String()),
  startedAt: Instant, lastUsedAt: Instant, isThis: Type.Boolean(),
})
export type Session = Static<typeof Session>
export const Identity = exactly({ identityId: Uuid, issuer: Type.String(), email: orNull(Type.String()), addedAt: Instant, lastUsedAt: Instant })
export type Identity = Static<typeof Identity>

const EDUCATION = { institution: Text(200), degree: orNull(Text(200)), field: orNull(Text(200)), startsOn: Day, endsOn: orNull(Day) }
const EXPERIENCE = { company: Text(200), title: Text(200), startsOn: Day, endsOn: orNull(Day) }
export const Education = exactly({ educationId: Uuid, ...EDUCATION })
export type Education = Static<typeof Education>
export const Experience = exactly({ experienceId: Uuid, ...EXPERIENCE })
export type Experience = Static<typeof Experience>
export const Profile = exactly({
  name: Type.String(), email: orNull(Type.String()), locale: orNull(Type.String()), tz: orNull(Type.String()), headline: orNull(Type.String()), rowVersion: Version,
  education: Type.Array(Education), experiences: Type.Array(Experience),
})
export type Profile = Static<typeof Profile>

/** A provider of an organisation. A domain counts once `record` stands in its DNS and was looked for. The secret is never shown. */
export const Sso = exactly({
  ssoId: Uuid, nodeId: Uuid, name: Type.String(), issuer: Type.String(), client: Type.String(), role: orNull(Type.String()), enabled: Type.Boolean(), rowVersion: Version,
  redirectUri: Type.String(), domains: Type.Array(exactly({ domain: Type.String(), provenAt: orNull(Instant), record: exactly({ name: Type.String(), value: Type.String() }) })),
})
export type Sso = Static<typeof Sso>
const Domains = Type.Array(Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$', description: 'a domain as in e-mails' }), { maxItems: 20 })
const SSO = { name: Text(80), issuer: Text(400), client: Text(400), secret: Text(1_000), domains: Domains, role: orNull(Text(60)), enabled: Type.Boolean() }

export const accounts = contract('auth', {
  commands: {
    renew: question({
      says: 'Carry on with a fresh access token of the same person.',
      may: 'anybody',
      body: { token: Type.String({ minLength: 1, maxLength: 4_000 }) },
      reply: { expiresAt: Instant },
    }),
  },
  calls: {
    dev: call('POST /auth/dev', {
      says: 'Sign in by e-mail alone. Only with AUTH_DEV=true, never in production.',
      open: true,
      body: exactly({
        email: Type.String({ format: 'email', maxLength: 254 }),
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
        owner: Type.Optional(Type.Boolean()),
      }),
      reply: exactly({ ...Tokens, user: User }),
    }),
    link: call('POST /auth/link', {
      says: 'Walk in with a link that the start printed.',
      open: true,
      body: exactly({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
      reply: exactly({ ...Tokens, user: User }),
    }),
    email: call('POST /auth/email', {
      says: 'Ask for a link by e-mail. The answer is the same whether the address is anybody\'s or not.',
      open: true,
      status: 202,
      body: exactly({
        email: Type.String({ format: 'email', maxLength: 254 }),
        guest: Type.Optional(Type.String({ minLength: 1, maxLength: 400, description: 'The refresh token of an owner who has no e-mail yet: the link goes to any address that they give.' })),
      }),
    }),
    redeem: call('POST /auth/email/redeem', {
      says: 'Sign in with a link that came by e-mail. It works once.',
      open: true,
      body: exactly({
        token: Type.String({ minLength: 1, maxLength: 200 }),
        guest: Type.Optional(Type.String({ minLength: 1, maxLength: 400, description: 'The refresh token of a guest who is the same person: they become this account, with all they did.' })),
      }),
      reply: exactly({ ...Tokens, user: User, merged: Type.Boolean() }),
      refusals: ['link_unknown', 'link_used', 'link_expired', 'not_listed'],
    }),
    ways: call('GET /auth/ways', {
      says: 'The providers that people of this e-mail domain may sign in with: their organisation\'s first, then everybody\'s.',
      open: true,
      params: { domain: Type.Optional(Type.String({ maxLength: 253 })) },
      reply: exactly({ providers: Type.Array(exactly({ sso: orNull(Uuid), name: Type.String() })), byDomain: Type.Boolean({ description: 'whether some organisation here has a provider' }) }),
    }),
    oidc: call('POST /auth/oidc', {
      says: 'Go to a provider to sign in: the one of the e-mail\'s domain, or the one named, else everybody\'s.',
      open: true,
      body: To,
      reply: Away,
      refusals: AWAY,
    }),
    oidcRedeem: call('POST /auth/oidc/redeem', {
      says: 'Come back from a provider, with what it put into the address. It works once.',
      open: true,
      body: exactly({ ...Back, guest: Type.Optional(Type.String({ minLength: 1, maxLength: 400, description: 'The refresh token of a guest who is the same person, as with a link.' })) }),
      reply: exactly({ ...Tokens, user: User, merged: Type.Boolean() }),
      refusals: BACK,
    }),
    identities: call('GET /me/identities', {
      says: 'As whom providers know one; `byEmail`: whether one can sign in by e-mail too.',
      personal: true,
      reply: exactly({ identities: Type.Array(Identity), byEmail: Type.Boolean() }),
      refusals: ['proof_first'],
    }),
    addIdentity: call('POST /me/identities', { says: 'Go to a provider to sign in with it from now on.', personal: true, body: To, reply: Away, refusals: [...AWAY, 'proof_first'] }),
    bindIdentity: call('POST /me/identities/redeem', { says: 'Come back from it.', personal: true, status: 201, body: exactly(Back), reply: Identity, refusals: [...BACK, 'identity_taken', 'proof_first'] }),
    removeIdentity: call('DELETE /me/identities/:identityId', {
      says: 'Sign in with this no more; what was signed in with it ends, but for this sign-in.',
      personal: true,
      status: 204,
      params: { identityId: Uuid },
      reply: Nothing,
      refusals: ['last_way_in', 'proof_first'],
    }),
    sessions: call('GET /me/sessions', { says: 'Where one is signed in, the last used first.', personal: true, reply: exactly({ sessions: Type.Array(Session) }), refusals: ['proof_first'] }),
    endSession: call('DELETE /me/sessions/:sessionId', { says: 'End one sign-in at once, with its sockets.', personal: true, status: 204, params: { sessionId: Uuid }, reply: Nothing, refusals: ['proof_first'] }),
    endOthers: call('DELETE /me/sessions', { says: 'End every other sign-in.', personal: true, status: 204, reply: Nothing, refusals: ['proof_first'] }),
    profile: call('GET /me/profile', { says: 'What one says of oneself.', personal: true, reply: Profile, refusals: ['proof_first'] }),
    changeProfile: call('PATCH /me/profile', {
      says: 'Change it; `rowVersion` is the one that was read. The name on a class list is the list\'s and stays.',
      personal: true,
      body: exactly({ name: Type.Optional(Text(120)), locale: Type.Optional(orNull(Text(35))), tz: Type.Optional(orNull(Text(60))), headline: Type.Optional(orNull(Text(200))), rowVersion: Version }),
      reply: Profile,
      refusals: ['proof_first'],
    }),
    addEducation: call('POST /me/education', { says: 'Say where one learned.', personal: true, status: 201, body: exactly(EDUCATION), reply: Education, refusals: ['enough', 'proof_first'] }),
    changeEducation: call('PATCH /me/education/:educationId', { says: 'Say it anew.', personal: true, params: { educationId: Uuid }, body: exactly(EDUCATION), reply: Education, refusals: ['proof_first'] }),
    removeEducation: call('DELETE /me/education/:educationId', { says: 'Say it no more.', personal: true, status: 204, params: { educationId: Uuid }, reply: Nothing, refusals: ['proof_first'] }),
    addExperience: call('POST /me/experiences', { says: 'Say where one worked.', personal: true, status: 201, body: exactly(EXPERIENCE), reply: Experience, refusals: ['enough', 'proof_first'] }),
    changeExperience: call('PATCH /me/experiences/:experienceId', { says: 'Say it anew.', personal: true, params: { experienceId: Uuid }, body: exactly(EXPERIENCE), reply: Experience, refusals: ['proof_first'] }),
    removeExperience: call('DELETE /me/experiences/:experienceId', { says: 'Say it no more.', personal: true, status: 204, params: { experienceId: Uuid }, reply: Nothing, refusals: ['proof_first'] }),
    export: call('GET /me/export', { says: 'A copy of everything here that is one\'s own, by room.', personal: true, reply: Type.Record(Type.String(), Type.Unknown()), refusals: ['proof_first'] }),
    close: call('DELETE /me', {
      says: 'Close the account: `confirm` is one\'s e-mail, or the name where there is none. What was answered in class stays, unnamed.',
      personal: true,
      status: 204,
      body: exactly({ confirm: Text(254) }),
      reply: Nothing,
      refusals: ['not_confirmed', 'last_owner', 'proof_first'],
    }),
    sso: call('GET /nodes/:nodeId/sso', { says: 'The providers of a place and of those below it.', params: { nodeId: Uuid }, reply: exactly({ sso: Type.Array(Sso) }) }),
    makeSso: call('POST /nodes/:nodeId/sso', {
      says: 'Set up a provider at a place. `role`: what its people are granted there when they sign in the first time.',
      status: 201,
      params: { nodeId: Uuid },
      body: exactly({ ...SSO, role: Type.Optional(SSO.role), enabled: Type.Optional(SSO.enabled) }),
      reply: Sso,
      refusals: ['more_rights', 'provider_away'],
    }),
    changeSso: call('PATCH /sso/:ssoId', {
      says: 'Change it; `rowVersion` is the one that was read. Another issuer needs its secret, and the domains proven anew.',
      params: { ssoId: Uuid },
      body: exactly({ ...Type.Partial(exactly(SSO)).properties, rowVersion: Version }),
      reply: Sso,
      refusals: ['more_rights', 'provider_away'],
    }),
    removeSso: call('DELETE /sso/:ssoId', { says: 'Remove it: nobody signs in with it any more.', status: 204, params: { ssoId: Uuid }, reply: Nothing }),
    proveDomain: call('POST /sso/:ssoId/prove', {
      says: 'Look into the DNS for the record that says that this domain\'s people sign in here.',
      params: { ssoId: Uuid },
      body: exactly({ domain: Type.String({ maxLength: 253 }) }),
      reply: Sso,
      refusals: ['not_proven', 'domain_taken'],
    }),
    refresh: call('POST /auth/refresh', {
      says: 'Change a refresh token for its successor and a new access token.',
      open: true,
      body: Refresh,
      reply: exactly(Tokens),
    }),
    signOut: call('POST /auth/sign-out', { says: 'End this sign-in everywhere.', open: true, status: 204, body: Refresh }),
  },
  pushes: {
    expiring: passing('user', { expiresAt: Instant }, 'The access token ends in a minute: send a new one.'),
    revoked: passing('user', {}, 'This sign-in was ended; the socket is closed.'),
  },
})
