// The bank: the questions of a course, version by version, in pools and in other languages; in and out as files. For who writes the course.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'
import { Language } from '../catalog/contract.ts'

const Count = Type.Integer({ minimum: 0 })
const Version = Type.Integer({ minimum: 1, description: 'the version that was read' })
export const QuestionType = Type.Union([Type.Literal('single'), Type.Literal('multiple'), Type.Literal('truefalse'), Type.Literal('numeric'), Type.Literal('text'), Type.Literal('ordering'), Type.Literal('matching')])
export const Difficulty = Type.Union([Type.Literal('easy'), Type.Literal('medium'), Type.Literal('hard')])
const Status = Type.Union([Type.Literal('draft'), Type.Literal('ai'), Type.Literal('reviewed')])
const Stem = Type.String({ minLength: 1, maxLength: 10_000, description: 'Markdown' })
const Explanation = Type.String({ maxLength: 10_000, description: 'Markdown; shown once an attempt is closed' })
const Text = Type.String({ maxLength: 4_000 })
const Fraction = Type.Number({ minimum: -1, maximum: 1, description: 'what it is worth; 1 is all' })
const Tags = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })
const Tolerance = Type.Number({ minimum: 0 })

const ChoiceWords = { text: Type.Optional(orNull(Text)), match: Type.Optional(orNull(Text)), feedback: Type.Optional(orNull(Text)) }
const InLanguage = { status: Type.Optional(Status), stem: Type.Optional(orNull(Stem)), explanation: Type.Optional(orNull(Explanation)), choices: Type.Optional(Type.Array(exactly(ChoiceWords), { maxItems: 100, description: 'in the order of the question’s; what is left out is as in the source' })) }

/** A question as one writes it. `correct` may stand for `fraction`: right ones share 1. */
const Said = {
  type: QuestionType, stem: Stem, explanation: Type.Optional(Explanation), partial: Type.Optional(Type.Boolean({ description: 'false: all or nothing' })),
  difficulty: Type.Optional(orNull(Difficulty)), topicId: Type.Optional(orNull(Uuid)), tags: Type.Optional(Tags),
  choices: Type.Array(exactly({
    choiceId: Type.Optional(Uuid), text: Text, match: Type.Optional(orNull(Text)), correct: Type.Optional(Type.Boolean()), fraction: Type.Optional(Fraction),
    tolerance: Type.Optional(orNull(Tolerance)), feedback: Type.Optional(Text),
  }), { maxItems: 100, description: 'options; accepted numbers (3.14, 1..5) or texts (* is anything); items in their right order; pairs (text → match)' }),
  languages: Type.Optional(Type.Array(exactly({ language: Language, ...InLanguage }), { maxItems: 50, description: 'left out: as they are' })),
}

const Choice = exactly({ choiceId: Uuid, text: Type.String(), match: orNull(Type.String()), fraction: Type.Number(), tolerance: orNull(Type.Number()), feedback: Type.String() })
const ChoiceTold = exactly({ text: orNull(Type.String()), match: orNull(Type.String()), feedback: orNull(Type.String()) })
const Body = {
  type: QuestionType, stem: Type.String(), explanation: Type.String(), partial: Type.Boolean(), difficulty: orNull(Difficulty), topicId: orNull(Uuid), tags: Type.Array(Type.String()),
  choices: Type.Array(Choice),
}
/** A question of the bank. `quizzes`: which ask it, and in which version; null: it may be drawn from a pool. */
export const Shown = exactly({
  questionId: Uuid, version: Type.Integer(), rowVersion: Type.Integer(), sourceRef: orNull(Type.String()), ...Body,
  languages: Type.Array(exactly({ language: Type.String(), status: Status, stale: Type.Boolean(), stem: orNull(Type.String()), explanation: orNull(Type.String()), choices: Type.Array(ChoiceTold) })),
  poolIds: Type.Array(Uuid),
  quizzes: Type.Array(exactly({ quizId: Uuid, title: Type.String(), version: orNull(Type.Integer()) })),
  changedAt: Instant, changedBy: Type.String(), removedAt: orNull(Instant),
})
export type Shown = Static<typeof Shown>

const course = { courseId: Uuid }
const at = { ...course, questionId: Uuid }
const pool = { poolId: Uuid }
const Pool = exactly({ poolId: Uuid, name: Type.String(), rowVersion: Type.Integer(), questionIds: Type.Array(Uuid), quizzes: Type.Array(exactly({ quizId: Uuid, title: Type.String() })) })
const PoolName = Type.String({ minLength: 1, maxLength: 200 })
const PoolQuestions = Type.Array(Uuid, { maxItems: 2_000, uniqueItems: true })
const Format = Type.Union([Type.Literal('gift'), Type.Literal('aiken'), Type.Literal('csv'), Type.Literal('json')])
const Row = exactly({ line: Count, message: Type.String() })
export const MOST_TEXT = 5 * 1024 * 1024

