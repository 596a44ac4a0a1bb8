// What is decided about pools, under the lock of their bank.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockBank } from './store.ts'
import * as store from './store.pools.ts'

type By = Actor | null
const each = <I>(name: string, decide: (change: Change, courseId: string, item: I, by: By) => Promise<Outcome | Refused>) => inTurn<I, string>(`questions.${name}`, lockBank, decide)
type Filled = { poolId: string; name: string; questionIds: readonly string[] }
const taken = (name: string) => refuse('conflict', `There is a pool “${name}” in this course already. Choose another name.`)

async function trouble(change: Change, courseId: string, { poolId, name, questionIds }: Filled): Promise<Refused | null> {
  const same = await store.poolNamed(change.sql, courseId, name)
  if (same && same !== poolId) return taken(name)
  return (await store.countThere(change.sql, courseId, questionIds)) < questionIds.length ? notFound('question in this course') : null
}

export const addPool = each<Filled>('addPool', async (change, courseId, item, by) => {
  const refused = await trouble(change, courseId, item)
  if (refused) return refused
  await store.makePool(change.sql, courseId, item.poolId, item.name)
  await store.fillPool(change.sql, courseId, item.poolId, item.questionIds)
  change.record('pool.added', item.poolId, by, { courseId })
  return ok({})
})

export const putPool = each<Filled & { rowVersion: number }>('putPool', async (change, courseId, item, by) => {
  const before = await store.onePool(change.sql, courseId, item.poolId)
  if (!before) return notFound('pool')
  if (before.rowVersion !== item.rowVersion) return refuse('conflict', 'Somebody changed this pool meanwhile. Look at what stands now, then save yours or leave it.')
  const refused = await trouble(change, courseId, item)
  if (refused) return refused
  await store.renamePool(change.sql, item.poolId, item.name)
  await store.fillPool(change.sql, courseId, item.poolId, item.questionIds)
  change.record('pool.changed', item.poolId, by, { courseId })
  return ok({})
})

export const removePool = each<{ poolId: string }>('removePool', async (change, courseId, { poolId }, by) => {
  const before = await store.onePool(change.sql, courseId, poolId)
  if (!before) return notFound('pool')
  const [quiz] = before.quizzes
  if (quiz) return refuse('pool_in_use', `The quiz “${quiz.title}” draws from this pool. Take it out of the quiz first.`, { quizzes: before.quizzes })
  await store.dropPool(change.sql, poolId)
  change.record('pool.removed', poolId, by, { courseId })
  return ok({})
})
