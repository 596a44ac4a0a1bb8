// Cohorts: who is in a class together, and the door to it.
import { Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, passing, push, question, Uuid } from '#kernel/contract'
import { Language } from '../catalog/contract.ts'

export const Member = exactly({
  memberId: Uuid,
  displayName: Type.String(),
  batchNo: orNull(Type.Integer()),
  timeFactor: Type.Number(),
})
export const CohortName = exactly({ cohortId: Uuid, name: Type.String(), courseId: Uuid, courseName: Type.String(), slug: Type.String() })
export const CohortRole = Type.Union([Type.Literal('learner'), Type.Literal('instructor'), Type.Literal('observer')])
export const Presence = Type.Object({ online: Type.Integer({ minimum: 0 }), members: Type.Optional(Type.Array(Uuid)) })

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Email = Type.String({ format: 'email', maxLength: 254 })
const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

const Short = Type.String({ maxLength: 40 })
/** A row as somebody typed it, or as a program gives it. `row`: its number in the file it is from. */
const Row = exactly({
  row: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  email: Type.String({ maxLength: 400 }),
  name: Type.Optional(Type.String({ maxLength: 400 })),
  role: Type.Optional(Short),
  batchNo: Type.Optional(Type.Union([Type.Integer(), Short])),
  timeFactor: Type.Optional(Type.Union([Type.Number(), Short])),
})
/** A list: either its rows, or a file. */
const Rows = exactly({
  members: Type.Optional(Type.Array(Row, { minItems: 1, maxItems: 5_000 })),
  csv: Type.Optional(Type.String({ maxLength: 2_800_000, description: 'a file in base64: what a request as text/csv becomes' })),
})
const Cell = Type.Union([Type.Literal('email'), Type.Literal('name'), Type.Literal('role'), Type.Literal('batchNo'), Type.Literal('timeFactor')])
const Value = Type.Union([Type.String(), Type.Number(), Type.Null()])
/** A day of a calendar, and the zone of the IANA database in which it is meant. */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'a day, YYYY-MM-DD' })
const Zone = Type.String({ minLength: 1, maxLength: 64, description: 'a time zone by its IANA name' })
const Days = exactly({ startsOn: orNull(Day), endsOn: orNull(Day), tz: Zone })
export const Request = exactly({
  requestId: Uuid, email: Type.String(), name: Type.String(), message: orNull(Type.String()), status: Type.Union([Type.Literal('pending'), Type.Literal('accepted'), Type.Literal('refused')]),
  askedAt: Instant, decidedBy: orNull(Type.String()), decidedAt: orNull(Instant),
})
export const Payload = exactly({
  title: Type.String({ minLength: 1, maxLength: 120 }), tagline: Type.String({ maxLength: 200 }), description: Type.String({ maxLength: 20_000 }), notes: Type.Optional(Type.String({ maxLength: 20_000 })),
})
export const Project = exactly({ batchNo: Type.Integer(), ...Payload.properties, rowVersion: Type.Integer() })

/** Somebody on the list, as staff see them. */
export const Listed = exactly({ ...Member.properties, email: orNull(Type.String()), role: CohortRole, signedIn: Type.Boolean(), lastSeenAt: orNull(Instant), removed: Type.Boolean() })

