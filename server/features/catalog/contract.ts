// The catalogue: courses, their modules, and the topics in them.
import { Type } from 'typebox'
import { call, contract, exactly, orNull, Uuid } from '#kernel/contract'

const ModuleNo = Type.Integer({ minimum: 1, maximum: 999 })
const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80, description: 'lower-case words joined by hyphens' })
const Title = Type.String({ minLength: 1, maxLength: 200 })
const TopicName = exactly({ topicId: Uuid, topicNumber: Type.Integer(), topicName: Type.String() })

/** A module as a learner sees it in class. `unmet`: sentences that say what is missing. */
export const Module = exactly({
  moduleNo: ModuleNo,
  title: Type.String(),
  state: Type.Union([Type.Literal('locked'), Type.Literal('unlocked'), Type.Literal('passed')]),
  unmet: Type.Array(Type.String()),
})

export const catalog = contract('catalog', {
  calls: {
    create: call('POST /courses', {
      says: 'Make a course with its modules.',
      status: 201,
      body: exactly({ slug: Slug, name: Title, nodeId: Type.Optional(Uuid), modules: Type.Array(exactly({ moduleNo: ModuleNo, title: Title }), { maxItems: 200 }) }),
      reply: exactly({ courseId: Uuid }),
    }),
    list: call('GET /courses', {
      says: 'The courses one may see.',
      params: { cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: exactly({
        courses: Type.Array(exactly({ courseId: Uuid, slug: Type.String(), name: Type.String(), modules: Type.Integer(), topics: Type.Integer() })),
        next: orNull(Type.String()),
      }),
    }),
    show: call('GET /courses/:courseId', {
      says: 'A course with its modules and topics in order.',
      params: { courseId: Uuid },
      reply: exactly({
        courseId: Uuid, slug: Type.String(), name: Type.String(),
        modules: Type.Array(exactly({ moduleNo: ModuleNo, title: Type.String(), topics: Type.Array(TopicName) })),
      }),
    }),
    addTopic: call('POST /courses/:courseId/topics', {
      says: 'Put a topic into a module.',
      status: 201,
      params: { courseId: Uuid },
      body: exactly({ moduleNo: ModuleNo, topicNumber: ModuleNo, topicName: Title, markdown: Type.Optional(Type.String({ maxLength: 1_000_000 })) }),
      reply: exactly({ topicId: Uuid }),
    }),
    topic: call('GET /topics/:topicId', {
      says: 'A topic to read.',
      params: { topicId: Uuid },
      reply: exactly({ topicId: Uuid, courseId: Uuid, moduleNo: ModuleNo, topicNumber: Type.Integer(), topicName: Type.String(), markdown: Type.String() }),
    }),
  },
})
