// Asking the class on behalf of another room: as its commands do, in the transaction of the caller, who holds the class (`lockClass`).
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import type { Outcome } from '#kernel/refusals'
import { lockRound } from './store.ts'
import { open, type Opening } from './verbs.open.ts'
import { reveal } from './verbs.reveal.ts'
import { closed } from './verbs.ts'

export type { Opening }

/** Opens a prompt; refused as `coldcall:open` is. */
export const ask = async (change: Change, cohortId: string, opening: Opening, by: Actor | null): Promise<Outcome> => (await open.decide(change, cohortId, [opening], [by]))[0] as Outcome

/** Closes a prompt, extra time or not, and shows all its answers. One that was taken back stays so. */
export async function finish(change: Change, promptId: string, by: Actor | null): Promise<void> {
  const state = await lockRound(change.sql, promptId)
  if (!state || state.phase === 'cancelled') return
  const [shown] = await reveal.decide(change, state, [{ messageIds: null, endExtraTime: true }], [by])
  if (!shown?.ok && state.phase === 'open') await closed(change, state, by) // nobody answered
}
