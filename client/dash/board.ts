// A board as the server keeps it, and how it moves: merge patches as RFC 7396 has them, and what in a move is worth a word.
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { dashboards } from '../../server/features/dashboards/contract.ts'

export type Board = ReplyOf<(typeof dashboards)['commands']['watch']>['board']
/** What there is nothing of is left out, since a patch cannot say null. */
export type Learner = Board['learners'][string]
export type Prompt = Board['prompts'][string]
export type State = Learner['modules'][string]
/** What just happened to one learner, and to how many more in the same move. */
export type News = { memberId: string; displayName: string; moduleNo: string; state: 'passed' | 'stuck'; score: number | null; more: number }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The target after the patch (RFC 7396, section 2). Nothing is changed in place, and what stays as it was stays the same object. */
export function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const before = isObject(target) ? target : {}
  const after: Map<string, unknown> = new Map(Object.entries(before))
  let moved = before !== target
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) { moved = after.delete(key) || moved; continue }
    const next = merged(after.get(key), value)
    if (after.has(key) && Object.is(next, after.get(key))) continue
    after.set(key, next)
    moved = true
  }
  return moved ? Object.fromEntries(after) : target
}

/** What a patch brings that people want to hear: somebody passed a module, or is stuck in one. The best of it, and how much more. */
export function newsOf(before: Board, after: Board, patch: { learners?: Record<string, { modules?: Record<string, unknown> } | null> }): News | null {
  const all: News[] = []
  for (const [memberId, changed] of Object.entries(patch.learners ?? {})) {
    const [was, is] = [before.learners[memberId], after.learners[memberId]]
    if (!was || !is) continue
    for (const moduleNo of Object.keys(changed?.modules ?? {})) {
      const state = is.modules[moduleNo]
      if (state === was.modules[moduleNo] || (state !== 'passed' && state !== 'stuck')) continue
      all.push({ memberId, displayName: is.displayName, moduleNo, state, score: is.lastScore ?? null, more: 0 })
    }
  }
  const best = all.find((one) => one.state === 'passed') ?? all[0]
  return best ? { ...best, more: all.filter((one) => one.state === best.state && one.moduleNo === best.moduleNo).length - 1 } : null
}
