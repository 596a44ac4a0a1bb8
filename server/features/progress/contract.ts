// Progress: which modules are open to a learner, by what happened and by rule; what is passed; and the hand of the instructor.
import { Type } from 'typebox'
import { call, command, contract, exactly, Instant, orNull, push, Uuid } from '#kernel/contract'
import { Module, ModuleNo } from '../catalog/contract.ts'

export { Module }

const Count = Type.Integer({ minimum: 0 })
const { state: State, unmet: Unmet } = Module.properties
const BatchNo = Type.Integer({ minimum: 1, maximum: 1_000 })
const Version = Type.Integer({ minimum: 1, description: 'the version that was read; none where there was no rule' })
const Rule = Type.Unknown({
  description: 'a tree, at most 5 levels deep, of at most 50 of these: {"all": […]}, {"any": […]}, {"not": …}, {"topicRead": topicId}, {"quizPassed": quizId}, {"quizScore": quizId, "atLeast": 1–100}, {"from": instant}, {"daysAfterStart": days}, {"sessionsHeld": classes}, {"byHand": true}',
})

const on = {
  cohortId: Uuid, moduleNo: ModuleNo,
  memberIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 1_000, uniqueItems: true, description: 'for these learners; without it and `batchNo` for the whole cohort' })), batchNo: Type.Optional(BatchNo),
}
const course = { courseId: Uuid }
const module = { courseId: Uuid, moduleNo: ModuleNo }

const Hand = exactly({ open: Type.Boolean(), memberId: orNull(Uuid), displayName: orNull(Type.String()), batchNo: orNull(Type.Integer()), at: Instant, by: Type.String() })

export const progress = contract('module', {
  commands: {
    unlock: command({ says: 'Open a module by hand. What is for a learner goes before what is for their batch, and that before what is for the cohort. `unlocked`: for how many it was locked until now.', may: ['instructor'], body: on, reply: { unlocked: Count }, refusals: ['no_such_module'] }),
    lock: command({ says: 'Hold a module shut by hand, but for those who have worked in it. `locked`: for how many it was open until now.', may: ['instructor'], body: on, reply: { locked: Count }, refusals: ['no_such_module'] }),
    rule: command({ says: 'Take the hand back that was laid on these learners, this batch or the cohort: the rule decides again.', may: ['instructor'], body: on, refusals: ['no_such_module'] }),
  },
  calls: {
    modules: call('GET /cohorts/:cohortId/modules', {
      says: 'The modules of a cohort. To staff: what each asks, how many learners stand how, which hands lie on it (the newest 500); to a learner: how they stand.',
      params: { cohortId: Uuid },
      reply: exactly({
        modules: Type.Array(exactly({
          moduleNo: ModuleNo, title: Type.String(), state: State, unmet: Unmet, rule: Type.Array(Type.String(), { description: 'what it asks of everybody, in words' }),
          learners: orNull(exactly({ locked: Count, open: Count, begun: Count, passed: Count })), hands: orNull(Type.Array(Hand)),
        })),
      }),
    }),
    getRule: call('GET /courses/:courseId/modules/:moduleNo/rule', {
      says: 'The rule by which a module opens, for who writes the course.',
      params: module,
      reply: exactly({ moduleNo: ModuleNo, title: Type.String(), rule: orNull(Rule), rowVersion: orNull(Type.Integer()), at: orNull(Instant), by: orNull(Type.String()) }),
    }),
    putRule: call('PUT /courses/:courseId/modules/:moduleNo/rule', {
      says: 'Put the rule by which a module opens, in every cohort of the course. With `dryRun` nothing changes, and `locks` says for how many learners it would shut what is open to them now. `conflict` (`details.now`) where somebody changed it since it was read.',
      params: module,
      body: exactly({ rule: Rule, rowVersion: Type.Optional(Version), dryRun: Type.Optional(Type.Boolean()) }),
      reply: exactly({ rowVersion: orNull(Type.Integer()), locks: orNull(Count) }),
      refusals: ['bad_rule'],
    }),
    dropRule: call('DELETE /courses/:courseId/modules/:moduleNo/rule', {
      says: 'Take the rule of a module away: it is open.',
      status: 204,
      params: { ...module, rowVersion: Version },
    }),
    preset: call('PUT /courses/:courseId/rules', {
      says: 'Put the rules of all modules at once, in place of those there are: `one_after_another`, each opens once the quizzes of the one before it are passed, or its lessons read where it has none; or `none`.',
      params: course,
      body: exactly({ preset: Type.Union([Type.Literal('one_after_another'), Type.Literal('none')]) }),
      reply: exactly({ rules: Count }),
    }),
  },
  pushes: {
    changed: push('user', { cohortId: Uuid, moduleNo: ModuleNo, state: State, unmet: Unmet }, 'A module stands otherwise for one now.'),
    unlocked: push('user', { cohortId: Uuid, courseId: Uuid, moduleNo: ModuleNo, cause: Type.Union([Type.Literal('quiz'), Type.Literal('instructor'), Type.Literal('schedule'), Type.Literal('rule')]) },
      'A module that was locked is open to one: what opened it.'),
    moved: push('staff', {
      cohortId: Uuid,
      members: Type.Array(exactly({ memberId: Uuid, moduleNo: ModuleNo, state: Type.Union([Type.Literal('locked'), Type.Literal('unlocked'), Type.Literal('begun'), Type.Literal('passed')]) })),
    }, 'Learners stand otherwise in these modules now: all of one commit, or a thousand of them.'),
  },
})
