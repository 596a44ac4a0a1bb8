// A slice of a file brought into the bank: its questions, and the pools in which they lie there.
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockBank } from './store.ts'
import { addTo, makePool, poolNamed } from './store.pools.ts'
import { type Put, putQuestions, type Sourced } from './verbs.put.ts'

/** `pools`: by name; made where there is none. */
export type Bringing = Sourced & { pools: readonly string[] }

/** Outcome: what became of each, in order. `poolId`: all go there, whatever the file says. */
export const bringIn = inTurn<{ list: readonly Bringing[]; poolId: string | null }, string>('questions.import', lockBank, async (change, courseId, { list, poolId }, by) => {
  const put = await putQuestions(change, courseId, list, by)
  const ids = new Map<string, string>()
  if (poolId === null) for (const name of new Set(list.flatMap((b) => b.pools))) {
    const there = await poolNamed(change.sql, courseId, name)
    const id = there ?? newId()
    if (!there) await makePool(change.sql, courseId, id, name)
    ids.set(name, id)
  }
  await addTo(change.sql, courseId, list.flatMap(({ sourceRef, pools }) => (poolId === null ? pools.map((name) => ids.get(name) as string) : [poolId]).map((id) => ({ poolId: id, questionId: (put.get(sourceRef) as Put).questionId }))))
  return ok(list.map(({ sourceRef }) => (put.get(sourceRef) as Put).saved))
})
