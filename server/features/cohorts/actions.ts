// Coming into class, and one's classes.
import { randomInt } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Action, CallAction, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { busy, forbidden, isRefused, type Outcome, notFound, ok, refuse } from '#kernel/refusals'
import { cameFrom, personOf, type SignIn } from '../accounts/index.ts'
import { courseToWrite } from '../catalog/index.ts'
import { grantsOf } from '../orgs/index.ts'
import { newCode, readCode } from './code.ts'
import type { cohorts } from './contract.ts'
import { standings } from './index.ts'
import { lifeActions } from './actions.life.ts'
import { rosterActions } from './actions.roster.ts'
import { cohortByCode, cohortFor, cohortsOf } from './store.ts'
import { create, enter } from './verbs.ts'

type Calls = typeof cohorts.calls
type Commands = typeof cohorts.commands
const PAGE = 200
const FAILED_TRIES = 10

export function actions(k: Kernel) {
  const { db, classes, tokens } = k
  const stands = standings(db)
  /** Only failed tries count: a school is one address. */
  const tries = new RateLimiterMemory({ points: FAILED_TRIES, duration: 60 })

  const join: Action<Commands['join']> = async (ctx, { cohortId, as, epoch, since }) => {
    for (let again = 0; again < 5; again++) {
      const standing = await stands.of(ctx.actor, cohortId)
      if (!standing) return notFound('cohort')
      if (standing.ended) return refuse('cohort_ended', 'This cohort has ended. What was said in it is kept.')
      if (as === 'screen' && standing.role === 'learner') return forbidden('show the class on a screen')
      const looker = as === 'screen'
        ? { role: 'screen' as const, userId: ctx.actor.userId, memberId: null }
        : { role: standing.role, userId: ctx.actor.userId, memberId: standing.memberId }
      const joined = await classes.join(ctx.seat, { cohortId, looker, epoch, since })
      if (!joined) continue // put out while coming in: look again who they are
      ctx.afterAck(joined.after)
      return ok(joined.reply)
    }
    return busy(500)
  }

  const leave: Action<Commands['leave']> = async (ctx, { cohortId }) => {
    const joined = ctx.seat.joined.has(cohortId)
    if (!joined && !(await stands.of(ctx.actor, cohortId))) return notFound('cohort')
    classes.leave(ctx.seat, cohortId)
    return {}
  }

  /** The codes that come from one address are looked up one after the other, so that many wrong ones at once count each. */
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(ip: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(ip) ?? Promise.resolve()).then(work)
    const over = mine.catch(() => {}).finally(() => turns.get(ip) === over && turns.delete(ip))
    turns.set(ip, over)
    return mine
  }

  async function lookUp(ip: string, code: string) {
    const tried = await tries.get(ip)
    if (tried && tried.consumedPoints >= FAILED_TRIES) return refuse('rate_limited', 'Too many wrong tries from this address. Wait a minute and try again.', { retryAfterMs: tried.msBeforeNext })
    const cohortId = await cohortByCode(db.sql, readCode(code))
    if (!cohortId) await tries.consume(ip).catch(() => {})
    return cohortId ?? refuse('not_found', 'No class has this code. Check it with your instructor: a word and four figures.')
  }

  const walkIn: CallAction<Calls['enter']> = async (ctx, { body }) => {
    const cohortId = await inTurn(ctx.ip, () => lookUp(ctx.ip, body.code))
    if (isRefused(cohortId)) return cohortId
    const outcome: Outcome = await ctx.change(enter, cohortId, { ...body, whence: cameFrom(ctx, 'code') })
    if (!outcome.ok) {
      if (outcome.error.code === 'not_listed') await tries.consume(ctx.ip).catch(() => {})
      return outcome
    }
    const { user, familyId, refreshToken, memberId } = outcome.data as SignIn & { memberId: string }
    stands.forget(user.userId, cohortId)
    ctx.setCookie(refreshToken)
    return { accessToken: tokens.sign({ userId: user.userId, familyId, name: user.name }).token, refreshToken, user, cohortId, memberId }
  }

  const me: CallAction<Calls['me']> = async ({ actor }) => {
    const user = await personOf(db.sql, actor.userId)
    if (!user) return notFound('person')
    const all = await cohortsOf(db.sql, actor.userId, '', PAGE)
    return { user, viewedBy: actor.by ? { ...actor.by } : null, grants: await grantsOf(db.sql, actor.userId), cohorts: all.map(({ cohortId, name, courseName, role, live }) => ({ cohortId, name, courseName, role, live })) }
  }

  const make: CallAction<Calls['create']> = async (ctx, { params, body }) => {
    const course = await courseToWrite(db.sql, ctx.actor.userId, params.courseId)
    if (!course) return notFound('course')
    if (!course.mayWrite) return forbidden('make a cohort of this course')
    const [starts, ends] = [body.startsAt, body.endsAt].map((at) => (at === undefined ? null : new Date(at)))
    if ([starts, ends].some((at) => at && !(at.getUTCFullYear() >= 1970 && at.getUTCFullYear() < 3000))) return refuse('bad_request', 'A cohort starts and ends between the years 1970 and 2999.')
    if (starts && ends && starts >= ends) return refuse('bad_request', 'The cohort must end after it starts.')
    const cohortId = newId()
    return ctx.change(create, cohortId, {
      cohortId, place: course, courseId: params.courseId, name: body.name, entry: body.entry ?? 'listed',
      startsAt: starts?.toISOString() ?? null, endsAt: ends?.toISOString() ?? null, capacity: body.capacity ?? null, code: () => newCode(() => randomInt(2 ** 32) / 2 ** 32),
    })
  }

  const list: CallAction<Calls['list']> = async ({ actor }, { params }) => {
    const found = await cohortsOf(db.sql, actor.userId, params.cursor ?? '', PAGE + 1)
    return { cohorts: found.slice(0, PAGE), next: found.length > PAGE ? (found[PAGE - 1]?.cohortId ?? null) : null }
  }

  const show: CallAction<Calls['show']> = async ({ actor }, { params }) => (await cohortFor(db.sql, actor.userId, params.cohortId)) ?? notFound('cohort')

  return { actions: { join, leave }, calls: { enter: walkIn, me, create: make, list, show, ...rosterActions(k), ...lifeActions(k, (ip, code) => inTurn(ip, () => lookUp(ip, code))) } }
}
