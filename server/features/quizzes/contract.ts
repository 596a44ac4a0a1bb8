// Quizzes: attempts over the socket, and what authors do over REST. Which options are right, explanations and feedback are only in
// what comes once an attempt is closed: `Result`.
import { type Static, Type } from 'typebox'
import { call, command, contract, exactly, Instant, orNull, push, question, Uuid } from '#kernel/contract'
import { Language } from '../catalog/contract.ts'
import { QuestionType } from '../questions/contract.ts'

const Count = Type.Integer({ minimum: 0 })
const Score = Type.Number({ minimum: 0, maximum: 100 })
export const TYPED = 4_000
/** 1e400 is read as infinity, which no answer is. */
const Finite = Type.Number({ minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE })

/** Options (in their order, where that is asked), a text, a number, or pairs of an option and its other side. */
export const Answer = exactly({
  optionIds: Type.Optional(Type.Array(Uuid, { maxItems: 100 })),
  text: Type.Optional(Type.String({ maxLength: TYPED })),
  number: Type.Optional(Finite),
  pairs: Type.Optional(Type.Array(Type.Array(Uuid, { minItems: 2, maxItems: 2 }), { maxItems: 100 })),
})
export type Answer = Static<typeof Answer>
const Answered = exactly({ questionId: Uuid, answer: Answer })
export type Answered = Static<typeof Answered>

/** What is asked, and nothing of what is right. */
export const Question = exactly({
  questionId: Uuid, text: Type.String(), kind: QuestionType, points: Type.Number(),
  options: Type.Array(exactly({ optionId: Uuid, text: Type.String() })),
  matches: Type.Optional(Type.Array(exactly({ matchId: Uuid, text: Type.String() }), { description: 'the other sides of pairs' })),
})
export type Question = Static<typeof Question>

/** What became of a question once the attempt is closed. */
export const Result = exactly({
  questionId: Uuid, correct: Type.Boolean(), fraction: Type.Number(), explanation: orNull(Type.String()),
  right: exactly({ optionIds: Type.Array(Uuid), texts: Type.Array(Type.String()), pairs: Type.Array(Type.Array(Uuid)) }),
  feedback: Type.Array(exactly({ optionId: Uuid, text: Type.String() })),
})
export type Result = Static<typeof Result>

// For authors, over REST.

const QuizType = Type.Union([Type.Literal('quiz'), Type.Literal('test'), Type.Literal('practice')], { description: '`practice` counts for nothing' })
const Status = Type.Union([Type.Literal('draft'), Type.Literal('ai'), Type.Literal('reviewed')])
const Title = Type.String({ minLength: 1, maxLength: 300 })
const Text = Type.String({ maxLength: 10_000 })
const Points = Type.Number({ exclusiveMinimum: 0, maximum: 1_000 })
const Draw = Type.Integer({ minimum: 1, maximum: 200 })
const Version = Type.Integer({ minimum: 1, description: 'the version that was read' })

const Settings = {
  title: Title,
  moduleNo: orNull(Type.Integer({ minimum: 1 })),
  topicId: orNull(Uuid),
  quizType: QuizType,
  passScore: Type.Integer({ minimum: 0, maximum: 100 }),
  attempts: orNull(Type.Integer({ minimum: 1, maximum: 100, description: 'how often one may try; null: as often as one likes' })),
  seconds: orNull(Type.Integer({ minimum: 10, maximum: 86_400, description: 'how long one has; null: no limit' })),
  shuffleQuestions: Type.Boolean(),
  shuffleOptions: Type.Boolean(),
  published: Type.Boolean({ description: 'learners see it' }),
  position: Type.Integer({ minimum: 1, maximum: 100_000 }),
  titles: Type.Array(exactly({ language: Language, title: Title, status: Type.Optional(Status) }), { maxItems: 50, description: 'the title in other languages, all of them' }),
}
const Said = Type.Partial(Type.Object(Settings)).properties

