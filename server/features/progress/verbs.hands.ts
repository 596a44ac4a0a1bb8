// The hand of the instructor on a module: opens it, holds it shut, or is taken back.
import type { Change } from '#kernel/change'
import { notFound, ok, refuse, isRefused, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import type { Actor } from '#kernel/actor'
import { membersIn, putHands, reached, type Reach, takeHands } from './store.hands.ts'
import { settle } from './verbs.settle.ts'

export type Handling = Reach & { moduleNo: number }

const lockCohort = async (sql: Change['sql'], cohortId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hands ${cohortId}`])
  return cohortId
}

const hand = <Item extends Handling>(name: string, decide: (change: Change, on: Reach & { cohortId: string; chapterId: string }, item: Item, by: Actor | null) => Promise<object>) =>
  inTurn<Item, string>(`module.${name}`, lockCohort, async (change, cohortId, item, by) => {
    const on = await found(change, cohortId, item)
    if (isRefused(on)) return on
    const said = await decide(change, on, item, by)
    change.record(`module.${name}`, on.chapterId, by, { cohortId, moduleNo: item.moduleNo, memberIds: item.memberIds, batchNo: item.batchNo })
    await settle(change, { cohortId, memberIds: await membersIn(change.sql, cohortId, item), cause: 'instructor' })
    return ok(said)
  })

async function found(change: Change, cohortId: string, { moduleNo, memberIds, batchNo }: Handling): Promise<(Reach & { cohortId: string; chapterId: string }) | Refused> {
  if (memberIds && batchNo !== null) return refuse('bad_request', 'Name learners or a batch, not both.')
  const [module] = await change.sql<{ chapterId: string }>('SELECT chapter_id AS "chapterId" FROM modules_in($1) WHERE module_no = $2', [cohortId, moduleNo])
  if (!module) return refuse('no_such_module', `There is no module ${moduleNo} in this course.`)
  const members = memberIds && (await membersIn(change.sql, cohortId, { memberIds, batchNo: null }))
  if (members && members.length < (memberIds ?? []).length) return notFound('learner in this cohort')
  return { cohortId, chapterId: module.chapterId, memberIds, batchNo }
}

export const unlock = hand<Handling>('hand_opened', async (change, on, _, by) => {
  await putHands(change.sql, { ...on, open: true, by: by?.userId ?? null, at: change.now })
  return { unlocked: await reached(change.sql, { ...on, open: true }) }
})

export const lock = hand<Handling>('hand_shut', async (change, on, _, by) => {
  await putHands(change.sql, { ...on, open: false, by: by?.userId ?? null, at: change.now })
  return { locked: await reached(change.sql, { ...on, open: false }) }
})

export const takeBack = hand<Handling>('hand_taken_back', async (change, on) => {
  await takeHands(change.sql, on)
  return {}
})
