// What quizzes tell: attempts that were begun, attempts that were graded. Written down, computed, saved and told in the transaction
// of the caller.
import type { Change } from '#kernel/change'
import { putEvents } from './store.events.ts'
import { frameOf } from './store.frame.ts'
import { compute } from './verbs.settle.ts'

/** An attempt that was begun. `practice` counts as work in the module and for nothing else; `factId`: the fact that says it happened. */
export type Begun = { userId: string; courseId: string; cohortId: string; quizId: string; chapterId: string | null; practice: boolean; factId: string }
/** An attempt that was graded, or graded anew; `score` 0–100. */
export type Scored = Begun & { score: number; passed: boolean }

/** Attempts were graded. Returns the numbers of the modules that this opened, by `${userId} ${cohortId}`. The caller holds the rows of
 *  these learners (`lockLearners`). */
export async function scored(change: Change, list: readonly Scored[]): Promise<Map<string, number[]>> {
  const opened = new Map(list.map((s) => [`${s.userId} ${s.cohortId}`, [] as number[]]))
  await putEvents(change.sql, list.map((s) => ({ ...s, about: s.quizId, ...(s.practice ? { kind: 'begun', score: null, passed: null } : { kind: 'quiz', score: s.score, passed: s.passed }) })), change.now)
  for (const { userId, cohortId, module } of await computeAll(change, list)) opened.get(`${userId} ${cohortId}`)?.push(module)
  return opened
}

/** Attempts were begun. The caller holds the rows of these learners. */
export async function begun(change: Change, list: readonly Begun[]): Promise<void> {
  await putEvents(change.sql, list.map((s) => ({ ...s, about: s.quizId, kind: 'begun', score: null, passed: null })), change.now)
  await computeAll(change, list)
}

/** Cohort by cohort, in the order of their ids. */
async function computeAll(change: Change, list: readonly Begun[]): Promise<{ userId: string; cohortId: string; module: number }[]> {
  const opened: { userId: string; cohortId: string; module: number }[] = []
  for (const cohortId of [...new Set(list.map((s) => s.cohortId))].sort()) {
    const frame = await frameOf(change.sql, cohortId)
    const userIds = [...new Set(list.filter((s) => s.cohortId === cohortId).map((s) => s.userId))]
    const moved = frame ? await compute(change, frame, { userIds }, { cause: 'quiz' }) : []
    opened.push(...moved.filter((m) => m.isOpened).map((m) => ({ userId: m.userId, cohortId, module: m.module.moduleNo })))
  }
  return opened
}
