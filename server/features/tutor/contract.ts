// The tutor: one asks about a course, and hears the answer as it is made, with the passages that it rests on.
import { type Static, Type } from 'typebox'
import { call, command, contract, exactly, Instant, Nothing, orNull, passing, push, question, Uuid } from '#kernel/contract'
import { ModuleNo } from '../catalog/contract.ts'
import { PersonaKey } from '../content/contract.ts'
import { ASKED_MOST } from './view.ts'

const Count = Type.Integer({ minimum: 0 })
const Mode = Type.Union([Type.Literal('model'), Type.Literal('extractive')])
const Finish = Type.Union([Type.Literal('stop'), Type.Literal('length'), Type.Literal('not_grounded'), Type.Literal('stopped')])
const Period = Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('course')])
const Told = exactly({ code: Type.String(), message: Type.String() })
const Text = Type.String({ minLength: 1, maxLength: ASKED_MOST })

/** What an answer rests on: `quote` stands word for word in the passage. `n` is the [n] of the text. */
export const Citation = exactly({ n: Type.Integer({ minimum: 1 }), chunkId: Uuid, topicId: Uuid, moduleNo: ModuleNo, title: Type.String(), quote: Type.String() })
export type Citation = Static<typeof Citation>

/** How often one has asked in this period, and may. `limit` null: as often as one likes. `until`: when it begins anew; null: never. */
export const Quota = exactly({ used: Count, limit: orNull(Count), until: orNull(Instant) })
export type Quota = Static<typeof Quota>

/** What was passed on to who teaches, and what they said. */
const PassedOn = exactly({ at: Instant, answer: orNull(Type.String()), answeredAt: orNull(Instant) })

/** A question or an answer. `n`: of how many deltas the text of one that is under way is made; carry on from there with `tutor:resume`. */
export const Message = exactly({
  messageId: Uuid, chatId: Uuid, seq: Type.Integer({ minimum: 1 }), role: Type.Union([Type.Literal('user'), Type.Literal('assistant')]), text: Type.String(), at: Instant,
  state: Type.Union([Type.Literal('streaming'), Type.Literal('settled'), Type.Literal('failed'), Type.Literal('interrupted')]), n: Count,
  mode: orNull(Mode), finish: orNull(Finish), reason: orNull(Type.String({ description: 'why there is no model’s answer' })), citations: Type.Array(Citation), nearest: Type.Array(Type.String()), error: orNull(Told),
  helpful: orNull(Type.Boolean()), passedOn: orNull(PassedOn),
})
export type Message = Static<typeof Message>

const Chat = exactly({ chatId: Uuid, courseId: Uuid, cohortId: orNull(Uuid), title: Type.String(), lastAt: Instant })
const Suggestion = exactly({ suggestionId: orNull(Uuid), text: Type.String() })

/** The limits of the tutor in a cohort. */
const Limits = {
  isOn: Type.Boolean(), quota: orNull(Type.Integer({ minimum: 1, maximum: 1000 })), period: Period,
  hintsOnly: Type.Boolean({ description: 'it leads to the answer of an exercise and does not hand it over' }),
  askedMost: Type.Integer({ minimum: 100, maximum: ASKED_MOST }), k: Type.Integer({ minimum: 2, maximum: 50, description: 'how many must have asked before a topic is counted' }),
  houseRules: Type.String({ maxLength: 2000, description: 'what else the tutor is to keep to; learners read it' }),
}
const Settings = exactly({ ...Limits, version: Type.Integer({ minimum: 0 }), changedAt: orNull(Instant), changedBy: orNull(Type.String()) })
export type Settings = Static<typeof Settings>

const Node = exactly({ suggestionId: Uuid, parentId: orNull(Uuid), position: Type.Integer({ minimum: 1 }), prompt: Type.String() })
const Passed = exactly({ messageId: Uuid, memberId: orNull(Uuid), displayName: Type.String(), question: Type.String(), said: Type.String({ description: 'what the tutor answered' }), passedAt: Instant, answer: orNull(Type.String()), answeredAt: orNull(Instant) })

