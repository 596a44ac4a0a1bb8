// Who moved between the first vote and the second. Pure.
import type { Shift } from '../shift.ts'

/** How many changed their choice, and how many came to a right one; null where several may be chosen. */
export function moved({ moved }: Pick<Shift, 'moved'>, correct: readonly number[] | null): { changed: number; toRight: number | null } | null {
  if (!moved) return null
  const steps = moved.flatMap((row, from) => row.map((n, to) => ({ from, to, n }))).filter((s) => s.from !== s.to)
  const sum = (list: typeof steps) => list.reduce((n, s) => n + s.n, 0)
  return { changed: sum(steps), toRight: correct && sum(steps.filter((s) => correct.includes(s.to) && !correct.includes(s.from))) }
}
