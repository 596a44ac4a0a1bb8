// One blind prompt, as a pure function of what it was and what is asked. Time, chance and identity are handed in.
import { type Refused, refuse } from '#kernel/refusals'
import type { Kind, Said } from './asking.ts'

/** Late by less than this still counts: the line is slow, not the learner. It is never shown. */
export const GRACE_MS = 1_000

export type Deadlines = { closesAt: Date | null; /** The latest own deadline; null where nobody has extra time. */ extraUntil: Date | null }
export type Round = Deadlines & {
  promptId: string
  cohortId: string
  kind: Kind
  /** How many there are to choose from. */
  options: number
  multiple: boolean
  anonymous: boolean
  /** The batch that is asked; null where all are. */
  batchNo: number | null
  starBudget: number
  opensAt: Date
  answered: number
  revealNo: number
  spotlight: string | null
} & ({ phase: 'open' } | { phase: 'closed' } | { phase: 'revealed' } | { phase: 'cancelled' })

export type Slow = { memberId: string; userId: string | null; timeFactor: number }
export type Own = Slow & { closesAt: Date | null }
export type Mine = Said & { messageId: string; revision: number; confidence: number | null; answeredAt: Date; hidden: boolean; instructorStar: boolean }

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)
const latest = (dates: (Date | null)[]) => dates.reduce<Date | null>((a, b) => (b && (!a || b > a) ? b : a), null)

/** The deadlines of a prompt that opens (or opens again) now: the class's, and each slow one's own. Factors are at least 1. */
export function deadlines(now: Date, seconds: number | null, slow: readonly Slow[]): Deadlines & { own: Own[] } {
  const own = slow.map((s) => ({ ...s, closesAt: seconds === null ? null : later(now, seconds * s.timeFactor) }))
  return { closesAt: seconds === null ? null : later(now, seconds), own, extraUntil: latest(own.map((o) => o.closesAt)) }
}

/** When the prompt closes by itself: after the last deadline and the grace; null where there is no deadline. */
export const dueAt = ({ closesAt, extraUntil }: Deadlines): Date | null => {
  const last = latest([closesAt, extraUntil])
  return last && new Date(last.getTime() + GRACE_MS)
}

/** Whether somebody of this batch is asked. */
export const addressed = (round: Pick<Round, 'batchNo'>, batchNo: number | null): Refused<'not_addressed'> | null =>
  round.batchNo === null || round.batchNo === batchNo ? null : refuse('not_addressed', `This prompt is for batch ${round.batchNo}. Yours comes in its turn.`)

const closed = () => refuse('prompt_closed', 'This prompt is closed. It takes no more answers.')

/** Whether an answer counts, and which revision it becomes. `deadline`: this member's own. `replaces`: the revision they
 *  saw last, 0 for none. */
export function answer(round: Round, mine: Mine | null, deadline: Date | null, replaces: number | undefined, now: Date): { revision: number } | Refused<'prompt_closed' | 'conflict'> {
  if (round.phase !== 'open') return closed()
  if (deadline && now.getTime() >= deadline.getTime() + GRACE_MS) {
    return refuse('prompt_closed', 'Your answer came after the deadline, so it was not counted.', { closesAt: deadline.toISOString() })
  }
  const revision = mine?.revision ?? 0
  if (replaces !== undefined && replaces !== revision) return refuse('conflict', 'Your answer was changed on another device meanwhile. Look at both and hand in one.')
  return { revision: revision + 1 }
}

/** More time, from the present deadline: `seconds` for the class, and for each slow one in proportion. */
export function extend(round: Round, own: readonly Own[], seconds: number): (Deadlines & { own: Own[] }) | Refused<'prompt_closed' | 'conflict'> {
  if (round.phase !== 'open') return closed()
  if (!round.closesAt) return refuse('conflict', 'This prompt has no deadline, so it needs no more time.')
  const moved = own.map((o) => ({ ...o, closesAt: o.closesAt && later(o.closesAt, seconds * o.timeFactor) }))
  return { closesAt: later(round.closesAt, seconds), own: moved, extraUntil: latest(moved.map((o) => o.closesAt)) }
}

