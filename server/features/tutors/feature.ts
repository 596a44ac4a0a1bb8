import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { tutors as contract } from './contract.ts'
import { applicationsOf, leave, takeOver } from './store.ts'

export const tutors = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  within: { 'account.merged': ({ sql }, { about: into, body }) => takeOver(sql, String(body.guestId), into), 'account.closed': ({ sql }, { about: userId }) => leave(sql, userId) },
  exports: async (sql, userId) => ({ applications: await applicationsOf(sql, userId) }),
})
