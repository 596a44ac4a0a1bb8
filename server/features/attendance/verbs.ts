// An instructor's correction, decided under the lock of the session's row.
import type { Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome } from '#kernel/refusals'
import { type Held, lockHeld } from '../sessions/index.ts'
import type { Status } from './reckoning.ts'
import { attended } from './store.ts'

/** Null takes the correction back. */
export type Correcting = { memberId: string; said: { status: Status; reason: string } | null }

export const correct: Verb<Correcting, Held | undefined> = {
  name: 'attendance.correct',
  lock: lockHeld,
  async decide(change, state, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, { memberId, said }] of items.entries()) {
      const [before] = state ? await attended(change.sql, state, memberId) : []
      if (!state || !before) {
        outcomes.push(no(notFound('learner of this class')))
        continue
      }
      if (said) {
        await change.sql(
          `INSERT INTO attendance_corrections (ilt_session_id, member_id, status, reason, corrected_by, corrected_at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (ilt_session_id, member_id) DO UPDATE SET status = excluded.status, reason = excluded.reason, corrected_by = excluded.corrected_by, corrected_at = excluded.corrected_at`,
          [state.sessionId, memberId, said.status, said.reason, actors[i]?.userId, change.now])
      } else await change.sql('DELETE FROM attendance_corrections WHERE ilt_session_id = $1 AND member_id = $2', [state.sessionId, memberId])
      change.record(said ? 'attendance.corrected' : 'attendance.uncorrected', state.sessionId, actors[i] ?? null, { memberId, cohortId: state.cohortId, ...(said && { status: said.status }) })
      outcomes.push(ok((await attended(change.sql, state, memberId))[0]))
    }
    return outcomes
  },
}
