// The catalogue: what is offered and where, and the outline of courses: their modules, and which topics stand in them.
import { Type } from 'typebox'
import { call, contract, exactly, Nothing, orNull, Uuid } from '#kernel/contract'

export const ModuleNo = Type.Integer({ minimum: 1, maximum: 999 })
export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80, description: 'lower-case words joined by hyphens' })
export const Title = Type.String({ minLength: 1, maxLength: 200 })
const Summary = Type.String({ maxLength: 2_000 })
/** A language tag (BCP 47), as `en`, `pt-BR` or `zh-Hant`. */
export const Language = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35, description: 'a language tag, BCP 47' })
const Version = Type.Integer({ minimum: 1, description: 'the version that was read' })
const Level = orNull(Type.Union([Type.Literal('beginner'), Type.Literal('intermediate'), Type.Literal('advanced')]))
const Text = Type.String({ maxLength: 200_000 })

/** A module as a learner sees it in class. `unmet`: sentences that say what is missing. */
export const Module = exactly({
  moduleNo: ModuleNo,
  title: Type.String(),
  state: Type.Union([Type.Literal('locked'), Type.Literal('unlocked'), Type.Literal('passed')]),
  unmet: Type.Array(Type.String()),
})

/** What is offered, as the catalogue shows it. */
export const Product = exactly({
  productId: Uuid, type: Type.String(), slug: Type.String(), title: Type.String(), summary: Type.String(), language: Type.String(), languages: Type.Array(Type.String(), { description: 'others that it can be read in' }),
  level: Level, topics: Type.Integer(), archived: Type.Boolean(), mayRead: Type.Boolean(), mayWrite: Type.Boolean(), rowVersion: Type.Integer(),
})

/** The outline as an author has it. A topic's place is its place in the list. */
export const Outline = exactly({
  rowVersion: Type.Integer(),
  modules: Type.Array(exactly({
    chapterId: Uuid, moduleNo: ModuleNo, title: Type.String(), introduction: Type.String(),
    topics: Type.Array(exactly({ topicId: Uuid, topicNumber: Type.Integer(), topicName: Type.String() })),
  })),
  removed: Type.Array(exactly({ topicId: Uuid, topicName: Type.String() }), { description: 'topics that were taken out; an outline that names one puts it back' }),
})

const product = { productId: Uuid }
const course = { courseId: Uuid }

export const catalog = contract('catalog', {
  calls: {
    create: call('POST /courses', {
      says: 'Make a course with its modules.',
      status: 201,
      body: exactly({
        slug: Slug, name: Title, nodeId: Type.Optional(Uuid), summary: Type.Optional(Summary), language: Type.Optional(Language), level: Type.Optional(Level),
        modules: Type.Array(exactly({ moduleNo: ModuleNo, title: Title }), { maxItems: 200 }),
      }),
      reply: exactly({ courseId: Uuid }),
    }),
    list: call('GET /courses', {
      says: 'The courses one may read; archived ones only to who has a cohort of them.',
      params: { cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: exactly({
        courses: Type.Array(exactly({ courseId: Uuid, slug: Type.String(), name: Type.String(), modules: Type.Integer(), topics: Type.Integer() })),
        next: orNull(Type.String()),
      }),
    }),
    products: call('GET /products', {
      says: 'The catalogue: what is offered where one stands and above, and what one may read. `search` finds words, or how they begin, in titles, summaries and topics.',
      params: {
        search: Type.Optional(Type.String({ maxLength: 200 })), type: Type.Optional(Type.String({ maxLength: 40 })), language: Type.Optional(Language),
        archived: Type.Optional(Type.Boolean()), cursor: Type.Optional(Type.String({ maxLength: 400 })),
      },
      reply: exactly({ products: Type.Array(Product), next: orNull(Type.String()) }),
    }),
    createProduct: call('POST /products', {
      says: 'Make a product of any type; a course gets its modules later.',
      status: 201,
      body: exactly({ type: Type.String({ maxLength: 40 }), slug: Slug, title: Title, nodeId: Type.Optional(Uuid), summary: Type.Optional(Summary), language: Type.Optional(Language), level: Type.Optional(Level) }),
      reply: exactly({ productId: Uuid }),
      refusals: ['unknown_type'],
    }),
    product: call('GET /products/:productId', {
      says: 'One product, and where it is offered.',
      params: product,
      reply: exactly({ ...Product.properties, introduction: Type.String({ description: 'Markdown, of a course' }), nodes: Type.Array(exactly({ nodeId: Uuid, name: Type.String() })) }),
    }),
    changeProduct: call('PATCH /products/:productId', {
      says: 'Change the title, summary, introduction, level or language. `conflict` (`details.now`) where somebody changed it since it was read.',
      params: product,
      body: exactly({ rowVersion: Version, title: Type.Optional(Title), summary: Type.Optional(Summary), introduction: Type.Optional(Text), level: Type.Optional(Level), language: Type.Optional(Language) }),
      reply: exactly({ rowVersion: Type.Integer() }),
    }),
    archive: call('PUT /products/:productId/archived', {
      says: 'Take a product out of the catalogue, or put it back; who is in a cohort of it reads on.',
      params: product,
      body: exactly({ archived: Type.Boolean() }),
      reply: Nothing,
    }),
    offer: call('PUT /products/:productId/nodes/:nodeId', {
      says: 'Offer it at a place and everywhere below.',
      params: { ...product, nodeId: Uuid },
      reply: Nothing,
      refusals: ['another_organisation'],
    }),
    withdraw: call('DELETE /products/:productId/nodes/:nodeId', {
      says: 'No longer offer it there.',
      status: 204,
      params: { ...product, nodeId: Uuid },
    }),
    outline: call('GET /courses/:courseId/outline', { says: 'The outline as authors have it, with what was taken out.', params: course, reply: Outline }),
    putOutline: call('PUT /courses/:courseId/outline', {
      says: 'Put the modules and topics of a course into this order, without gaps: adds modules (without chapterId), names them, takes out what is left out and puts back what was taken out. `conflict` (`details.now`) where it is no longer what was read.',
      params: course,
      body: exactly({
        rowVersion: Version,
        modules: Type.Array(exactly({ chapterId: Type.Optional(Uuid), title: Title, introduction: Type.Optional(Text), topics: Type.Array(Uuid, { maxItems: 999, uniqueItems: true }) }), { maxItems: 200 }),
      }),
      reply: Outline,
    }),
  },
})
