import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { reading as contract } from './contract.ts'
import { exports } from './store.export.ts'
import { leave, takeOver } from './verbs.people.ts'

export const reading = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel), exports, within: { 'account.merged': takeOver, 'account.closed': leave } })
