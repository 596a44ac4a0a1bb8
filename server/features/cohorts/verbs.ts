// What is decided under a cohort's lock: making it, its list, walking in with its code.
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { userStream } from '#kernel/streams'
import { type Person, person, signIn } from '../accounts/index.ts'
import type { Place } from '../orgs/index.ts'
import type { RosterRow } from './roster.ts'
import { MEMBER, type Standing } from './store.ts'
import type { Member } from './view.ts'

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
          `INSERT INTO cohorts (cohort_id, org_id, node_id, course_id, name, entry, invite_code, starts_at, ends_at, capacity) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (invite_code) DO NOTHING RETURNING 1`,
          [c.cohortId, c.place.orgId, c.place.nodeId, c.courseId, c.name, c.entry, code, c.startsAt, c.endsAt, c.capacity])
      } while (!made)
      change.record('cohort.made', c.cohortId, actors[i] ?? null)
      outcomes.push(ok({ cohortId: c.cohortId, inviteCode: code }))
    }
    return outcomes
  },
}

type Locked = { cohortId: string; entry: string; capacity: number | null; ended: boolean } | undefined
const lockCohort = async (sql: Sql, cohortId: string): Promise<Locked> => (await sql<NonNullable<Locked>>(
  `SELECT cohort_id AS "cohortId", entry, capacity, (NOT is_active OR coalesce(ends_at <= now(), false)) AS ended FROM cohorts WHERE cohort_id = $1 FOR NO KEY UPDATE`, [cohortId]))[0]

