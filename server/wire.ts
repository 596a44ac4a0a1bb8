// The whole wire: everything that a client may say or hear is in this list. A client imports its types only.
import type { CommandsOf, PushesOf } from '#kernel/contract'
import { access } from './features/access/contract.ts'
import { accounts } from './features/accounts/contract.ts'
import { attendance } from './features/attendance/contract.ts'
import { catalog } from './features/catalog/contract.ts'
import { cohorts } from './features/cohorts/contract.ts'
import { coldcall } from './features/coldcall/contract.ts'
import { content } from './features/content/contract.ts'
import { dashboards } from './features/dashboards/contract.ts'
import { files } from './features/files/contract.ts'
import { groups } from './features/groups/contract.ts'
import { imports } from './features/imports/contract.ts'
import { insights } from './features/insights/contract.ts'
import { knowledge } from './features/knowledge/contract.ts'
import { orgs } from './features/orgs/contract.ts'
import { prepared } from './features/prepared/contract.ts'
import { progress } from './features/progress/contract.ts'
import { questions } from './features/questions/contract.ts'
import { quizzes } from './features/quizzes/contract.ts'
import { reading } from './features/reading/contract.ts'
import { sessions } from './features/sessions/contract.ts'
import { tutor } from './features/tutor/contract.ts'
import { tutors } from './features/tutors/contract.ts'
import { versions } from './features/versions/contract.ts'

/** Within a version the wire only grows. One line of history a version:
 *  1  classes, sessions and blind prompts; rosters; attendance; prepared prompts;
 *     organisations, permissions, keys, views as somebody else, tutors, sign-in by OpenID Connect, one's own account;
 *     the catalogue, content by persona and language, versions, reading, files, imports;
 *     the bank, quizzes, progress and unlocks, dashboards;
 *     the tutor, what it knows, what is asked of it, and answers in groups. */
export const WIRE = 1

export const wire = [orgs, accounts, catalog, files, cohorts, content, versions, progress, imports, reading, access, tutors, sessions, coldcall, attendance, prepared, questions, quizzes, knowledge, groups, tutor, insights, dashboards] as const
export type Commands = CommandsOf<typeof wire>
export type Pushes = PushesOf<typeof wire>
