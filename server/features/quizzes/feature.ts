import { type Feature, feature, type Kernel } from '#kernel/feature'
import { authorActions } from './actions.authors.ts'
import { liveActions } from './actions.live.ts'
import { actions } from './actions.ts'
import { standings } from '../cohorts/index.ts'
import { GRACE_MS } from './attempt.ts'
import { quizzes as contract } from './contract.ts'
import { dueWithin } from './store.ts'
import { exports, forget, takeOver } from './store.export.ts'
import { newestRun } from './store.live.ts'
import { boxOf, closeDue, inBox } from './verbs.answer.ts'

export const quizzes = (kernel: Kernel): Feature => feature({
  contract,
  actions: { ...actions(kernel), ...liveActions(kernel, standings(kernel.db)) },
  calls: authorActions(kernel),
  exports,
  snapshot: { live: { shared: newestRun } },
  within: {
    'account.merged': ({ sql }, { about: into, body }) => takeOver(sql, String(body.guestId), into),
    'account.closed': ({ sql }, { about: userId }) => forget(sql, userId),
  },
  alarms: [{
    due: (ms) => dueWithin(kernel.db.sql, GRACE_MS, ms),
    async ring(id) {
      const { quizId, cohortId } = inBox(id)
      for (let more = true; more;) {
        const came = await kernel.change(closeDue, boxOf(quizId, cohortId), {})
        more = came.ok && (came.data as { more: boolean }).more
      }
    },
  }],
})