const learnersIn = async (sql: Sql, cohortId: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active'`, [cohortId]))[0]?.n ?? 0

type Put = { rows: { row: number; read: RosterRow | string }[] }

/** Puts rows on the list. Outcome: how many were added and changed, and each row that failed with its reason. */
export const putMembers: Verb<Put, Locked> = {
  name: 'cohorts.putMembers',
  lock: lockCohort,
  decide: async (change, cohort, items, actors) => {
    const outcomes = []
    for (const [i, item] of items.entries()) outcomes.push(cohort ? await put(change, cohort, item, actors[i] ?? null) : no(notFound('cohort')))
    return outcomes
  },
}

async function put(change: Change, cohort: NonNullable<Locked>, { rows }: Put, actor: Parameters<Change['record']>[2]) {
  const failed: { row: number; message: string }[] = []
  const byEmail = new Map<string, { row: number; read: RosterRow }>()
  for (const { row, read } of rows) {
    if (typeof read === 'string') failed.push({ row, message: read })
    else if (byEmail.has(read.email)) failed.push({ row, message: `${read.email} is there twice; row ${byEmail.get(read.email)?.row} counts.` })
    else byEmail.set(read.email, { row, read })
  }
  const emails = [...byEmail.keys()]
  const known = new Map((await change.sql<Member & { email: string; role: string; status: string }>(
    `SELECT m.email, m.role, m.status, ${MEMBER} FROM cohort_members m WHERE m.cohort_id = $1 AND m.email = ANY($2)`, [cohort.cohortId, emails])).map((m) => [m.email, m]))
  if (cohort.capacity !== null) {
    let left = cohort.capacity - (await learnersIn(change.sql, cohort.cohortId))
    for (const [email, { row, read }] of byEmail) {
      const before = known.get(email)
      const was = before?.status === 'active' && before.role === 'learner'
      const becomes = (read.role ?? before?.role ?? 'learner') === 'learner'
      if (was || !becomes) left += was && !becomes ? 1 : 0
      else if (left > 0) left--
      else {
        failed.push({ row, message: `The cohort is full: it takes ${cohort.capacity} learners.` })
        byEmail.delete(email)
      }
    }
  }
  const kept = [...byEmail.values()].map((r) => r.read)
  const saved = await change.sql<Member & { email: string; role: Standing['role']; userId: string | null }>(
    `INSERT INTO cohort_members AS m (member_id, cohort_id, user_id, email, display_name, role, batch_no, time_factor)
     SELECT w.id, $1, u.user_id, w.email, coalesce(w.name, u.full_name, split_part(w.email, '@', 1)), coalesce(w.role, 'learner'), w.batch, coalesce(w.factor, 1)
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::float8[]) AS w (id, email, name, role, batch, factor) LEFT JOIN users u ON u.email = w.email
     ON CONFLICT (cohort_id, email) DO UPDATE SET status = 'active',
       display_name = coalesce((SELECT x.name FROM unnest($3::text[], $4::text[]) AS x (email, name) WHERE x.email = excluded.email), m.display_name),
       role = coalesce((SELECT x.role FROM unnest($3::text[], $5::text[]) AS x (email, role) WHERE x.email = excluded.email), m.role),
       batch_no = coalesce(excluded.batch_no, m.batch_no),
       time_factor = coalesce((SELECT x.factor FROM unnest($3::text[], $7::float8[]) AS x (email, factor) WHERE x.email = excluded.email), m.time_factor)
     RETURNING m.email, m.role, m.user_id AS "userId", ${MEMBER}`,
    [cohort.cohortId, kept.map(() => newId()), kept.map((r) => r.email), kept.map((r) => r.name), kept.map((r) => r.role), kept.map((r) => r.batchNo), kept.map((r) => r.timeFactor)])
  let added = 0
  for (const { email, role, userId, ...member } of saved) {
    const before = known.get(email)
    if (!before) added++
    // Saying again what stands on the list already changes nothing, and puts nobody out of class.
    if (before && before.status === 'active' && before.role === role && (Object.keys(member) as (keyof Member)[]).every((k) => before[k] === member[k])) continue
    const fact = change.record(before ? 'member.changed' : 'member.added', member.memberId, actor, { cohortId: cohort.cohortId })
    if (userId === null) continue
    change.tell(fact, userStream(userId), 'cohort:member', { cohortId: cohort.cohortId, role, member })
    if (before?.role !== role || before.status !== 'active') change.revoke({ userId, cohortId: cohort.cohortId })
  }
  return ok({ added, updated: saved.length - added, failed: failed.sort((a, b) => a.row - b.row) })
}

/** Takes one off the list. */
export const removeMember: Verb<{ memberId: string }, Locked> = {
  name: 'cohorts.removeMember',
  lock: lockCohort,
  decide: async (change, cohort, items, actors) => {
    const outcomes = []
    for (const [i, { memberId }] of items.entries()) {
      const [gone] = cohort
        ? await change.sql<{ userId: string | null }>(`UPDATE cohort_members SET status = 'removed' WHERE cohort_id = $1 AND member_id = $2 AND status = 'active' RETURNING user_id AS "userId"`, [cohort.cohortId, memberId])
        : []
      if (!cohort || !gone) {
        outcomes.push(no(notFound('member')))
        continue
      }
      const fact = change.record('member.removed', memberId, actors[i] ?? null, { cohortId: cohort.cohortId })
      const { userId } = gone
      if (userId !== null) {
        change.tell(fact, userStream(userId), 'cohort:removed', { cohortId: cohort.cohortId })
        change.revoke({ userId, cohortId: cohort.cohortId })
      }
      outcomes.push(ok({}))
    }
    return outcomes
  },
}

type Entering = { name: string; email?: string | undefined }

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

async function entered(change: Change, cohort: Locked, { name, email }: Entering) {
  if (!cohort) return no(notFound('code'))
  if (cohort.ended) return no(refuse('cohort_ended', 'This cohort has ended. Ask your instructor for the code of the next one.'))
  const listed = email === undefined ? undefined : await onList(change.sql, cohort.cohortId, email.toLowerCase())
  if (listed) {
    const user = await person(change, { email, name: listed.displayName })
    await change.sql('UPDATE cohort_members SET user_id = $2 WHERE member_id = $1', [listed.memberId, user.userId])
    return signedIn(change, cohort.cohortId, listed.memberId, user)
  }
  if (cohort.entry !== 'code') {
    return no(refuse('not_listed', email === undefined ? 'Give the e-mail that your instructor put on the list.' : 'This e-mail is not on the list of learners. Check the spelling, or ask your instructor to add it.'))
  }
  if (cohort.capacity !== null && (await learnersIn(change.sql, cohort.cohortId)) >= cohort.capacity) return no(refuse('cohort_full', 'This cohort is full. Ask your instructor for a place.'))
  const guest = await person(change, { name })
  const memberId = newId()
  await change.sql('INSERT INTO cohort_members (member_id, cohort_id, user_id, display_name) VALUES ($1, $2, $3, $4)', [memberId, cohort.cohortId, guest.userId, name])
  change.record('member.added', memberId, null, { cohortId: cohort.cohortId })
  return signedIn(change, cohort.cohortId, memberId, guest)
}

/** A code and an e-mail are no proof, so they sign in nobody who may do more than learn. */
const onList = async (sql: Sql, cohortId: string, email: string) => (await sql<{ memberId: string; displayName: string }>(
  `SELECT m.member_id AS "memberId", m.display_name AS "displayName" FROM cohort_members m
   WHERE m.cohort_id = $1 AND m.email = $2 AND m.status = 'active' AND m.role = 'learner'
     AND NOT EXISTS (SELECT 1 FROM users u JOIN user_role_permission g ON g.user_id = u.user_id WHERE u.email = m.email)
     AND NOT EXISTS (SELECT 1 FROM cohort_members o WHERE o.email = m.email AND o.role <> 'learner' AND o.status = 'active')`, [cohortId, email]))[0]

async function signedIn(change: Change, cohortId: string, memberId: string, user: Person) {
  return ok({ ...(await signIn(change, user)), cohortId, memberId })
}

/** Somebody has an account now: the rows that wait for their e-mail become theirs. */
export async function bind(change: Change, userId: string): Promise<void> {
  await change.sql(`UPDATE cohort_members m SET user_id = u.user_id FROM users u WHERE u.user_id = $1 AND m.email = u.email AND m.user_id IS NULL`, [userId])
}

