// Who is in class: people, not sockets. In one process it is a map; a screen counts as nobody.
import type { Role } from './contract.ts'

export type Here = { userId: string; memberId: string | null; role: Role }

export type Presence = {
  /** One more socket of this person is in this class. */
  came(cohortId: string, who: Here): void
  /** One socket fewer. */
  went(cohortId: string, userId: string): void
  /** The learners who are here. */
  learners(cohortId: string): { memberId: string }[]
  /** How many learners are here. */
  online(cohortId: string): number
}

/** `changed` is told of every class whose people changed. */
export function openPresence(changed: (cohortId: string, who: Here, here: boolean) => void): Presence {
  const classes = new Map<string, Map<string, Here & { sockets: number }>>()
  const learners = (cohortId: string) => [...(classes.get(cohortId)?.values() ?? [])].filter((p) => p.role === 'learner' && p.memberId !== null) as { memberId: string }[]
  return {
    came(cohortId, who) {
      if (who.role === 'screen') return
      const people = classes.get(cohortId) ?? new Map<string, Here & { sockets: number }>()
      classes.set(cohortId, people)
      const known = people.get(who.userId)
      people.set(who.userId, { ...who, sockets: (known?.sockets ?? 0) + 1 })
      if (!known || known.role !== who.role) changed(cohortId, who, true)
    },
    went(cohortId, userId) {
      const people = classes.get(cohortId)
      const known = people?.get(userId)
      if (!people || !known) return
      if (--known.sockets > 0) return
      people.delete(userId)
      if (people.size === 0) classes.delete(cohortId)
      changed(cohortId, known, false)
    },
    learners,
    online: (cohortId) => learners(cohortId).length,
  }
}
