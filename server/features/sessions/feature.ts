import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { sessions as contract } from './contract.ts'
import { endRunning, running, takeOver } from './store.ts'

export const sessions = (kernel: Kernel): Feature => {
  const { actions: verbs, seen } = actions(kernel)
  return feature({
    contract,
    actions: verbs,
    snapshot: { session: { shared: running } },
    within: { 'member.merged': takeOver, 'cohort.archived': endRunning },
    present(cohortId, who, here, elsewhere) {
      if (here && !elsewhere && who.role === 'learner' && who.memberId) seen(cohortId, who.memberId)
    },
  })
}
