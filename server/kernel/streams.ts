// The names of the audiences. A stream is one audience, and the room that its sockets are in.
import type { Looker } from './view.ts'

export const cohortStream = (cohortId: string) => `cohort:${cohortId}`
export const staffStream = (cohortId: string) => `staff:${cohortId}`
export const userStream = (userId: string) => `user:${userId}`
/** The class that an audience is of; null where it is one person. */
export const classOf = (stream: string): string | null => (stream.startsWith('user:') ? null : stream.slice(stream.indexOf(':') + 1))

/** What somebody hears of a class: a screen only what is public, staff also what is theirs. */
export function streamsOf(cohortId: string, looker: Looker): string[] {
  const all = [cohortStream(cohortId)]
  if (looker.role === 'instructor' || looker.role === 'observer') all.push(staffStream(cohortId))
  if (looker.role !== 'screen') all.push(userStream(looker.userId))
  return all
}
