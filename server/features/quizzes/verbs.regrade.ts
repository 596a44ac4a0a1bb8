// Closed attempts graded anew by their questions as they are written now, some at a time: nobody waits for all of them, and what was done
// before it broke off is done. Where the result is the same nothing is changed, so doing it again is doing it once.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { notFound, no, ok } from '#kernel/refusals'
import { lockLearners } from '../progress/index.ts'
import type { Placed } from './attempt.ts'
import { stillAsked } from './mended.ts'
import { quizIn } from './store.ts'
import { type Answers, answersOf, type Attempt, type Grade, lockAttempts, refraction, regradeAttempts } from './store.attempts.ts'
import { placedIn } from './store.placements.ts'
import { closedAfter, countRegrade, mendedNow } from './store.regrade.ts'
import { tellGraded, weighed } from './verbs.close.ts'

const SLICE = 200
export type Regrading = { regradeId: string; after: string | null; dryRun: boolean }
export type Regraded = { looked: number; changed: number; up: number; down: number; after: string | null }
type Held = { quizId: string; slice: string[]; attempts: Map<string, Attempt> }

export const regrade: Verb<Regrading, Held> = {
  name: 'quiz.regrade',
  async lock(sql, quizId, [item]) {
    const slice = await closedAfter(sql, quizId, item?.after ?? null, SLICE)
    await lockLearners(sql, slice.flatMap((s) => s.memberId ?? []))
    return { quizId, slice: slice.map((s) => s.attemptId), attempts: await lockAttempts(sql, slice.map((s) => s.attemptId)) }
  },
  async decide(change, held, items, actors) {
    const [item] = items
    const done = item ? await regraded(change, held, item, actors[0] ?? null) : null
    // Two that came together hold the first one's slice: the others ask again.
    return items.map((_, i) => (i > 0 ? no({ refused: { code: 'conflict', message: 'This quiz is being graded anew just now. Ask again in a moment.' } }) : done ? ok(done) : no(notFound('quiz'))))
  },
}

type Weighed = { attempt: Attempt; grade: Grade; isSame: boolean; way: number }

async function regraded(change: Change, { quizId, slice, attempts }: Held, { regradeId, dryRun }: Regrading, by: Actor | null): Promise<Regraded> {
  const all = [...attempts.values()]
  const given = await answersOf(change.sql, slice)
  const asWere = await placedIn(change.sql, all.flatMap((a) => a.layout.map((q) => q.questionId)))
  const weighing: Weighed[] = []
  for (const cohortId of [...new Set(all.map((a) => a.cohortId))].sort()) {
    const quiz = await quizIn(change.sql, quizId, cohortId)
    if (!quiz) continue
    const questions = await mendedNow(change.sql, quiz.courseId, asWere)
    const here = all.filter((a) => a.cohortId === cohortId).map((attempt) => one(attempt, quiz.passScore, questions, given.get(attempt.attemptId)))
    weighing.push(...here)
    if (dryRun) continue
    const moved = here.filter((w) => w.way !== 0)
    await countRegrade(change.sql, { regradeId, quizId, by: by?.userId ?? null, looked: here.length, changed: moved.length }, change.now)
    await regradeAttempts(change.sql, moved.map((w) => w.grade), regradeId, change.now)
    await refraction(change.sql, here.filter((w) => w.way === 0 && !w.isSame).map((w) => w.grade))
    await tellGraded(change, quiz, moved.map(({ attempt, grade: { score, passed } }) => ({ attempt, score, passed, cause: 'regrade', by })))
  }
  const count = (is: (w: Weighed) => boolean) => weighing.filter(is).length
  return { looked: weighing.length, changed: count((w) => w.way !== 0), up: count((w) => w.way > 0), down: count((w) => w.way < 0), after: slice.length === SLICE ? (slice.at(-1) ?? null) : null }
}

function one(attempt: Attempt, passScore: number, questions: ReadonlyMap<string, Placed>, given: { answers: Answers; fractions: Map<string, number> } | undefined): Weighed {
  const answers: Answers = new Map([...(given?.answers ?? [])].map(([id, a]) => {
    const q = questions.get(id)
    return [id, q?.type === 'ordering' && a.optionIds ? { ...a, optionIds: stillAsked(q, a.optionIds) } : a]
  }))
  const grade = weighed({ attempt, answers }, { passScore }, questions)
  const isSame = [...grade.fractions].every(([id, fraction]) => (given?.fractions.get(id) ?? 0) === fraction)
  return { attempt, grade, isSame, way: Math.sign(grade.score - (attempt.score ?? 0)) || Number(grade.passed) - Number(attempt.passed) }
}
