import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { prepared as contract } from './contract.ts'

export const prepared = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  timed: { 'prune.prepared': prune(kernel.db, 'prepared_prompts', 'prepared_id', `removed_at < now() - interval '90 days'`, 37) },
})
