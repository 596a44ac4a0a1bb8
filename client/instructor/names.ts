// Whose the answers of an anonymous prompt are: the class is never told, and staff hear of new ones without a name, since
// observers listen too. Instructors read the names from the pages, a while after the answers came.
import { useEffect } from 'react'
import { create } from 'zustand'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { Answer, coldcall } from '../../server/features/coldcall/contract.ts'
import { FIRST_PAGE, type PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import type { Live, Said } from '../live.ts'

type Author = NonNullable<Answer['author']>
const useNames = create<Record<string, Author>>(() => ({}))
const EVERY = 2_000
const PAGES = 40

/** Reads the names that are missing, at most every other second, and only where one may know them. */
export function useReadNames(prompt: PromptView, leads: boolean): void {
  const { live } = useRoom()
  const names = useNames()
  const isMissing = leads && prompt.anonymous && prompt.answers.some((a) => !a.author && !names[a.messageId])
  const { promptId, answers: { length } } = prompt
  useEffect(() => {
    if (!isMissing) return
    const timer = setTimeout(() => void read(live, promptId), EVERY)
    return () => clearTimeout(timer)
  }, [isMissing, live, promptId, Math.ceil(length / 50), names])
}

async function read(live: Live, promptId: string): Promise<void> {
  const found: Record<string, Author> = {}
  let cursor: string | null = FIRST_PAGE
  for (let n = 0; cursor !== null && n < PAGES; n++) {
    const page: Said<ReplyOf<typeof coldcall.commands.answers>> = await live.ask('coldcall:answers', { promptId, cursor })
    if (!page.ok) break
    for (const { messageId, author } of page.data.answers) if (author) found[messageId] = author
    cursor = page.data.next
  }
  useNames.setState(found)
}

const known = new WeakMap<Answer, Answer>()

/** The prompt with the names that were read; each answer stays the same object while nothing about it changes. */
export function useNamed(prompt: PromptView | null): PromptView | null {
  const names = useNames()
  if (!prompt?.anonymous) return prompt
  return { ...prompt, answers: prompt.answers.map((a) => (a.author || !names[a.messageId] ? a : named(a, names[a.messageId]!))) }
}

function named(answer: Answer, author: Author): Answer {
  const now = known.get(answer) ?? { ...answer, author }
  known.set(answer, now)
  return now
}