export const questions = contract('questions', {
  calls: {
    list: call('GET /courses/:courseId/questions', {
      says: 'The questions of a course, the newest first. `q` finds words, or how they begin, in what is asked. `removed`: those that were deleted.',
      params: {
        ...course, q: Type.Optional(Type.String({ maxLength: 200 })), type: Type.Optional(QuestionType), difficulty: Type.Optional(Difficulty), topicId: Type.Optional(Uuid), poolId: Type.Optional(Uuid),
        removed: Type.Optional(Type.Boolean()), cursor: Type.Optional(Uuid),
      },
      reply: exactly({ questions: Type.Array(Shown), next: orNull(Uuid) }),
    }),
    add: call('POST /courses/:courseId/questions', {
      says: 'Write a question. One that cannot be asked is refused: `details.problems` say why.',
      status: 201,
      params: course,
      body: exactly(Said),
      reply: Shown,
    }),
    show: call('GET /courses/:courseId/questions/:questionId', {
      says: 'One question with its versions, the newest first.',
      params: at,
      reply: exactly({ ...Shown.properties, versions: Type.Array(exactly({ version: Type.Integer(), at: Instant, by: Type.String(), ...Body })) }),
    }),
    put: call('PUT /courses/:courseId/questions/:questionId', {
      says: 'Save a question; each save is a version, and quizzes go on asking the one that they ask. A choice with its `choiceId` stays that choice. `conflict` (`details.now`) where somebody changed it since it was read.',
      params: at,
      body: exactly({ ...Said, rowVersion: Version }),
      reply: Shown,
    }),
    remove: call('DELETE /courses/:courseId/questions/:questionId', {
      says: 'Delete a question; quizzes that ask it go on asking it. It can be put back for 90 days.',
      status: 204,
      params: at,
    }),
    back: call('POST /courses/:courseId/questions/:questionId/back', { says: 'Put a deleted one back.', params: at, reply: Shown }),
    putWords: call('PUT /courses/:courseId/questions/:questionId/languages/:language', {
      says: 'Say a question in another language; it is no longer stale.',
      params: { ...at, language: Language },
      body: exactly({ ...InLanguage, rowVersion: Version }),
      reply: Shown,
    }),
    dropWords: call('DELETE /courses/:courseId/questions/:questionId/languages/:language', { says: 'Take it away in a language.', status: 204, params: { ...at, language: Language } }),

    pools: call('GET /courses/:courseId/pools', { says: 'The pools of a course by name, and which quizzes draw from each.', params: course, reply: exactly({ pools: Type.Array(Pool) }) }),
    addPool: call('POST /courses/:courseId/pools', {
      says: 'Make a pool of questions.',
      status: 201,
      params: course,
      body: exactly({ name: PoolName, questionIds: Type.Optional(PoolQuestions) }),
      reply: Pool,
    }),
    putPool: call('PUT /pools/:poolId', {
      says: 'Name a pool and say what lies in it. `conflict` (`details.now`) where somebody changed it since it was read.',
      params: pool,
      body: exactly({ rowVersion: Version, name: PoolName, questionIds: PoolQuestions }),
      reply: Pool,
    }),
    removePool: call('DELETE /pools/:poolId', { says: 'Delete a pool; its questions stay in the bank.', status: 204, params: pool, refusals: ['pool_in_use'] }),

    import: call('POST /courses/:courseId/questions/import', {
      says: 'Bring in questions from a file (UTF-8), by what they are called there: again, only what has changed. What cannot be asked stays out, by its line. `dryRun`: only see. `poolId`: all go into this pool.',
      upload: { types: ['text/plain', 'text/csv', 'application/json', 'application/octet-stream'], most: MOST_TEXT },
      params: { ...course, format: Format, poolId: Type.Optional(Uuid), dryRun: Type.Optional(Type.Boolean()) },
      reply: exactly({ added: Count, updated: Count, unchanged: Count, failed: Type.Array(Row), notes: Type.Array(Row, { description: 'what came in otherwise than it was written' }) }),
    }),
    export: call('GET /courses/:courseId/questions/export', {
      says: 'The questions of a course as a file. What a format cannot say is left out; the header `lectern-left-out` says how many.',
      params: { ...course, format: Format, poolId: Type.Optional(Uuid) },
      replies: 'bytes',
    }),
  },
})
