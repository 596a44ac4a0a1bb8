// What others tell within their transactions. A list of five hundred tells five hundred facts: they are gathered, and computed
// together behind the last of them.
import type { Change, Fact } from '#kernel/change'
import type { Cause } from './reckoning.ts'
import { cohortsOf, countsSessions, forget, learnsAnywhere, learnsIn, putEvents, takeOver } from './store.events.ts'
import { frameOf } from './store.frame.ts'
import { handOver } from './store.hands.ts'
import { concerned, lockLearners } from './store.learners.ts'
import { compute, settle } from './verbs.settle.ts'

type Waiting = { cohortId: string; memberIds: Set<string> | null; cause: Cause; isNew: boolean }
const gathered = new WeakMap<Change, Map<string, Waiting>>()

/** Has these learners (null: all) computed once everybody has been heard. */
function due(change: Change, { cohortId, memberIds, cause = 'rule', isNew = false }: { cohortId: string; memberIds: readonly string[] | null; cause?: Cause; isNew?: boolean }): void {
  const all = gathered.get(change) ?? new Map<string, Waiting>()
  gathered.set(change, all)
  if (all.size === 0) change.record('module.heard', cohortId, null)
  const name = `${cohortId} ${cause} ${isNew}`
  const waiting = all.get(name) ?? { cohortId, memberIds: new Set<string>(), cause, isNew }
  if (memberIds === null) waiting.memberIds = null
  else for (const id of memberIds) waiting.memberIds?.add(id)
  all.set(name, waiting)
}

/** Listens to `module.heard`, which is recorded behind what was to be heard. */
export async function settleGathered(change: Change): Promise<void> {
  const all = [...(gathered.get(change)?.values() ?? [])]
  gathered.delete(change)
  for (const { cohortId, memberIds, cause, isNew } of all) {
    const ids = memberIds && (await concerned(change.sql, cohortId, [...memberIds]))
    if (ids === null || ids.length > 0) await settle(change, { cohortId, memberIds: ids, cause, isNew })
  }
}

/** Listens to `topic.read`: it counts in every cohort of the course where they learn. */
export async function topicRead(change: Change, { factId, about: topicId, actorId, onBehalfOf, body }: Fact): Promise<void> {
  const userId = onBehalfOf ?? actorId
  if (userId === null) return
  const places = await learnsIn(change.sql, userId, String(body.courseId))
  if (places.length === 0) return
  await lockLearners(change.sql, places.map((p) => p.memberId))
  await putEvents(change.sql, places.map(({ cohortId }) => ({ factId, cohortId, userId, kind: 'topic', about: topicId, score: null, passed: null })), change.now)
  for (const { cohortId } of places) {
    const frame = await frameOf(change.sql, cohortId)
    if (frame) await compute(change, frame, { userIds: [userId] }, { cause: 'rule' })
  }
}

/** Listens to `session.ended`. */
export async function sessionEnded(change: Change, { factId, about: sessionId, body }: Fact): Promise<void> {
  const cohortId = String(body.cohortId)
  await putEvents(change.sql, [{ factId, cohortId, userId: null, kind: 'session', about: sessionId, score: null, passed: null }], change.now)
  if (await countsSessions(change.sql, cohortId)) due(change, { cohortId, memberIds: null })
}

/** Listens to `member.added`: they have seen nothing yet. */
export const memberAdded = async (change: Change, { about, body }: Fact): Promise<void> => due(change, { cohortId: String(body.cohortId), memberIds: [about], isNew: true })
/** Listens to `member.changed`: in another batch other hands hold. */
export const memberChanged = async (change: Change, { about, body }: Fact): Promise<void> => due(change, { cohortId: String(body.cohortId), memberIds: [about] })

/** Listens to `account.made`: the rows that waited for them are theirs. */
export async function accountMade(change: Change, { about: userId }: Fact): Promise<void> {
  for (const { cohortId, memberId } of await learnsAnywhere(change.sql, userId)) due(change, { cohortId, memberIds: [memberId], isNew: true })
}

/** Listens to `account.merged`. */
export async function accountMerged(change: Change, { about: into, body }: Fact): Promise<void> {
  const places = await learnsAnywhere(change.sql, into)
  await lockLearners(change.sql, places.map((p) => p.memberId))
  await takeOver(change.sql, String(body.guestId), into)
  for (const { cohortId, memberId } of places) due(change, { cohortId, memberIds: [memberId] })
}

/** Listens to `member.merged`: the hands on the guest's row are hands on theirs. */
export async function memberMerged(change: Change, { about: into, body }: Fact): Promise<void> {
  await handOver(change.sql, String(body.from), into)
  due(change, { cohortId: String(body.cohortId), memberIds: [into] })
}

/** Listens to `account.closed`. */
export const accountClosed = ({ sql }: Change, { about: userId }: Fact): Promise<void> => forget(sql, userId)

/** Listens to what changes a cohort: its days, its version. */
export const cohortChanged = async (change: Change, { about: cohortId }: Fact): Promise<void> => due(change, { cohortId, memberIds: null })

/** Everybody who learns this course, wherever; `drafting`: only where it is read as it is written now. */
export async function courseDue(change: Change, courseId: string, drafting = false): Promise<void> {
  for (const cohortId of await cohortsOf(change.sql, courseId, drafting)) due(change, { cohortId, memberIds: null })
}
/** Listens to what changes the modules or the quizzes of a course: rules and quizzes are of no version. */
export const courseChanged = (change: Change, { about, body }: Fact): Promise<void> => courseDue(change, String(body.courseId ?? about))
/** Listens to what changes its lessons. */
export const lessonsChanged = (change: Change, { about, body }: Fact): Promise<void> => courseDue(change, String(body.courseId ?? about), true)

