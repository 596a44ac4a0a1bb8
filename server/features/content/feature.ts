import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { content as contract } from './contract.ts'

export const content = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel) })
