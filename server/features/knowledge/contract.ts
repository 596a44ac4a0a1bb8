// What the tutor knows of a course, for who writes it: which topics were read, in which languages, and what a question would find.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'
import { Language, ModuleNo } from '../catalog/contract.ts'

const Count = Type.Integer({ minimum: 0 })
export const QUESTION_CHARACTERS = 4_000

/** A passage as it was found. `score` is from 0 to 1: how much the words and, where there is a model, the meaning agree. */
export const PassageSeen = exactly({
  chunkId: Uuid, topicId: Uuid, topicName: Type.String(), moduleNo: ModuleNo, language: Type.String(), contentKey: Type.String(), heading: Type.String(), text: Type.String(),
})
export type PassageSeen = Static<typeof PassageSeen>

export const knowledge = contract('knowledge', {
  calls: {
    course: call('GET /courses/:courseId/knowledge', {
      says: 'What the tutor knows of a course, for who writes it: by topic and language how many passages there are, and how far the work is.',
      params: { courseId: Uuid },
      reply: exactly({
        state: Type.Union([Type.Literal('ready'), Type.Literal('working')]),
        topics: exactly({ done: Count, total: Count }), passages: Count,
        meaning: exactly({ by: Type.Union([Type.Literal('embedded'), Type.Literal('endpoint'), Type.Literal('none')]), model: orNull(Type.String()), done: Count, total: Count, trouble: orNull(Type.String({ description: 'why it waits, in a sentence' })) }),
        read: Type.Array(exactly({ topicId: Uuid, moduleNo: ModuleNo, topicName: Type.String(), language: Type.String(), passages: Count, current: Type.Boolean({ description: 'false: it was changed since' }), readAt: orNull(Instant) })),
      }),
    }),
    again: call('POST /courses/:courseId/knowledge', {
      says: 'Look through a course again now, for who writes it. It is done by itself too, whenever something is written.',
      status: 202,
      params: { courseId: Uuid },
    }),
    search: call('GET /courses/:courseId/knowledge/search', {
      says: 'What a question would find in a course as one reads it, the best first. `grounded`: whether the tutor would answer from it.',
      params: { courseId: Uuid, text: Type.String({ minLength: 1, maxLength: QUESTION_CHARACTERS }), cohort: Type.Optional(Uuid), language: Type.Optional(Language) },
      reply: exactly({ grounded: Type.Boolean(), found: Type.Array(exactly({ ...PassageSeen.properties, score: Type.Number(), words: Type.Number(), meaning: orNull(Type.Number()) })) }),
    }),
    passage: call('GET /passages/:chunkId', {
      says: 'A passage that an answer quotes, where one may read it.',
      params: { chunkId: Uuid },
      reply: exactly({ courseId: Uuid, ...PassageSeen.properties, current: Type.Boolean({ description: 'false: it has been written otherwise since' }) }),
    }),
  },
})
