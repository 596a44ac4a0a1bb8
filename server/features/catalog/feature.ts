import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { catalog as contract } from './contract.ts'
import { modulesOf } from './store.ts'

export const catalog = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  snapshot: { modules: { shared: (sql, cohortId) => modulesOf(sql, cohortId) } },
})
