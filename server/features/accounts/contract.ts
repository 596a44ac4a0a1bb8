// Accounts: who somebody is, and the tokens that say so.
import { Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, passing, question, Uuid } from '#kernel/contract'

export const User = exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()) })
const Tokens = { accessToken: Type.String(), refreshToken: Type.String() }
const Refresh = exactly({ refreshToken: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })) })

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
