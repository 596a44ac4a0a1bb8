// Running a quiz before the class: for who teaches it.
import { randomBytes } from 'node:crypto'
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { type Standings, asStaff } from '../cohorts/index.ts'
import type { quizzes } from './contract.ts'
import { oneRun } from './store.live.ts'
import * as verbs from './verbs.live.ts'

type Commands = typeof quizzes.commands

export function liveActions({ db, presence }: Kernel, stands: Standings) {
  const inRun = async (ctx: Ctx, runId: string, act: (cohortId: string) => Promise<any>) => {
    const cohortId = (await oneRun(db.sql, runId))?.cohortId
    const refused = await asStaff(stands, ctx.actor, cohortId, { what: 'quiz', change: 'run a quiz before the class' })
    return refused ?? act(cohortId as string)
  }
  const live_start: Action<Commands['live_start']> = async (ctx, { quizId, cohortId }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'run a quiz before the class' })
    return refused ?? ctx.change(verbs.liveStart, cohortId, { runId: newId(), quizId, seed: randomBytes(16).toString('hex') })
  }
  const live_next: Action<Commands['live_next']> = (ctx, { runId, no, seconds }) =>
    inRun(ctx, runId, (cohortId) => ctx.change(verbs.liveNext, cohortId, { runId, no: no ?? null, seconds: seconds ?? null, online: () => presence.online(cohortId) }))
  const live_end: Action<Commands['live_end']> = (ctx, { runId }) => inRun(ctx, runId, (cohortId) => ctx.change(verbs.liveEnd, cohortId, { runId }))
  return { live_start, live_next, live_end }
}