const extraRuns = (round: Round, now: Date, endExtraTime: boolean) => (!endExtraTime && round.extraUntil && now < round.extraUntil
  ? refuse('extra_time_running', 'Somebody has extra time. Wait for them, or end their time too.', { until: round.extraUntil.toISOString() })
  : null)

/** Whether the prompt may be closed by hand now. */
export function close(round: Round, endExtraTime: boolean, now: Date): Refused<'prompt_closed' | 'extra_time_running'> | null {
  return round.phase !== 'open' ? closed() : extraRuns(round, now, endExtraTime)
}

/** Whether the prompt closes by itself now. */
export const isDue = (round: Round, now: Date): boolean => {
  const due = dueAt(round)
  return round.phase === 'open' && due !== null && now >= due
}

/** Whether answers may be taken again. `otherOpen`: the prompt that is open instead. */
export function reopen(round: Round, otherOpen: string | undefined): Refused<'already_revealed' | 'already_open' | 'conflict'> | null {
  if (round.phase === 'revealed') return refuse('already_revealed', 'Its answers were revealed, so it is no longer blind. Ask again with a new prompt.')
  if (round.phase === 'cancelled') return refuse('conflict', 'This prompt was taken back. Ask it again as a new one.')
  if (otherOpen) return alreadyOpen(otherOpen)
  return null
}

/** The open prompt that another one would be in the way of: one for all excludes every other, a batch's its own and those for all. */
export const inTheWay = (open: readonly { promptId: string; batchNo: number | null }[], batchNo: number | null): string | undefined =>
  open.find((o) => o.batchNo === null || batchNo === null || o.batchNo === batchNo)?.promptId

export const alreadyOpen = (promptId: string) => refuse('already_open', 'Another prompt is open for them. Close or reveal it first.', { promptId })

/** Whether the prompt may be taken back. Taking it back twice is taking it back once. */
export function cancel(round: Round): Refused<'already_revealed'> | 'already' | null {
  if (round.phase === 'revealed') return refuse('already_revealed', 'Its answers were revealed already, so it cannot be taken back.')
  return round.phase === 'cancelled' ? 'already' : null
}

const nothing = () => refuse('nothing_to_reveal', 'There is no answer that is not shown already, or hidden.')

/** Whether there is something new to show. `unshown`: how many of the answers asked for are neither shown yet nor hidden. */
export function reveal(round: Round, unshown: number, endExtraTime: boolean, now: Date): Refused<'nothing_to_reveal' | 'extra_time_running'> | null {
  if (round.phase === 'cancelled' || unshown === 0) return nothing()
  return round.phase === 'open' ? extraRuns(round, now, endExtraTime) : null
}

/** Whether an answer may be large on the screen: only what the class sees. */
export const spotlight = (answer: { revealNo: number | null; hidden: boolean }): Refused<'conflict'> | null =>
  answer.revealNo === null ? refuse('conflict', 'The class has not seen this answer yet. Reveal it first.')
  : answer.hidden ? refuse('conflict', 'This answer is hidden. Show it again first.') : null

/** Whether a learner may give or take back this star. `held`: how many they hold out on this prompt. */
export function star(asked: { on: boolean; isMine: boolean; hasIt: boolean; held: number; budget: number }): Refused<'self_star' | 'no_stars_left'> | 'already' | null {
  if (asked.isMine) return refuse('self_star', 'This answer is yours. Give your stars to others.')
  if (asked.on === asked.hasIt) return 'already'
  return asked.on && asked.held >= asked.budget ? refuse('no_stars_left', `You have given all your ${asked.budget} stars. Take one back first.`) : null
}
