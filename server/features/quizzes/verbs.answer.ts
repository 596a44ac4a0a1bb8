// Answers and the end of attempts at one quiz in one class: saving and submitting go together in the order in which they came, so that
// what was saved before it was handed in counts, and a thousand who submit at once are tens of commits.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { userStream } from '#kernel/streams'
import { lockLearners } from '../progress/index.ts'
import { GRACE_MS, isOver, misread, type Placed, type Wrong } from './attempt.ts'
import type { Answered } from './contract.ts'
import { overdue, type Quiz, quizIn } from './store.ts'
import { type Answers, answersOf, type Attempt, type Given, lockAttempts, saveAnswers } from './store.attempts.ts'
import { placedIn } from './store.placements.ts'
import { close, type Closed, type Closing, weighed } from './verbs.close.ts'

/** The name of the aggregate: one quiz in one class. */
export const boxOf = (quizId: string, cohortId: string) => `${quizId} ${cohortId}`
export const inBox = (id: string) => { const [quizId = '', cohortId = ''] = id.split(' '); return { quizId, cohortId } }

export type Answering = { attemptId: string; userId: string; memberId: string; given: readonly Answered[]; isEnd: boolean }
type Held = { quizId: string; cohortId: string; attempts: Map<string, Attempt> }

export const answer: Verb<Answering, Held> = {
  name: 'quiz.answer',
  async lock(sql, id, items) {
    const ends = items.filter((i) => i.isEnd).map((i) => i.memberId)
    if (ends.length > 0) await lockLearners(sql, [...new Set(ends)])
    return { ...inBox(id), attempts: await lockAttempts(sql, [...new Set(items.map((i) => i.attemptId))]) }
  },
  async decide(change, { quizId, cohortId, attempts }, items, actors) {
    const quiz = await quizIn(change.sql, quizId, cohortId)
    if (!quiz) return items.map(() => no(notFound('attempt')))
    const questions = await placedIn(change.sql, [...attempts.values()].flatMap((a) => a.layout.map((q) => q.questionId)))
    const desk = await opened(change, quiz, attempts, questions)
    const decided = items.map((item, i) => desk.take(item, actors[i] ?? null))
    const closed = await desk.settle()
    return decided.map((d) => (typeof d === 'string' ? ok(closed.get(d)) : d))
  },
}

/** What is decided in this batch, kept until all of it is saved. */
async function opened(change: Change, quiz: Quiz, attempts: ReadonlyMap<string, Attempt>, questions: ReadonlyMap<string, Placed>) {
  const saved = await answersOf(change.sql, [...attempts.keys()])
  const fresh = new Map<string, Given>()
  const closing = new Map<string, Closing>()
  const answersIn = (id: string): Answers => saved.get(id)?.answers as Answers
  const end = (attempt: Attempt, cause: Closing['cause'], by: Actor | null) => void closing.set(attempt.attemptId, { attempt, answers: answersIn(attempt.attemptId), cause, by })

  function keep({ attemptId, given, isEnd, userId }: Answering, by: Actor | null) {
    for (const g of given) {
      answersIn(attemptId).set(g.questionId, g.answer)
      fresh.set(`${attemptId} ${g.questionId}`, { attemptId, ...g })
      if (!isEnd) change.tell(change.record('quiz.saved', attemptId, by, { cohortId: attempts.get(attemptId)?.cohortId, questionId: g.questionId }), userStream(userId), 'quiz:saved', { attemptId, ...g })
    }
  }

  return {
    /** An outcome, or the id of the attempt that it closes. */
    take(item: Answering, by: Actor | null): Outcome | string {
      const attempt = attempts.get(item.attemptId)
      if (!attempt || attempt.userId !== item.userId) return no(notFound('attempt'))
      const before = closing.get(item.attemptId)
      if (attempt.state === 'closed') return over(attempt)
      if (before) return over(weighed(before, quiz, questions))
      if (isOver(attempt.dueAt, change.now)) {
        if (!item.isEnd) return over(null) // the alarm is about to close it
        end(attempt, 'deadline', null)
        return over(weighed({ attempt, answers: answersIn(item.attemptId) }, quiz, questions))
      }
      const wrong = item.given.flatMap((g, i) => asAsked(attempt, questions, g).map((w) => ({ ...w, path: item.isEnd ? `/answers/${i}${w.path}` : w.path })))
      if (wrong.length > 0) return no(refuse('bad_request', `That was not understood: ${wrong.map((w) => `${w.path} ${w.problem}`).slice(0, 3).join('; ')}.`, { problems: wrong.slice(0, 20) }))
      keep(item, by)
      if (!item.isEnd) return ok({})
      end(attempt, 'learner', by)
      return item.attemptId
    },
    async settle(): Promise<Map<string, Closed>> {
      const worth = new Map([...closing].map(([id, c]) => [id, weighed(c, quiz, questions).fractions]))
      await saveAnswers(change.sql, [...fresh.values()].map((g) => ({ ...g, fraction: worth.get(g.attemptId)?.get(g.questionId) })), change.now)
      return close(change, quiz, [...closing.values()], questions)
    },
  }
}

const over = (grade: { score: number | null; passed: boolean | null } | null): Outcome => no(refuse('attempt_closed', 'This attempt is closed. Its answers cannot be changed any more.', grade ? { score: grade.score, passed: grade.passed } : undefined))

function asAsked({ layout }: Attempt, questions: ReadonlyMap<string, Placed>, { questionId, answer }: Answered): Wrong[] {
  const laid = layout.find((q) => q.questionId === questionId)
  const placed = questions.get(questionId)
  if (!laid || !placed) return [{ path: '/questionId', problem: 'was not asked in this attempt' }]
  return misread(placed, laid, answer).map((w) => ({ ...w, path: `/answer${w.path}` }))
}

/** The most that are closed in one change. */
const MOST = 500
/** Time is up: closes what is due with what was saved, whoever is there. Outcome: how many were closed, and whether there may be more. */
export const closeDue: Verb<Record<never, never>, Held> = {
  name: 'quiz.closeDue',
  async lock(sql, id) {
    const { quizId, cohortId } = inBox(id)
    const due = await overdue(sql, quizId, cohortId, GRACE_MS, MOST)
    await lockLearners(sql, due.flatMap((d) => d.memberId ?? []))
    return { quizId, cohortId, attempts: await lockAttempts(sql, due.map((d) => d.attemptId)) }
  },
  async decide(change, { quizId, cohortId, attempts }, items) {
    const due = [...attempts.values()].filter((a) => a.state === 'open' && isOver(a.dueAt, change.now))
    const quiz = await quizIn(change.sql, quizId, cohortId)
    if (quiz) await closeNow(change, quiz, due)
    return items.map(() => ok({ more: attempts.size === MOST }))
  },
}

/** Closes these, whose time is over, with what was saved. */
export async function closeNow(change: Change, quiz: Quiz, due: readonly Attempt[]): Promise<void> {
  if (due.length === 0) return
  const saved = await answersOf(change.sql, due.map((a) => a.attemptId))
  const questions = await placedIn(change.sql, due.flatMap((a) => a.layout.map((q) => q.questionId)))
  await close(change, quiz, due.map((attempt) => ({ attempt, answers: saved.get(attempt.attemptId)?.answers ?? new Map(), cause: 'deadline', by: null })), questions)
}
