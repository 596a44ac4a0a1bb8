// What a work is: its sides, its goals, and how one side is measured once, in fresh processes.
import type { Goal, Sample } from '../figures.ts'
import type { Ground } from '../ground.ts'

export type Work = { id: string; what: string; sides: readonly string[]; goals: readonly Goal[]; measure(side: string, ground: Ground): Promise<Sample> }

/** Lectern is always first among the sides. */
export const LECTERN = 'lectern'
