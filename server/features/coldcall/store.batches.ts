// Who is in which batch, for the counts of those who are asked and here. Read at most every ten seconds, when an answer to
// a batch's prompt comes in: no count waits for the database, and none is far behind the list.
import { LRUCache } from 'lru-cache'
import type { Presence } from '#kernel/presence'
import type { Database } from '#kernel/sql'

const GOOD_FOR = 10_000
type Known = { readAt: number; batchOf: ReadonlyMap<string, number> }

export type Batches = {
  /** Counts the learners addressed who are here, on whatever node, whenever it is asked. `null`: all of the cohort are. */
  counter(cohortId: string, batchNo: number | null): Promise<() => number>
  /** The list has changed. */
  forget(cohortId: string): void
}

export function openBatches(db: Database, presence: Presence): Batches {
  const known = new LRUCache<string, Known>({ max: 2_000 })
  const reading = new Map<string, Promise<void>>()

  async function read(cohortId: string) {
    const readAt = performance.now()
    const rows = await db.sql<{ memberId: string; batchNo: number }>(
      `SELECT member_id AS "memberId", batch_no AS "batchNo" FROM cohort_members WHERE cohort_id = $1 AND batch_no IS NOT NULL AND status = 'active' AND role = 'learner'`, [cohortId])
    known.set(cohortId, { readAt, batchOf: new Map(rows.map((r) => [r.memberId, r.batchNo])) })
  }

  function look(cohortId: string): Promise<void> {
    const now = reading.get(cohortId) ?? read(cohortId).finally(() => reading.delete(cohortId))
    reading.set(cohortId, now)
    return now
  }

  return {
    async counter(cohortId, batchNo) {
      if (batchNo === null) return () => presence.online(cohortId)
      const kept = known.get(cohortId)
      if (!kept || performance.now() - kept.readAt > GOOD_FOR) await look(cohortId)
      return () => presence.learners(cohortId).filter((l) => known.get(cohortId)?.batchOf.get(l.memberId) === batchNo).length
    },
    forget(cohortId) {
      const kept = known.get(cohortId)
      if (kept) known.set(cohortId, { ...kept, readAt: Number.NEGATIVE_INFINITY })
    },
  }
}
