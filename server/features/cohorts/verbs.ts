// What is decided under a cohort's lock: making it, walking in with its code.
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { type Person, person, signIn, type Whence } from '../accounts/index.ts'
import type { Place } from '../orgs/index.ts'
import { learnersIn, lockCohort, type Locked } from './store.roster.ts'

type NewCohort = { cohortId: string; place: Place; courseId: string; name: string; entry: string; startsAt: string | null; endsAt: string | null; capacity: number | null; code: () => string }

/** Makes a cohort; the aggregate is its new id. */
export const create: Verb<NewCohort, void> = {
  name: 'cohorts.create',
  lock: async () => {},
  decide: async (change, _, items, actors) => {
    const outcomes = []
    for (const [i, c] of items.entries()) {
      let code: string
      let made: unknown
      do {
        code = c.code();
        [made] = await change.sql(
          `INSERT INTO cohorts (cohort_id, org_id, node_id, course_id, name, entry, invite_code, starts_at, ends_at, capacity, version_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT current_version_id FROM course_details WHERE course_id = $4))
           ON CONFLICT (invite_code) DO NOTHING RETURNING 1`,
          [c.cohortId, c.place.orgId, c.place.nodeId, c.courseId, c.name, c.entry, code, c.startsAt, c.endsAt, c.capacity])
      } while (!made)
      change.record('cohort.made', c.cohortId, actors[i] ?? null)
      outcomes.push(ok({ cohortId: c.cohortId, inviteCode: code }))
    }
    return outcomes
  },
}

type Entering = { name: string; email?: string | undefined; whence: Whence }

/** Walks in with a code: signs in who is on the list as a learner, or makes a guest where the code is enough. */
export const enter: Verb<Entering, Locked> = {
  name: 'cohorts.enter',
  lock: lockCohort,
  decide: async (change, cohort, items) => {
    const outcomes = []
    for (const item of items) outcomes.push(await entered(change, cohort, item))
    return outcomes
  },
}

async function entered(change: Change, cohort: Locked, { name, email, whence }: Entering) {
  if (!cohort) return no(notFound('code'))
  if (cohort.ended) return no(refuse('cohort_ended', 'This cohort has ended. Ask your instructor for the code of the next one.'))
  const listed = email === undefined ? undefined : await onList(change.sql, cohort.cohortId, email.toLowerCase())
  if (listed) {
    const user = await person(change, { email, name: listed.displayName })
    await change.sql('UPDATE cohort_members SET user_id = $2 WHERE member_id = $1', [listed.memberId, user.userId])
    return signedIn(change, cohort.cohortId, listed.memberId, user, whence)
  }
  if (cohort.entry !== 'code') {
    return no(refuse('not_listed', email === undefined ? 'Give the e-mail that your instructor put on the list.' : 'This e-mail is not on the list of learners. Check the spelling, or ask your instructor to add it.'))
  }
  if (cohort.capacity !== null && (await learnersIn(change.sql, cohort.cohortId)) >= cohort.capacity) return no(refuse('cohort_full', 'This cohort is full. Ask your instructor for a place.'))
  const guest = await person(change, { name })
  const memberId = newId()
  await change.sql('INSERT INTO cohort_members (member_id, cohort_id, user_id, display_name) VALUES ($1, $2, $3, $4)', [memberId, cohort.cohortId, guest.userId, name])
  change.record('member.added', memberId, null, { cohortId: cohort.cohortId })
  return signedIn(change, cohort.cohortId, memberId, guest, whence)
}

/** A code and an e-mail are no proof, so they sign in nobody who may do more than learn. */
const onList = async (sql: Sql, cohortId: string, email: string) => (await sql<{ memberId: string; displayName: string }>(
  `SELECT m.member_id AS "memberId", m.display_name AS "displayName" FROM cohort_members m
   WHERE m.cohort_id = $1 AND m.email = $2 AND m.status = 'active' AND m.role = 'learner'
     AND NOT EXISTS (SELECT 1 FROM users u JOIN user_role_permission g ON g.user_id = u.user_id WHERE u.email = m.email)
     AND NOT EXISTS (SELECT 1 FROM cohort_members o WHERE o.email = m.email AND o.role <> 'learner' AND o.status = 'active')`, [cohortId, email]))[0]

async function signedIn(change: Change, cohortId: string, memberId: string, user: Person, whence: Whence) {
  return ok({ ...(await signIn(change, user, whence)), cohortId, memberId })
}

/** Somebody has an account now: the rows that wait for their e-mail become theirs. */
export async function bind(change: Change, userId: string): Promise<void> {
  await change.sql(`UPDATE cohort_members m SET user_id = u.user_id FROM users u WHERE u.user_id = $1 AND m.email = u.email AND m.user_id IS NULL`, [userId])
}

