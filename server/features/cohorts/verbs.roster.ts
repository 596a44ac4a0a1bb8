// What is decided about the list, under the cohort's lock: who is put on it, how they stand there, who is taken off and put
// back. Whoever may do less hears so and is looked at again on every node.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import { userStream } from '#kernel/streams'
import { changed, differing, type Known, planning, type Planned } from './plan.ts'
import { type Cells, isWrong, type Read } from './roster.ts'
import { added, groundOf, kept, knownAs, knownBy, lockCohort, type Locked, markRemoved, type Saved } from './store.roster.ts'

type Put = { rows: readonly Read[] }
/** What came of it: `updated` are all that were there, `changed` those of them that stand otherwise now. */
export type Came = { added: number; updated: number; changed: number; failed: { row: number; field: string; message: string }[] }

/** Puts rows on the list; no e-mail is among them twice. */
export const putMembers: Verb<Put, Locked> = {
  name: 'cohorts.putMembers',
  lock: lockCohort,
  decide: async (change, cohort, items, actors) => {
    const outcomes = []
    for (const [i, { rows }] of items.entries()) {
      // The embedded database answers without a turn of the loop: others get theirs here.
      if (i > 0) await new Promise((next) => { setImmediate(next) })
      outcomes.push(cohort ? await put(change, cohort.cohortId, rows, actors[i] ?? null) : no(notFound('cohort')))
    }
    return outcomes
  },
}

/** Puts rows on the list of a cohort whose lock is held. */
export async function put(change: Change, cohortId: string, rows: readonly Read[], actor: Actor | null) {
  const known = await knownBy(change.sql, cohortId, rows.flatMap(({ read }) => (isWrong(read) ? [] : [read.email])))
  const { plan } = planning(await groundOf(change.sql, cohortId, actor?.userId ?? null), actor?.userId ?? null)
  const planned = rows.map((r) => plan(r, isWrong(r.read) ? undefined : known.get(r.read.email)))
  const fresh = planned.flatMap((p) => (p.does === 'add' ? [p.read] : []))
  const other = planned.filter((p) => p.does === 'return' || p.does === 'change') as Extract<Planned, { does: 'change' }>[]
  if (fresh.length > 0) for (const saved of await added(change.sql, cohortId, fresh)) tell(change, cohortId, actor, undefined, saved)
  await save(change, cohortId, actor, other)
  const updated = planned.filter((p) => p.does !== 'add' && p.does !== 'refuse').length
  const failed = planned.flatMap((p) => (p.does === 'refuse' ? [{ row: p.row, field: p.field, message: p.message }] : []))
  return ok({ added: fresh.length, updated, changed: other.length, failed } satisfies Came)
}

async function save(change: Change, cohortId: string, actor: Actor | null, all: readonly { before: Known; after: Known }[]) {
  if (all.length === 0) return
  const before = new Map(all.map((p) => [p.before.memberId, p.before]))
  for (const saved of await kept(change.sql, all.map((p) => p.after))) tell(change, cohortId, actor, before.get(saved.memberId), saved)
}

function tell(change: Change, cohortId: string, actor: Actor | null, before: Known | undefined, { email: _, role, userId, ...member }: Saved) {
  const fact = change.record(before ? 'member.changed' : 'member.added', member.memberId, actor, { cohortId })
  if (userId === null) return
  change.tell(fact, userStream(userId), 'cohort:member', { cohortId, role, member })
  if (before?.role !== role || before.status !== 'active') change.revoke({ userId, cohortId })
}

/** How somebody shall stand: these cells; `toNoBatch`, out of every batch; `back`, on the list again with all they had. */
type Restand = { memberId: string; cells?: Cells; toNoBatch?: boolean; back?: boolean }

/** Changes how somebody stands, or puts them back. */
export const changeMember: Verb<Restand, Locked> = {
  name: 'cohorts.changeMember',
  lock: lockCohort,
  decide: async (change, cohort, items, actors) => {
    const outcomes = []
    for (const [i, item] of items.entries()) outcomes.push(cohort ? await restand(change, cohort.cohortId, item, actors[i] ?? null) : no(notFound('cohort')))
    return outcomes
  },
}

async function restand(change: Change, cohortId: string, { memberId, cells, toNoBatch, back }: Restand, actor: Actor | null) {
  const before = await knownAs(change.sql, cohortId, memberId)
  if (!before || (before.status === 'removed' && !back)) return no(notFound('member'))
  const after = { ...changed(before, cells ?? {}), ...(toNoBatch && { batchNo: null }) }
  const refused = planning(await groundOf(change.sql, cohortId, actor?.userId ?? null), actor?.userId ?? null).moves(before, after.role)
  if (refused) return no(refuse(refused.code, refused.message, { field: refused.field }))
  if (before.status === 'removed' || differing(before, after).length > 0) await save(change, cohortId, actor, [{ before, after }])
  return ok({})
}

/** Takes one off the list; their answers and stars stay. */
export const removeMember: Verb<{ memberId: string }, Locked> = {
  name: 'cohorts.removeMember',
  lock: lockCohort,
  decide: async (change, cohort, items, actors) => {
    const outcomes = []
    for (const [i, { memberId }] of items.entries()) outcomes.push(cohort ? await remove(change, cohort.cohortId, memberId, actors[i] ?? null) : no(notFound('cohort')))
    return outcomes
  },
}

async function remove(change: Change, cohortId: string, memberId: string, actor: Actor | null) {
  const before = await knownAs(change.sql, cohortId, memberId)
  if (!before || before.status === 'removed') return no(notFound('member'))
  const refused = planning(await groundOf(change.sql, cohortId, actor?.userId ?? null), actor?.userId ?? null).moves(before, null)
  if (refused) return no(refuse(refused.code, refused.message))
  await markRemoved(change.sql, memberId)
  const fact = change.record('member.removed', memberId, actor, { cohortId })
  if (before.userId !== null) {
    change.tell(fact, userStream(before.userId), 'cohort:removed', { cohortId })
    change.revoke({ userId: before.userId, cohortId })
  }
  return ok({})
}
