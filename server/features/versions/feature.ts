import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { versions as contract } from './contract.ts'

export const versions = (kernel: Kernel): Feature => feature({ contract, ...actions(kernel) })
