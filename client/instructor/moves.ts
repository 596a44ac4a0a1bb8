// How a class moved from one vote to the next, put into moves. Pure.
import type { Shift } from '../shift.ts'

export type Move = { from: number; to: number; n: number }

/** The moves from one option to another, the greatest first, and how many stayed; null where several could be chosen. */
export function movesOf({ moved }: Pick<Shift, 'moved'>): { moves: Move[]; stayed: number; both: number } | null {
  if (!moved) return null
  const all = moved.flatMap((row, from) => row.map((n, to) => ({ from, to, n })))
  const sum = (list: Move[]) => list.reduce((s, m) => s + m.n, 0)
  return { moves: all.filter((m) => m.n > 0 && m.from !== m.to).sort((a, b) => b.n - a.n), stayed: sum(all.filter((m) => m.from === m.to)), both: sum(all) }
}
