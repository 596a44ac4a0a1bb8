// Whether a sign-in is over, for every request over REST: asked together, kept for a second, and forgotten at once where
// anything is revoked, here or as soon as it is heard of.
import { LRUCache } from 'lru-cache'
import { gather } from './gather.ts'

export type Ends = {
  /** Whether this sign-in is over. What is said holds for a second, or until `forget`. */
  isOver(familyId: string): Promise<boolean>
  /** Something was revoked: ask again. */
  forget(): void
}

const KEPT = 1_000
const MOST = 50_000

export function openEnds(ended: (familyIds: readonly string[]) => Promise<Set<string>>): Ends {
  const alive = new LRUCache<string, true>({ max: MOST, ttl: KEPT })
  let changes = 0
  const ask = gather<string, true>(async (families) => new Map([...(await ended(families))].map((f) => [f, true])))
  return {
    async isOver(familyId) {
      if (alive.has(familyId)) return false
      const before = changes
      const over = (await ask(familyId)) === true
      // What was asked before something was revoked is not kept.
      if (!over && changes === before) alive.set(familyId, true)
      return over
    },
    forget() {
      changes++
      alive.clear()
    },
  }
}
