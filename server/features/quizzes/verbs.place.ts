// What a quiz asks from now on: seen against the bank and the pools, frozen, and put in its order. Attempts keep what they were asked.
import type { Change } from '#kernel/change'
import { randomId } from '#kernel/ids'
import { refuse, type Refused } from '#kernel/refusals'
import { asQuestion, flaws, type Frozen, frozen, inPools, type Question, type Written } from '../questions/index.ts'
import type { Wrong } from './attempt.ts'
import type { Asked, PlacedAs } from './contract.ts'
import { placedAgain, placing } from './placement.ts'
import { planned, type Stands, type Step } from './plan.ts'
import { freeze, placedIn, placePools, reposition } from './store.placements.ts'

export const misread = (wrong: readonly Wrong[]) => refuse('bad_request', `That was not understood: ${wrong.map((w) => `${w.path} ${w.problem}`).slice(0, 3).join('; ')}.`, { problems: wrong.slice(0, 20) })

/** The steps to what is wanted; it changes nothing. `coming`: what the bank is about to be given under these ids. */
export async function stepsTo({ sql }: Change, courseId: string, stands: readonly Stands[], wanted: readonly PlacedAs[], coming: readonly string[] = []): Promise<Step[] | Refused<'bad_request'>> {
  const named = [...wanted.flatMap((w) => w.questionId ?? []), ...stands.flatMap((s) => (s.poolId === null ? [s.questionId] : []))].filter((id) => !coming.includes(id))
  const bank = new Map((await frozen(sql, courseId, [...new Set(named)])).map((q) => [q.questionId, { version: q.version, removed: q.removed }]))
  for (const id of coming) bank.set(id, { version: 0, removed: false })
  const pools = new Set((await inPools(sql, courseId, wanted.flatMap((w) => w.poolId ?? []))).keys())
  const plan = planned(stands, wanted, bank, pools)
  return 'wrong' in plan ? misread(plan.wrong) : plan.steps
}

/** Takes these steps. */
export async function take({ sql, now }: Change, quizId: string, courseId: string, steps: readonly Step[]): Promise<void> {
  const bank = new Map((await frozen(sql, courseId, steps.flatMap((s) => ('freeze' in s ? [s.freeze] : [])))).map((q) => [q.questionId, q]))
  const before = await placedIn(sql, steps.flatMap((s) => ('again' in s ? [s.again] : [])))
  const at = steps.map((s, i) => ({ ...s, position: i + 1 }))
  await reposition(sql, quizId, at.flatMap((s) => ('stays' in s ? [{ quizQuestionId: s.stays, position: s.position }] : [])))
  await freeze(sql, quizId, at.flatMap((s) => {
    if ('freeze' in s) return [placing(bank.get(s.freeze) as Frozen, s, randomId)]
    const placed = 'again' in s ? before.get(s.again) : undefined
    return placed ? [placedAgain(placed, s, randomId)] : []
  }), now)
  await placePools(sql, quizId, at.flatMap((s) => ('poolId' in s ? [{ ...s, quizQuestionId: randomId() }] : [])), now)
}

/** A question that is written with its quiz, in full; or what is wrong with it. */
export function written({ text = '', kind, options = [], explanation, partial, questionId, poolId }: Asked, at: string): { question: Question } | { wrong: Wrong[] } {
  if (questionId !== undefined || poolId !== undefined) return { wrong: [{ path: at, problem: 'names one of text, questionId and poolId' }] }
  const type = kind ?? (options.filter((o) => o.correct).length > 1 ? 'multiple' : 'single')
  const said: Written = { type, stem: text, explanation, partial, choices: options.map(({ explanation: feedback, ...o }) => ({ ...o, feedback })) }
  const question = asQuestion(said)
  const wrong = flaws(question).map(({ path, problem }) => ({ path: at + path.replace(/^\/choices/, '/options').replace(/^\/stem/, '/text').replace(/\/feedback$/, '/explanation'), problem }))
  return wrong.length > 0 ? { wrong } : { question }
}
