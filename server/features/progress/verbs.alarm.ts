// A date has come: what it opens, opens, whoever is there. After a restart what came meanwhile is rung at once.
import { ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { isTime, setClock } from './store.events.ts'
import { settle } from './verbs.settle.ts'

/** Rings the clock of a cohort; rung twice, or too early, it does nothing. */
export const ring = inTurn<{ cohortId: string }, boolean>('module.ring', isTime, async (change, isDue, { cohortId }) => {
  if (!isDue) return ok({})
  await setClock(change.sql, cohortId, null)
  await settle(change, { cohortId, memberIds: null, cause: 'schedule' })
  return ok({})
})
