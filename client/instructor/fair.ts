// What the calls of a cohort say of how fair they were. Pure.
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { coldcall } from '../../server/features/coldcall/contract.ts'

export type Fairness = ReplyOf<typeof coldcall.commands.fairness>
export type Counted = Fairness['members'][number]
export type Column = 'displayName' | 'called' | 'passed' | 'present' | 'lastCalledAt'
export type Sort = { by: Column; down: boolean }

/** How many were called how often: never, once, twice, three times and more. */
export function steps(members: readonly Pick<Counted, 'called'>[]): [number, number, number, number] {
  const n: [number, number, number, number] = [0, 0, 0, 0]
  for (const { called } of members) n[Math.min(3, called)]!++
  return n
}

export const least = (members: readonly Pick<Counted, 'called'>[]): number => members.reduce((n, m) => Math.min(n, m.called), Number.POSITIVE_INFINITY)

/** How many of those who are here could be called next, and how often each of them was called. */
export function nextOf(here: readonly Pick<Counted, 'called'>[]): { n: number; called: number } | null {
  const called = least(here)
  return here.length > 0 ? { n: here.filter((m) => m.called === called).length, called } : null
}

/** In the order of a column; those who are equal in it by name, so that nothing jumps. */
export function inOrder(members: readonly Counted[], { by, down }: Sort, compare: (a: string, b: string) => number): Counted[] {
  const name = (a: Counted, b: Counted) => compare(a.displayName, b.displayName)
  const value = (m: Counted) => (by === 'lastCalledAt' ? (m.lastCalledAt ?? '') : Number(m[by as 'called']))
  const order = by === 'displayName' ? name : (a: Counted, b: Counted) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)
  return [...members].sort((a, b) => (down ? -1 : 1) * order(a, b) || name(a, b))
}
