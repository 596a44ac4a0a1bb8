// What an author writes: the blocks of topics, what each says for whom, and all of it in other languages.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, Uuid } from '#kernel/contract'
import { Language, ModuleNo, Title } from '../catalog/contract.ts'

export const PersonaKey = Type.Union([Type.Literal('non_it_migrant'), Type.Literal('rote_memorizer'), Type.Literal('english_hesitant'), Type.Literal('last_minute_panic'), Type.Literal('pseudo_coder')])
export const Voice = Type.Union([Type.Literal('sports'), Type.Literal('cooking'), Type.Literal('adventure')])
export const ContentType = Type.Union([Type.Literal('text'), Type.Literal('image'), Type.Literal('video'), Type.Literal('ppt')])
export const ContentKey = Type.String({ pattern: '^[a-z0-9]+([-_.][a-z0-9]+)*$', maxLength: 80, description: 'lower-case words and digits' })
const Status = Type.Union([Type.Literal('draft'), Type.Literal('ai'), Type.Literal('reviewed')])
const Words = (most: number) => Type.Optional(Type.String({ maxLength: most }))
const MayWords = (most: number) => Type.Optional(orNull(Type.String({ maxLength: most })))
/** What a block says: Markdown in `markdown` of a text; a file of the course (`fileId`) or an address (`src`) of the others.
 *  `href` is where it can be fetched by this reader; it is given, never taken. */
export const Payload = exactly({ markdown: Words(1_000_000), fileId: Type.Optional(Uuid), src: Words(2_000), alt: Words(1_000), caption: Words(2_000), title: Words(300), href: Words(2_000) })
export type Payload = Static<typeof Payload>
const Version = Type.Integer({ minimum: 0, description: 'the version that was read; 0: there was none' })
export const Block = exactly({ contentKey: ContentKey, type: ContentType })
const Changed = { rowVersion: Type.Integer() }
/** For whom: a persona or a narrator, at most one of them; neither: everybody. */
const whom = { personaKey: Type.Optional(PersonaKey), narrator: Type.Optional(Voice) }
const inLanguage = { language: Type.String(), status: Status, stale: Type.Boolean(), rowVersion: Type.Integer() }

/** One topic with everything that any learner might see of it. */
export const Source = exactly({
  topicId: Uuid, courseId: Uuid, moduleNo: orNull(ModuleNo), topicName: Type.String(), language: Type.String(), rowVersion: Type.Integer(),
  blocks: Type.Array(Block),
  names: Type.Array(exactly({ topicName: Type.String(), ...inLanguage })),
  assets: Type.Array(exactly({
    assetId: Uuid, contentKey: Type.String(), contentType: ContentType, personaKey: orNull(PersonaKey), narrator: orNull(Voice), payload: Payload, rowVersion: Type.Integer(),
    updatedAt: Instant, updatedBy: Type.String(),
    languages: Type.Array(exactly({ payload: Payload, ...inLanguage })),
  })),
})

const Said = orNull(Type.String())
/** How a translation stands; `status` null and `rowVersion` 0: there is none. */
const how = { status: orNull(Status), stale: Type.Boolean(), rowVersion: Type.Integer() }
export const Names = exactly({
  course: exactly({ source: exactly({ title: Type.String(), summary: Type.String(), introduction: Type.String() }), said: exactly({ title: Said, summary: Said, introduction: Said, ...how }) }),
  modules: Type.Array(exactly({ moduleNo: ModuleNo, source: exactly({ title: Type.String(), introduction: Type.String() }), said: exactly({ title: Said, introduction: Said, ...how }) })),
})

const topic = { topicId: Uuid }
const course = { courseId: Uuid }

