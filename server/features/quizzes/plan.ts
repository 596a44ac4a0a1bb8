// What a quiz is to ask, seen against what it asks: which placements stay, which are made, and what is wrong with it. Pure.
import type { Place, Wrong } from './attempt.ts'
import type { PlacedAs } from './contract.ts'

export type Stands = Place & { version: number | null }
type Known = { version: number; removed: boolean }
/** At each place, in order: what stays; a question frozen now, or as it was; or a draw. */
export type Step = { points: number } & ({ stays: string } | { freeze: string } | { again: string } | { poolId: string; draw: number })

/** The steps to it, or what is wrong. `bank`: the questions that are named, as they are; `pools`: those that there are. */
export function planned(stands: readonly Stands[], wanted: readonly PlacedAs[], bank: ReadonlyMap<string, Known>, pools: ReadonlySet<string>): { steps: Step[] } | { wrong: Wrong[] } {
  const wrong: Wrong[] = []
  const seen = new Map<string, number>()
  const byId = new Map(stands.map((s) => [s.quizQuestionId, s]))
  const once = (id: string, i: number) => {
    const first = seen.get(id)
    if (first !== undefined) wrong.push({ path: `/questions/${i}`, problem: `is asked already, at place ${first + 1}` })
    else seen.set(id, i)
  }
  const steps = wanted.flatMap((w, i): Step[] => {
    const at = `/questions/${i}`
    const refused = (path: string, problem: string): Step[] => (wrong.push({ path, problem }), [])
    if ([w.quizQuestionId, w.questionId, w.poolId].filter((x) => x !== undefined).length !== 1) return refused(at, 'names one of: what stands there, a question of the bank, a pool')
    if (w.poolId !== undefined) {
      if (!pools.has(w.poolId)) return refused(`${at}/poolId`, 'is no pool of this course')
      return w.draw === undefined ? refused(`${at}/draw`, 'must be given: how many are drawn') : [{ poolId: w.poolId, draw: w.draw, points: w.points ?? 1 }]
    }
    const there = w.quizQuestionId === undefined ? undefined : byId.get(w.quizQuestionId)
    if (w.quizQuestionId !== undefined && !there) return refused(`${at}/quizQuestionId`, 'is not asked by this quiz now')
    const points = w.points ?? there?.points ?? 1
    if (there) once(there.quizQuestionId, i)
    if (there && there.poolId !== null) {
      const draw = w.draw ?? there.draw
      return [draw === there.draw && points === there.points ? { stays: there.quizQuestionId, points } : { poolId: there.poolId, draw, points }]
    }
    const questionId = there?.questionId ?? (w.questionId as string)
    once(questionId, i)
    const now = bank.get(questionId)
    if (!there || w.refresh) {
      if (!now || now.removed) return refused(at, there ? 'is not in the bank any more, so it cannot be renewed' : 'is no question of this course')
      if (!there || now.version !== there.version) return [{ freeze: questionId, points }]
    }
    return [points === there.points ? { stays: there.quizQuestionId, points } : { again: there.quizQuestionId, points }]
  })
  return wrong.length > 0 ? { wrong } : { steps }
}
