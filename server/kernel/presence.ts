// Who is in class: people, not sockets; a screen counts as nobody. This node knows its own; of the others it knows what
// they said, until that lease runs out.
import type { Role } from './contract.ts'

export type Here = { userId: string; memberId: string | null; role: Role }

export type Presence = {
  /** One more socket of this person is in this class, on this node. */
  came(cohortId: string, who: Here): void
  /** One socket fewer. */
  went(cohortId: string, userId: string): void
  /** The learners who are here, on whatever node. */
  learners(cohortId: string): { memberId: string }[]
  /** How many learners are here. */
  online(cohortId: string): number
  /** The learners who are on this node. */
  own(cohortId: string): { userId: string; memberId: string }[]
  /** A learner came or went on another node. `until`: when that is forgotten, unless it is said again (performance.now()). */
  elsewhere(cohortId: string, nodeId: string, who: Learner, here: boolean, until: number): void
  /** All who are in this class on other nodes; who is not among them is not. */
  allElsewhere(cohortId: string, all: readonly (Learner & { nodeId: string; until: number })[]): void
  /** Whether it was ever said who of this class is elsewhere. */
  knows(cohortId: string): boolean
  /** Nobody here is in this class any more, so nobody asks who is elsewhere. */
  drop(cohortId: string): void
  /** Forgets what ran out before `now`. */
  forget(now: number): void
}
export type Learner = { userId: string; memberId: string }
type Changed = (cohortId: string, who: Here, here: boolean, elsewhere: boolean) => void

/** `changed` is told of who came and went; `elsewhere`: on another node. */
export function openPresence(changed: Changed): Presence {
  const classes = new Map<string, Map<string, Here & { sockets: number }>>()
  const others = new Map<string, Map<string, Learner & { until: number }>>()
  /** How many learners are on this node, by class; counted as they come and go. */
  const counts = new Map<string, number>()
  const isCounted = (p: Here | undefined) => (p?.role === 'learner' && p.memberId !== null ? 1 : 0)
  const count = (cohortId: string, by: number) => void counts.set(cohortId, (counts.get(cohortId) ?? 0) + by)
  const own = (cohortId: string) => [...(classes.get(cohortId)?.values() ?? [])].filter((p) => p.role === 'learner' && p.memberId !== null) as Learner[]
  const learners = (cohortId: string) => {
    const there = others.get(cohortId)
    if (!there) return own(cohortId)
    return [...new Map([...there.values(), ...own(cohortId)].map((l) => [l.userId, l])).values()]
  }
  const told = (cohortId: string, who: Learner, here: boolean) => changed(cohortId, { ...who, role: 'learner' }, here, true)

  return {
    came(cohortId, who) {
      if (who.role === 'screen') return
      const people = classes.get(cohortId) ?? new Map<string, Here & { sockets: number }>()
      classes.set(cohortId, people)
      const known = people.get(who.userId)
      count(cohortId, isCounted(who) - isCounted(known))
      people.set(who.userId, { ...who, sockets: (known?.sockets ?? 0) + 1 })
      if (!known || known.role !== who.role) changed(cohortId, who, true, false)
    },
    went(cohortId, userId) {
      const people = classes.get(cohortId)
      const known = people?.get(userId)
      if (!people || !known) return
      if (--known.sockets > 0) return
      people.delete(userId)
      count(cohortId, -isCounted(known))
      if (people.size === 0) {
        classes.delete(cohortId)
        counts.delete(cohortId)
      }
      changed(cohortId, known, false, false)
    },
    learners, own,
    online: (cohortId) => (others.get(cohortId)?.size ? learners(cohortId).length : (counts.get(cohortId) ?? 0)),
    knows: (cohortId) => others.has(cohortId),
    drop: (cohortId) => void others.delete(cohortId),
    elsewhere(cohortId, nodeId, who, here, until) {
      const there = others.get(cohortId) ?? new Map<string, Learner & { until: number }>()
      others.set(cohortId, there)
      const key = `${nodeId} ${who.userId}`
      const before = there.has(key)
      if (here) there.set(key, { userId: who.userId, memberId: who.memberId, until })
      else there.delete(key)
      if (before !== here) told(cohortId, who, here)
    },
    allElsewhere(cohortId, all) {
      const before = others.get(cohortId)
      const now = new Map(all.map(({ nodeId, userId, memberId, until }) => [`${nodeId} ${userId}`, { userId, memberId, until }]))
      others.set(cohortId, now)
      const one = [...now].find(([k]) => !before?.has(k))?.[1] ?? [...(before ?? [])].find(([k]) => !now.has(k))?.[1]
      if (one) told(cohortId, one, [...now.values()].some((l) => l.userId === one.userId))
    },
    forget(now) {
      for (const [cohortId, there] of others) {
        for (const [key, l] of there) {
          if (l.until > now) continue
          there.delete(key)
          told(cohortId, l, false)
        }
      }
    },
  }
}
