// Attendance: who was in class, for how long, and what an instructor says of it.
import { Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'

const Status = Type.Union([Type.Literal('present'), Type.Literal('partial'), Type.Literal('absent'), Type.Literal('excused')])
const Count = Type.Integer({ minimum: 0 })
const Session = { sessionId: Uuid, title: orNull(Type.String()), startedAt: Instant, endedAt: orNull(Instant) }

export const Attended = exactly({
  memberId: Uuid, displayName: Type.String(), batchNo: orNull(Type.Integer()),
  seconds: Count,
  status: Status,
  firstSeenAt: orNull(Instant), lastSeenAt: orNull(Instant),
  correction: orNull(exactly({ status: Status, reason: Type.String(), by: Type.String(), at: Instant })),
})

const Asked = exactly({
  promptId: Uuid, kind: Type.Union([Type.Literal('text'), Type.Literal('choice'), Type.Literal('number')]), text: Type.String(), options: orNull(Type.Array(Type.String())),
  correct: orNull(Type.Array(Count)), tally: orNull(Type.Array(Count)), anonymous: Type.Boolean(), batchNo: orNull(Type.Integer()),
  state: Type.String(), openedAt: Instant, revealedAt: orNull(Instant), answered: Count, revealed: Count, stars: Count,
})
const Given = exactly({
  promptId: Uuid, messageId: Uuid, memberId: orNull(Uuid), displayName: orNull(Type.String()), body: orNull(Type.String()), choices: orNull(Type.Array(Count)), number: orNull(Type.Number()),
  confidence: orNull(Type.Integer()), answeredAt: Instant, revealed: Type.Boolean(), hidden: Type.Boolean(), stars: Count, instructorStar: Type.Boolean(),
})

export const attendance = contract('attendance', {
  calls: {
    sessions: call('GET /cohorts/:cohortId/sessions', {
      says: 'The classes of a cohort, newest first.',
      params: { cohortId: Uuid, cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: exactly({ sessions: Type.Array(exactly({ ...Session, attended: Count, prompts: Count })), next: orNull(Type.String()) }),
    }),
    show: call('GET /sessions/:sessionId/attendance', {
      says: 'Who was in this class, for how long; `status` is what was reckoned or, where an instructor corrected it, what they said.',
      params: { sessionId: Uuid },
      reply: exactly({ session: exactly({ ...Session, cohortId: Uuid, seconds: Count }), learners: Type.Array(Attended) }),
    }),
    record: call('GET /sessions/:sessionId', {
      says: 'A class: when it was, what was asked in it and what came of each prompt, in order.',
      params: { sessionId: Uuid },
      reply: exactly({ session: exactly({ ...Session, cohortId: Uuid, cohortName: Type.String(), seconds: Count }), prompts: Type.Array(Asked) }),
    }),
    answers: call('GET /sessions/:sessionId/answers', {
      says: 'The answers of a class, a page at a time, the most starred of each prompt first. Observers do not read who wrote those of anonymous prompts.',
      params: { sessionId: Uuid, cursor: Type.Optional(Type.String({ maxLength: 20 })) },
      reply: exactly({ answers: Type.Array(Given), next: orNull(Type.String()) }),
    }),
    correct: call('PUT /sessions/:sessionId/attendance/:memberId', {
      says: 'Say otherwise of somebody, and why; what was reckoned is kept beside.',
      params: { sessionId: Uuid, memberId: Uuid },
      body: exactly({ status: Status, reason: Type.String({ minLength: 1, maxLength: 500 }) }),
      reply: Attended,
    }),
    uncorrect: call('DELETE /sessions/:sessionId/attendance/:memberId', {
      says: 'Take a correction back: what was reckoned holds again.',
      params: { sessionId: Uuid, memberId: Uuid },
      reply: Attended,
    }),
  },
})
