import { type Feature, feature, type Kernel } from '#kernel/feature'
import { orgs as contract } from './contract.ts'
import { home, takeOver } from './store.ts'

export const orgs = ({ db }: Kernel): Feature => feature({ contract, within: { 'account.merged': takeOver }, start: async () => void (await home(db.sql)) })
