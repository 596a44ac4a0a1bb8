// What is one's own: sign-ins, identities, profile, a copy of everything, and the end of it. For the person only, and only where
// the sign-in proves that it is them: a class code with an e-mail from a list does not.
import { Readable } from 'node:stream'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { writtenOut } from '#kernel/pages'
import { notFound, refuse } from '#kernel/refusals'
import type { accounts } from './contract.ts'
import { localeOf, wrongSpan, zoneOf } from './profile.ts'
import { identitiesOf } from './store.identities.ts'
import { profileOf } from './store.profile.ts'
import { isProven, sessionsOf } from './store.signins.ts'
import { personOf } from './store.ts'
import { close } from './verbs.close.ts'
import { changeProfile, putEducation, putExperience, removeEducation, removeExperience } from './verbs.profile.ts'
import { endSessions, removeIdentity } from './verbs.sessions.ts'

type Calls = typeof accounts.calls

/** The same actions, for who has proven to be the person. */
export function forTheProven<A extends Record<string, CallAction<any>>>({ db: { sql } }: Kernel, actions: A): A {
  const unproven = async ({ actor }: CallCtx) => ((await isProven(sql, actor.userId, actor.familyId)) ? null
    : refuse('proof_first', 'You came in with a class code, which anybody may know. Sign in by e-mail or with a provider, and this is yours.'))
  return Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, async (ctx: CallCtx, asked: never) => (await unproven(ctx)) ?? action(ctx, asked)])) as unknown as A
}

export function myActions(k: Kernel) {
  const { config, db: { sql } } = k

  const identities: CallAction<Calls['identities']> = async ({ actor }) =>
    ({ identities: await identitiesOf(sql, actor.userId), byEmail: config.email && (await personOf(sql, actor.userId))?.email != null })
  const takeIdentity: CallAction<Calls['removeIdentity']> = (ctx, { params: { identityId } }) => ctx.change(removeIdentity, ctx.actor.userId, { identityId, byEmail: config.email })

  const sessions: CallAction<Calls['sessions']> = async ({ actor }) => ({ sessions: await sessionsOf(sql, actor.userId, actor.familyId) })
  const endSession: CallAction<Calls['endSession']> = (ctx, { params: { sessionId } }) => ctx.change(endSessions, ctx.actor.userId, { sessionId })
  const endOthers: CallAction<Calls['endOthers']> = (ctx) => ctx.change(endSessions, ctx.actor.userId, { sessionId: undefined })

  const profile: CallAction<Calls['profile']> = async ({ actor }) => (await profileOf(sql, actor.userId)) ?? notFound('person')
  const change: CallAction<Calls['changeProfile']> = async (ctx, { body }) => {
    const [locale, tz] = [body.locale && localeOf(body.locale), body.tz && zoneOf(body.tz)]
    if (body.locale && !locale) return refuse('bad_request', `“${body.locale}” is no language; one looks like en, pt-BR or zh-Hant.`)
    if (body.tz && !tz) return refuse('bad_request', `“${body.tz}” is no time zone; one looks like Europe/Berlin.`)
    return ctx.change(changeProfile, ctx.actor.userId, { ...body, locale, tz })
  }

  const wrong = (span: { startsOn: string; endsOn: string | null }) => {
    const why = wrongSpan(span)
    return why === null ? null : refuse('bad_request', why)
  }
  const addEducation: CallAction<Calls['addEducation']> = async (ctx, { body }) => wrong(body) ?? ctx.change(putEducation, ctx.actor.userId, { ...body, educationId: null })
  const changeEducation: CallAction<Calls['changeEducation']> = async (ctx, { params, body }) => wrong(body) ?? ctx.change(putEducation, ctx.actor.userId, { ...body, ...params })
  const dropEducation: CallAction<Calls['removeEducation']> = (ctx, { params }) => ctx.change(removeEducation, ctx.actor.userId, params.educationId)
  const addExperience: CallAction<Calls['addExperience']> = async (ctx, { body }) => wrong(body) ?? ctx.change(putExperience, ctx.actor.userId, { ...body, experienceId: null })
  const changeExperience: CallAction<Calls['changeExperience']> = async (ctx, { params, body }) => wrong(body) ?? ctx.change(putExperience, ctx.actor.userId, { ...body, ...params })
  const dropExperience: CallAction<Calls['removeExperience']> = (ctx, { params }) => ctx.change(removeExperience, ctx.actor.userId, params.experienceId)

  /** Written out as it is read, so that a person of many years keeps nobody waiting. */
  const copy: CallAction<Calls['export']> = async ({ actor }) => {
    const all = { madeAt: new Date().toISOString(), userId: actor.userId, ...(await k.exports(actor.userId)) }
    return Readable.from(writtenOut(all)) as never
  }
  const leave: CallAction<Calls['close']> = async (ctx, { body }) => {
    const outcome = await ctx.change(close, ctx.actor.userId, { ...body, userId: ctx.actor.userId })
    if (outcome.ok) ctx.setCookie(null)
    return outcome
  }

  return {
    identities, removeIdentity: takeIdentity, sessions, endSession, endOthers, profile, changeProfile: change, addEducation, changeEducation, removeEducation: dropEducation,
    addExperience, changeExperience, removeExperience: dropExperience, export: copy, close: leave,
  }
}
