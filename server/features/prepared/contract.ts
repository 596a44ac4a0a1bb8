// Prepared questions: what a course's teachers keep to ask in class, by topic and in order. Nobody else hears of them.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, Uuid } from '#kernel/contract'
import { Language } from '../catalog/contract.ts'
import { OPTION_CHARACTERS, OPTIONS, PROMPT_CHARACTERS } from '../coldcall/view.ts'

const Count = Type.Integer({ minimum: 0 })
const Kind = Type.Union([Type.Literal('text'), Type.Literal('choice'), Type.Literal('number')])
const Index = Type.Integer({ minimum: 0, maximum: OPTIONS - 1 })

const OptionText = Type.String({ minLength: 1, maxLength: OPTION_CHARACTERS })
/** The same in another language; of a choice as many options as it has. */
const InLanguage = exactly({ language: Language, text: Type.String({ minLength: 1, maxLength: PROMPT_CHARACTERS }), options: Type.Optional(Type.Array(OptionText, { maxItems: OPTIONS })) })

/** What is asked, whole or not yet. */
const Question = {
  text: Type.String({ maxLength: PROMPT_CHARACTERS }),
  kind: Kind,
  options: orNull(Type.Array(OptionText, { maxItems: OPTIONS })),
  correct: orNull(Type.Array(Index, { maxItems: OPTIONS, uniqueItems: true })),
  multiple: Type.Boolean(),
  seconds: orNull(Type.Integer({ minimum: 5, maximum: 7200 })),
  anonymous: Type.Boolean(),
  starBudget: Type.Integer({ minimum: 0, maximum: 20 }),
  translations: Type.Array(InLanguage, { maxItems: 20 }),
}
const Said = Type.Partial(Type.Object(Question)).properties

export const Prepared = exactly({
  preparedId: Uuid,
  topicId: orNull(Uuid),
  place: Type.Integer({ minimum: 1 }),
  ...Question,
  lacks: orNull(Type.Union([Type.Literal('text'), Type.Literal('options'), Type.Literal('same')])),
  version: Type.Integer({ minimum: 1 }),
  changedAt: Instant,
  changedBy: Type.String(),
  removedAt: orNull(Instant),
  asked: orNull(exactly({ times: Count, lastAt: Instant, answered: Count })),
})
export type Prepared = Static<typeof Prepared>

const at = { cohortId: Uuid, preparedId: Uuid }
const Place = exactly({ preparedId: Uuid, topicId: orNull(Uuid), place: Type.Integer({ minimum: 1 }) })

export const prepared = contract('prepared', {
  calls: {
    list: call('GET /cohorts/:cohortId/prompts', {
      says: 'The prepared questions of the cohort\'s course, by topic and in order; `lacks` is what a draft still needs, `asked` when it was last asked in this cohort. `removed`: those that were deleted, the newest first.',
      params: { cohortId: Uuid, removed: Type.Optional(Type.Boolean()) },
      reply: exactly({ courseId: Uuid, prompts: Type.Array(Prepared) }),
    }),
    add: call('POST /cohorts/:cohortId/prompts', {
      says: 'Prepare a question, whole or as a draft; it stands last in its topic.',
      status: 201,
      params: { cohortId: Uuid },
      body: exactly({ topicId: Type.Optional(orNull(Uuid)), ...Said }),
      reply: Prepared,
      refusals: ['list_full'],
    }),
    change: call('PATCH /cohorts/:cohortId/prompts/:preparedId', {
      says: 'Change what is asked. `version` is the one that was read: where somebody changed it since, the refusal says in `details.now` what stands.',
      params: at,
      body: exactly({ version: Type.Integer({ minimum: 1 }), ...Said }),
      reply: Prepared,
    }),
    place: call('PUT /cohorts/:cohortId/prompts/:preparedId/place', {
      says: 'Put it into a topic (null: none), behind another one of it, or first. Says how the lists that it touched are numbered now.',
      params: at,
      body: exactly({ topicId: orNull(Uuid), afterId: orNull(Uuid) }),
      reply: exactly({ places: Type.Array(Place) }),
    }),
    remove: call('DELETE /cohorts/:cohortId/prompts/:preparedId', {
      says: 'Delete it; it can be put back for 90 days.',
      status: 204,
      params: at,
      reply: Nothing,
    }),
    back: call('POST /cohorts/:cohortId/prompts/:preparedId/back', {
      says: 'Put a deleted one back where it stood.',
      params: at,
      reply: Prepared,
      refusals: ['list_full'],
    }),
  },
})
