import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { progress as contract } from './contract.ts'
import { dueWithin } from './store.events.ts'
import { exports } from './store.export.ts'
import { ownModules, seenBy, sharedModules } from './store.snapshot.ts'
import { ring } from './verbs.alarm.ts'
import * as due from './verbs.due.ts'
import { settleAll } from './verbs.settle.ts'

export const progress = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  exports,
  snapshot: { modules: { shared: sharedModules, own: ownModules, as: seenBy, over: { id: 'moduleNo', fields: ['state', 'unmet'] } } },
  within: {
    'topic.read': due.topicRead, 'session.ended': due.sessionEnded,
    'member.added': due.memberAdded, 'member.changed': due.memberChanged, 'member.merged': due.memberMerged,
    'account.made': due.accountMade, 'account.merged': due.accountMerged, 'account.closed': due.accountClosed,
    'cohort.changed': due.cohortChanged, 'cohort.version_moved': due.cohortChanged, 'cohort.made': due.cohortChanged, 'cohort.unarchived': due.cohortChanged,
    'course.ordered': due.courseChanged, 'quiz.changed': due.courseChanged, 'course.changed': due.lessonsChanged, 'topic.added': due.lessonsChanged,
    'module.heard': due.settleGathered,
  },
  after: { 'module.due': settleAll(kernel) },
  alarms: [{ due: (ms) => dueWithin(kernel.db.sql, ms), ring: (cohortId) => kernel.change(ring, cohortId, { cohortId }) }],
})
