// Starting and ending a class.
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { refuse } from '#kernel/refusals'
import { asStaff, standings } from '../cohorts/index.ts'
import { mayOpen } from '../tutors/index.ts'
import type { sessions } from './contract.ts'
import { attend, end, start } from './store.ts'

type Commands = typeof sessions.commands

export function actions({ db, presence, log, clock }: Kernel) {
  const stands = standings(db)
  const present = (cohortId: string) => () => presence.learners(cohortId).map((l) => l.memberId)

  const mayTeach = (ctx: Ctx, cohortId: string) => asStaff(stands, ctx.actor, cohortId, { change: 'lead the class' })

  const isStaffed = async (ctx: Ctx, cohortId: string) => (await mayOpen(db.sql, ctx.actor.userId, cohortId)) ? null
    : refuse('not_staffed', 'This course has tutors, and you are not one of them. Whoever staffs the course can add you.')

  const begin: Action<Commands['start']> = async (ctx, { cohortId, title }) =>
    (await mayTeach(ctx, cohortId)) ?? (await isStaffed(ctx, cohortId)) ?? ctx.change(start, cohortId, { title: title ?? null, present: present(cohortId) })

  const finish: Action<Commands['end']> = async (ctx, { cohortId }) =>
    (await mayTeach(ctx, cohortId)) ?? ctx.change(end, cohortId, { present: present(cohortId) })

  /** Who comes while a class runs attended it; those who come together are written down together. */
  const came = new Map<string, Set<string>>()
  const seen = (cohortId: string, memberId: string) => {
    const waiting = came.get(cohortId)
    if (waiting) return void waiting.add(memberId)
    came.set(cohortId, new Set([memberId]))
    clock.after(250, () => {
      const all = [...(came.get(cohortId) ?? [])]
      came.delete(cohortId)
      attend(db.sql, cohortId, all).catch((err) => log.warn({ err, cohortId }, 'attendance was not written down'))
    })
  }

  return { actions: { start: begin, end: finish }, seen }
}
