import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { insights as contract } from './contract.ts'

export const insights = (kernel: Kernel): Feature => feature({ contract, calls: actions(kernel) })
