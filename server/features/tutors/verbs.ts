// Applying, deciding, staffing; each under its own lock.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { grant } from '../orgs/index.ts'
import { application, decided, insertApplication, type Locked, lockApplication, putOpening, putStaff, removeStaff, staffed, tutorOf } from './store.ts'

const each = async <Item>(items: readonly Item[], actors: readonly (Actor | null)[], decide: (item: Item, actor: Actor) => Promise<Outcome>) => {
  const outcomes: Outcome[] = []
  for (const [i, item] of items.entries()) outcomes.push(await decide(item, actors[i] as Actor))
  return outcomes
}

/** The aggregate is the place. */
export const open: Verb<{ orgId: string; nodeId: string; text: string; isOpen: boolean }, void> = {
  name: 'tutors.open',
  lock: async () => {},
  decide: (change, _, items, actors) => each(items, actors, async (item, actor) => {
    await putOpening(change.sql, item)
    change.record('tutor.opening_put', item.nodeId, actor, { isOpen: item.isOpen })
    return ok({})
  }),
}

/** The aggregate is who applies. */
export const apply: Verb<{ orgId: string; nodeId: string; about: string }, void> = {
  name: 'tutors.apply',
  lock: async () => {},
  decide: (change, _, items, actors) => each(items, actors, async (item, actor) => {
    const applicationId = await insertApplication(change.sql, { ...item, userId: actor.userId, at: change.now })
    if (!applicationId) return no(refuse('already_applied', 'Your application waits there already. You will be told what comes of it, or may take it back.'))
    change.record('tutor.applied', applicationId, actor, { nodeId: item.nodeId })
    return ok(await application(change.sql, applicationId))
  }),
}

export type Deciding = { status: 'approved' | 'refused' | 'withdrawn'; reason: string | null }
/** The aggregate is the application. Who is approved may lead classes there from now on. */
export const decide: Verb<Deciding, Locked> = {
  name: 'tutors.decide',
  lock: lockApplication,
  async decide(change, found, items, actors) {
    let status = found?.status
    return each(items, actors, async (item, actor) => {
      if (!found) return no(notFound('application'))
      if (status !== 'pending') return no(refuse('already_decided', `This application was ${status} already.`, { status }))
      status = item.status
      return settle(change, found, item, actor)
    })
  },
}

async function settle(change: Change, found: NonNullable<Locked>, { status, reason }: Deciding, actor: Actor): Promise<Outcome> {
  await decided(change.sql, found.applicationId, status, status === 'withdrawn' ? null : actor.userId, change.now, reason)
  change.record(`tutor.${status}`, found.applicationId, actor, { userId: found.userId })
  if (status === 'approved') {
    await tutorOf(change.sql, found.userId, change.now)
    await grant(change, { userId: found.userId, role: 'instructor', place: found })
  }
  return ok(await application(change.sql, found.applicationId))
}

/** The aggregate is the course. */
export const staff: Verb<{ courseId: string; userId: string; role: 'lead' | 'assistant' | null }, void> = {
  name: 'tutors.staff',
  lock: async (sql, courseId) => void (await sql('SELECT 1 FROM courses WHERE course_id = $1 FOR NO KEY UPDATE', [courseId])),
  decide: (change, _, items, actors) => each(items, actors, async ({ courseId, userId, role }, actor) => {
    if (role === null) {
      if (!(await removeStaff(change.sql, courseId, userId))) return no(notFound('tutor of this course'))
      change.record('course.unstaffed', courseId, actor, { userId })
      return ok({})
    }
    await putStaff(change.sql, { courseId, tutorId: await tutorOf(change.sql, userId, change.now), role, by: actor.userId, at: change.now })
    change.record('course.staffed', courseId, actor, { userId, role })
    return ok(await staffed(change.sql, courseId, userId))
  }),
}