export const content = contract('content', {
  calls: {
    addTopic: call('POST /courses/:courseId/topics', {
      says: 'Put a topic into a module; its Markdown becomes a block "text".',
      status: 201,
      params: course,
      body: exactly({ moduleNo: ModuleNo, topicNumber: ModuleNo, topicName: Title, markdown: Type.Optional(Type.String({ maxLength: 1_000_000 })) }),
      reply: exactly({ topicId: Uuid }),
    }),
    source: call('GET /topics/:topicId/source', { says: 'A topic as authors have it: for every persona, narrator and language.', params: topic, reply: Source }),
    layout: call('PUT /topics/:topicId/layout', {
      says: 'Name a topic and put its blocks into this order. What a block that is left out says is kept. `conflict` (`details.now`) where it is no longer what was read.',
      params: topic,
      body: exactly({ rowVersion: Type.Integer({ minimum: 1 }), topicName: Title, blocks: Type.Array(Block, { maxItems: 500 }) }),
      reply: exactly(Changed),
    }),
    putAsset: call('PUT /topics/:topicId/assets/:contentKey', {
      says: 'Set what a block says: for everybody, for a persona or in a narrator’s voice; in the course’s own language, or in another. A key with no block gets one at the end. With `rowVersion` it is a `conflict` (`details.now`) where somebody changed it since it was read.',
      params: { ...topic, contentKey: ContentKey },
      body: exactly({ contentType: ContentType, ...whom, language: Type.Optional(Language), payload: Payload, status: Type.Optional(Status), rowVersion: Type.Optional(Version) }),
      reply: exactly({ assetId: Uuid, ...Changed }),
      refusals: ['nothing_to_translate'],
    }),
    dropAsset: call('DELETE /topics/:topicId/assets/:contentKey', {
      says: 'Take away what a block says for a persona or narrator, or in a language; its default goes only with its block.',
      status: 204,
      params: { ...topic, contentKey: ContentKey, ...whom, language: Type.Optional(Language) },
    }),
    putName: call('PUT /topics/:topicId/names/:language', {
      says: 'Name a topic in another language.',
      params: { ...topic, language: Language },
      body: exactly({ topicName: Title, status: Type.Optional(Status), rowVersion: Type.Optional(Version) }),
      reply: exactly(Changed),
    }),
    names: call('GET /courses/:courseId/names/:language', {
      says: 'What a course and its modules are called in another language, beside what they are called in its own.',
      params: { ...course, language: Language },
      reply: Names,
    }),
    putNames: call('PUT /courses/:courseId/names/:language', {
      says: 'The title, summary and introduction of a course, and the titles and introductions of its modules, in another language; what is left out stays, null takes it away. With a `rowVersion` it is a `conflict` (`details.now`) where somebody changed it since it was read.',
      params: { ...course, language: Language },
      body: exactly({
        status: Type.Optional(Status), rowVersion: Type.Optional(Version), title: Type.Optional(orNull(Title)), summary: MayWords(2_000), introduction: MayWords(200_000),
        modules: Type.Optional(Type.Array(exactly({ moduleNo: ModuleNo, rowVersion: Type.Optional(Version), title: Type.Optional(orNull(Title)), introduction: MayWords(200_000) }), { maxItems: 200 })),
      }),
      reply: Nothing,
    }),
    languages: call('GET /courses/:courseId/languages', {
      says: 'How far a course is translated into each language, and what is stale.',
      params: course,
      reply: exactly({
        language: Type.String(),
        texts: Type.Integer({ description: 'all that can be translated' }),
        languages: Type.Array(exactly({ language: Type.String(), draft: Type.Integer(), ai: Type.Integer(), reviewed: Type.Integer(), stale: Type.Integer() })),
        stale: Type.Array(exactly({ topicId: Uuid, topicName: Type.String(), language: Type.String(), contentKey: orNull(Type.String()) })),
      }),
    }),
    languagesOf: call('GET /nodes/:nodeId/languages', {
      says: 'The languages that the organisation of a place falls back to, in order.',
      params: { nodeId: Uuid },
      reply: exactly({ languages: Type.Array(Type.String()) }),
    }),
    orgLanguages: call('PUT /nodes/:nodeId/languages', {
      says: 'The languages that an organisation falls back to, in order; at its top.',
      params: { nodeId: Uuid },
      body: exactly({ languages: Type.Array(Language, { maxItems: 20, uniqueItems: true }) }),
      reply: Nothing,
    }),
  },
})
