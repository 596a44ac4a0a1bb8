// Asking: within the quota, written down with the row of its answer in one transaction; the answer begins once that is committed.
import { newId } from '#kernel/ids'
import { notFound, ok, refuse } from '#kernel/refusals'
import { staffStream, userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import type { Quota } from './contract.ts'
import { titleOf } from './speaking.ts'
import { lockAsker, type Sight, spanOf, take, type Limits, type Usage } from './store.ts'
import { chatOf, putQuestion } from './store.chats.ts'

export type Asking = { sight: Sight; limits: Limits; text: string; chatId: string | null; moduleNo: number | null; topicId: string | null; suggestionId: string | null }
/** An answer that is to be made. `usage`: what is given back where nothing came of it; null where nothing was taken. */
export type Begun = { userId: string; chatId: string; questionId: string; messageId: string; seq: number; asking: Asking; usage: Usage | null }

/** The module that a question counts for: 0 is the course as a whole. */
export const countedFor = (moduleNo: number | null): number => moduleNo ?? 0

export const ask = (begin: (begun: Begun) => void) => inTurn<Asking, string>('tutor.ask', lockAsker, async (change, userId, asking, by) => {
  const { sight, limits, moduleNo } = asking
  const chat = asking.chatId === null ? null : await chatOf(change.sql, userId, asking.chatId)
  if (chat === undefined || (chat && chat.courseId !== sight.courseId)) return notFound('chat')
  const span = await spanOf(change.sql, limits.period, sight.tz, change.now)
  const usage: Usage = { userId, courseId: sight.courseId, moduleNo: countedFor(moduleNo), period: span.period }
  const until = span.until?.toISOString() ?? null
  let used = 0
  if (limits.quota !== null && sight.learns) {
    const taken = await take(change.sql, usage, limits.quota)
    if (taken === undefined) return refuse('quota_used', `You have asked ${limits.quota} times${moduleNo === null ? '' : ' in this module'} already. ${until ? 'You can ask again when the count begins anew.' : 'Ask your teacher for more.'}`, { limit: limits.quota, until })
    used = taken
  }
  const quota: Quota = { used, limit: sight.learns ? limits.quota : null, until }
  const [chatId, questionId, messageId] = [chat?.chatId ?? newId(), newId(), newId()]
  const title = chat?.title ?? titleOf(asking.text)
  const seq = await putQuestion(change.sql, {
    chatId, isNew: chat === null, userId, courseId: sight.courseId, cohortId: sight.cohortId, title, questionId, messageId, text: asking.text, moduleNo, topicId: asking.topicId, suggestionId: asking.suggestionId,
  }, change.now)
  const fact = change.record('tutor.asked', messageId, by, { courseId: sight.courseId, cohortId: sight.cohortId, moduleNo })
  change.tell(fact, userStream(userId), 'tutor:asked', { chatId, courseId: sight.courseId, title, questionId, messageId, seq, text: asking.text, quota, moduleNo: countedFor(moduleNo) })
  if (sight.cohortId && sight.memberId && sight.learns) change.tell(fact, staffStream(sight.cohortId), 'tutor:counted', { cohortId: sight.cohortId, memberId: sight.memberId })
  change.afterwards(() => begin({ userId, chatId, questionId, messageId, seq, asking, usage: limits.quota !== null && sight.learns ? usage : null }))
  return ok({ chatId, questionId, messageId, quota })
})
