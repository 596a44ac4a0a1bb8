import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { orgs as contract } from './contract.ts'
import { home, takeOver } from './store.ts'
import { leave } from './store.people.ts'

export const orgs = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel), within: { 'account.merged': takeOver, 'account.closed': leave }, start: async () => void (await home(kernel.db.sql)) })
