// Prepared questions: found through a cohort of their course. Who teaches it reads and changes them, who observes it reads.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { isRefused, notFound, ok, type Outcome, type Refused } from '#kernel/refusals'
import type { Verb } from '#kernel/change'
import { asStaff, named, standings } from '../cohorts/index.ts'
import { askedAs } from '../coldcall/index.ts'
import type { prepared, Prepared } from './contract.ts'
import * as store from './store.ts'
import * as verbs from './verbs.ts'

type Calls = typeof prepared.calls
const REMOVED = 100

export function actions({ db }: Kernel) {
  const stands = standings(db)

  /** The course of a cohort, for who may do this there; or why not. */
  const courseFor = async (ctx: CallCtx, cohortId: string, may: { read?: string; change?: string }): Promise<string | Refused<'not_found' | 'forbidden'>> => {
    const refused = await asStaff(stands, ctx.actor, cohortId, may)
    return refused ?? ((await named(db.sql, cohortId)) as { courseId: string }).courseId
  }

  const withAsked = async (cohortId: string, list: readonly store.Kept[]): Promise<Prepared[]> => {
    const asked = await askedAs(db.sql, cohortId, list.map((p) => p.preparedId))
    return list.map((p) => ({ ...p, asked: asked.get(p.preparedId) ?? null }))
  }
  const shown = async (cohortId: string, courseId: string, preparedId: string): Promise<Prepared | undefined> => {
    const found = await store.one(db.sql, courseId, preparedId)
    return found && (await withAsked(cohortId, [found]))[0]
  }

  /** Changes the list, and answers with the question as it stands then; where it stands otherwise than was read, with the refusal. */
  const changed = async <I extends { preparedId: string }>(ctx: CallCtx, cohortId: string, verb: Verb<I, any>, item: I): Promise<Outcome<Prepared> | Refused<any>> => {
    const courseId = await courseFor(ctx, cohortId, { change: 'change the prepared questions' })
    if (isRefused(courseId)) return courseId
    const outcome = await ctx.change(verb, courseId, item)
    const now = outcome.ok || outcome.error.code === 'conflict' ? await shown(cohortId, courseId, item.preparedId) : undefined
    if (outcome.ok) return now ? ok(now) : notFound('prepared question')
    return now ? { ok: false, error: { ...outcome.error, details: { now } } } : outcome
  }

  const list: CallAction<Calls['list']> = async (ctx, { params: { cohortId, removed } }) => {
    const courseId = await courseFor(ctx, cohortId, { read: 'read the prepared questions' })
    if (isRefused(courseId)) return courseId
    return { courseId, prompts: await withAsked(cohortId, removed ? await store.removed(db.sql, courseId, REMOVED) : await store.listed(db.sql, courseId)) }
  }

  const add: CallAction<Calls['add']> = (ctx, { params: { cohortId }, body: { topicId, ...said } }) =>
    changed(ctx, cohortId, verbs.add, { preparedId: newId(), topicId: topicId ?? null, said })
  const change: CallAction<Calls['change']> = (ctx, { params: { cohortId, preparedId }, body: { version, ...said } }) =>
    changed(ctx, cohortId, verbs.alter, { preparedId, version, said })
  const back: CallAction<Calls['back']> = (ctx, { params: { cohortId, preparedId } }) => changed(ctx, cohortId, verbs.back, { preparedId })

  const place: CallAction<Calls['place']> = async (ctx, { params: { cohortId, preparedId }, body }) => {
    const courseId = await courseFor(ctx, cohortId, { change: 'order the prepared questions' })
    return isRefused(courseId) ? courseId : ctx.change(verbs.place, courseId, { preparedId, ...body })
  }
  const remove: CallAction<Calls['remove']> = async (ctx, { params: { cohortId, preparedId } }) => {
    const courseId = await courseFor(ctx, cohortId, { change: 'delete prepared questions' })
    return isRefused(courseId) ? courseId : ctx.change(verbs.remove, courseId, { preparedId })
  }

  return { calls: { list, add, change, place, remove, back } }
}
