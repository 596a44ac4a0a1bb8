// The quiz that is run before the class, or was run last: at which question it is, and its board once it has ended. `no` 0: not begun.
import type { View } from '#kernel/view'

export type Placed = { place: number; memberId: string; displayName: string; right: number; points: number }
export type Live = { runId: string; quizId: string; title: string; no: number; of: number; promptId: string | null; ended: boolean; board: Placed[] }

export const live: View<Live | null> = { key: 'live', heard: (value, { name, body }) => (name === 'quiz:live' ? body : value) }