const at = { cohortId: Uuid }
const anybody = 'anybody' as const

export const tutor = contract('tutor', {
  commands: {
    ask: command({
      says: 'Ask about a course. The answer streams to all one’s devices. Without `chatId` a new chat begins.', may: anybody,
      body: { courseId: Uuid, cohortId: Type.Optional(Uuid), text: Text, chatId: Type.Optional(Uuid), moduleNo: Type.Optional(ModuleNo), topicId: Type.Optional(Uuid), suggestionId: Type.Optional(Uuid) },
      reply: { chatId: Uuid, questionId: Uuid, messageId: Uuid, quota: Quota },
      refusals: ['quota_used', 'module_locked', 'tutor_off'],
    }),
    resume: question({ says: 'Hear again what an answer said after its `after`th delta, and what it says from now on.', may: anybody, body: { messageId: Uuid, after: Count }, reply: { state: Type.Union([Type.Literal('live'), Type.Literal('ended')]) } }),
    stop: question({ says: 'End an answer that is under way; what was said stays.', may: anybody, body: { messageId: Uuid } }),
    history: question({
      says: 'One’s chats about a course, the latest first; or the messages of one of them, the latest first.', may: anybody,
      body: { chatId: Type.Optional(Uuid), courseId: Type.Optional(Uuid), cursor: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })) },
      reply: { chats: Type.Optional(Type.Array(Chat)), messages: Type.Optional(Type.Array(Message)), next: Type.Optional(orNull(Type.String())) },
    }),
    search: question({
      says: 'Search in one’s own chats about a course, the latest first.', may: anybody, body: { courseId: Uuid, text: Type.String({ minLength: 2, maxLength: 200 }) },
      reply: { found: Type.Array(exactly({ chatId: Uuid, messageId: Uuid, title: Type.String(), excerpt: Type.String(), at: Instant })) },
    }),
    suggest: question({ says: 'What one might ask: of a course, of a topic, or next after a suggestion.', may: anybody, body: { courseId: Uuid, cohortId: Type.Optional(Uuid), topicId: Type.Optional(Uuid), parentId: Type.Optional(Uuid) }, reply: { suggestions: Type.Array(Suggestion) } }),
    rate: command({ says: 'Whether an answer helped; null takes it back.', may: anybody, body: { messageId: Uuid, helpful: orNull(Type.Boolean()) } }),
    pass_on: command({ says: 'Pass a question on to who teaches, with one’s name and what the tutor said.', may: anybody, body: { messageId: Uuid }, reply: { at: Instant }, refusals: ['no_class'] }),
    forget: command({ says: 'Delete one of one’s chats, for good.', may: anybody, body: { chatId: Uuid } }),
  },
  calls: {
    about: call('GET /courses/:courseId/tutor', {
      says: 'How the tutor stands to oneself in a course: who answers, what is left, and its limits with their reasons.',
      params: { courseId: Uuid, cohort: Type.Optional(Uuid), moduleNo: Type.Optional(ModuleNo) },
      reply: exactly({
        isOn: Type.Boolean(), mode: Mode, model: orNull(Type.String()), cohortId: orNull(Uuid), quota: Quota, period: Period, askedMost: Type.Integer(), hintsOnly: Type.Boolean(), houseRules: Type.String(),
        guarded: orNull(Type.Union([Type.Literal('quiz'), Type.Literal('prompt')], { description: 'why it only hints just now' })),
        persona: orNull(PersonaKey), personaBy: orNull(Type.Union([Type.Literal('chosen'), Type.Literal('assigned'), Type.Literal('derived')])),
      }),
    }),
    persona: call('PUT /courses/:courseId/tutor/persona', {
      says: 'How one would like to be spoken to by the tutor; null: as it sees fit. It changes the style, never what is known.',
      personal: true,
      params: { courseId: Uuid }, body: exactly({ personaKey: orNull(PersonaKey) }), reply: Nothing,
    }),
    settings: call('GET /cohorts/:cohortId/tutor', { says: 'The limits of the tutor in a cohort, for its staff.', params: at, reply: Settings }),
    change: call('PUT /cohorts/:cohortId/tutor', {
      says: 'Set the limits of the tutor in a cohort. `version` is the one that was read.',
      params: at, body: exactly({ version: Type.Integer({ minimum: 0 }), ...Type.Partial(Type.Object(Limits)).properties }), reply: Settings,
    }),
    passed: call('GET /cohorts/:cohortId/tutor/questions', { says: 'The questions that learners passed on, the open ones first.', params: at, reply: exactly({ questions: Type.Array(Passed) }) }),
    reply: call('PUT /cohorts/:cohortId/tutor/questions/:messageId', {
      says: 'Answer a question that was passed on. The learner hears it on all their devices.',
      params: { ...at, messageId: Uuid }, body: exactly({ answer: Type.String({ minLength: 1, maxLength: 4000 }) }), reply: Nothing,
    }),
    suggestions: call('GET /topics/:topicId/suggestions', { says: 'What one might ask about a topic, as the trees that its authors wrote.', params: { topicId: Uuid }, reply: exactly({ suggestions: Type.Array(Node) }) }),
    suggestion: call('POST /topics/:topicId/suggestions', { says: 'Suggest a question; after another one of the topic, or first.', status: 201, params: { topicId: Uuid }, body: exactly({ prompt: Type.String({ minLength: 1, maxLength: 300 }), parentId: Type.Optional(orNull(Uuid)) }), reply: Node }),
    moved: call('PATCH /suggestions/:suggestionId', {
      says: 'Say a suggestion otherwise, or put it elsewhere in its topic’s trees. A tree that would go in a circle is refused.',
      params: { suggestionId: Uuid }, body: exactly({ prompt: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })), parentId: Type.Optional(orNull(Uuid)), position: Type.Optional(Type.Integer({ minimum: 1 })) }), reply: Node,
    }),
    unsuggest: call('DELETE /suggestions/:suggestionId', { says: 'Delete a suggestion, with what follows from it.', status: 204, params: { suggestionId: Uuid }, reply: Nothing }),
  },
  pushes: {
    asked: push('user', { chatId: Uuid, courseId: Uuid, title: Type.String(), questionId: Uuid, messageId: Uuid, seq: Type.Integer(), text: Type.String(), quota: Quota, moduleNo: ModuleNo }, 'One asked, on some device; the answer begins.'),
    delta: passing('user', { messageId: Uuid, n: Type.Integer({ minimum: 1 }), text: Type.String() }, 'The next piece of an answer; `n` counts from 1 without gaps. Where one is missing, resume.'),
    done: push('user', { chatId: Uuid, messageId: Uuid, text: Type.String(), mode: Mode, citations: Type.Array(Citation), finish: Finish, reason: orNull(Type.String()), nearest: Type.Array(Type.String()) }, 'An answer is whole: `text` is its deltas joined.'),
    failed: push('user', { chatId: Uuid, messageId: Uuid, error: Told, text: Type.String(), quota: orNull(Quota) }, 'An answer broke off; what was said stays.'),
    replied: push('user', { messageId: Uuid, answer: Type.String(), answeredAt: Instant }, 'Who teaches answered a question that was passed on.'),
    rated: push('user', { messageId: Uuid, helpful: orNull(Type.Boolean()) }, 'One said, on some device, whether an answer helped.'),
    forgot: push('user', { chatId: Uuid }, 'One deleted a chat.'),
    limits: push('cohort', { cohortId: Uuid, isOn: Type.Boolean() }, 'The limits of the tutor were changed: read them again.'),
    counted: push('staff', { cohortId: Uuid, memberId: Uuid }, 'A learner asked the tutor; not what.'),
    passed: push('staff', { cohortId: Uuid, messageId: Uuid, open: Count }, 'A question was passed on, or one was answered; so many are open.'),
  },
})
