// What is pushed: the same frame on every side, of the size of an opened prompt. The mark is in the last one.
import type { Framed } from '#kernel/change'

let last = 0

/** So many frames after `from`, or after the last ones. */
export function framesOf(stream: string, count: number, mark: string, from = last): Framed[] {
  last = from + count
  return Array.from({ length: count }, (_, i): Framed => {
    const body = {
      promptId: '0197a1c2-7d1e-7b3a-9c55-2f1d8e6a4b10', sessionId: '0197a1c2-7d1e-7b3a-9c55-2f1d8e6a4b11', state: 'open', kind: 'text',
      text: `Why does the sensor sleep between two readings? Say it in your own words. ${i === count - 1 ? mark : ''}`, options: null, correct: null,
      opensAt: '2026-11-22T09:00:00.000Z', closesAt: '2026-11-22T09:02:00.000Z', extraUntil: null, anonymous: false, starBudget: 3, batchNo: null, topicId: null,
      revoteOf: null, answered: 0, spotlight: null, mine: null, myStars: [], answers: [], next: null, tally: null,
    }
    return { stream, seq: from + i + 1, name: 'coldcall:opened', body, at: '2026-11-22T09:00:00.000000Z', bytes: 700 }
  })
}
