// Learners in the order of the picture: by batch, and in a batch the furthest first; and what the numbers above it come to.
import type { Board, Learner, Prompt, State } from './board.ts'

export type Strand = Learner & { memberId: string }
export type Batch = { batchNo: number | null; strands: readonly Strand[]; stuck: number }

const RANK: Record<State, number> = { locked: 0, unlocked: 1, begun: 2, stuck: 2, passed: 4 }

/** How far somebody is: each module passed counts more than any begun. */
export const far = ({ modules }: Pick<Learner, 'modules'>): number => Object.values(modules).reduce((sum, state) => sum + RANK[state] * (state === 'passed' ? 100 : 1), 0)
export const isStuck = ({ modules }: Pick<Learner, 'modules'>): boolean => Object.values(modules).includes('stuck')

export const strandsOf = (board: Board): Strand[] => Object.entries(board.learners).map(([memberId, learner]) => ({ ...learner, memberId }))

/** Batches by their number, those without one last; in each the furthest first, equals by name and then by id, so that nothing jumps. */
export function batchesOf(learners: Board['learners']): Batch[] {
  const by = new Map<number | null, { far: number; strand: Strand }[]>()
  for (const [memberId, learner] of Object.entries(learners)) {
    const batchNo = learner.batchNo ?? null
    const one = { far: far(learner), strand: { ...learner, memberId } }
    const batch = by.get(batchNo)
    if (batch) batch.push(one)
    else by.set(batchNo, [one])
  }
  return [...by].sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity) || 0).map(([batchNo, all]) => {
    const strands = all.sort((a, b) => b.far - a.far || order(a.strand.displayName, b.strand.displayName) || order(a.strand.memberId, b.strand.memberId)).map((one) => one.strand)
    return { batchNo, strands, stuck: strands.filter(isStuck).length }
  })
}

// Not localeCompare: a thousand are put in order ten times a second, and nobody reads the picture by name.
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The numbers of all modules there are, in order. */
export const modulesOf = (board: Pick<Board, 'modules'>): string[] => Object.keys(board.modules).sort((a, b) => Number(a) - Number(b))

/** Where the class stands: the first module that not everybody has passed, else the last. */
export function standing(board: Board, modules: readonly string[]): { moduleNo: string; passed: number } | null {
  const learners = Object.values(board.learners)
  const counted = modules.map((moduleNo) => ({ moduleNo, passed: learners.filter((l) => l.modules[moduleNo] === 'passed').length }))
  return counted.find(({ passed }) => passed < learners.length) ?? counted.at(-1) ?? null
}

/** What was asked, the newest first. */
export const promptsOf = (board: Board): (Prompt & { promptId: string })[] =>
  Object.entries(board.prompts).map(([promptId, prompt]) => ({ ...prompt, promptId })).sort((a, b) => order(b.openedAt, a.openedAt) || order(b.promptId, a.promptId))

/** How many of a batch stand how in a module. */
export function countsOf(strands: readonly Strand[], moduleNo: string): Record<State, number> {
  const counts = { locked: 0, unlocked: 0, begun: 0, passed: 0, stuck: 0 }
  for (const { modules } of strands) counts[modules[moduleNo] ?? 'locked']++
  return counts
}

/** The numbers above the picture. */
export function sums(board: Board) {
  const learners = Object.values(board.learners)
  const add = (of: (one: Learner) => number) => learners.reduce((sum, one) => sum + of(one), 0)
  return {
    learners: learners.length,
    online: add((l) => (l.online ? 1 : 0)),
    starsGiven: add((l) => l.starsGiven),
    stuck: learners.filter(isStuck).length,
    last: promptsOf(board)[0] ?? null,
  }
}
