// Calling on people and passing: decided under the lock of the class, so that two who call at once call two.
import type { Change, Fact, Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { cohortStream, staffStream } from '#kernel/streams'
import { lockClass, running } from '../sessions/index.ts'
import * as calling from './calling.ts'
import * as calls from './store.calling.ts'
import { standOf } from './store.reading.ts'

type Class = { cohortId: string; sessionId: string | null }
const lock = async (sql: Sql, cohortId: string): Promise<Class> => {
  await lockClass(sql, cohortId)
  return { cohortId, sessionId: (await running(sql, cohortId))?.sessionId ?? null }
}

export type Picking = { pickId: string; promptId: string | null; batchNo: number | null; present: () => string[]; /** From 0 to below 1. */ luck: number }

/** Calls on one of those who are here and were called least. */
export const pick: Verb<Picking, Class> = {
  name: 'coldcall.pick',
  lock,
  async decide(change, { cohortId, sessionId }, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, { pickId, promptId, batchNo, present, luck }] of items.entries()) {
      if (promptId && (await standOf(change.sql, promptId))?.phase === 'cancelled') {
        outcomes.push(no(refuse('conflict', 'This prompt was taken back. Call on somebody without it, or about another one.')))
        continue
      }
      const one = calling.next(await calls.candidates(change.sql, cohortId, present(), batchNo), luck)
      if (!one) {
        outcomes.push(no(refuse('nobody_here', batchNo === null ? 'No learner is here to call on.' : `Nobody of batch ${batchNo} is here to call on.`)))
        continue
      }
      const by = actors[i] ?? null
      const member = { memberId: one.memberId, displayName: one.displayName }
      await calls.savePick(change.sql, { pickId, cohortId, sessionId, memberId: one.memberId, promptId, by: by?.userId ?? null, at: change.now })
      const fact = change.record('coldcall.picked', pickId, by, { cohortId, memberId: one.memberId, ...(promptId && { promptId }) })
      change.tell(fact, cohortStream(cohortId), 'coldcall:picked', { pickId, member, promptId })
      outcomes.push(ok({ pickId, member }))
    }
    return outcomes
  },
}

/** Passes a call: it counts as one, and only staff hear of it. */
export const pass: Verb<{ pickId: string; memberId: string }, Class> = {
  name: 'coldcall.pass',
  lock,
  async decide(change, { cohortId, sessionId }, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, { pickId, memberId }] of items.entries()) {
      const call = await calls.callOf(change.sql, cohortId, pickId, sessionId, change.now)
      const passed = call ? await calls.passedWith(change.sql, pickId) : 0
      const refused = call ? calling.pass(call, memberId, passed) : notFound('call')
      if (refused === 'already') outcomes.push(ok({ passesLeft: calling.passesLeft(passed) }))
      else if (refused || !call) outcomes.push(no(refused ?? notFound('call')))
      else {
        await calls.savePass(change.sql, pickId, change.now)
        const fact = change.record('coldcall.passed', pickId, actors[i] ?? null, { cohortId, memberId })
        change.tell(fact, staffStream(cohortId), 'coldcall:passed', { pickId, member: { memberId, displayName: call.displayName } })
        outcomes.push(ok({ passesLeft: calling.passesLeft(passed + 1) }))
      }
    }
    return outcomes
  },
}

/** A guest's row went over to a row that its person has on the same list: so does what the ledger says. */
export async function takeOverCalls(change: Change, fact: Fact): Promise<void> {
  const { cohortId, from } = fact.body as { cohortId: string; from: string }
  const moved = await calls.movePicks(change.sql, from, fact.about)
  const now = moved.length > 0 ? await calls.currentPick(change.sql, cohortId) : null
  if (now && moved.includes(now.pickId)) change.tell(fact.factId, cohortStream(cohortId), 'coldcall:picked', now)
}