/** A question as it is written with the quiz, one of the bank, or so many drawn from a pool. */
const Asked = exactly({
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 10_000 })),
  kind: Type.Optional(QuestionType),
  options: Type.Optional(Type.Array(exactly({
    text: Type.String({ maxLength: 4_000 }), correct: Type.Optional(Type.Boolean()), explanation: Type.Optional(Text), match: Type.Optional(Type.String({ maxLength: 4_000 })),
    fraction: Type.Optional(Type.Number({ minimum: -1, maximum: 1 })), tolerance: Type.Optional(Type.Number({ minimum: 0 })),
  }), { maxItems: 100 })),
  explanation: Type.Optional(Text),
  partial: Type.Optional(Type.Boolean()),
  questionId: Type.Optional(Uuid),
  poolId: Type.Optional(Uuid),
  draw: Type.Optional(Draw),
  points: Type.Optional(Points),
})
export type Asked = Static<typeof Asked>

const PlacedAs = exactly({ quizQuestionId: Type.Optional(Uuid), refresh: Type.Optional(Type.Boolean()), questionId: Type.Optional(Uuid), poolId: Type.Optional(Uuid), draw: Type.Optional(Draw), points: Type.Optional(Points) })
export type PlacedAs = { [K in keyof Static<typeof PlacedAs>]: Static<typeof PlacedAs>[K] | undefined }

const Quiz = {
  quizId: Uuid, courseId: Uuid, ...Settings,
  titles: Type.Array(exactly({ language: Type.String(), title: Type.String(), status: Status, stale: Type.Boolean() })),
  questions: Count, rowVersion: Type.Integer(), changedAt: Instant, changedBy: Type.String(), removedAt: orNull(Instant),
  attempted: exactly({ all: Count, open: Count, passed: Count, people: Count }),
}
export const Written = exactly(Quiz)
export type Written = Static<typeof Written>

const Placement = exactly({
  quizQuestionId: Uuid, points: Type.Number(),
  questionId: orNull(Uuid), version: orNull(Type.Integer()), newest: orNull(Type.Integer({ description: 'the version that the bank has now; null: it is there no more' })),
  kind: orNull(QuestionType), text: orNull(Type.String()), explanation: orNull(Type.String()), partial: orNull(Type.Boolean()), languages: Type.Array(Type.String()),
  options: Type.Array(exactly({ optionId: Uuid, choiceId: Uuid, text: Type.String(), match: orNull(Type.String()), fraction: Type.Number(), tolerance: orNull(Type.Number()), feedback: Type.String() })),
  poolId: orNull(Uuid), poolName: orNull(Type.String()), draw: orNull(Type.Integer()), there: orNull(Type.Integer({ description: 'how many lie in the pool' })),
})
export const Shown = exactly({ ...Quiz, placements: Type.Array(Placement) })
export type Shown = Static<typeof Shown>

const course = { courseId: Uuid }
const quiz = { quizId: Uuid }
const Trouble = exactly({ path: Type.String(), line: Count, message: Type.String() })

