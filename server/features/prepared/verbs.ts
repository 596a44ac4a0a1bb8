// What is decided about a course's prepared questions, under the lock of its list: of two changes at once the second sees what
// the first left, so that every place is taken once and none is skipped.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { isRefused, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { asWritten, behind, type Said } from './question.ts'
import * as store from './store.ts'

/** The most that one course keeps; a list is read whole. */
export const MOST = 500

type By = Actor | null
const each = <I>(name: string, decide: (change: Change, courseId: string, item: I, by: By) => Promise<Outcome | Refused>) => inTurn<I, string>(`prepared.${name}`, store.lockList, decide)
const gone = () => notFound('prepared question')
const full = () => refuse('list_full', `This course keeps ${MOST} prepared questions, and that is the most. Delete some that you no longer ask.`)

export const add = each<{ preparedId: string; topicId: string | null; said: Said }>('add', async (change, courseId, { preparedId, topicId, said }, by) => {
  const { sql, now } = change
  const question = asWritten(null, said)
  if (isRefused(question)) return question
  if (topicId && !(await store.hasTopic(sql, courseId, topicId))) return notFound('topic in this course')
  if ((await store.countIn(sql, courseId)) >= MOST) return full()
  const place = (await store.orderOf(sql, courseId, topicId)).length + 1
  await store.insert(sql, courseId, { preparedId, topicId, place, question, by: by?.userId, now })
  change.record('prepared.added', preparedId, by, { courseId })
  return ok({})
})

export const alter = each<{ preparedId: string; version: number; said: Said }>('alter', async (change, courseId, { preparedId, version, said }, by) => {
  const { sql, now } = change
  const before = await store.one(sql, courseId, preparedId)
  if (!before || before.removedAt) return gone()
  if (before.version !== version) return refuse('conflict', `${before.changedBy || 'Somebody'} changed this question meanwhile. Look at what stands now, then save yours or leave it.`)
  const question = asWritten(before, said)
  if (isRefused(question)) return question
  await store.update(sql, preparedId, question, by?.userId, now)
  change.record('prepared.changed', preparedId, by, { courseId })
  return ok({})
})

export const place = each<{ preparedId: string; topicId: string | null; afterId: string | null }>('place', async (change, courseId, { preparedId, topicId, afterId }, by) => {
  const { sql } = change
  const before = await store.one(sql, courseId, preparedId)
  if (!before || before.removedAt) return gone()
  if (topicId && !(await store.hasTopic(sql, courseId, topicId))) return notFound('topic in this course')
  const order = behind(await store.orderOf(sql, courseId, topicId), preparedId, afterId)
  if (!order) return refuse('conflict', 'The list has changed meanwhile. Look at it again, then move the question.')
  await store.number(sql, topicId, order)
  const left = before.topicId === topicId ? [] : await store.orderOf(sql, courseId, before.topicId)
  await store.number(sql, before.topicId, left)
  change.record('prepared.moved', preparedId, by, { courseId })
  const placed = (topic: string | null, ids: readonly string[]) => ids.map((id, i) => ({ preparedId: id, topicId: topic, place: i + 1 }))
  return ok({ places: [...placed(topicId, order), ...placed(before.topicId, left)] })
})

export const remove = each<{ preparedId: string }>('remove', async (change, courseId, { preparedId }, by) => {
  const { sql, now } = change
  const before = await store.one(sql, courseId, preparedId)
  if (!before || before.removedAt) return gone()
  await store.setRemoved(sql, preparedId, by?.userId ?? null, now)
  await store.number(sql, before.topicId, await store.orderOf(sql, courseId, before.topicId))
  change.record('prepared.removed', preparedId, by, { courseId })
  return ok({})
})

/** Back where it stood, or last where the list is shorter now. One that is there already stays as it is. */
export const back = each<{ preparedId: string }>('back', async (change, courseId, { preparedId }, by) => {
  const { sql, now } = change
  const before = await store.one(sql, courseId, preparedId)
  if (!before) return gone()
  if (!before.removedAt) return ok({})
  if ((await store.countIn(sql, courseId)) >= MOST) return full()
  const others = await store.orderOf(sql, courseId, before.topicId)
  await store.setRemoved(sql, preparedId, null, now)
  await store.number(sql, before.topicId, others.toSpliced(before.place - 1, 0, preparedId))
  change.record('prepared.back', preparedId, by, { courseId })
  return ok({})
})
