// What a class asks the tutor, for who teaches it: counted, never by name, and only where enough have asked.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'
import { ModuleNo } from '../catalog/contract.ts'

const Count = Type.Integer({ minimum: 0 })

/** Questions of one meaning. Counts are in steps of `k`: at least so many. `examples`: some of them word for word, only where at least `k` people asked. */
export const Cluster = exactly({
  clusterId: Type.String(), label: Type.String(), asked: Count, askers: Count, grounded: Count, examples: Type.Array(Type.String()),
  topic: orNull(exactly({ topicId: Uuid, topicName: Type.String(), moduleNo: ModuleNo })), lastAt: Instant,
})
export type Cluster = Static<typeof Cluster>

const Seen = exactly({
  since: Instant, k: Count, asked: Count, askers: Count, kept: Count,
  ungrounded: Count, helpful: exactly({ yes: Count, no: Count }), extractive: Count, failed: Count, passedOn: exactly({ open: Count, answered: Count }),
  days: Type.Array(exactly({ day: Type.String({ description: 'in the cohort’s time zone' }), asked: Count })),
  topics: Type.Array(exactly({ topicId: Uuid, topicName: Type.String(), moduleNo: ModuleNo, asked: Count, askers: Count, ungrounded: Count, yes: Count, no: Count })),
  clusters: Type.Array(Cluster), unanswered: Type.Array(Cluster),
})
export type InsightsSeen = Static<typeof Seen>

export const insights = contract('insights', {
  calls: {
    cohort: call('GET /cohorts/:cohortId/tutor/insights', {
      says: 'What the learners of a cohort asked the tutor in so many days, for its staff: by topic, by meaning, what the material did not answer, and what was thought helpful. What fewer than `k` people asked is only counted, in `kept`.',
      params: { cohortId: Uuid, days: Type.Optional(Type.Union([Type.Literal(7), Type.Literal(30), Type.Literal(90), Type.Literal(365)])) },
      reply: Seen,
    }),
  },
})