const calls = {
  add: call('POST /courses/:courseId/quizzes', {
    says: 'Make a quiz: its questions are written here and go into the bank, or are named (`questionId`), or are drawn from a pool (`poolId`, `draw`). `details.problems` says what cannot be asked as it is, and where.',
    status: 201,
    params: course,
    body: exactly({ ...Said, title: Title, passScore: Settings.passScore, attempts: Said.attempts, questions: Type.Array(Asked, { minItems: 1, maxItems: 200 }) }),
    reply: exactly({ quizId: Uuid }),
  }),
  all: call('GET /courses/:courseId/quizzes', {
    says: 'The quizzes of a course with how often they were tried, for who writes it, in the order of the modules. `removed`: those that were deleted.',
    params: { ...course, removed: Type.Optional(Type.Boolean()) },
    reply: exactly({ quizzes: Type.Array(Written) }),
  }),
  show: call('GET /quizzes/:quizId', { says: 'A quiz and what it asks, each question as it was frozen; `newest` above `version`: the bank has a newer one.', params: quiz, reply: Shown }),
  change: call('PATCH /quizzes/:quizId', {
    says: 'Change a quiz. Attempts that were begun keep the time they have. `conflict` (`details.now`) where somebody changed it since it was read.',
    params: quiz,
    body: exactly({ ...Said, rowVersion: Version }),
    reply: Shown,
  }),
  place: call('PUT /quizzes/:quizId/questions', {
    says: 'What a quiz asks, all of it in order: what stays (`quizQuestionId`; with `refresh` as it is written now), questions of the bank (`questionId`), or so many drawn from a pool. Attempts that were begun keep what they were asked.',
    params: quiz,
    body: exactly({ rowVersion: Version, questions: Type.Array(PlacedAs, { minItems: 1, maxItems: 200 }) }),
    reply: Shown,
  }),
  remove: call('DELETE /quizzes/:quizId', { says: 'Delete a quiz; it can be put back. Attempts that were begun can be ended, and are kept.', status: 204, params: quiz }),
  back: call('POST /quizzes/:quizId/back', { says: 'Put a deleted quiz back.', params: quiz, reply: Shown }),
  regrade: call('POST /quizzes/:quizId/regrade', {
    says: 'Grade all closed attempts anew, by their questions as they are written now. Earlier scores are kept, and nothing that was open is locked. `dryRun`: only count.',
    params: quiz,
    body: exactly({ dryRun: Type.Optional(Type.Boolean()) }),
    reply: exactly({ looked: Count, changed: Count, up: Count, down: Count }),
  }),
  import: call('POST /courses/:courseId/quizzes/import', {
    says: 'Bring in the quizzes of a course from its JSON files, one a language; `source` is the language that says what is asked. Each goes to its lesson; one before a lecture is for practice. Again: only what has changed.',
    params: course,
    body: exactly({ files: Type.Record(Type.String(), Type.String()), source: Type.Optional(Language), dryRun: Type.Optional(Type.Boolean()) }),
    reply: exactly({ added: Count, updated: Count, unchanged: Count, questions: exactly({ added: Count, updated: Count, unchanged: Count }), failed: Type.Array(Trouble), notes: Type.Array(Trouble) }),
  }),
}

// In class.

const Listed = exactly({
  quizId: Uuid, moduleNo: orNull(Type.Integer()), topicId: orNull(Uuid), title: Type.String(), quizType: QuizType, passScore: Count, questions: Count,
  seconds: orNull(Type.Number({ description: 'one’s own, extra time and all' })), attempts: orNull(Count), attemptsLeft: orNull(Count), best: orNull(Score), passed: Type.Boolean(), open: orNull(Uuid), locked: Type.Boolean(),
})
const Tried = exactly({
  attemptId: Uuid, quizId: Uuid, memberId: orNull(Uuid), displayName: Type.String(), attemptNo: Type.Integer(), startedAt: Instant, dueAt: orNull(Instant), submittedAt: orNull(Instant),
  closedBy: orNull(Type.Union([Type.Literal('learner'), Type.Literal('deadline')])), score: orNull(Score), passed: orNull(Type.Boolean()), answered: Count, questions: Count,
})

const OnBoard = exactly({ place: Type.Integer({ minimum: 1, description: 'who has the same points shares it' }), memberId: Uuid, displayName: Type.String(), right: Count, points: Type.Number() })
const STAFF_ACT = ['instructor'] as const

