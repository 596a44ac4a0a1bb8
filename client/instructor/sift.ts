// Which of the answers an instructor looks at, and in which order. Pure.
import type { Answer } from '../../server/features/coldcall/contract.ts'

export type By = 'all' | 'sure' | 'fairly' | 'guess' | 'pinned'
export type Order = 'newest' | 'starred'
const LEVEL: Partial<Record<By, number>> = { sure: 3, fairly: 2, guess: 1 }

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Those that the filter and every word of the search let through. */
export function sifted(answers: readonly Answer[], by: By, search: string, pins: ReadonlySet<string>): Answer[] {
  const words = plain(search).split(/\s+/).filter(Boolean)
  return answers.filter((a) => {
    if (by === 'pinned' && !pins.has(a.messageId)) return false
    if (LEVEL[by] && a.confidence !== LEVEL[by]) return false
    if (words.length === 0) return true
    const text = plain(`${a.body ?? ''} ${a.author?.displayName ?? ''}`)
    return words.every((w) => text.includes(w))
  })
}

/** The ids in the order asked for. An instructor's own star weighs before an equal number of others. */
export function ordered(answers: readonly Answer[], order: Order): string[] {
  const newest = (a: Answer, b: Answer) => ((a.answeredAt ?? '') < (b.answeredAt ?? '') ? 1 : (a.answeredAt ?? '') > (b.answeredAt ?? '') ? -1 : 0)
  const starred = (a: Answer, b: Answer) => b.stars - a.stars || Number(b.instructorStar) - Number(a.instructorStar) || newest(a, b)
  return [...answers].sort(order === 'starred' ? starred : newest).map((a) => a.messageId)
}

/** What stands in the list while nothing is asked: those that stood there, where they stood, as they read now. */
export function standing(answers: readonly Answer[], order: readonly string[]): Answer[] {
  const byId = new Map(answers.map((a) => [a.messageId, a]))
  return order.flatMap((id) => byId.get(id) ?? [])
}
