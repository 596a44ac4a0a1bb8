// Attempts are closed: graded, saved, told and made known to progress, all of a batch together. The caller holds the rows of the
// learners and of the attempts.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { staffStream, userStream } from '#kernel/streams'
import { scored } from '../progress/index.ts'
import { graded, type Placed } from './attempt.ts'
import type { Result } from './contract.ts'
import type { Quiz } from './store.ts'
import { type Answers, type Attempt, closeAttempts } from './store.attempts.ts'
import { results } from './words.ts'

export type Cause = 'learner' | 'deadline' | 'regrade'
export type Closing = { attempt: Attempt; answers: Answers; cause: 'learner' | 'deadline'; by: Actor | null }
export type Closed = { score: number; passed: boolean; results: Result[]; unlocked: number[] }

/** What an attempt comes to: without being saved. */
export function weighed({ attempt, answers }: Pick<Closing, 'attempt' | 'answers'>, { passScore }: Pick<Quiz, 'passScore'>, questions: ReadonlyMap<string, Placed>) {
  const grade = graded(attempt.layout, questions, answers)
  return { attemptId: attempt.attemptId, ...grade, passed: grade.score >= passScore }
}

/** Returns what each learner is told, by attempt. */
export async function close(change: Change, quiz: Quiz, list: readonly Closing[], questions: ReadonlyMap<string, Placed>): Promise<Map<string, Closed>> {
  if (list.length === 0) return new Map()
  const grades = list.map((c) => ({ ...c, ...weighed(c, quiz, questions) }))
  await closeAttempts(change.sql, grades, change.now)
  const unlocked = await tellGraded(change, quiz, grades)
  return new Map(grades.map(({ attempt: { attemptId, userId, cohortId, layout, language }, answers, score, passed, fractions }) => [attemptId, {
    score, passed, results: results(layout, questions, answers, fractions, language), unlocked: unlocked.get(`${userId} ${cohortId}`) ?? [],
  }]))
}

type Told = { attempt: Attempt; score: number; passed: boolean; cause: Cause; by: Actor | null }
/** Records and tells grades, and lets progress know. Returns the modules that this opened, by `${userId} ${cohortId}`. */
export async function tellGraded(change: Change, quiz: Pick<Quiz, 'quizId' | 'courseId' | 'homeId' | 'quizType'>, list: readonly Told[]): Promise<Map<string, number[]>> {
  const { quizId, courseId } = quiz
  const known = list.map(({ attempt: { attemptId, cohortId, userId, memberId }, score, passed, cause, by }) => {
    const factId = change.record('quiz.graded', attemptId, by, { cohortId, courseId, quizId, userId, score, passed, cause })
    change.tell(factId, userStream(userId), 'quiz:graded', { attemptId, quizId, score, passed })
    if (memberId && cause !== 'regrade') change.tell(factId, staffStream(cohortId), 'quiz:submitted', { memberId, quizId, score, passed })
    return { userId, courseId, cohortId, quizId, chapterId: quiz.homeId, score, passed, practice: quiz.quizType === 'practice', factId }
  })
  return scored(change, known)
}
