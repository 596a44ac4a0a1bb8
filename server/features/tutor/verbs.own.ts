// What a learner does with answers: says whether they helped, passes a question on, deletes a chat, says how to be spoken to.
import { forbidden, notFound, ok, refuse } from '#kernel/refusals'
import { staffStream, userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import type { Persona } from './persona.ts'
import { lockAsker } from './store.ts'
import { dropChat, ownMessage, rate as save } from './store.chats.ts'
import { openIn, putOn } from './store.passed.ts'
import { choose as keep } from './store.persona.ts'

export const rate = inTurn<{ messageId: string; helpful: boolean | null }, string>('tutor.rate', lockAsker, async (change, userId, { messageId, helpful }, by) => {
  const m = await ownMessage(change.sql, userId, messageId)
  if (m?.role !== 'assistant') return notFound('answer')
  if (m.helpful === helpful) return ok({})
  await save(change.sql, messageId, helpful)
  change.tell(change.record('tutor.rated', messageId, by, { helpful }), userStream(userId), 'tutor:rated', { messageId, helpful })
  return ok({})
})

export const passOn = inTurn<{ messageId: string }, string>('tutor.pass_on', lockAsker, async (change, userId, { messageId }, by) => {
  const m = await ownMessage(change.sql, userId, messageId)
  if (m?.role !== 'assistant') return notFound('answer')
  if (m.cohortId === null) return refuse('no_class', 'You are in no class of this course, so nobody teaches you here. Ask the author of the course.')
  const at = await putOn(change.sql, { messageId, cohortId: m.cohortId, userId, question: m.question }, change.now)
  if (!m.passed) {
    const fact = change.record('tutor.passed_on', messageId, by, { cohortId: m.cohortId })
    change.tell(fact, staffStream(m.cohortId), 'tutor:passed', { cohortId: m.cohortId, messageId, open: await openIn(change.sql, m.cohortId) })
  }
  return ok({ at: at.toISOString() })
})

export const forget = inTurn<{ chatId: string }, string>('tutor.forget', lockAsker, async (change, userId, { chatId }, by) => {
  if ((await dropChat(change.sql, userId, chatId)).length === 0) return notFound('chat')
  change.tell(change.record('tutor.forgot', chatId, by), userStream(userId), 'tutor:forgot', { chatId })
  return ok({})
})

export const choose = inTurn<{ courseId: string; personaKey: Persona | null }, string>('tutor.persona', lockAsker, async (change, userId, { courseId, personaKey }, by) => {
  if (by?.by) return forbidden('choose for somebody else')
  await keep(change.sql, userId, courseId, personaKey, change.now)
  change.tell(change.record('reading.changed', userId, by, { courseId }), userStream(userId), 'reading:changed', { courseId })
  return ok({})
})
