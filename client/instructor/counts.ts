// What the answers come to: how many for each option, and how figures lie. Pure.
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { lie } from '../parts/spread.ts'

/** How many chose each option. */
export function tally(answers: readonly Pick<Answer, 'choices'>[], options: number): number[] {
  const counts = Array.from({ length: options }, () => 0)
  for (const { choices } of answers) for (const i of choices ?? []) if (i < options) counts[i]!++
  return counts
}

/** A part of the figures: from one up to another; where they are the same, that one alone. What lies far out has no end. */
export type Range = { from: number; to: number }
export type Part = Range & { n: number }
export type Figures = { min: number; median: number; max: number; parts: Part[] }
/** Round edges may need one more than is asked for. */
const PARTS = 11

/** How figures lie, in at most twelve parts; null where there are none. */
export function figuresOf(given: readonly number[]): Figures | null {
  const lies = lie(given, PARTS)
  if (!lies) return null
  const { columns, below, above, middle } = lies
  const parts = columns.map(({ from, to, count }, i) => ({ from: below && i === 0 ? Number.NEGATIVE_INFINITY : from, to: above && i === columns.length - 1 ? Number.POSITIVE_INFINITY : to, n: count }))
  return { min: given.reduce((a, b) => Math.min(a, b)), median: middle, max: given.reduce((a, b) => Math.max(a, b)), parts }
}

export const isWithin = ({ from, to }: Range, figure: number): boolean => (from === to ? figure === from : figure >= from && figure < to)

/** A share in whole per cent. */
export const share = (n: number, of: number): number => (of === 0 ? 0 : Math.round((n / of) * 100))
