import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { imports as contract } from './contract.ts'
import { endLost, exports } from './store.ts'
import { openWork } from './verbs.jobs.ts'

export const imports = (kernel: Kernel): Feature => {
  const work = openWork(kernel)
  return feature({
    contract,
    ...actions(kernel, work),
    exports,
    start: work.start,
    timed: {
      'imports.lost': { cron: '* * * * *', work: async () => void (await endLost(kernel.db.sql)) },
      'imports.prune': prune(kernel.db, 'import_jobs', 'job_id', `created_at < now() - interval '90 days'`, 23),
    },
  })
}
