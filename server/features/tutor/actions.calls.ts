// The tutor over REST: how it stands to oneself, its limits, what was passed on, and what authors suggest to ask.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, ok, type Refused } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { asStaff, standings } from '../cohorts/index.ts'
import type { tutor } from './contract.ts'
import { guardOf } from './store.guard.ts'
import { passedIn } from './store.passed.ts'
import { courseOfSuggestion, courseOfTopic, suggestionsOf } from './store.suggestions.ts'
import { limitsOf, sightOf, spanOf, usedOf } from './store.ts'
import type { Answers } from './verbs.answering.ts'
import { countedFor } from './verbs.ask.ts'
import * as limits from './verbs.limits.ts'
import * as own from './verbs.own.ts'
import * as suggestions from './verbs.suggestions.ts'

type Calls = typeof tutor.calls
const PASSED = 200

export function callActions(kernel: Kernel, answers: Answers) {
  const { db, config } = kernel
  const { sql } = db
  const stands = standings(db)

  const about: CallAction<Calls['about']> = async ({ actor: { userId } }, { params: { courseId, cohort = null, moduleNo = null } }) => {
    const sight = await sightOf(sql, userId, courseId, cohort)
    if (!sight) return notFound('course')
    const l = await limitsOf(sql, sight.cohortId)
    const span = await spanOf(sql, l.period, sight.tz, null)
    const used = await usedOf(sql, { userId, courseId, moduleNo: countedFor(moduleNo), period: span.period })
    const guard = sight.learns && sight.cohortId ? await guardOf(sql, userId, sight.cohortId) : null
    return {
      isOn: l.isOn || !sight.learns, mode: answers.model ? ('model' as const) : ('extractive' as const), model: config.tutor?.model ?? null, cohortId: sight.cohortId,
      quota: { used: sight.learns && l.quota !== null ? Math.min(used, l.quota) : 0, limit: sight.learns ? l.quota : null, until: span.until?.toISOString() ?? null }, period: l.period, askedMost: l.askedMost, hintsOnly: l.hintsOnly, houseRules: l.houseRules,
      guarded: guard?.by ?? null, persona: sight.persona, personaBy: sight.personaBy,
    }
  }

  const persona: CallAction<Calls['persona']> = async (ctx, { params: { courseId }, body: { personaKey } }) =>
    (await sightOf(sql, ctx.actor.userId, courseId, null)) ? ctx.change(own.choose, ctx.actor.userId, { courseId, personaKey }) : notFound('course')

  const shown = async (cohortId: string) => {
    const { changedAt, ...l } = await limitsOf(sql, cohortId)
    return { ...l, changedAt: changedAt?.toISOString() ?? null }
  }
  const settings: CallAction<Calls['settings']> = async (ctx, { params: { cohortId } }) => (await asStaff(stands, ctx.actor, cohortId, { read: 'see the limits of the tutor' })) ?? shown(cohortId)
  const change: CallAction<Calls['change']> = async (ctx, { params: { cohortId }, body: { version, ...said } }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'set the limits of the tutor' })
    if (refused) return refused
    const outcome = await ctx.change(limits.set, cohortId, { version, said })
    const now = await shown(cohortId)
    return outcome.ok ? ok(now) : { ok: false as const, error: { ...outcome.error, details: { now } } }
  }

  const passed: CallAction<Calls['passed']> = async (ctx, { params: { cohortId } }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { read: 'read what learners passed on' })
    if (refused) return refused
    return { questions: (await passedIn(sql, cohortId, PASSED)).map((p) => ({ ...p, passedAt: p.passedAt.toISOString(), answeredAt: p.answeredAt?.toISOString() ?? null })) }
  }
  const reply: CallAction<Calls['reply']> = async (ctx, { params: { cohortId, messageId }, body: { answer } }) =>
    (await asStaff(stands, ctx.actor, cohortId, { change: 'answer what learners passed on' })) ?? ctx.change(limits.reply, cohortId, { messageId, answer })

  /** Where something is, for who writes that course; or why not. */
  const toWrite = async (ctx: CallCtx, at: { courseId: string; topicId: string } | undefined, what: string): Promise<{ courseId: string; topicId: string } | Refused<'not_found' | 'forbidden'>> => {
    const course = at && (await courseToWrite(sql, ctx.actor.userId, at.courseId))
    if (!at || !course) return notFound(what)
    return course.mayWrite ? at : forbidden('write what one might ask')
  }
  const list: CallAction<Calls['suggestions']> = async (ctx, { params: { topicId } }) => {
    const at = await toWrite(ctx, await courseOfTopic(sql, topicId), 'topic')
    return isRefused(at) ? at : { suggestions: await suggestionsOf(sql, topicId) }
  }
  const add: CallAction<Calls['suggestion']> = async (ctx, { params: { topicId }, body: { prompt, parentId = null } }) => {
    const at = await toWrite(ctx, await courseOfTopic(sql, topicId), 'topic')
    return isRefused(at) ? at : ctx.change(suggestions.add, topicId, { courseId: at.courseId, prompt, parentId })
  }
  const moved: CallAction<Calls['moved']> = async (ctx, { params: { suggestionId }, body }) => {
    const at = await toWrite(ctx, await courseOfSuggestion(sql, suggestionId), 'suggestion')
    return isRefused(at) ? at : ctx.change(suggestions.move, at.topicId, { suggestionId, ...body })
  }
  const unsuggest: CallAction<Calls['unsuggest']> = async (ctx, { params: { suggestionId } }) => {
    const at = await toWrite(ctx, await courseOfSuggestion(sql, suggestionId), 'suggestion')
    return isRefused(at) ? at : ctx.change(suggestions.remove, at.topicId, { suggestionId })
  }

  return { about, persona, settings, change, passed, reply, suggestions: list, suggestion: add, moved, unsuggest }
}
