// What the database says that every node must heed, whoever wrote it: revocations, a node that the others do not hear, and
// that its memory is another one. Asked twice a second where several nodes may share it.
import { LRUCache } from 'lru-cache'
import type { Revoked } from './change.ts'
import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'
import { standing } from './revocations.ts'
import type { Database } from './sql.ts'

const EVERY = 500
/** How old an answer of the database may be for this node to be called ready, ms. */
const FRESH = 3_000
const SILENCE = 1_500

export type Follow = {
  /** Those of them that were not heeded here yet. */
  unheeded(revoked: readonly Revoked[]): Revoked[]
  /** These were heeded here: not again. */
  heeded(revoked: readonly Revoked[]): void
  /** Whether the database answered within the last so many milliseconds (3 s: what ready means). */
  isFresh(ms?: number): boolean
  /** Whether some node says that the others do not hear it. */
  isUnheard(): boolean
  /** Asks now. */
  look(): Promise<void>
}

export function openFollow(p: { db: Database; clock: Clock; metrics: Metrics; epoch(): string; revoked(revoked: readonly Revoked[]): void; forgot(epoch: string): void }): Follow {
  const seen = new LRUCache<string, true>({ max: 50_000 })
  let answered = performance.now()
  let isUnheard = false

  const isFresh = (ms = FRESH) => p.db.kind === 'pglite' || performance.now() - answered < ms
  const heeded = (revoked: readonly Revoked[]) => { for (const { id } of revoked) seen.set(id, true) }

  async function look() {
    const asked = performance.now()
    const { epoch, unheard, revoked } = await standing(p.db.sql, (asked - answered) / 1_000)
    answered = performance.now()
    isUnheard = unheard
    p.revoked(revoked)
    if (epoch !== p.epoch()) p.forgot(epoch)
  }

  p.clock.every(EVERY, () => p.metrics.databaseUp.set(isFresh(SILENCE) ? 1 : 0))
  if (p.db.kind === 'postgres') p.clock.every(EVERY, look)
  return { heeded, unheeded: (revoked) => revoked.filter(({ id }) => !seen.has(id)), look, isFresh, isUnheard: () => isUnheard }
}
