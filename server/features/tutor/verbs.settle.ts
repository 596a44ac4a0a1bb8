// An answer ends, once: whole, stopped, broken off, or left behind by a node that went away. What was taken for nothing is given back.
import { ok } from '#kernel/refusals'
import { userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import type { Quota } from './contract.ts'
import { giveBack, lockAsker, type Usage } from './store.ts'
import { settle, type Settled } from './store.answers.ts'

export type Ending = Omit<Settled, 'text' | 'cuts'> & { said: Pick<Settled, 'text' | 'cuts'> | null; back: { usage: Usage; quota: Omit<Quota, 'used'> } | null }

export const end = inTurn<Ending, string>('tutor.end', lockAsker, async (change, userId, e) => {
  const now = await settle(change.sql, e, change.now)
  if (!now) return ok({})
  const quota: Quota | null = e.back && { ...e.back.quota, used: await giveBack(change.sql, e.back.usage) }
  const fact = change.record(e.state === 'settled' ? 'tutor.answered' : 'tutor.failed', e.messageId, null, { mode: e.mode, finish: e.finish })
  const { messageId, mode, citations, finish, reason, nearest, error } = e
  if (e.state === 'settled') change.tell(fact, userStream(userId), 'tutor:done', { chatId: now.chatId, messageId, text: now.text, mode, citations, finish, reason, nearest })
  else change.tell(fact, userStream(userId), 'tutor:failed', { chatId: now.chatId, messageId, error, text: now.text, quota })
  return ok({})
})