export const quizzes = contract('quiz', {
  commands: {
    list: question({ says: 'The quizzes of the class and how one stands in them.', may: ['learner', 'instructor', 'observer'], body: { cohortId: Uuid }, reply: { quizzes: Type.Array(Listed) } }),
    start: command({
      says: 'Begin an attempt, or go on with the one that is open. `dueAt` is one’s own, by the server’s clock, which says `now`.',
      may: ['learner'],
      body: { quizId: Uuid, cohortId: Uuid, language: Type.Optional(Language) },
      reply: {
        attemptId: Uuid, attemptNo: Type.Integer(), quizId: Uuid, title: Type.String(), passScore: Count, language: Type.String(), startedAt: Instant, dueAt: orNull(Instant), now: Instant,
        questions: Type.Array(Question), saved: Type.Array(Answered),
      },
      refusals: ['module_locked', 'attempts_used', 'cohort_ended', 'nothing_to_ask'],
    }),
    save: command({ says: 'Keep an answer; the last one holds.', may: ['learner'], body: { attemptId: Uuid, questionId: Uuid, answer: Answer }, refusals: ['attempt_closed'] }),
    submit: command({
      says: 'End an attempt; answers that come with it are kept first.',
      may: ['learner'],
      body: { attemptId: Uuid, answers: Type.Optional(Type.Array(Answered, { maxItems: 500 })) },
      reply: { score: Score, passed: Type.Boolean(), results: Type.Array(Result), unlocked: Type.Array(Type.Integer()) },
      refusals: ['attempt_closed'],
    }),
    review: question({
      says: 'A closed attempt with its answers and what was right: one’s own, or to staff anybody’s.',
      may: ['learner', 'instructor', 'observer'],
      body: { attemptId: Uuid },
      reply: {
        attemptId: Uuid, quizId: Uuid, cohortId: Uuid, title: Type.String(), attemptNo: Type.Integer(), startedAt: Instant, submittedAt: Instant, closedBy: Type.String(), score: Score, passed: Type.Boolean(), passScore: Count, language: Type.String(),
        questions: Type.Array(Question), answers: Type.Array(Answered), results: Type.Array(Result),
      },
      refusals: ['attempt_open'],
    }),
    attempts: question({
      says: 'The attempts of a class, the newest first, a page at a time.',
      may: ['instructor', 'observer'],
      body: { cohortId: Uuid, quizId: Type.Optional(Uuid), memberId: Type.Optional(Uuid), cursor: Type.Optional(Uuid) },
      reply: { attempts: Type.Array(Tried), next: orNull(Uuid) },
    }),
    live_start: command({
      says: 'Run a quiz before the class, question by question, or go on with it. Questions that are no prompt (orders, pairs, more than 10 options) are left out.',
      may: STAFF_ACT,
      body: { quizId: Uuid, cohortId: Uuid },
      reply: { runId: Uuid, of: Count, leftOut: Count },
      refusals: ['already_live', 'nothing_to_ask'],
    }),
    live_next: command({
      says: 'Show what was answered to the question before, and ask the next one as a blind prompt. `no`: the question that one saw last; where the class is further already, nothing is asked.',
      may: STAFF_ACT,
      body: { runId: Uuid, no: Type.Optional(Count), seconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 7200 })) },
      reply: { no: Count, promptId: orNull(Uuid) },
      refusals: ['already_open', 'last_question', 'live_over'],
    }),
    live_end: command({ says: 'End it: all answers are shown, and the ten who did best.', may: STAFF_ACT, body: { runId: Uuid }, reply: { board: Type.Array(OnBoard) } }),
  },
  calls,
  pushes: {
    started: push('user', { attemptId: Uuid, quizId: Uuid, cohortId: Uuid, dueAt: orNull(Instant) }, 'An attempt of one’s own was begun, on whatever device.'),
    saved: push('user', { attemptId: Uuid, questionId: Uuid, answer: Answer }, 'An answer of one’s own is kept.'),
    graded: push('user', { attemptId: Uuid, quizId: Uuid, score: Score, passed: Type.Boolean() }, 'An attempt of one’s own is closed and graded, or was graded anew.'),
    live: push('cohort', { runId: Uuid, quizId: Uuid, title: Type.String(), no: Count, of: Count, promptId: orNull(Uuid), ended: Type.Boolean(), board: Type.Array(OnBoard) }, 'A quiz is run before the class: at which question it is (0: not begun), and the board once it has ended.'),
    placed: push('user', { runId: Uuid, cohortId: Uuid, place: Count, right: Count, points: Type.Number(), of: Count }, 'One’s own place on the board of a quiz that was run before the class.'),
    submitted: push('staff', { memberId: Uuid, quizId: Uuid, score: Score, passed: Type.Boolean() }, 'Somebody’s attempt is closed and graded.'),
  },
})
