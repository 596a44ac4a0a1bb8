import type { Change, Fact } from '#kernel/change'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { analysisActions } from './actions.analysis.ts'
import { actions } from './actions.ts'
import { dashboards as contract } from './contract.ts'

export const dashboards = (kernel: Kernel): Feature => {
  const boards = actions(kernel)
  // The list of a class is told to those on it, and a grade that was changed to whose it is: other nodes see it at their next look.
  const changed = async (change: Change, { body }: Fact) => change.afterwards(() => boards.changed(String(body.cohortId)))
  return feature({
    contract,
    actions: boards.actions,
    calls: analysisActions(kernel),
    heard: boards.heard,
    present: (cohortId, who) => { if (who.role === 'learner') boards.present(cohortId, who.memberId) },
    within: {
      'member.added': changed, 'member.changed': changed, 'member.removed': changed, 'member.merged': changed,
      async 'quiz.graded'(change, fact) {
        if (fact.body.cause === 'regrade') await changed(change, fact)
      },
    },
    start: async () => boards.start(),
  })
}
