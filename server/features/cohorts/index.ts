// The face of cohorts: how somebody stands in one. A learner's standing is kept for as long as nothing changes it; what
// staff may do is looked up each time.
import { LRUCache } from 'lru-cache'
import type { Actor } from '#kernel/actor'
import { gather } from '#kernel/gather'
import { forbidden, notFound, type Refused } from '#kernel/refusals'
import type { Database } from '#kernel/sql'
import { type Standing, standingsIn } from './store.ts'

export { newCode } from './code.ts'
export { cohortFor, named } from './store.ts'
export { create } from './verbs.ts'
export { putMembers } from './verbs.roster.ts'
export type { Standing }
export type Standings = {
  /** How the actor stands in the cohort; undefined where they are neither on the list nor granted anything. */
  of(actor: Pick<Actor, 'userId'>, cohortId: string): Promise<Standing | undefined>
  /** Something changed: look it up next time. */
  forget(userId: string, cohortId: string): void
  forgetAll(): void
}

/** Why somebody may not do this in a cohort, or null. Staff read, who teaches changes: `read` and `change` say in words what
 *  they may not do; without `read` it is for who teaches. `what` was not found where they do not belong, or where there is no
 *  such cohort (`cohortId` undefined). */
export async function asStaff(stands: Standings, actor: Pick<Actor, 'userId'>, cohortId: string | undefined, may: { what?: string; read?: string; change?: string }): Promise<Refused<'not_found' | 'forbidden'> | null> {
  const standing = cohortId === undefined ? undefined : await stands.of(actor, cohortId)
  if (!standing) return notFound(may.what ?? 'cohort')
  if (standing.role === 'instructor' || (standing.role === 'observer' && may.read !== undefined && may.change === undefined)) return null
  return forbidden(may.change ?? may.read ?? '')
}

const perDatabase = new WeakMap<Database, Standings>()

/** The standings of one database; the same for all rooms of a process. */
export function standings(db: Database): Standings {
  const known = perDatabase.get(db)
  if (known) return known
  const kept = new LRUCache<string, Standing>({ max: 20_000, ttl: 10_000 })
  const read = gather<string, Standing>((keys) => standingsIn(db.sql, keys.map((k) => {
    const [userId, cohortId] = k.split(' ') as [string, string]
    return { userId, cohortId }
  })))
  let changes = 0
  const made: Standings = {
    async of({ userId }, cohortId) {
      const key = `${userId} ${cohortId}`
      const known = kept.get(key)
      if (known) return known
      for (;;) {
        const before = changes
        const found = await read(key)
        if (changes !== before) continue // what was read may be from before the change
        if (found?.role === 'learner' && !found.ended) kept.set(key, found)
        return found
      }
    },
    forget(userId, cohortId) {
      changes++
      kept.delete(`${userId} ${cohortId}`)
    },
    forgetAll() {
      changes++
      kept.clear()
    },
  }
  perDatabase.set(db, made)
  return made
}
