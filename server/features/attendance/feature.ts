import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { pieces } from './actions.pieces.ts'
import { attendance as contract } from './contract.ts'
import { exports } from './store.export.ts'
import { takeOver } from './verbs.merged.ts'

export const attendance = (kernel: Kernel): Feature => {
  const { came, went, stop } = pieces(kernel)
  return feature({
    contract,
    ...actions(kernel),
    exports,
    stop,
    within: { 'member.merged': takeOver },
    present(cohortId, who, here, elsewhere) {
      if (elsewhere || who.role !== 'learner' || !who.memberId) return
      if (here) came(cohortId, who.memberId)
      else went(cohortId, who.memberId)
    },
    timed: { 'prune.pieces': prune(kernel.db, 'presence_pieces', 'piece_id', `until_at < now() - interval '1 year'`, 22) },
  })
}
