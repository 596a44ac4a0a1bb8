// What is decided about somebody's reading, under a lock of their own: how far they are, and how they like it told.
import { newId } from '#kernel/ids'
import { notFound, ok } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { putNarrator, putPersona, putProgress } from './store.ts'

const lockPerson = async (sql: Sql, userId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`reading ${userId}`])
  return userId
}

export const read = inTurn<{ topicId: string; percent: number; contentKey: string | null }, string>('reading.read', lockPerson, async (change, userId, { topicId, percent, contentKey }, by) => {
  const now = await putProgress(change.sql, userId, topicId, { percent, contentKey, at: change.now })
  if (!now) return notFound('topic')
  if (now.done) change.record('topic.read', topicId, by, { courseId: now.courseId })
  return ok({ percent: now.percent })
})

export const narrate = inTurn<{ courseId: string; narrator: string }, string>('reading.narrate', lockPerson, async (change, userId, { courseId, narrator }, by) => {
  if (await putNarrator(change.sql, userId, courseId, narrator, change.now)) change.tell(change.record('reading.narrated', courseId, by), userStream(userId), 'reading:changed', { courseId })
  return ok({})
})

export const assign = inTurn<{ courseId: string; personaKey: string | null }, string>('reading.assign', lockPerson, async (change, userId, { courseId, personaKey }, by) => {
  if (await putPersona(change.sql, newId(), userId, courseId, personaKey, by?.userId ?? null, change.now)) change.tell(change.record('reading.assigned', courseId, by, { userId }), userStream(userId), 'reading:changed', { courseId })
  return ok({})
})
