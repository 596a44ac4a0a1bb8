import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { groups as contract } from './contract.ts'

export const groups = (kernel: Kernel): Feature => feature({ contract, calls: actions(kernel) })
