import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { catalog as contract } from './contract.ts'

export const catalog = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel) })
