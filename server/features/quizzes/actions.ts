// Attempts over the socket: find the quiz or the attempt through the actor, see what they may do there, and decide it with all that
// others ask of the same quiz in the same class.
import { randomBytes } from 'node:crypto'
import { gather } from '#kernel/gather'
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { forbidden, isRefused, notFound, type Refused, refuse } from '#kernel/refusals'
import { asStaff, standings } from '../cohorts/index.ts'
import { isLocked, moduleLocked } from '../progress/index.ts'
import type { Answered, quizzes } from './contract.ts'
import { attemptsIn, listed, quizIn } from './store.ts'
import { answersOf, oneAttempt, placesOfAttempts } from './store.attempts.ts'
import { placedIn } from './store.placements.ts'
import { keyInForce } from './store.regrade.ts'
import { titleIn, tongue } from './tongue.ts'
import { answer as answerVerb, boxOf } from './verbs.answer.ts'
import { start as startVerb } from './verbs.start.ts'
import { asked, results } from './words.ts'

type Commands = typeof quizzes.commands
const PAGE = 100

export function actions(kernel: Kernel) {
  const { db } = kernel
  const stands = standings(db)
  const place = gather<string, { quizId: string; cohortId: string; userId: string }>((ids) => placesOfAttempts(db.sql, ids))

  const list: Action<Commands['list']> = async ({ actor }, { cohortId }) => {
    const standing = await stands.of(actor, cohortId)
    if (!standing) return notFound('cohort')
    const rows = await listed(db.sql, cohortId, standing.role === 'learner' ? actor.userId : null, actor.userId)
    return {
      quizzes: rows.map(({ title, titles, own, wanted, made, timeFactor, seconds, ...q }) => ({
        ...q, title: titleIn({ title, titles }, tongue(wanted, titles.map((t) => t.language), own)), seconds: seconds === null ? null : seconds * timeFactor,
        attemptsLeft: q.attempts === null || standing.role !== 'learner' ? null : Math.max(0, q.attempts - made),
      })),
    }
  }

  const start: Action<Commands['start']> = async (ctx, { quizId, cohortId, language }) => {
    const standing = await stands.of(ctx.actor, cohortId)
    if (!standing) return notFound('quiz')
    if (standing.role !== 'learner' || !standing.memberId) return forbidden('take quizzes')
    if (standing.ended) return refuse('cohort_ended', 'This class has ended, and with it its quizzes.')
    const quiz = await quizIn(db.sql, quizId, cohortId)
    if (!quiz?.there) return notFound('quiz')
    const { userId } = ctx.actor
    const shut = await isLocked(kernel, { userId, cohortId, chapterId: quiz.homeId })
    if (shut) return moduleLocked(shut.unmet)
    return ctx.change(startVerb, boxOf(quizId, cohortId), { userId, memberId: standing.memberId, attemptId: newId(), seed: randomBytes(16).toString('hex'), language: language ?? null })
  }

  /** Answers to an attempt of one's own. */
  const answering = async (ctx: Ctx, attemptId: string, given: readonly Answered[], isEnd: boolean) => {
    const whose = await place(attemptId)
    const standing = whose && (await stands.of(ctx.actor, whose.cohortId))
    if (!standing) return notFound('attempt')
    if (standing.role !== 'learner' || !standing.memberId) return forbidden('take quizzes')
    if (whose.userId !== ctx.actor.userId) return notFound('attempt')
    return ctx.change(answerVerb, boxOf(whose.quizId, whose.cohortId), { attemptId, userId: ctx.actor.userId, memberId: standing.memberId, given, isEnd })
  }
  const save: Action<Commands['save']> = (ctx, { attemptId, questionId, answer }) => answering(ctx, attemptId, [{ questionId, answer }], false)
  const submit: Action<Commands['submit']> = (ctx, { attemptId, answers = [] }) => answering(ctx, attemptId, answers, true)

  const review: Action<Commands['review']> = async (ctx, { attemptId }) => {
    const whose = await place(attemptId)
    const standing = whose && (await stands.of(ctx.actor, whose.cohortId))
    if (!standing || (standing.role === 'learner' && whose.userId !== ctx.actor.userId)) return notFound('attempt')
    return db.picture(async (sql) => {
      const attempt = await oneAttempt(sql, attemptId)
      const quiz = attempt && (await quizIn(sql, attempt.quizId, attempt.cohortId))
      if (!attempt || !quiz) return notFound('attempt')
      if (attempt.state === 'open' || !attempt.submittedAt) return refuse('attempt_open', 'This attempt is still open. It can be looked at once it is closed.')
      const { layout, language, score, passed } = attempt
      const questions = await placedIn(sql, layout.map((q) => q.questionId))
      const { answers, fractions } = (await answersOf(sql, [attemptId])).get(attemptId) as { answers: Map<string, never>; fractions: Map<string, number> }
      return {
        attemptId, quizId: quiz.quizId, cohortId: attempt.cohortId, title: titleIn(quiz, language), attemptNo: attempt.attemptNo, startedAt: attempt.startedAt.toISOString(), submittedAt: attempt.submittedAt.toISOString(),
        closedBy: attempt.closedBy ?? '', score, passed, passScore: quiz.passScore, language: language || quiz.own, questions: asked(layout, questions, language),
        answers: [...answers].map(([questionId, given]) => ({ questionId, answer: given })),
        results: results(layout, await keyInForce(sql, quiz, attempt.submittedAt, questions), answers, fractions, language),
      }
    })
  }

  const attempts: Action<Commands['attempts']> = async ({ actor }, { cohortId, quizId, memberId, cursor }) => {
    const refused: Refused<'not_found' | 'forbidden'> | null = await asStaff(stands, actor, cohortId, { read: 'see the attempts of the class' })
    if (isRefused(refused)) return refused
    const rows = await attemptsIn(db.sql, cohortId, { quizId: quizId ?? null, memberId: memberId ?? null, before: cursor ?? null }, PAGE + 1)
    const page = rows.slice(0, PAGE)
    return {
      attempts: page.map((a) => ({ ...a, startedAt: a.startedAt.toISOString(), dueAt: a.dueAt?.toISOString() ?? null, submittedAt: a.submittedAt?.toISOString() ?? null })),
      next: rows.length > PAGE ? (page.at(-1)?.attemptId ?? null) : null,
    }
  }

  return { list, start, save, submit, review, attempts }
}
