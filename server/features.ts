// The product, in the order of dependence: a room may ask only those above it.
import type { Feature, Kernel } from '#kernel/feature'
import { accounts } from './features/accounts/feature.ts'
import { attendance } from './features/attendance/feature.ts'
import { catalog } from './features/catalog/feature.ts'
import { cohorts } from './features/cohorts/feature.ts'
import { coldcall } from './features/coldcall/feature.ts'
import { orgs } from './features/orgs/feature.ts'
import { sessions } from './features/sessions/feature.ts'

export const features: readonly ((kernel: Kernel) => Feature)[] = [orgs, accounts, catalog, cohorts, sessions, coldcall, attendance]
