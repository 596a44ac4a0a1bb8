// Hiding an answer from the class, and what is large on the screen: decided under the prompt's lock.
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok } from '#kernel/refusals'
import { cohortStream, staffStream } from '#kernel/streams'
import { forClass } from './page.ts'
import * as round from './round.ts'
import type { Round } from './round.ts'
import * as store from './store.ts'
import { type By, each, type State } from './verbs.shared.ts'

/** Hides an answer or shows it again; doing so twice is doing so once. While it is not revealed only staff hear of it. */
export const hide: Verb<{ messageId: string; hidden: boolean }, State> = {
  name: 'coldcall.hide',
  lock: store.lockRound,
  decide: each(async (change, state, { messageId, hidden }, by) => {
    const { promptId, cohortId } = state
    const row = await store.rowOf(change.sql, promptId, messageId)
    if (!row || state.phase === 'cancelled') return { state, outcome: no(notFound('answer')) }
    if (row.hidden === hidden) return { state, outcome: ok({}) }
    await change.sql('UPDATE cold_call_messages SET hidden = $2 WHERE message_id = $1', [messageId, hidden])
    const fact = change.record(hidden ? 'coldcall.hidden' : 'coldcall.unhidden', promptId, by, { cohortId, messageId })
    const after = hidden && state.spotlight === messageId ? await spotlit(change, state, fact, null) : state
    const isOut = row.revealNo !== null
    const back = isOut && !hidden ? { answer: forClass({ ...row, hidden }, !state.anonymous), after: await store.shownBefore(change.sql, promptId, row) } : { answer: null, after: null }
    change.tell(fact, isOut ? cohortStream(cohortId) : staffStream(cohortId), 'coldcall:hidden', { promptId, messageId, hidden, ...back })
    return { state: after, outcome: ok({}) }
  }),
}

/** Puts one answer that the class sees large on the screen, or none. */
export const spotlight: Verb<{ messageId: string | null }, State> = {
  name: 'coldcall.spotlight',
  lock: store.lockRound,
  decide: each(async (change, state, { messageId }, by) => {
    const row = messageId && (await store.rowOf(change.sql, state.promptId, messageId))
    if (messageId && (!row || state.phase === 'cancelled')) return { state, outcome: no(notFound('answer in this prompt')) }
    const refused = row && round.spotlight(row)
    if (refused) return { state, outcome: no(refused) }
    if (state.spotlight === messageId) return { state, outcome: ok({}) }
    return { state: await spotlit(change, state, factOf(change, state, by, messageId), messageId), outcome: ok({}) }
  }),
}

const factOf = (change: Change, { promptId, cohortId }: Round, by: By, messageId: string | null) =>
  change.record('coldcall.spotlit', promptId, by, { cohortId, ...(messageId && { messageId }) })

async function spotlit(change: Change, state: Round, fact: string, messageId: string | null): Promise<Round> {
  const { promptId, cohortId } = state
  await change.sql('UPDATE cold_call_prompts SET spotlight = $2 WHERE prompt_id = $1', [promptId, messageId])
  change.tell(fact, cohortStream(cohortId), 'coldcall:spotlit', { promptId, messageId })
  return { ...state, spotlight: messageId }
}
