// Calling on people: find the class through the actor, see what they may do there, and decide it under its lock.
import { randomInt } from 'node:crypto'
import type { Action, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { forbidden, notFound, refuse } from '#kernel/refusals'
import { asStaff, standings } from '../cohorts/index.ts'
import { spread } from './calling.ts'
import type { coldcall } from './contract.ts'
import { places } from './store.ts'
import { ledger } from './store.calling.ts'
import * as verbs from './verbs.pick.ts'

type Commands = typeof coldcall.commands
const CHANCES = 2 ** 32

export function callingActions({ db, presence }: Kernel) {
  const stands = standings(db)
  const place = places(db.sql)
  const here = (cohortId: string) => presence.learners(cohortId).map((l) => l.memberId)

  const pick: Action<Commands['pick']> = async (ctx, { cohortId, promptId }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'call on somebody' })
    if (refused) return refused
    const prompt = promptId === undefined ? undefined : await place.prompt(promptId)
    if (promptId !== undefined && prompt?.cohortId !== cohortId) return notFound('prompt')
    return ctx.change(verbs.pick, cohortId, { pickId: newId(), promptId: promptId ?? null, batchNo: prompt?.batchNo ?? null, present: () => here(cohortId), luck: randomInt(CHANCES) / CHANCES })
  }

  const pass: Action<Commands['pass']> = async (ctx, { pickId }) => {
    const cohortId = (await place.pick(pickId))?.cohortId
    const standing = cohortId === undefined ? undefined : await stands.of(ctx.actor, cohortId)
    if (!standing || cohortId === undefined) return notFound('call')
    if (standing.role !== 'learner') return forbidden('pass')
    if (!standing.memberId) return refuse('not_called', 'You are not the one who is called on.')
    return ctx.change(verbs.pass, cohortId, { pickId, memberId: standing.memberId })
  }

  const fairness: Action<Commands['fairness']> = async ({ actor }, { cohortId }) => {
    const refused = await asStaff(stands, actor, cohortId, { read: 'see who was called' })
    if (refused) return refused
    const present = new Set(here(cohortId))
    const members = await ledger(db.sql, cohortId)
    return { members: members.map((m) => ({ ...m, present: present.has(m.memberId), lastCalledAt: m.lastCalledAt?.toISOString() ?? null })), spread: spread(members) }
  }

  return { pick, pass, fairness }
}
