import { type Feature, feature, type Kernel } from '#kernel/feature'
import { orgs as contract } from './contract.ts'
import { home } from './store.ts'

export const orgs = ({ db }: Kernel): Feature => feature({ contract, start: async () => void (await home(db.sql)) })
