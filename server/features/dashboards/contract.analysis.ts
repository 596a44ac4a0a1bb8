// What can be learned from what happened, over REST; each part also as a table for a spreadsheet.
import { type TProperties, Type } from 'typebox'
import { call, exactly, Instant, orNull, Uuid } from '#kernel/contract'
import { QuestionType } from '../questions/contract.ts'

const Count = Type.Integer({ minimum: 0 })
const Named = { memberId: Uuid, displayName: Type.String(), batchNo: orNull(Type.Integer()) }
const Share = orNull(Type.Number({ minimum: 0, maximum: 1 }))
const cohort = { cohortId: Uuid }

const Item = exactly({
  questionId: Uuid, quizQuestionId: Uuid, version: Type.Integer(), text: Type.String(), kind: QuestionType,
  placed: Type.Boolean({ description: 'the quiz asks it now, as it was frozen here' }),
  answers: Type.Integer({ description: 'closed attempts that were asked it' }),
  right: orNull(Type.Number({ minimum: 0, maximum: 1, description: 'difficulty: the mean share of its points' })),
  tells: orNull(Type.Number({ minimum: -1, maximum: 1, description: 'discrimination: how what was reached in it goes with what was reached in the rest (corrected item-total correlation)' })),
  options: orNull(Type.Array(exactly({ optionId: Uuid, text: Type.String(), correct: Type.Boolean(), chosen: Count }))),
  mostWrong: orNull(Uuid),
})
const Stuck = exactly({
  ...Named, moduleNo: Type.Integer(), title: Type.String(), why: Type.String(), cause: Type.Union([Type.Literal('failed'), Type.Literal('attempts_used'), Type.Literal('idle')]),
  quizId: orNull(Uuid), quizTitle: orNull(Type.String()), scores: Type.Array(Type.Number()), since: Instant,
})
const Fair = exactly({
  ...Named, asked: Count, answered: Count, called: Count, passed: Count, expected: Type.Number({ description: 'how often they would have been called had each learner been called alike' }),
  starsGiven: Count, starsTaken: Count, sessions: Count, silent: Type.Integer({ description: 'the newest classes in a row that they attended without answering' }), heardAt: orNull(Instant),
})
const Held = exactly({
  sessionId: Uuid, title: orNull(Type.String()), startedAt: Instant, endedAt: orNull(Instant), learners: Count, there: Count, asked: Count,
  share: Share, medianSeconds: orNull(Type.Number()), confidence: orNull(Type.Number()), quizMean: orNull(Type.Number()),
})
const Standing = exactly({ moduleNo: Type.Integer(), locked: Count, unlocked: Count, begun: Count, passed: Count, stuck: Count })

const csv = <P extends TProperties>(path: `GET /${string}`, params: P, says: string) => call(path, { says, params: { ...cohort, ...params }, replies: 'bytes' })
const SAYS = 'The same as a table: CSV, UTF-8.'

export const calls = {
  items: call('GET /cohorts/:cohortId/analysis/items', {
    says: 'The questions of a quiz as this class answered them: how hard each was, how well it tells the strong from the weak, which options were chosen. Each version that was asked stands by itself.',
    params: { ...cohort, quizId: Uuid },
    reply: exactly({ quizId: Uuid, title: Type.String(), attempts: Count, people: Count, mean: orNull(Type.Number()), regradedAt: orNull(Instant), items: Type.Array(Item) }),
  }),
  fairness: call('GET /cohorts/:cohortId/analysis/fairness', {
    says: 'Who answers and who is called, over all classes. Anonymous prompts are not in it.',
    params: cohort,
    reply: exactly({ learners: Type.Array(Fair), calls: Count, spread: Type.Integer({ description: 'the most often called less the least' }) }),
  }),
  stuck: call('GET /cohorts/:cohortId/analysis/stuck', { says: 'Who is stuck, where, why and since when; the longest first.', params: cohort, reply: exactly({ learners: Type.Array(Stuck) }) }),
  sessions: call('GET /cohorts/:cohortId/analysis/sessions', {
    says: 'The classes of a cohort, the oldest first: who was there, what share of those asked answered, how fast, how sure; `quizMean`: of the attempts closed from that class to the next.',
    params: cohort,
    reply: exactly({ sessions: Type.Array(Held) }),
  }),
  course: call('GET /courses/:courseId/analysis', {
    says: 'The cohorts of a course that one may see as staff, side by side, a page at a time.',
    params: { courseId: Uuid, cursor: Type.Optional(Uuid) },
    reply: exactly({
      courseId: Uuid, name: Type.String(),
      cohorts: Type.Array(exactly({ cohortId: Uuid, name: Type.String(), learners: Count, meanScore: orNull(Type.Number()), modules: Type.Array(Standing) })), next: orNull(Uuid),
    }),
  }),
  itemsCsv: csv('GET /cohorts/:cohortId/analysis/items.csv', { quizId: Uuid }, SAYS),
  fairnessCsv: csv('GET /cohorts/:cohortId/analysis/fairness.csv', {}, SAYS),
  stuckCsv: csv('GET /cohorts/:cohortId/analysis/stuck.csv', {}, SAYS),
  sessionsCsv: csv('GET /cohorts/:cohortId/analysis/sessions.csv', {}, SAYS),
  boardCsv: csv('GET /cohorts/:cohortId/board.csv', {}, 'The board as a table: a row a learner, a column a module. CSV, UTF-8.'),
}
