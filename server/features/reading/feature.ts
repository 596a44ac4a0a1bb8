import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { reading as contract } from './contract.ts'

export const reading = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel) })
