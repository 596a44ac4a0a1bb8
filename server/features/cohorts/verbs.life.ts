// What is decided of a cohort as a whole, under its lock: its days and places, its end, who asks to join, its batches' projects.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { cohortFor } from './store.ts'
import { allWhoEnter, decideRequest, endsAfterIt, learnersOfBatch, type Payload, projectsIn, putArchived, putProject, putRequest, removeProject, request, saveCohort, type Said } from './store.life.ts'
import { learnersIn, lockCohort, type Locked } from './store.roster.ts'
import { put } from './verbs.roster.ts'

const under = <Item>(name: string, decide: (change: Change, cohort: NonNullable<Locked>, item: Item, actor: Actor) => Promise<Outcome>) =>
  inTurn<Item, Locked>(name, lockCohort, async (change, cohort, item, by) => (cohort ? decide(change, cohort, item, by as Actor) : notFound('cohort')))

export const changeCohort = under<Said & { rowVersion: number }>('cohorts.change', async (change, { cohortId }, { rowVersion, ...said }, actor) => {
  if (!(await endsAfterIt(change.sql, cohortId, said))) return no(refuse('bad_request', 'The last day must not be before the first.'))
  const learners = await learnersIn(change.sql, cohortId)
  if (typeof said.capacity === 'number' && said.capacity < learners) return no(refuse('too_few_places', `${learners} learners are on the list already.`, { learners }))
  if (!(await saveCohort(change.sql, cohortId, said, rowVersion))) return no(refuse('conflict', 'Somebody changed this cohort meanwhile. Look at it again.', { cohort: await cohortFor(change.sql, actor.userId, cohortId) }))
  change.record('cohort.changed', cohortId, actor)
  return ok({})
})

/** Whoever is in class is put out; `session` ends the class within (`cohort.archived`). */
export const archive = under<{ on: boolean }>('cohorts.archive', async (change, { cohortId }, { on }, actor) => {
  if (!(await putArchived(change.sql, cohortId, on ? change.now : null, on ? actor.userId : null))) return ok({})
  change.record(on ? 'cohort.archived' : 'cohort.unarchived', cohortId, actor)
  for (const userId of await allWhoEnter(change.sql, cohortId)) change.revoke({ userId, cohortId })
  return ok({})
})

type Asking = { email: string; name: string; message: string | null }
export const askIn = under<Asking>('cohorts.askIn', async (change, cohort, asking) => {
  if (cohort.ended) return no(refuse('cohort_ended', 'This cohort has ended. Ask for the code of the next one.'))
  const requestId = await putRequest(change.sql, { ...asking, cohortId: cohort.cohortId, at: change.now })
  if (requestId) change.record('cohort.asked', requestId, null, { cohortId: cohort.cohortId })
  return ok({})
})

type Deciding = { requestId: string; accept: boolean; batchNo: number | null }
export const decideAsked = under<Deciding>('cohorts.decideAsked', async (change, cohort, { requestId, accept, batchNo }, actor) => {
  const { cohortId } = cohort
  const found = await request(change.sql, cohortId, requestId)
  if (!found) return no(notFound('request'))
  if (found.status !== 'pending') return no(refuse('already_decided', `${found.decidedBy ?? 'Somebody'} ${found.status} this already.`, { status: found.status }))
  if (accept) {
    if (cohort.ended) return no(refuse('cohort_ended', 'This cohort has ended.'))
    const came = await put(change, cohortId, [{ row: 1, read: { email: found.email, name: found.name, role: null, batchNo, timeFactor: null } }], actor)
    const failed = came.ok ? came.data.failed[0] : undefined
    if (failed) return no(refuse('cohort_full', failed.message))
  }
  await decideRequest(change.sql, requestId, accept ? 'accepted' : 'refused', actor.userId, change.now)
  change.record(accept ? 'cohort.asked_accepted' : 'cohort.asked_refused', requestId, actor, { cohortId })
  return ok(await request(change.sql, cohortId, requestId))
})

type Putting = { batchNo: number; payload: Payload | null; rowVersion: number | null }
/** A payload of null takes the project away. */
export const project = under<Putting>('cohorts.project', async (change, { cohortId }, { batchNo, payload, rowVersion }, actor) => {
  const there = (await projectsIn(change.sql, cohortId, batchNo))[0]
  if (payload === null && !there) return no(notFound('project'))
  const done = payload === null ? await removeProject(change.sql, cohortId, batchNo) : await putProject(change.sql, { cohortId, batchNo, payload, rowVersion, at: change.now, by: actor.userId })
  if (!done) return no(refuse('conflict', 'Somebody changed this project meanwhile. Look at it again.', { project: there }))
  const fact = change.record(payload === null ? 'batch.project_removed' : 'batch.project_put', cohortId, actor, { batchNo })
  for (const userId of await learnersOfBatch(change.sql, cohortId, batchNo)) change.tell(fact, userStream(userId), 'cohort:project', { cohortId, batchNo })
  return ok(payload === null ? {} : (await projectsIn(change.sql, cohortId, batchNo))[0])
})
