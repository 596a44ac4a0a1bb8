// Blind cold calls: everybody answers, nobody sees another's answer until the reveal, then the class stars the best.
import { type Static, Type } from 'typebox'
import { command, contract, exactly, Instant, orNull, passing, push, question, Uuid } from '#kernel/contract'
import { Language } from '../catalog/contract.ts'
import { ANSWER_CHARACTERS, OPTION_CHARACTERS, OPTIONS, PROMPT_CHARACTERS } from './view.ts'

const Count = Type.Integer({ minimum: 0 })
const STAFF_ACT = ['instructor'] as const
const Kind = Type.Union([Type.Literal('text'), Type.Literal('choice'), Type.Literal('number')])
const Seconds = Type.Integer({ minimum: 5, maximum: 7200 })
const Index = Type.Integer({ minimum: 0, maximum: OPTIONS - 1 })
const Indices = Type.Array(Index, { minItems: 1, maxItems: OPTIONS, uniqueItems: true })
/** 1e400 is read as infinity, which no answer is. */
const Finite = Type.Number({ minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE })
const Member = exactly({ memberId: Uuid, displayName: Type.String() })

export const Answer = exactly({
  messageId: Uuid,
  author: orNull(Member),
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

/** A prompt in another language: its text, and of a choice all its options in their order. */
export const Translation = exactly({ language: Language, text: Type.String({ minLength: 1, maxLength: PROMPT_CHARACTERS }), options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: OPTION_CHARACTERS }), { minItems: 2, maxItems: OPTIONS })) })
export type Translation = Static<typeof Translation>

export const Prompt = exactly({
  promptId: Uuid,
  sessionId: orNull(Uuid),
  state: Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('revealed'), Type.Literal('cancelled')]),
  kind: Kind,
  text: Type.String(),
  options: orNull(Type.Array(Type.String())),
  multiple: Type.Boolean(),
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
  translations: Type.Optional(Type.Array(Translation, { description: 'the same in other languages, where there are any; each reads it in theirs' })),
  language: Type.Optional(Type.String({ description: 'the language of `text`, where there are translations' })),
})
export type Prompt = Static<typeof Prompt>

/** Who is called on now. */
export const Pick = exactly({ pickId: Uuid, member: Member, promptId: orNull(Uuid) })
export type Pick = Static<typeof Pick>

