// How sure one is, in words.
import type { Says } from '../language.tsx'
import type { Confidence } from '../paper.ts'

export const SURE = { 1: 'sure.1', 2: 'sure.2', 3: 'sure.3' } as const satisfies Record<Confidence, Says>
