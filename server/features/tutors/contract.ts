// Tutors: applying to teach, being taken, and who teaches which course.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, Uuid } from '#kernel/contract'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most })
const Status = Type.Union([Type.Literal('pending'), Type.Literal('approved'), Type.Literal('refused'), Type.Literal('withdrawn')])
const TutorRole = Type.Union([Type.Literal('lead'), Type.Literal('assistant')])

export const Opening = exactly({ nodeId: Uuid, org: Type.String(), place: Type.String(), text: Type.String(), isOpen: Type.Boolean(), mine: orNull(Status) })
export const Application = exactly({
  applicationId: Uuid, node: exactly({ nodeId: Uuid, name: Type.String() }), org: Type.String(), user: exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()) }),
  about: Type.String(), status: Status, appliedAt: Instant, decidedAt: orNull(Instant), decidedBy: orNull(Type.String()), reason: orNull(Type.String()),
})
export type Application = Static<typeof Application>
export const CourseTutor = exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()), role: TutorRole, since: Instant })
const ONE = { params: { applicationId: Uuid }, reply: Application, refusals: ['already_decided'] } as const

export const tutors = contract('tutors', {
  calls: {
    openings: call('GET /openings', { says: 'Where one may apply to teach.', reply: exactly({ openings: Type.Array(Opening) }) }),
    putOpening: call('PUT /nodes/:nodeId/opening', {
      says: 'Take applications of tutors at a place, or no more.',
      params: { nodeId: Uuid },
      body: exactly({ text: Text(4_000), isOpen: Type.Boolean() }),
    }),
    apply: call('POST /openings/:nodeId/applications', {
      says: 'Apply to teach there. One application at a time in an organisation.',
      status: 201,
      personal: true,
      params: { nodeId: Uuid },
      body: exactly({ about: Text(4_000) }),
      reply: Application,
      refusals: ['already_applied', 'no_email'],
    }),
    mine: call('GET /me/applications', { says: 'One\'s own applications, the newest first.', reply: exactly({ applications: Type.Array(Application) }) }),
    withdraw: call('POST /applications/:applicationId/withdraw', { says: 'Take one\'s application back.', personal: true, ...ONE }),
    applications: call('GET /nodes/:nodeId/applications', {
      says: 'Applications at a place and below it, the newest first.',
      params: { nodeId: Uuid, status: Type.Optional(Status), cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: exactly({ applications: Type.Array(Application), next: orNull(Type.String()) }),
    }),
    approve: call('POST /applications/:applicationId/approve', { says: 'Take a tutor: they may lead classes at that place and below.', ...ONE }),
    refuse: call('POST /applications/:applicationId/refuse', { says: 'Refuse an application; the reason is shown to who applied.', body: exactly({ reason: Text(1_000) }), ...ONE }),
    staff: call('GET /courses/:courseId/tutors', { says: 'Who teaches a course.', params: { courseId: Uuid }, reply: exactly({ tutors: Type.Array(CourseTutor), mayStaff: Type.Boolean() }) }),
    putStaff: call('PUT /courses/:courseId/tutors', {
      says: 'Have somebody teach a course, as lead or assistant. From then on only its tutors start its classes.',
      params: { courseId: Uuid },
      body: exactly({ email: Type.String({ format: 'email', maxLength: 254 }), role: TutorRole }),
      reply: CourseTutor,
      refusals: ['no_account'],
    }),
    removeStaff: call('DELETE /courses/:courseId/tutors/:userId', { says: 'Have somebody teach this course no more.', status: 204, params: { courseId: Uuid, userId: Uuid }, reply: Nothing }),
  },
})
