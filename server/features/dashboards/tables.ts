// Boards and analyses as tables: which columns there are, and what stands in them. Pure.
import type { Board } from './board.ts'
import type { Value } from './csv.ts'
import type { fairnessIn } from './store.fairness.ts'
import type { itemsOf } from './store.items.ts'
import type { sessionsIn } from './store.sessions.ts'
import type { stuckIn } from './store.stuck.ts'

export type Table = { heads: string[]; rows: Iterable<Value[]> }
type Of<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>

export function boardTable({ learners, modules }: Board): Table {
  const numbers = Object.keys(modules).sort((a, b) => Number(a) - Number(b))
  return {
    heads: ['member_id', 'name', 'batch', 'answered', 'asked', 'stars_given', 'stars_taken', 'called', 'last_score', 'last_seen_at', ...numbers.map((no) => `${no} ${modules[no]?.title ?? ''}`)],
    rows: Object.entries(learners).sort(([, a], [, b]) => (a.batchNo ?? Number.MAX_SAFE_INTEGER) - (b.batchNo ?? Number.MAX_SAFE_INTEGER) || a.displayName.localeCompare(b.displayName)).map(([memberId, l]) =>
      [memberId, l.displayName, l.batchNo, l.answered, l.asked, l.starsGiven, l.starsTaken, l.called, l.lastScore, l.lastSeenAt, ...numbers.map((no) => l.modules[no])]),
  }
}

export const itemsTable = (items: Of<typeof itemsOf>): Table => ({
  heads: ['question_id', 'version', 'asked_now', 'kind', 'text', 'answers', 'difficulty', 'discrimination', 'most_chosen_wrong', 'options'],
  rows: items.map((i) => [i.questionId, i.version, i.placed, i.kind, i.text, i.answers, i.right, i.tells, i.options?.find((o) => o.optionId === i.mostWrong)?.text,
    i.options?.map((o) => `${o.correct ? '(right) ' : ''}${o.text}: ${o.chosen}`).join('; ')]),
})

export const fairnessTable = ({ learners }: Of<typeof fairnessIn>): Table => ({
  heads: ['member_id', 'name', 'batch', 'asked', 'answered', 'called', 'passed', 'expected_calls', 'stars_given', 'stars_taken', 'classes', 'silent_classes', 'heard_at'],
  rows: learners.map((l) => [l.memberId, l.displayName, l.batchNo, l.asked, l.answered, l.called, l.passed, l.expected, l.starsGiven, l.starsTaken, l.sessions, l.silent, l.heardAt]),
})

export const stuckTable = (learners: Of<typeof stuckIn>): Table => ({
  heads: ['member_id', 'name', 'batch', 'module', 'title', 'cause', 'why', 'quiz_id', 'scores', 'since'],
  rows: learners.map((l) => [l.memberId, l.displayName, l.batchNo, l.moduleNo, l.title, l.cause, l.why, l.quizId, l.scores.join('; '), l.since]),
})

export const sessionsTable = (sessions: Of<typeof sessionsIn>): Table => ({
  heads: ['session_id', 'title', 'started_at', 'ended_at', 'learners', 'there', 'prompts', 'share_answered', 'median_seconds', 'mean_confidence', 'quiz_mean'],
  rows: sessions.map((s) => [s.sessionId, s.title, s.startedAt, s.endedAt, s.learners, s.there, s.asked, s.share, s.medianSeconds, s.confidence, s.quizMean]),
})
