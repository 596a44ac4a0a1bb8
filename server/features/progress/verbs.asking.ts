// Asking whether a module is open to a learner. Where the answer that is kept would refuse, it is computed anew first, so that a
// moment that was missed heals.
import type { Change } from '#kernel/change'
import type { Kernel } from '#kernel/feature'
import { ok, refuse, type Refused } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { inTurn } from '#kernel/turn'
import { type Kept, reckoned, type State, stateOf } from './reckoning.ts'
import { frameOf } from './store.frame.ts'
import { learnersOf, lockLearners } from './store.learners.ts'
import { compute } from './verbs.settle.ts'

export type Which = { userId: string; cohortId: string; chapterId: string | null }
export type ModuleState = { chapterId: string; moduleNo: number; title: string; state: State; unmet: string[] }

/** Whether what is kept says that it is locked; who is no learner there may be said to be. */
const saysLocked = async (sql: Sql, { userId, cohortId, chapterId }: Which): Promise<boolean> =>
  chapterId !== null && (await sql('SELECT 1 FROM locked_in($1, $2) WHERE chapter_id = $3', [cohortId, userId, chapterId])).length > 0

type Now = { memberId: string; now: Kept }
/** How a learner stands in a module now; undefined where they are no learner there, or there is no such module. */
async function stands(sql: Sql, { userId, cohortId, chapterId }: Which): Promise<Now | undefined> {
  const frame = await frameOf(sql, cohortId)
  const at = frame?.modules.findIndex((m) => m.chapterId === chapterId) ?? -1
  const [learner] = frame && at >= 0 ? await learnersOf(sql, frame, { userIds: [userId] }) : []
  return frame && learner && { memberId: learner.memberId, now: reckoned(frame, learner)[at] as Kept }
}

/** Why a module is locked for a learner, in sentences; null where it is open, and for who is no learner there. For actions, outside of a
 *  change: what turns out to be open is saved and told in one of its own. */
export async function isLocked({ db, change }: Pick<Kernel, 'db' | 'change'>, which: Which): Promise<{ unmet: string[] } | null> {
  if (!(await saysLocked(db.sql, which))) return null
  const found = await stands(db.sql, which)
  if (!found) return null
  if (!found.now.open) return { unmet: [...found.now.unmet] }
  await change(heal, which.cohortId, { userId: which.userId, memberId: found.memberId })
  return null
}

/** The same within a change. */
export async function lockedNow(change: Change, which: Which): Promise<{ unmet: string[] } | null> {
  if (!(await saysLocked(change.sql, which))) return null
  const found = await stands(change.sql, which)
  if (!found) return null
  if (!found.now.open) return { unmet: [...found.now.unmet] }
  await healed(change, which.cohortId, { userId: which.userId, memberId: found.memberId })
  return null
}

type Healing = { userId: string; memberId: string }
const heal = inTurn<Healing, string>('module.heal', async (_, cohortId) => cohortId, async (change, cohortId, whom) => {
  await healed(change, cohortId, whom)
  return ok({})
})

async function healed(change: Change, cohortId: string, { userId, memberId }: Healing): Promise<void> {
  await lockLearners(change.sql, [memberId])
  const frame = await frameOf(change.sql, cohortId)
  if (frame) await compute(change, frame, { userIds: [userId] }, { cause: 'rule' })
}

/** What is said to who asks for something of a module that is locked for them. */
export const moduleLocked = (unmet: readonly string[]): Refused<'module_locked'> => refuse('module_locked', `This module is still locked. ${unmet.join(' ')}`.trim(), { unmet })

/** The modules of a learner in a cohort, as they are now; of who is no learner there, none. */
export async function modulesFor(sql: Sql, cohortId: string, userId: string): Promise<ModuleState[]> {
  const frame = await frameOf(sql, cohortId)
  const [learner] = frame ? await learnersOf(sql, frame, { userIds: [userId] }) : []
  if (!frame || !learner) return []
  const now = reckoned(frame, learner)
  return frame.modules.map(({ chapterId, moduleNo, title }, i) => ({ chapterId, moduleNo, title, state: stateOf(now[i] as Kept), unmet: [...(now[i] as Kept).unmet] }))
}
