// Which of the answers an instructor looks at, and in which order. Pure.
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { isWithin, type Range } from './counts.ts'

export type By = 'all' | 'sure' | 'fairly' | 'guess' | 'pinned' | 'starred' | 'hidden' | 'unshown'
export type Order = 'newest' | 'starred'
/** All that narrows the list, at once: a view of it, an option, figures, a batch, words. */
export type Sieve = { by: By; option: number | null; range: Range | null; batch: number | null; search: string }
/** What an answer itself does not say. */
export type Known = { pins: ReadonlySet<string>; options: readonly string[] | null; batchOf(memberId: string): number | null }

export const WIDE: Sieve = { by: 'all', option: null, range: null, batch: null, search: '' }
const LEVEL: Partial<Record<By, number>> = { sure: 3, fairly: 2, guess: 1 }

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether an answer belongs to a view. */
export function belongs(a: Answer, by: By, pins: ReadonlySet<string>): boolean {
  switch (by) {
    case 'all': return true
    case 'pinned': return pins.has(a.messageId)
    case 'starred': return a.stars > 0 || a.instructorStar
    case 'hidden': return a.hidden
    case 'unshown': return !a.revealed && !a.hidden
    default: return a.confidence === LEVEL[by]
  }
}

/** Those that the whole sieve lets through. */
export function sifted(answers: readonly Answer[], { by, option, range, batch, search }: Sieve, { pins, options, batchOf }: Known): Answer[] {
  const words = plain(search).split(/\s+/).filter(Boolean)
  return answers.filter((a) => {
    if (!belongs(a, by, pins)) return false
    if (option !== null && !a.choices?.includes(option)) return false
    if (range && (a.number === null || !isWithin(range, a.number))) return false
    if (batch !== null && (!a.author || batchOf(a.author.memberId) !== batch)) return false
    if (words.length === 0) return true
    const text = plain([a.body, a.author?.displayName, ...(a.choices ?? []).map((i) => options?.[i]), a.number].filter((t) => t !== null && t !== undefined).join(' '))
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
