// Dashboards: boards that move while one watches, and what can be learned from what happened. For staff; nothing of it is kept.
import { Type } from 'typebox'
import { contract, Instant, passing, question, Uuid } from '#kernel/contract'
import { calls } from './contract.analysis.ts'

const Count = Type.Integer({ minimum: 0 })
const STAFF = ['instructor', 'observer'] as const
export const ModuleState = Type.Union([Type.Literal('locked'), Type.Literal('unlocked'), Type.Literal('begun'), Type.Literal('passed'), Type.Literal('stuck')])

/** A patch cannot say null, so what there is nothing of is left out. */
const Learner = Type.Object({
  displayName: Type.String(), batchNo: Type.Optional(Type.Integer()), online: Type.Boolean(),
  answered: Count, asked: Count, starsGiven: Count, starsTaken: Count, called: Count,
  modules: Type.Record(Type.String(), ModuleState, { description: 'by the number of the module' }),
  lastScore: Type.Optional(Type.Number()), tutorAsked: Count, lastSeenAt: Type.Optional(Instant),
})
const Prompt = Type.Object({
  text: Type.String(), answered: Count, asked: Count, medianSeconds: Type.Optional(Type.Number()),
  state: Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('revealed')]), openedAt: Instant, anonymous: Type.Boolean(), batchNo: Type.Optional(Type.Integer()), sessionId: Type.Optional(Uuid),
})
export const BoardBody = Type.Object({
  learners: Type.Record(Type.String(), Learner, { description: 'by memberId' }),
  prompts: Type.Record(Type.String(), Prompt, { description: 'by promptId; the last 50' }),
  modules: Type.Record(Type.String(), Type.Object({ title: Type.String() })),
  totals: Type.Object({ learners: Count, online: Count, answered: Count, passed: Count, stuck: Count }),
})

export const dashboards = contract('dashboard', {
  commands: {
    watch: question({
      says: 'The board of a class as it stands, and from here on every `dashboard:patch` to it: those after `n`, on this socket.',
      may: STAFF,
      body: { cohortId: Uuid },
      reply: { board: BoardBody, n: Count, asOf: Instant },
    }),
    unwatch: question({ says: 'Watch this board no more; without `cohortId` none.', may: STAFF, body: { cohortId: Type.Optional(Uuid) } }),
  },
  calls,
  pushes: {
    patch: passing('staff', { cohortId: Uuid, n: Count, patch: Type.Record(Type.String(), Type.Unknown(), { description: 'a merge patch (RFC 7396) to the board' }) },
      'To those who watch only: what has changed on a board, at most ten times a second; `n` is dense, after a gap watch again.'),
  },
})
