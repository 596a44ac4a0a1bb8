// Calling on people fairly: who is next, and who may pass. Pure; chance is handed in.
import { type Refused, refuse } from '#kernel/refusals'

/** How often somebody may pass in a session; in a day where there is none. */
export const PASSES = 2

/** One of those who were called least; `luck`, from 0 to below 1, decides among equals. Undefined where nobody is there. */
export function next<One extends { called: number }>(here: readonly One[], luck: number): One | undefined {
  const least = here.reduce((n, one) => Math.min(n, one.called), Number.POSITIVE_INFINITY)
  const equals = here.filter((one) => one.called === least)
  return equals[Math.floor(luck * equals.length)]
}

export type Call = { memberId: string; /** Whether it is of the class that runs, or of today where none does. */ isNow: boolean; hasPassed: boolean }

/** Whether this call may be passed. `passed`: how often they did in this session. Passing twice is passing once. */
export function pass(call: Call, memberId: string, passed: number): Refused<'not_called' | 'no_passes_left'> | 'already' | null {
  if (call.memberId !== memberId) return refuse('not_called', 'You are not the one who is called on.')
  if (call.hasPassed) return 'already'
  if (!call.isNow) return refuse('not_called', 'This call is over, so there is nothing to pass.')
  return passed >= PASSES ? refuse('no_passes_left', `You have passed ${PASSES} times in this class. Say what you think, even if it is half a thought.`) : null
}

export const passesLeft = (passed: number) => Math.max(0, PASSES - passed)

/** How far apart they are: the most often called less the least. */
export const spread = (members: readonly { called: number }[]): number =>
  members.length === 0 ? 0 : members.reduce((n, m) => Math.max(n, m.called), 0) - members.reduce((n, m) => Math.min(n, m.called), Number.POSITIVE_INFINITY)
