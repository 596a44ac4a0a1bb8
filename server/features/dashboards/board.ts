// A board as it is told, what makes it, and what has changed from one to the next. Pure. What there is nothing of is left out and never
// null, since in a merge patch null takes away (RFC 7396).

export type ModuleState = 'locked' | 'unlocked' | 'begun' | 'passed' | 'stuck'
export type Learner = {
  displayName: string; batchNo?: number; online: boolean; answered: number; asked: number; starsGiven: number; starsTaken: number; called: number
  modules: Record<string, ModuleState>; lastScore?: number; tutorAsked: number; lastSeenAt?: string
}
export type Prompt = { text: string; answered: number; asked: number; medianSeconds?: number; state: string; openedAt: string; anonymous: boolean; batchNo?: number; sessionId?: string }
export type Totals = { learners: number; online: number; answered: number; passed: number; stuck: number }
export type Board = { learners: Record<string, Learner>; prompts: Record<string, Prompt>; modules: Record<string, { title: string }>; totals: Totals }

export const EMPTY: Board = { learners: {}, prompts: {}, modules: {}, totals: { learners: 0, online: 0, answered: 0, passed: 0, stuck: 0 } }

/** How somebody stands in a module. `tries`: of each of its quizzes that they tried and never passed. `openedAt`: when something opened it
 *  to them, ms; `isFresh`: whether anything happened in it in the last ten days. */
export type Cell = { open: boolean; passed: boolean; begun: boolean; openedAt: number | null; isFresh: boolean; tries: readonly Tries[] }
/** `left`: attempts that are left; null where there is no end of them. */
export type Tries = { failed: number; left: number | null }
export type Cause = 'failed' | 'attempts_used' | 'idle'

export const FAILED_OFTEN = 2
export const IDLE_MS = 10 * 24 * 3_600_000

/** Why somebody is stuck in a module, or null. `since`: from when on they could have worked in it, ms. */
export function whyStuck({ open, passed, begun, openedAt, isFresh, tries }: Cell, since: number, now: number): Cause | null {
  if (!open || passed) return null
  if (tries.some((t) => t.left === 0)) return 'attempts_used'
  if (tries.some((t) => t.failed >= FAILED_OFTEN)) return 'failed'
  const waits = begun ? since : openedAt === null ? null : Math.max(openedAt, since)
  return waits !== null && !isFresh && now - waits >= IDLE_MS ? 'idle' : null
}

export function stateOf(cell: Cell, since: number, now: number): ModuleState {
  if (!cell.open) return 'locked'
  if (cell.passed) return 'passed'
  return whyStuck(cell, since, now) ? 'stuck' : cell.begun ? 'begun' : 'unlocked'
}

/** What the rows of the learners come to; `answered` is counted over the prompts, also those that are anonymous. */
export function totalsOf(learners: Board['learners'], answered: number): Totals {
  const totals = { learners: 0, online: 0, answered, passed: 0, stuck: 0 }
  for (const { online, modules } of Object.values(learners)) {
    totals.learners++
    if (online) totals.online++
    let isStuck = false
    for (const state of Object.values(modules)) {
      if (state === 'passed') totals.passed++
      isStuck ||= state === 'stuck'
    }
    if (isStuck) totals.stuck++
  }
  return totals
}

type Thing = Record<string, unknown>
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null

/** The merge patch (RFC 7396) that makes `after` of `before`; undefined where they are the same. What is the same object is not looked into. */
export function difference(before: Thing, after: Thing): Thing | undefined {
  if (before === after) return undefined
  const patch: Thing = {}
  let isNone = true
  for (const key in after) {
    const [was, is] = [before[key], after[key]]
    const change = was === is ? undefined : isThing(was) && isThing(is) ? difference(was, is) : is
    if (change === undefined) continue
    patch[key] = change
    isNone = false
  }
  for (const key in before) {
    if (key in after) continue
    patch[key] = null
    isNone = false
  }
  return isNone ? undefined : patch
}
