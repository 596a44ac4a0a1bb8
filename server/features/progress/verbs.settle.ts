// Progress is computed: for the learners whose rows are held, all at once, saved with one statement and told. What is for too many
// to hold them all in one transaction is done by a job, slice by slice.
import { setImmediate } from 'node:timers/promises'
import type { Change, Fact } from '#kernel/change'
import type { Kernel } from '#kernel/feature'
import { ok, type Outcome } from '#kernel/refusals'
import { staffStream, userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { nextAt } from './gates.ts'
import { type Cause, differing, forNobody, type Frame, type Moved, stateOf } from './reckoning.ts'
import { catchUp, catchUpSessions, setClock } from './store.events.ts'
import { frameOf } from './store.frame.ts'
import { learnersAfter, learnersOf, lockLearners, saveMoved } from './store.learners.ts'

/** How many modules of learners are computed at once, and how many in one transaction: nobody else waits a tenth of a second. */
const A_PIECE = 450
const AT_ONCE = 1_000
const MOST = 500
const TOLD_AT_ONCE = 1_000
/** What a cohort costs at least, in learners; as many are computed at once at least. */
const A_COHORT = 25
const many = (modules: number, { modules: all }: Frame) => Math.max(A_COHORT, Math.min(MOST, Math.floor(modules / Math.max(1, all.length))))

/** Computes these learners, whose rows are held, and tells what is news. Returns what moved. */
export async function compute(change: Change, frame: Frame, by: Parameters<typeof learnersOf>[2], { cause }: { cause: Cause }): Promise<Moved[]> {
  const moved = await save(change, frame, by, cause, false)
  tell(change, frame, moved, cause)
  return moved
}

async function save(change: Change, frame: Frame, by: Parameters<typeof learnersOf>[2], cause: Cause, isNew: boolean): Promise<Moved[]> {
  const nobody = forNobody(frame)
  const moved = (await learnersOf(change.sql, frame, by)).flatMap((l) => differing(frame, l, nobody, isNew))
  if (moved.length > 0) await saveMoved(change.sql, frame, moved, cause, change.now)
  return moved
}

function tell(change: Change, { cohortId, courseId }: Frame, moved: readonly Moved[], cause: Cause): void {
  if (moved.length === 0) return
  const all = change.record('module.moved', cohortId, null, { cause, modules: moved.length })
  for (const { userId, memberId, module: { chapterId, moduleNo }, now, isNews, isOpened } of moved) {
    const fact = isOpened ? change.record('module.unlocked', chapterId, null, { cohortId, courseId, userId, memberId, moduleNo, cause }) : all
    if (isNews) change.tell(fact, userStream(userId), 'module:changed', { cohortId, moduleNo, state: stateOf(now), unmet: now.unmet })
    if (isOpened) change.tell(fact, userStream(userId), 'module:unlocked', { cohortId, courseId, moduleNo, cause })
  }
  const members = moved.map(({ memberId, module, now }) => ({ memberId, moduleNo: module.moduleNo, state: now.open && now.begun && !now.passed ? 'begun' : stateOf(now) }))
  for (let i = 0; i < members.length; i += TOLD_AT_ONCE) change.tell(all, staffStream(cohortId), 'module:moved', { cohortId, members: members.slice(i, i + TOLD_AT_ONCE) })
}

export type Whom = { cohortId: string; memberIds: readonly string[] | null; cause: Cause; isNew?: boolean }

const done = new WeakMap<Change, number>()

/** Computes these learners of a cohort, or all, and sets its clock; where there is too much for this transaction a job does it right after. */
export async function settle(change: Change, { cohortId, memberIds, cause, isNew = false }: Whom): Promise<Moved[] | 'later'> {
  const before = done.get(change) ?? 0
  const frame = before < MOST ? await frameOf(change.sql, cohortId) : null
  if (frame === undefined) return []
  const most = frame ? Math.max(0, many(AT_ONCE, frame) - before) : 0
  const ids = frame ? await learnersAfter(change.sql, cohortId, memberIds, null, most + 1) : []
  if (!frame || ids.length > most) {
    change.record('module.due', cohortId, null, { cohortId, memberIds, cause, isNew })
    return 'later'
  }
  done.set(change, before + Math.max(ids.length, A_COHORT))
  if (memberIds === null) await rewind(change, frame)
  return slice(change, cohortId, ids, cause, isNew)
}

/** When a date next matters may be otherwise: by a rule, the cohort's days, its version. */
async function rewind(change: Change, frame: Frame): Promise<void> {
  const at = nextAt(frame.modules, frame)
  await setClock(change.sql, frame.cohortId, at === null ? null : new Date(at))
  await catchUpSessions(change.sql, frame.cohortId)
}

/** The frame is read behind the lock: what another wrote meanwhile is in it. The embedded database answers without a turn of the loop, so
 *  others get theirs between the pieces. */
async function slice(change: Change, cohortId: string, memberIds: readonly string[], cause: Cause, isNew: boolean): Promise<Moved[]> {
  if (memberIds.length === 0) return []
  await lockLearners(change.sql, memberIds)
  await catchUp(change.sql, cohortId, memberIds)
  const frame = await frameOf(change.sql, cohortId)
  const moved: Moved[] = []
  for (let at = 0, size = frame ? many(A_PIECE, frame) : 0; frame && at < memberIds.length; at += size) {
    await setImmediate()
    moved.push(...await save(change, frame, { memberIds: memberIds.slice(at, at + size) }, cause, isNew))
  }
  if (frame) tell(change, frame, moved, cause)
  return moved
}

type Slice = { memberIds: readonly string[] | null; after: string | null; cause: Cause; isNew: boolean }
const nextSlice = inTurn<Slice, string>('module.slice', async (_, cohortId) => cohortId, async (change, cohortId, { memberIds, after, cause, isNew }) => {
  const frame = await frameOf(change.sql, cohortId)
  if (frame && memberIds === null && after === null) await rewind(change, frame)
  const ids = frame ? await learnersAfter(change.sql, cohortId, memberIds, after, many(A_PIECE, frame)) : []
  await slice(change, cohortId, ids, cause, isNew)
  return ok({ after: ids.at(-1) ?? null })
})

/** Listens after `module.due`: slice by slice. Done twice it changes nothing. */
export const settleAll = (kernel: Pick<Kernel, 'change'>) => async ({ body }: Fact): Promise<void> => {
  const { cohortId, memberIds, cause, isNew } = body as unknown as Whom & { isNew: boolean }
  let after: string | null = null
  do {
    const came: Outcome = await kernel.change(nextSlice, cohortId, { memberIds, after, cause, isNew })
    if (!came.ok) throw new Error(`a slice of ${cohortId} was not computed: ${came.error.message}`)
    after = (came.data as { after: string | null }).after
  } while (after !== null)
}
