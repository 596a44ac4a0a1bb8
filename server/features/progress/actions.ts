// Opening and shutting modules, and the rules by which they open: found through the actor.
import type { Action, CallAction, CallCtx, Ctx, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { asStaff, standings } from '../cohorts/index.ts'
import { modulesFor } from './verbs.asking.ts'
import type { progress } from './contract.ts'
import { NOTHING } from './gates.ts'
import { flaw, readRule } from './gates.reading.ts'
import { words } from './gates.words.ts'
import { frameOf } from './store.frame.ts'
import { countsIn, handsIn } from './store.hands.ts'
import { knownIn, ruleOf } from './store.rules.ts'
import * as hands from './verbs.hands.ts'
import { preset as presets, put, wouldLock } from './verbs.rules.ts'

type Commands = typeof progress.commands
type Calls = typeof progress.calls
type On = { cohortId: string; moduleNo: number; memberIds?: string[]; batchNo?: number }

export function actions({ db }: Kernel) {
  const stands = standings(db)

  const byHand = async (ctx: Ctx, verb: typeof hands.unlock, { cohortId, moduleNo, memberIds, batchNo }: On) =>
    (await asStaff(stands, ctx.actor, cohortId, { change: 'open or shut modules' })) ?? ctx.change(verb, cohortId, { moduleNo, memberIds: memberIds ?? null, batchNo: batchNo ?? null })
  const unlock: Action<Commands['unlock']> = (ctx, on) => byHand(ctx, hands.unlock, on)
  const lock: Action<Commands['lock']> = (ctx, on) => byHand(ctx, hands.lock, on)
  const rule: Action<Commands['rule']> = (ctx, on) => byHand(ctx, hands.takeBack, on)

  const modules: CallAction<Calls['modules']> = async ({ actor }, { params: { cohortId } }) => {
    const standing = await stands.of(actor, cohortId)
    if (!standing) return notFound('cohort')
    if (standing.role !== 'learner') return { modules: await forStaff(cohortId) }
    return { modules: (await modulesFor(db.sql, cohortId, actor.userId)).map(({ chapterId: _, ...m }) => ({ ...m, rule: [], learners: null, hands: null })) }
  }

  async function forStaff(cohortId: string) {
    const frame = await frameOf(db.sql, cohortId)
    const [counts, laid] = await Promise.all([countsIn(db.sql, cohortId), handsIn(db.sql, cohortId)])
    const none = { locked: 0, open: 0, begun: 0, passed: 0 }
    return (frame?.modules ?? []).map((m) => {
      const { chapterId: _, ...learners } = counts.find((c) => c.chapterId === m.chapterId) ?? { chapterId: '', ...none }
      const mine = laid.filter((h) => h.chapterId === m.chapterId).map(({ open, memberId, displayName, batchNo, at, by }) => ({ open, memberId, displayName, batchNo, at, by }))
      return { moduleNo: m.moduleNo, title: m.title, state: 'unlocked' as const, unmet: [], rule: frame && m.rule ? words(m.rule, { ...frame, ...NOTHING }, frame.names) : [], learners, hands: mine }
    })
  }

  const writes = async (ctx: CallCtx, courseId: string) => {
    const found = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    return !found ? notFound('course') : found.mayWrite ? null : forbidden('say how the modules of this course open')
  }

  const getRule: CallAction<Calls['getRule']> = async (ctx, { params: { courseId, moduleNo } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    const kept = await ruleOf(db.sql, courseId, moduleNo)
    if (!kept) return notFound('module of this course')
    const { chapterId: _, ...shown } = kept
    return shown
  }

  const putRule: CallAction<Calls['putRule']> = async (ctx, { params: { courseId, moduleNo }, body: { rule: raw, rowVersion, dryRun } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    const read = readRule(raw)
    if (isRefused(read)) return read
    if (!dryRun) return ctx.change(put, courseId, { moduleNo, rule: read, rowVersion: rowVersion ?? null })
    const kept = await ruleOf(db.sql, courseId, moduleNo)
    if (!kept) return notFound('module of this course')
    return flaw(read, moduleNo, await knownIn(db.sql, courseId)) ?? { rowVersion: kept.rowVersion, locks: await wouldLock(db, courseId, kept.chapterId, read) }
  }

  const dropRule: CallAction<Calls['dropRule']> = async (ctx, { params: { courseId, moduleNo, rowVersion } }) => {
    const came = (await writes(ctx, courseId)) ?? (await ctx.change(put, courseId, { moduleNo, rule: null, rowVersion }))
    return isRefused(came) || !came.ok ? came : {}
  }

  const preset: CallAction<Calls['preset']> = async (ctx, { params: { courseId }, body: { preset: which } }) => (await writes(ctx, courseId)) ?? ctx.change(presets, courseId, { preset: which })

  return { actions: { unlock, lock, rule }, calls: { modules, getRule, putRule, dropRule, preset } }
}