export const coldcall = contract('coldcall', {
  commands: {
    open: command({
      says: 'Ask the class a blind question.',
      may: STAFF_ACT,
      body: {
        cohortId: Uuid,
        text: Type.String({ minLength: 1, maxLength: PROMPT_CHARACTERS }),
        kind: Type.Optional(Kind),
        options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: OPTION_CHARACTERS }), { minItems: 2, maxItems: OPTIONS })),
        correct: Type.Optional(Indices),
        multiple: Type.Optional(Type.Boolean()),
        seconds: Type.Optional(Seconds),
        anonymous: Type.Optional(Type.Boolean()),
        starBudget: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
        batchNo: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        topicId: Type.Optional(Uuid),
        revoteOf: Type.Optional(Uuid),
        preparedId: Type.Optional(Uuid),
        translations: Type.Optional(Type.Array(Translation, { maxItems: 20 })),
      },
      reply: { promptId: Uuid },
      refusals: ['already_open'],
    }),
    answer: command({
      says: 'Answer the open prompt; a later answer replaces the earlier one.',
      may: ['learner'],
      body: {
        promptId: Uuid,
        body: Type.Optional(Type.String({ minLength: 1, maxLength: ANSWER_CHARACTERS })),
        choices: Type.Optional(Indices),
        number: Type.Optional(Finite),
        confidence: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
        replaces: Type.Optional(Type.Integer({ minimum: 0 })),
      },
      reply: { messageId: Uuid, revision: Type.Integer(), answeredAt: Instant },
      refusals: ['prompt_closed', 'not_addressed'],
    }),
    extend: command({
      says: 'Give the open prompt more time, from its present deadline.',
      may: STAFF_ACT,
      body: { promptId: Uuid, seconds: Seconds },
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
      body: { promptId: Uuid, seconds: Type.Optional(Seconds) },
      refusals: ['already_revealed', 'already_open'],
    }),
    cancel: command({ says: 'Take the prompt back; nothing of it is ever shown.', may: STAFF_ACT, body: { promptId: Uuid }, refusals: ['already_revealed'] }),
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
    hide: command({ says: 'Hide an answer from the class, or show it again.', may: STAFF_ACT, body: { messageId: Uuid, hidden: Type.Boolean() } }),
    spotlight: command({ says: 'Put one answer that is shown large on the screen; null takes it off.', may: STAFF_ACT, body: { promptId: Uuid, messageId: orNull(Uuid) } }),
    pick: command({
      says: 'Call on one of those who are here and were called least.',
      may: STAFF_ACT,
      body: { cohortId: Uuid, promptId: Type.Optional(Uuid) },
      reply: { pickId: Uuid, member: Member },
      refusals: ['nobody_here'],
    }),
    pass: command({ says: 'Pass: somebody else may be called instead.', may: ['learner'], body: { pickId: Uuid }, reply: { passesLeft: Count }, refusals: ['not_called', 'no_passes_left'] }),
    fairness: question({
      says: 'Who was called, how often, and who passed, over all sessions of the cohort; `spread`: the most often called less the least.',
      may: ['instructor', 'observer'],
      body: { cohortId: Uuid },
      reply: { members: Type.Array(exactly({ ...Member.properties, called: Count, passed: Count, present: Type.Boolean(), lastCalledAt: orNull(Instant) })), spread: Count },
    }),
    shift: question({
      says: 'How the class moved from a prompt to its revote: `moved[i][j]` went from option i to option j; null where several may be chosen. Of numbers those that are shown, least first.',
      may: ['learner', 'instructor', 'observer', 'screen'],
      body: { promptId: Uuid },
      reply: {
        from: Type.Array(Count), to: Type.Array(Count), moved: orNull(Type.Array(Type.Array(Count))),
        numbers: orNull(exactly({ from: Type.Array(Type.Number()), to: Type.Array(Type.Number()) })),
      },
      refusals: ['prompt_not_revealed', 'no_shift'],
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
    hidden: push(['cohort', 'staff'], { promptId: Uuid, messageId: Uuid, hidden: Type.Boolean(), answer: orNull(Answer), after: orNull(Uuid) },
      'An answer is hidden, or shown again: then `answer` is it, and `after` the answer it stands behind (null: it is the first). To staff only while it is not revealed.'),
    spotlit: push('cohort', { promptId: Uuid, messageId: orNull(Uuid) }, 'This answer is large on the screen now; null: none is.'),
    picked: push('cohort', Pick.properties, 'Somebody is called on.'),
    answered: push('staff', { promptId: Uuid, answers: Type.Array(Answer) }, 'Answers of one commit; of an anonymous prompt without their authors.'),
    correct: push('staff', { promptId: Uuid, correct: orNull(Type.Array(Count)) }, 'Which options of a prompt are right, when it opens; the class hears it with the reveal.'),
    passed: push('staff', { pickId: Uuid, member: Member }, 'Who was called on passes.'),
    extra: push('staff', { promptId: Uuid, extraUntil: orNull(Instant) }, 'Until when somebody has extra time.'),
    noted: push('staff', { promptId: Uuid, stars: Type.Record(Type.String(), Count), instructorStars: Type.Array(Uuid) },
      'Instructors\' stars on answers that are not shown yet.'),
    authored: push(['cohort', 'staff'], { promptId: Uuid, messageId: Uuid, author: exactly({ memberId: Uuid, displayName: Type.String() }) },
      'A guest turned out to be somebody of the list: whose the answer is now. The class hears it of answers that are shown; never with `anonymous`.'),
    mine: push('user', { promptId: Uuid, mine: orNull(Answer), closesAt: orNull(Instant) }, 'One\'s own answer and deadline.'),
    stars: push('user', { promptId: Uuid, myStars: Type.Array(Uuid), left: Count }, 'The stars that one holds out.'),
    progress: passing('cohort', { promptId: Uuid, answered: Count, online: Count }, 'How many are in; `online` counts the learners addressed who are here.'),
  },
})
