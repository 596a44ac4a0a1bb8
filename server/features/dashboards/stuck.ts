// Who is stuck, in words that say what there is to talk about. Pure; when somebody is stuck is decided where boards are.
import { type Cause, FAILED_OFTEN } from './board.ts'

export type Tried = { quizId: string; title: string; failed: number; left: number | null; scores: readonly number[]; lastAt: number }
export type Why = { cause: Cause; why: string; quiz: Tried | null; since: number }

const DAY = 24 * 3_600_000
const listed = (scores: readonly number[]) => (scores.length < 2 ? `${scores[0] ?? 0}` : `${scores.slice(0, -1).join(', ')} and ${scores.at(-1)}`)

/** `restAt`: since when nothing happened, ms. */
export function wordsFor(cause: Cause, tries: readonly Tried[], restAt: number, now: number): Why {
  const of = (which: (t: Tried) => boolean) => tries.filter(which).sort((a, b) => b.failed - a.failed)[0]
  const quiz = cause === 'attempts_used' ? of((t) => t.left === 0) : cause === 'failed' ? of((t) => t.failed >= FAILED_OFTEN) : undefined
  if (!quiz) {
    const days = Math.floor((now - restAt) / DAY)
    return { cause: 'idle', why: `Nothing new for ${days} ${days === 1 ? 'day' : 'days'}.`, quiz: null, since: restAt }
  }
  const times = quiz.failed === 1 ? 'once' : quiz.failed === 2 ? 'twice' : `${quiz.failed} times`
  const scores = listed(quiz.scores.slice(-3).map((s) => Math.round(s)))
  return cause === 'attempts_used'
    ? { cause, why: `No attempts are left for “${quiz.title}”: tried ${times}, scored ${scores}.`, quiz, since: quiz.lastAt }
    : { cause, why: `Failed “${quiz.title}” ${times}, scored ${scores}.`, quiz, since: quiz.lastAt }
}
