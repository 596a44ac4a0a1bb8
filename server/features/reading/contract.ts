// Reading: a course and its topics as this learner is to see them, how far they have read, and how they like it told.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Nothing, orNull, push, question, Uuid } from '#kernel/contract'
import { Language, Module, ModuleNo } from '../catalog/contract.ts'
import { ContentKey, ContentType, Payload, PersonaKey, Voice } from '../content/contract.ts'

const Narrator = Type.Union([Type.Literal('normal'), Type.Literal('sports'), Type.Literal('cooking'), Type.Literal('adventure')])
const Percent = Type.Integer({ minimum: 0, maximum: 100 })
const Stop = exactly({ topicId: Uuid, topicName: Type.String() })

/** A block as this learner is to see it. `language`: the language of what it says; `missing`: nobody has written it yet. */
export const Block = exactly({
  contentKey: Type.String(), type: ContentType, payload: Payload, language: Type.String(),
  variant: orNull(Type.Union([Type.Literal('persona'), Type.Literal('narrator')])),
  translated: Type.Union([Type.Literal('no'), Type.Literal('ai'), Type.Literal('reviewed')], { description: 'by whom, where it is not in the course’s own language' }),
  stale: Type.Boolean({ description: 'the source has changed since it was translated' }), missing: Type.Boolean(),
})
export type Block = Static<typeof Block>

/** How one reads: what was asked for, what there is. */
const How = {
  language: Type.String({ description: 'the language of the names' }), languages: Type.Array(Type.String(), { description: 'all that there is, the course’s own first' }),
  narrator: Narrator, narrators: Type.Array(Voice, { description: 'those that some block is told by' }), versionNo: orNull(Type.Integer()),
}
const asked = { cohort: Type.Optional(Uuid), language: Type.Optional(Language), draft: Type.Optional(Type.Boolean()) }

export const reading = contract('reading', {
  commands: {
    follow: question({ says: 'From now on this socket hears what is told to oneself, in a class or not. Nothing is replayed: read afterwards what stands.', may: 'anybody', body: {} }),
  },
  calls: {
    course: call('GET /courses/:courseId', {
      says: 'A course with its modules and topics in order, as one’s cohort reads it, in one’s language; how far one has read each, and where one left off. Of a module that is locked for one only the names are here, and `unmet`: what is missing. `draft`: as it is written now, for who writes it.',
      params: { courseId: Uuid, ...asked },
      reply: exactly({
        courseId: Uuid, slug: Type.String(), name: Type.String(), summary: Type.String(), introduction: Type.String({ description: 'Markdown' }), folder: orNull(Type.String({ description: 'what relative addresses in it are relative to' })), ...How,
        mayWrite: Type.Boolean(), cohortId: orNull(Uuid), resume: orNull(exactly({ topicId: Uuid, contentKey: orNull(Type.String()) })),
        modules: Type.Array(exactly({
          moduleNo: ModuleNo, title: Type.String(), introduction: Type.String(), state: Module.properties.state, unmet: Module.properties.unmet,
          topics: Type.Array(exactly({ topicId: Uuid, topicNumber: Type.Integer(), topicName: Type.String(), percent: Percent })),
        })),
      }),
    }),
    topic: call('GET /topics/:topicId', {
      says: 'A topic as this learner is to see it: every block resolved for their persona or narrator and their language, field by field. `markdown` is all of its texts.',
      params: { topicId: Uuid, ...asked },
      reply: exactly({
        topicId: Uuid, courseId: Uuid, moduleNo: ModuleNo, topicNumber: Type.Integer(), topicName: Type.String(), markdown: Type.String(), ...How,
        blocks: Type.Array(Block), mayWrite: Type.Boolean(), percent: Percent, contentKey: orNull(Type.String({ description: 'the block where one left off' })),
        folder: orNull(Type.String({ description: 'what relative addresses in the texts are relative to' })),
        previous: orNull(Stop), next: orNull(Stop),
      }),
      refusals: ['module_locked'],
    }),
    progress: call('PUT /topics/:topicId/progress', {
      says: 'How far one has read. It never goes back; the block is where one left off.',
      personal: true,
      params: { topicId: Uuid },
      body: exactly({ percent: Percent, contentKey: Type.Optional(ContentKey) }),
      reply: exactly({ percent: Percent }),
      refusals: ['module_locked'],
    }),
    personalise: call('PUT /courses/:courseId/personalisation', {
      says: 'In whose voice one likes a course told. All one’s devices hear of it.',
      personal: true,
      params: { courseId: Uuid },
      body: exactly({ narrator: Narrator }),
      reply: Nothing,
    }),
    personas: call('GET /cohorts/:cohortId/personas', {
      says: 'For which personas the course of this cohort says something of its own, and for which of its learners it is read so.',
      params: { cohortId: Uuid },
      reply: exactly({ used: Type.Array(PersonaKey), members: Type.Array(exactly({ memberId: Uuid, personaKey: PersonaKey })) }),
    }),
    persona: call('PUT /cohorts/:cohortId/members/:memberId/persona', {
      says: 'For which persona a learner reads the course of this cohort; null: as everybody.',
      params: { cohortId: Uuid, memberId: Uuid },
      body: exactly({ personaKey: orNull(PersonaKey) }),
      reply: Nothing,
    }),
  },
  pushes: {
    changed: push('user', { courseId: Uuid }, 'What one reads of this course has changed: its voice or its persona. Read it again.'),
  },
})
