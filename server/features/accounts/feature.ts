import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { accounts as contract } from './contract.ts'

export const accounts = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  timed: { 'prune.sign-ins': prune(kernel.db, 'user_sessions', 'session_id', `coalesce(revoked_at, expires_at) < now() - interval '30 days'`, 17) },
})
