// The modules of a class, for who comes in: what somebody sees for whom nothing is kept, and over it what is each one's own.
import type { Role } from '#kernel/contract'
import type { Sql } from '#kernel/sql'
import type { Looker } from '#kernel/view'
import { forNobody, type Kept, stateOf } from './reckoning.ts'
import { frameOf } from './store.frame.ts'
import type { ModuleView } from './view.ts'

export async function sharedModules(sql: Sql, cohortId: string): Promise<ModuleView[]> {
  const frame = await frameOf(sql, cohortId)
  const nobody = frame ? forNobody(frame) : []
  return (frame?.modules ?? []).map(({ moduleNo, title }, i) => ({ moduleNo, title, state: stateOf(nobody[i] as Kept), unmet: [...(nobody[i] as Kept).unmet] }))
}

/** To who teaches, looks on or is the screen nothing is locked. */
export const seenBy = (modules: ModuleView[], role: Role): ModuleView[] => (role === 'learner' ? modules : modules.map((m) => ({ ...m, state: 'unlocked', unmet: [] })))

type Own = Record<number, Pick<ModuleView, 'state' | 'unmet'>>

export async function ownModules(sql: Sql, cohortId: string, people: readonly Looker[]): Promise<Map<string, Own>> {
  const learners = people.filter((p) => p.role === 'learner').map((p) => p.userId)
  const rows = learners.length === 0 ? [] : await sql<{ userId: string; moduleNo: number; open: boolean; passed: boolean; unmet: string[] }>(
    `SELECT p.user_id AS "userId", m.module_no AS "moduleNo", p.open, p.passed, p.unmet FROM module_progress p JOIN modules_in($1) m USING (chapter_id) WHERE p.cohort_id = $1 AND p.user_id = ANY($2::uuid[])`, [cohortId, learners])
  const own = new Map<string, Own>()
  for (const { userId, moduleNo, unmet, ...stands } of rows) own.set(userId, Object.assign(own.get(userId) ?? {}, { [moduleNo]: { state: stateOf(stands), unmet } }))
  return own
}
