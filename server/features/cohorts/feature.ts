import { type Feature, feature, type Kernel } from '#kernel/feature'
import { cohortStream, staffStream } from '#kernel/streams'
import { actions } from './actions.ts'
import { cohorts as contract } from './contract.ts'
import { standings } from './index.ts'
import { membersFor, named } from './store.ts'
import { exports } from './store.export.ts'
import { unname } from './verbs.closed.ts'
import { takeOver } from './verbs.merged.ts'
import { bind } from './verbs.ts'

export const cohorts = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  exports,
  snapshot: {
    cohort: { shared: named },
    member: { own: membersFor },
    presence: { level: 'cohort:presence', live: (cohortId, looker) => here(kernel, cohortId, looker.role === 'instructor' || looker.role === 'observer') },
  },
  standing: {
    forget: (userId, cohortId) => standings(kernel.db).forget(userId, cohortId),
    forgetAll: () => standings(kernel.db).forgetAll(),
    of: (userId, cohortId) => standings(kernel.db).of({ userId }, cohortId),
  },
  within: { 'account.made': (change, fact) => bind(change, fact.about), 'account.merged': takeOver, 'account.closed': unname },
  present(cohortId) {
    kernel.level(cohortStream(cohortId), 'cohort:presence', () => here(kernel, cohortId, false))
    kernel.level(staffStream(cohortId), 'cohort:presence', () => here(kernel, cohortId, true))
  },
})

function here({ presence }: Kernel, cohortId: string, staff: boolean) {
  return { online: presence.online(cohortId), ...(staff ? { members: presence.learners(cohortId).map((l) => l.memberId).sort() } : {}) }
}
