// An answer is said aloud once, when it is whole; and so is what a teacher replied.
import { useEffect, useRef } from 'react'
import { announce } from '../parts/Say.tsx'
import { spoken } from './pieces.ts'
import { isUnderWay, type Talk } from './talk.ts'
import { useTutorWords } from './words.tsx'

const LONGEST = 1_200

export function useAloud(talk: Talk): void {
  const { say } = useTutorWords()
  const growing = useRef(new Set<string>())
  const replies = useRef<{ chatId: string | null; count: number }>({ chatId: null, count: 0 })
  useEffect(() => {
    for (const m of talk.messages) {
      if (isUnderWay(m)) { growing.current.add(m.messageId); continue }
      if (!growing.current.delete(m.messageId)) continue
      if (m.state !== 'settled') announce(m.error?.message || say('answer.broke'), 'assertive')
      else announce(say('answer.aloud', { text: spoken(m.text).slice(0, LONGEST), sources: m.citations.length }))
    }
    const count = talk.messages.filter((m) => m.passedOn?.answer).length
    if (replies.current.chatId === talk.chatId && count > replies.current.count && talk.messages.length > 0) announce(say('pass.replied'))
    replies.current = { chatId: talk.chatId, count }
  }, [talk, say])
}
