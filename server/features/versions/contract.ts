// Versions of a course: what was published, what has changed since, and which cohort reads which.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, push, Uuid } from '#kernel/contract'
import { ContentType, PersonaKey, Voice } from '../content/contract.ts'

const Side = Type.String({ pattern: '^(draft|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$', description: 'a versionId, or `draft`' })
export const Version = exactly({
  versionId: Uuid, versionNo: Type.Integer(), note: Type.String(), publishedAt: Instant, publishedBy: Type.String(), restoredFrom: orNull(Type.Integer()), contentHash: Type.String(),
  cohorts: Type.Array(exactly({ cohortId: Uuid, name: Type.String() }), { description: 'those that read it' }),
})
export type Version = Static<typeof Version>
const Made = exactly({ versionId: Uuid, versionNo: Type.Integer(), contentHash: Type.String(), moved: Type.Integer({ description: 'how many cohorts read it now' }) })
/** What one block says for whom, on both sides; null: it is not there. */
const Part = exactly({
  contentKey: Type.String(), contentType: ContentType, personaKey: orNull(PersonaKey), narrator: orNull(Voice),
  language: orNull(Type.String()), before: orNull(Type.Record(Type.String(), Type.String())), after: orNull(Type.Record(Type.String(), Type.String())),
})
const course = { courseId: Uuid }
const sides = { ...course, from: Side, to: Side }

export const versions = contract('versions', {
  calls: {
    list: call('GET /courses/:courseId/versions', {
      says: 'The versions of a course, the newest first; whether what is written now differs from the newest, and which cohorts read what is written now.',
      params: course,
      reply: exactly({ versions: Type.Array(Version), changed: Type.Boolean(), drafting: Type.Array(exactly({ cohortId: Uuid, name: Type.String() })) }),
    }),
    publish: call('POST /courses/:courseId/versions', {
      says: 'Freeze what is written now as the next version. Cohorts stay on theirs, except those named.',
      status: 201,
      params: course,
      body: exactly({ note: Type.Optional(Type.String({ maxLength: 500 })), cohortIds: Type.Optional(Type.Array(Uuid, { maxItems: 500, uniqueItems: true })) }),
      reply: Made,
      refusals: ['nothing_to_publish'],
    }),
    restore: call('POST /courses/:courseId/versions/:versionId/restore', {
      says: 'Write the course again as it was in a version, and publish that as the next one. What was written since and not published is gone.',
      status: 201,
      params: { ...course, versionId: Uuid },
      reply: Made,
      refusals: ['nothing_to_publish'],
    }),
    difference: call('GET /courses/:courseId/versions/:from/difference/:to', {
      says: 'Which topics and modules differ between two versions, or a version and what is written now.',
      params: sides,
      reply: exactly({
        topics: Type.Array(exactly({ topicId: Uuid, topicName: Type.String(), was: orNull(Type.String({ description: 'its place before, as 2.3' })), is: orNull(Type.String()), change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed'), Type.Literal('moved')]) })),
        outline: Type.Boolean({ description: 'whether titles, modules or what is said of the course differ' }),
      }),
    }),
    topicDifference: call('GET /courses/:courseId/versions/:from/difference/:to/topics/:topicId', {
      says: 'What differs in one topic, block by block.',
      params: { ...sides, topicId: Uuid },
      reply: exactly({ topicId: Uuid, before: orNull(Type.String()), after: orNull(Type.String()), parts: Type.Array(Part) }),
    }),
    move: call('PUT /cohorts/:cohortId/version', {
      says: 'Have a cohort read another version; null: what is written now, as it is written. Everybody in class sees it at once.',
      params: { cohortId: Uuid },
      body: exactly({ versionId: orNull(Uuid) }),
      reply: exactly({ versionNo: orNull(Type.Integer()) }),
    }),
  },
  pushes: {
    moved: push('cohort', { cohortId: Uuid, versionNo: orNull(Type.Integer()) }, 'The cohort reads another version of its course from now on.'),
  },
})
