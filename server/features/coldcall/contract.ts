// Blind cold calls: everybody answers, nobody sees another's answer until the reveal, then the class stars the best.
import { type Static, Type } from 'typebox'
import { command, contract, exactly, Instant, orNull, passing, push, question, Uuid } from '#kernel/contract'
import { ANSWER_CHARACTERS, PROMPT_CHARACTERS } from './view.ts'

const Count = Type.Integer({ minimum: 0 })
const STAFF_ACT = ['instructor'] as const

export const Answer = exactly({
  messageId: Uuid,
  author: orNull(exactly({ memberId: Uuid, displayName: Type.String() })),
  body: orNull(Type.String()),
  choices: orNull(Type.Array(Count)),
  number: orNull(Type.Number()),
  confidence: orNull(Type.Integer({ minimum: 1, maximum: 3 })),
  revision: orNull(Type.Integer({ minimum: 1 })),
  answeredAt: orNull(Instant),
  revealed: Type.Boolean(),
  hidden: Type.Boolean(),
  stars: Count,
  instructorStar: Type.Boolean(),
})
export type Answer = Static<typeof Answer>

export const Prompt = exactly({
  promptId: Uuid,
  sessionId: orNull(Uuid),
  state: Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('revealed'), Type.Literal('cancelled')]),
  kind: Type.Literal('text'),
  text: Type.String(),
  options: orNull(Type.Array(Type.String())),
  correct: orNull(Type.Array(Count)),
  opensAt: Instant,
  closesAt: orNull(Instant),
  extraUntil: orNull(Instant),
  anonymous: Type.Boolean(),
  starBudget: Count,
  batchNo: orNull(Type.Integer()),
  topicId: orNull(Uuid),
  revoteOf: orNull(Uuid),
  answered: Count,
  spotlight: orNull(Uuid),
  mine: orNull(Answer),
  myStars: Type.Array(Uuid),
  answers: Type.Array(Answer),
  next: orNull(Type.String()),
  tally: orNull(Type.Array(Count)),
})
export type Prompt = Static<typeof Prompt>

export const coldcall = contract('coldcall', {
  commands: {
    open: command({
      says: 'Ask the class a blind question.',
      may: STAFF_ACT,
      body: {
        cohortId: Uuid,
        text: Type.String({ minLength: 1, maxLength: PROMPT_CHARACTERS }),
        kind: Type.Optional(Type.Literal('text')),
        seconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 7200 })),
        starBudget: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
      },
      reply: { promptId: Uuid },
      refusals: ['already_open'],
    }),
    answer: command({
      says: 'Answer the open prompt; a later answer replaces the earlier one.',
      may: ['learner'],
      body: {
        promptId: Uuid,
        body: Type.String({ minLength: 1, maxLength: ANSWER_CHARACTERS }),
        confidence: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
        replaces: Type.Optional(Type.Integer({ minimum: 0 })),
      },
      reply: { messageId: Uuid, revision: Type.Integer(), answeredAt: Instant },
      refusals: ['prompt_closed', 'not_addressed'],
    }),
    extend: command({
      says: 'Give the open prompt more time, from its present deadline.',
      may: STAFF_ACT,
      body: { promptId: Uuid, seconds: Type.Integer({ minimum: 5, maximum: 7200 }) },
      reply: { closesAt: Instant },
      refusals: ['prompt_closed'],
    }),
    close: command({
      says: 'Take no more answers.',
      may: STAFF_ACT,
      body: { promptId: Uuid, endExtraTime: Type.Optional(Type.Boolean()) },
      reply: { answered: Count },
      refusals: ['prompt_closed', 'extra_time_running'],
    }),
    reopen: command({
      says: 'Take answers again; without seconds there is no deadline.',
      may: STAFF_ACT,
      body: { promptId: Uuid, seconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 7200 })) },
      refusals: ['already_revealed', 'already_open'],
    }),
    cancel: command({
      says: 'Take the prompt back; nothing of it is ever shown.',
      may: STAFF_ACT,
      body: { promptId: Uuid },
      refusals: ['already_revealed'],
    }),
    reveal: command({
      says: 'Show the answers to the class: all that are left, or some.',
      may: STAFF_ACT,
      body: {
        promptId: Uuid,
        messageIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 50, uniqueItems: true })),
        endExtraTime: Type.Optional(Type.Boolean()),
      },
      reply: { revealed: Count },
      refusals: ['nothing_to_reveal', 'extra_time_running'],
    }),
    answers: question({
      says: 'Read the answers, a page at a time.',
      may: ['learner', 'instructor', 'observer', 'screen'],
      body: { promptId: Uuid, cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: { answers: Type.Array(Answer), next: orNull(Type.String()), asOf: Type.Record(Type.String(), Count) },
      refusals: ['prompt_not_revealed'],
    }),
    star: command({
      says: 'Give a star to an answer, or take it back.',
      may: ['learner', 'instructor'],
      body: { messageId: Uuid, on: Type.Boolean() },
      reply: { stars: Count, left: Count },
      refusals: ['self_star', 'no_stars_left'],
    }),
  },
  pushes: {
    opened: push('cohort', Prompt.properties, 'A prompt is open.'),
    closed: push('cohort', { promptId: Uuid, answered: Count }, 'No more answers are taken.'),
    reopened: push('cohort', { promptId: Uuid, closesAt: orNull(Instant) }, 'Answers are taken again.'),
    cancelled: push('cohort', { promptId: Uuid }, 'The prompt was taken back.'),
    extended: push('cohort', { promptId: Uuid, closesAt: orNull(Instant) }, 'There is more time.'),
    revealed: push('cohort', {
      promptId: Uuid, answers: Type.Array(Answer), next: orNull(Type.String()), tally: orNull(Type.Array(Count)),
      correct: orNull(Type.Array(Count)), answered: Count, messageIds: orNull(Type.Array(Uuid)),
    }, 'Answers are shown: the first page of the newly revealed. `messageIds` names a partial reveal; null means all are shown now.'),
    starred: push('cohort', { promptId: Uuid, stars: Type.Record(Type.String(), Count), instructorStars: Type.Array(Uuid) },
      'Stars of one commit; `instructorStars` are all of the prompt\'s that are shown.'),
    answered: push('staff', { promptId: Uuid, answers: Type.Array(Answer) }, 'Answers of one commit.'),
    extra: push('staff', { promptId: Uuid, extraUntil: orNull(Instant) }, 'Until when somebody has extra time.'),
    noted: push('staff', { promptId: Uuid, stars: Type.Record(Type.String(), Count), instructorStars: Type.Array(Uuid) },
      'Instructors\' stars on answers that are not shown yet.'),
    mine: push('user', { promptId: Uuid, mine: orNull(Answer), closesAt: orNull(Instant) }, 'One\'s own answer and deadline.'),
    stars: push('user', { promptId: Uuid, myStars: Type.Array(Uuid), left: Count }, 'The stars that one holds out.'),
    progress: passing('cohort', { promptId: Uuid, answered: Count, online: Count }, 'How many are in; `online` counts the learners addressed who are here.'),
  },
})
