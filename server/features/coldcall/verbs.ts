// A prompt's life, decided under its lock: time, closing, reopening, taking back. Load, ask the noun, save, record, tell.
import type { Change, Verb } from '#kernel/change'
import { isRefused, no, ok } from '#kernel/refusals'
import { cohortStream, staffStream } from '#kernel/streams'
import { lockClass } from '../sessions/index.ts'
import { forAuthor } from './page.ts'
import * as round from './round.ts'
import type { Own, Round } from './round.ts'
import * as store from './store.ts'
import { type By, each, iso, progress, type State, tellOwn } from './verbs.shared.ts'

export const extend: Verb<{ seconds: number }, State> = {
  name: 'coldcall.extend',
  lock: store.lockRound,
  decide: each(async (change, state, { seconds }, by) => {
    const { promptId, cohortId } = state
    const moved = round.extend(state, await store.ownDeadlines(change.sql, promptId), seconds)
    if (isRefused(moved)) return { state, outcome: no(moved) }
    const { own, ...times } = moved
    await setTimes(change, promptId, times, own)
    const fact = change.record('coldcall.extended', promptId, by, { cohortId, seconds })
    await tellTimes(change, fact, 'coldcall:extended', state, { own, ...times })
    return { state: { ...state, ...times }, outcome: ok({ closesAt: iso(times.closesAt) }) }
  }),
}

async function setTimes({ sql }: Change, promptId: string, times: round.Deadlines, own: readonly Own[]) {
  await sql('UPDATE cold_call_prompts SET closes_at = $2, extra_until = $3, due_at = $4 WHERE prompt_id = $1', [promptId, times.closesAt, times.extraUntil, round.dueAt(times)])
  await store.saveDeadlines(sql, promptId, own)
}

async function tellTimes(change: Change, fact: string, name: string, { promptId, cohortId }: Round, { own, closesAt, extraUntil }: round.Deadlines & { own: Own[] }) {
  change.tell(fact, cohortStream(cohortId), name, { promptId, closesAt: iso(closesAt) })
  if (own.length === 0) return
  const rows = await store.rowsOf(change.sql, promptId, own.map((o) => o.memberId))
  tellOwn(change, fact, promptId, own, new Map(rows.map((r) => [r.memberId, forAuthor(r)])))
  change.tell(fact, staffStream(cohortId), 'coldcall:extra', { promptId, extraUntil: iso(extraUntil) })
}

export const close: Verb<{ endExtraTime: boolean }, State> = {
  name: 'coldcall.close',
  lock: store.lockRound,
  decide: each(async (change, state, { endExtraTime }, by) => {
    const refused = round.close(state, endExtraTime, change.now)
    return refused ? { state, outcome: no(refused) } : { state: await closed(change, state, by), outcome: ok({ answered: state.answered }) }
  }),
}

/** The deadline came: closes what is due, whoever is there. */
export const closeDue: Verb<Record<never, never>, State> = {
  name: 'coldcall.closeDue',
  lock: store.lockRound,
  decide: each(async (change, state) => ({ state: round.isDue(state, change.now) ? await closed(change, state, null) : state, outcome: ok({}) })),
}

/** Closes an open prompt and tells it; whether it may be was decided. */
export async function closed(change: Change, state: Round, by: By): Promise<Round> {
  const { promptId, cohortId, answered } = state
  await change.sql(`UPDATE cold_call_prompts SET state = 'closed', closed_at = $2, closed_by = $3 WHERE prompt_id = $1`, [promptId, change.now, by?.userId ?? null])
  change.tell(change.record('coldcall.closed', promptId, by, { cohortId }), cohortStream(cohortId), 'coldcall:closed', { promptId, answered })
  return { ...state, phase: 'closed' }
}

/** The class ended, and with it what is open. Runs in the transaction that ended it, under the lock of the class. */
export async function closeWith(change: Change, cohortId: string): Promise<void> {
  for (const { promptId } of await store.openIn(change.sql, cohortId)) {
    const state = await store.lockRound(change.sql, promptId)
    if (state?.phase === 'open') await closed(change, state, null)
  }
}

export const reopen: Verb<{ seconds: number | null; cohortId: string; online: () => number }, State> = {
  name: 'coldcall.reopen',
  // The class before the prompt, as when one is opened, so that two never lock each other out.
  lock: async (sql, promptId, [item]) => {
    await lockClass(sql, (item as { cohortId: string }).cohortId)
    return store.lockRound(sql, promptId)
  },
  decide: each(async (change, state, { seconds, online }, by) => {
    const { promptId, cohortId } = state
    if (state.phase === 'open') return { state, outcome: ok({}) }
    const refused = round.reopen(state, round.inTheWay(await store.openIn(change.sql, cohortId), state.batchNo))
    if (refused) return { state, outcome: no(refused) }
    // Who had extra time when it first opened has it again; the factor was fixed then.
    const { own, ...times } = round.deadlines(change.now, seconds, await store.ownDeadlines(change.sql, promptId))
    await change.sql(`UPDATE cold_call_prompts SET state = 'open', closed_at = NULL, closed_by = NULL WHERE prompt_id = $1`, [promptId])
    await setTimes(change, promptId, times, own)
    const fact = change.record('coldcall.reopened', promptId, by, { cohortId })
    await tellTimes(change, fact, 'coldcall:reopened', state, { own, ...times })
    progress(change, state, state.answered, online)
    return { state: { ...state, ...times, phase: 'open' }, outcome: ok({}) }
  }),
}

export const cancel: Verb<Record<never, never>, State> = {
  name: 'coldcall.cancel',
  lock: store.lockRound,
  decide: each(async (change, state, _, by) => {
    const { promptId, cohortId } = state
    const refused = round.cancel(state)
    if (refused) return { state, outcome: refused === 'already' ? ok({}) : no(refused) }
    await change.sql(`UPDATE cold_call_prompts SET state = 'cancelled', cancelled_at = $2, cancelled_by = $3, closed_at = coalesce(closed_at, $2) WHERE prompt_id = $1`, [promptId, change.now, by?.userId])
    change.tell(change.record('coldcall.cancelled', promptId, by, { cohortId }), cohortStream(cohortId), 'coldcall:cancelled', { promptId })
    return { state: { ...state, phase: 'cancelled' }, outcome: ok({}) }
  }),
}
