// Keys of programs and views as somebody else.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Claims } from '#kernel/actor'
import type { CallAction, Kernel } from '#kernel/feature'
import { isRefused, notFound, refuse } from '#kernel/refusals'
import { isPermission, type Permission, PERMISSIONS, placeFor } from '../orgs/index.ts'
import type { access, ApiKey } from './contract.ts'
import { readKey, written } from './key.ts'
import { keyCalled, keyKept, keysAt, usedKey } from './store.keys.ts'
import { viewsOf } from './store.views.ts'
import { makeKey, revokeKey, stopViewing, view } from './verbs.keys.ts'

type Calls = typeof access.calls
const MINUTES = 30
const YEAR = 365 * 24 * 3600
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const hash = (secret: string) => createHash('sha256').update(secret).digest('base64url')
const prefixed = () => [...randomBytes(10)].map((b) => LETTERS[b % LETTERS.length]).join('')

export function keyActions({ db, tokens }: Kernel) {
  const { sql } = db

  const keys: CallAction<Calls['keys']> = async ({ actor }, { params: { nodeId } }) => {
    const place = await placeFor(sql, actor.userId, nodeId, 'key.write')
    return isRefused(place) ? place : { keys: await keysAt(sql, nodeId) }
  }

  const make: CallAction<Calls['makeKey']> = async (ctx, { params: { nodeId }, body: { name, scopes, expiresAt } }) => {
    const place = await placeFor(sql, ctx.actor.userId, nodeId, 'key.write')
    if (isRefused(place)) return place
    const wrong = scopes.find((s) => !isPermission(s))
    if (wrong !== undefined) return refuse('bad_request', `There is no permission “${wrong}”.`)
    const lacks = scopes.filter((s) => !place.may.includes(s))
    if (lacks.length > 0) return refuse('more_rights', `You may not do that yourself: ${lacks.map((p) => PERMISSIONS[p as Permission]).join(', ')}.`, { permissions: lacks })
    if (expiresAt !== undefined && new Date(expiresAt) <= new Date()) return refuse('bad_request', 'The key would have ended already. Give a later day.')
    const [prefix, secret] = [prefixed(), randomBytes(32).toString('base64url')]
    const outcome = await ctx.change(makeKey, place.orgId, { orgId: place.orgId, nodeId, name, scopes, prefix, hash: hash(secret), expiresAt: expiresAt ?? null })
    return outcome.ok ? { ...(outcome.data as ApiKey), secret: written(prefix, secret) } : outcome
  }

  const revoke: CallAction<Calls['revokeKey']> = async (ctx, { params: { keyId } }) => {
    const kept = await keyKept(sql, keyId)
    const place = kept ? await placeFor(sql, ctx.actor.userId, kept.nodeId, 'key.write') : notFound('key')
    return isRefused(place) ? (place.refused.code === 'not_found' ? notFound('key') : place) : ctx.change(revokeKey, place.orgId, { keyId })
  }

  const viewAs: CallAction<Calls['viewAs']> = async (ctx, { body: { userId, reason, minutes } }) => {
    const outcome = await ctx.change(view, ctx.actor.userId, { userId, reason, minutes: minutes ?? MINUTES })
    if (!outcome.ok) return outcome
    const { viewId, until, user } = outcome.data as { viewId: string; until: string; user: { userId: string; name: string } }
    const { token, expiresAt } = tokens.sign({ userId, familyId: viewId, name: user.name, by: { userId: ctx.actor.userId, name: ctx.actor.name } }, new Date(until))
    return { accessToken: token, expiresAt: expiresAt.toISOString(), user }
  }
  const stop: CallAction<Calls['stopViewing']> = async (ctx) => (ctx.actor.by ? ctx.change(stopViewing, ctx.actor.familyId, null) : {})
  const views: CallAction<Calls['views']> = async ({ actor }) => ({ views: await viewsOf(sql, actor.userId) })

  return { keys, makeKey: make, revokeKey: revoke, viewAs, stopViewing: stop, views }
}

/** Whose key this is; null where it is none, is not known, or has ended. */
export const knows = ({ db, log }: Kernel) => async (text: string): Promise<Claims | null> => {
  const read = readKey(text)
  const key = read ? await keyCalled(db.sql, read.prefix) : undefined
  if (!read || !key || !timingSafeEqual(Buffer.from(hash(read.secret)), Buffer.from(key.hash))) return null
  usedKey(db.sql, key.keyId).catch((err: unknown) => log.warn({ err }, 'the last use of a key was not written down'))
  const exp = Math.floor((key.expiresAt?.getTime() ?? Date.now() + YEAR * 1000) / 1000)
  return { sub: key.userId, fam: key.keyId, name: key.name, exp, program: true }
}
