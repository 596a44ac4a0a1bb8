// The product, in the order of dependence: a room may ask only those above it.
import type { Feature, Kernel } from '#kernel/feature'
import { access } from './features/access/feature.ts'
import { accounts } from './features/accounts/feature.ts'
import { attendance } from './features/attendance/feature.ts'
import { catalog } from './features/catalog/feature.ts'
import { cohorts } from './features/cohorts/feature.ts'
import { coldcall } from './features/coldcall/feature.ts'
import { content } from './features/content/feature.ts'
import { files } from './features/files/feature.ts'
import { imports } from './features/imports/feature.ts'
import { orgs } from './features/orgs/feature.ts'
import { prepared } from './features/prepared/feature.ts'
import { reading } from './features/reading/feature.ts'
import { sessions } from './features/sessions/feature.ts'
import { tutors } from './features/tutors/feature.ts'
import { versions } from './features/versions/feature.ts'

export const features: readonly ((kernel: Kernel) => Feature)[] = [orgs, accounts, catalog, files, cohorts, content, versions, imports, reading, access, tutors, sessions, coldcall, attendance, prepared]