export const cohorts = contract('cohort', {
  commands: {
    join: question({
      says: 'Enter the class: what stands there now, and everything that is told from here on.',
      may: ['learner', 'instructor', 'observer', 'screen'],
      body: {
        cohortId: Uuid,
        as: Type.Optional(Type.Literal('screen')),
        epoch: Type.Optional(Type.String({ maxLength: 64 })),
        since: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Seq, { maxProperties: 8 })),
      },
      reply: {
        role: Type.Union([Type.Literal('learner'), Type.Literal('instructor'), Type.Literal('observer'), Type.Literal('screen')]),
        epoch: Type.String(),
        streams: Type.Record(Type.String(), Seq),
        snapshot: orNull(Type.Record(Type.String(), Type.Unknown())),
        missed: orNull(Type.Array(Type.Unknown())),
      },
      refusals: ['cohort_ended'],
    }),
    leave: question({ says: 'Leave the class on this socket.', may: ['learner', 'instructor', 'observer', 'screen'], body: { cohortId: Uuid } }),
  },
  calls: {
    enter: call('POST /join', {
      says: 'Walk in with a code: as somebody on the list, or as a guest where the code alone is enough.',
      open: true,
      body: exactly({ code: Type.String({ minLength: 1, maxLength: 40 }), name: Name, email: Type.Optional(Email) }),
      reply: exactly({
        accessToken: Type.String(), refreshToken: Type.String(), cohortId: Uuid, memberId: Uuid,
        user: exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()) }),
      }),
      refusals: ['not_listed', 'cohort_full', 'cohort_ended'],
    }),
    me: call('GET /me', {
      says: 'Who one is, what one was granted, and one\'s cohorts.',
      reply: exactly({
        user: exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()) }),
        viewedBy: orNull(exactly({ userId: Uuid, name: Type.String() })),
        grants: Type.Array(exactly({ grantId: Uuid, nodeId: Uuid, node: Type.String(), role: Type.String(), cohortId: orNull(Uuid) })),
        cohorts: Type.Array(exactly({ cohortId: Uuid, name: Type.String(), courseName: Type.String(), role: Type.String(), live: Type.Boolean() })),
      }),
    }),
    create: call('POST /courses/:courseId/cohorts', {
      says: 'Make a cohort of a course.',
      status: 201,
      params: { courseId: Uuid },
      body: exactly({
        name: Name,
        entry: Type.Optional(Type.Union([Type.Literal('listed'), Type.Literal('code')])),
        startsAt: Type.Optional(Instant),
        endsAt: Type.Optional(Instant),
        capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
      }),
      reply: exactly({ cohortId: Uuid, inviteCode: Type.String() }),
    }),
    list: call('GET /cohorts', {
      says: 'The cohorts one may see.',
      params: { cursor: Type.Optional(Type.String({ maxLength: 100 })) },
      reply: exactly({ cohorts: Type.Array(Type.Object({ ...CohortName.properties, role: CohortRole, live: Type.Boolean() })), next: orNull(Type.String()) }),
    }),
    show: call('GET /cohorts/:cohortId', {
      says: 'One cohort; staff also see the code.',
      params: { cohortId: Uuid },
      reply: exactly({
        ...CohortName.properties, role: CohortRole, entry: Type.String(), inviteCode: orNull(Type.String()),
        startsAt: orNull(Instant), endsAt: orNull(Instant), capacity: orNull(Type.Integer()), learners: Type.Integer(),
        ...Days.properties, language: orNull(Type.String()), version: orNull(exactly({ versionId: Uuid, versionNo: Type.Integer() })), archived: Type.Boolean(), rowVersion: Type.Integer(), mayChange: Type.Boolean(), asked: Type.Integer(),
      }),
    }),
    change: call('PATCH /cohorts/:cohortId', {
      says: 'Change a cohort: its name, its days in its time zone, its places, who comes in; `rowVersion` is the one that was read.',
      params: { cohortId: Uuid },
      body: exactly({
        name: Type.Optional(Name), startsOn: Type.Optional(orNull(Day)), endsOn: Type.Optional(orNull(Day)), tz: Type.Optional(Zone),
        capacity: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 100_000 }))), entry: Type.Optional(Type.Union([Type.Literal('listed'), Type.Literal('code')])), rowVersion: Type.Integer({ minimum: 1 }),
        language: Type.Optional(orNull(Language)),
      }),
      refusals: ['too_few_places'],
    }),
    archive: call('POST /cohorts/:cohortId/archive', { says: 'End a cohort for good; a class that runs ends with it, and nobody comes in any more. All that was said is kept.', status: 204, params: { cohortId: Uuid }, reply: Nothing }),
    unarchive: call('POST /cohorts/:cohortId/unarchive', { says: 'Take a cohort back from the archive.', status: 204, params: { cohortId: Uuid }, reply: Nothing }),
    askIn: call('POST /join/ask', {
      says: 'Ask for a place on the list of the cohort with this code. The answer is the same whether one has a place already or not.',
      open: true,
      status: 202,
      body: exactly({ code: Type.String({ minLength: 1, maxLength: 40 }), name: Name, email: Email, message: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }),
      refusals: ['cohort_ended'],
    }),
    requests: call('GET /cohorts/:cohortId/requests', {
      says: 'Who asks for a place, the first first; what was decided in the last days after them.',
      params: { cohortId: Uuid },
      reply: exactly({ requests: Type.Array(Request) }),
    }),
    accept: call('POST /cohorts/:cohortId/requests/:requestId/accept', {
      says: 'Put who asks on the list, into a batch if one is named.',
      params: { cohortId: Uuid, requestId: Uuid },
      body: exactly({ batchNo: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) }),
      reply: Request,
      refusals: ['already_decided', 'cohort_full', 'cohort_ended'],
    }),
    decline: call('POST /cohorts/:cohortId/requests/:requestId/refuse', { says: 'Do not put who asks on the list.', params: { cohortId: Uuid, requestId: Uuid }, reply: Request, refusals: ['already_decided'] }),
    projects: call('GET /cohorts/:cohortId/projects', {
      says: 'The projects of the batches: to staff all, to a learner that of their own batch.',
      params: { cohortId: Uuid },
      reply: exactly({ projects: Type.Array(Project) }),
    }),
    putProject: call('PUT /cohorts/:cohortId/batches/:batchNo/project', {
      says: 'Set what a batch works on; `rowVersion` is the one that was read, left out where there was none.',
      params: { cohortId: Uuid, batchNo: Type.Integer({ minimum: 1, maximum: 1_000 }) },
      body: exactly({ ...Payload.properties, rowVersion: Type.Optional(Type.Integer({ minimum: 1 })) }),
      reply: Project,
    }),
    removeProject: call('DELETE /cohorts/:cohortId/batches/:batchNo/project', { says: 'Take the project of a batch away.', status: 204, params: { cohortId: Uuid, batchNo: Type.Integer({ minimum: 1, maximum: 1_000 }) }, reply: Nothing }),
    addMembers: call('POST /cohorts/:cohortId/members', {
      says: 'Put people on the list, or change how they stand there; what is wrong with a row is said, and the others are kept. Also takes a file as text/csv.',
      params: { cohortId: Uuid },
      body: Rows,
      reply: exactly({
        added: Type.Integer(), updated: Type.Integer(), changed: Type.Integer(),
        failed: Type.Array(exactly({ row: Type.Integer(), field: Type.String(), message: Type.String() })),
      }),
    }),
    checkMembers: call('POST /cohorts/:cohortId/members/check', {
      says: 'What putting these people on the list would do; nothing is changed. Also takes a file as text/csv.',
      params: { cohortId: Uuid },
      body: Rows,
      reply: exactly({
        rows: Type.Array(exactly({
          row: Type.Integer(),
          does: Type.Union([Type.Literal('add'), Type.Literal('return'), Type.Literal('change'), Type.Literal('keep'), Type.Literal('refuse')]),
          cells: exactly({ email: Type.String(), name: Type.String(), role: Type.String(), batchNo: Type.String(), timeFactor: Type.String() }),
          field: orNull(Cell), message: orNull(Type.String()),
          changes: Type.Array(exactly({ field: Cell, from: Value, to: Value })),
        })),
        ignored: Type.Array(Type.String()),
      }),
    }),
    members: call('GET /cohorts/:cohortId/members', {
      says: 'The list, for staff, by name; `q` is looked for in names and e-mails, `batch` 0 is none. The first page counts.',
      params: {
        cohortId: Uuid, cursor: Type.Optional(Type.String({ maxLength: 1_000 })), q: Type.Optional(Type.String({ maxLength: 120 })), role: Type.Optional(CohortRole),
        batch: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })), signedIn: Type.Optional(Type.Boolean()), removed: Type.Optional(Type.Boolean()),
      },
      reply: exactly({
        members: Type.Array(Listed),
        next: orNull(Type.String()),
        counts: orNull(exactly({ learners: Type.Integer(), instructors: Type.Integer(), observers: Type.Integer(), unseen: Type.Integer(), removed: Type.Integer(), batches: Type.Array(Type.Integer()) })),
      }),
    }),
    changeMember: call('PATCH /cohorts/:cohortId/members/:memberId', {
      says: 'Change how somebody stands on the list; a batch of null is none.',
      params: { cohortId: Uuid, memberId: Uuid },
      body: exactly({ name: Row.properties.name, role: Row.properties.role, batchNo: Type.Optional(orNull(Type.Union([Type.Integer(), Short]))), timeFactor: Row.properties.timeFactor }),
      reply: Listed,
      refusals: ['last_instructor', 'cohort_full'],
    }),
    putBack: call('POST /cohorts/:cohortId/members/:memberId/back', {
      says: 'Put somebody who was removed back on the list, with everything they had.',
      params: { cohortId: Uuid, memberId: Uuid },
      reply: Listed,
      refusals: ['cohort_full'],
    }),
    remove: call('DELETE /cohorts/:cohortId/members/:memberId', {
      says: 'Take somebody off the list; their answers and stars stay.',
      status: 204,
      params: { cohortId: Uuid, memberId: Uuid },
      reply: Nothing,
      refusals: ['last_instructor'],
    }),
  },
  pushes: {
    member: push('user', { cohortId: Uuid, role: CohortRole, member: orNull(Member) }, 'How one stands in the cohort has changed.'),
    removed: push('user', { cohortId: Uuid }, 'One was taken off the list.'),
    project: push('user', { cohortId: Uuid, batchNo: Type.Integer() }, 'What one\'s batch works on has changed.'),
    presence: passing(['cohort', 'staff'], Presence.properties, 'How many learners are here; to staff also who.'),
    slow: passing('user', { code: Type.Literal('slow_consumer') }, 'This socket did not read for too long and is closed. Connect again and join.'),
    head: passing(['cohort', 'staff', 'user'], {
      epoch: Type.String(), streams: Type.Record(Type.String(), Seq), levels: Type.Array(Type.Unknown()),
    }, 'The heads of one\'s streams and the newest levels, so that what was lost is noticed.'),
  },
})
