import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { knows } from './actions.keys.ts'
import { access as contract } from './contract.ts'
import { lapsing } from './store.ts'
import { endedHere } from './store.keys.ts'
import { lapse } from './verbs.ts'
import { endViews } from './verbs.keys.ts'

export const access = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  within: { 'account.signed_out': endViews, 'account.reused': endViews },
  ended: (ids) => endedHere(kernel.db.sql, ids),
  knows: knows(kernel),
  alarms: [{ due: (ms) => lapsing(kernel.db.sql, ms), ring: (grantId) => kernel.change(lapse, grantId, grantId) }],
})
