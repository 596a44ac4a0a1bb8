// A session is one hour of class: it starts, it ends, and what happens in between belongs to it.
import { Type } from 'typebox'
import { command, contract, Instant, orNull, push, Uuid } from '#kernel/contract'

const Title = orNull(Type.String())

export const sessions = contract('session', {
  commands: {
    start: command({
      says: 'Start the class; where one runs already, it is that one.',
      may: ['instructor'],
      body: { cohortId: Uuid, title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
      reply: { sessionId: Uuid },
      refusals: ['not_staffed'],
    }),
    end: command({
      says: 'End the class; open prompts close with it.',
      may: ['instructor'],
      body: { cohortId: Uuid },
      reply: { attended: Type.Integer({ minimum: 0 }) },
      refusals: ['not_live'],
    }),
  },
  pushes: {
    started: push('cohort', { sessionId: Uuid, title: Title, startedAt: Instant }, 'The class has started.'),
    ended: push('cohort', { sessionId: Uuid }, 'The class has ended.'),
  },
})
