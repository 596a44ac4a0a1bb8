// Chance that can be repeated: it follows from a seed that is kept.
import { hash } from 'node:crypto'
import type { Chance } from './attempt.ts'

/** 52 bits of SHA-256 of `seed purpose n`, as a number from 0 to below 1. */
export const chanceOf = (seed: string): Chance => (purpose) => {
  let n = 0
  return () => Number.parseInt(hash('sha256', `${seed} ${purpose} ${n++}`, 'hex').slice(0, 13), 16) / 2 ** 52
}
