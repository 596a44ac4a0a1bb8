// What a row would do to the list, and what may not be done to it: the same for a look beforehand and for the deed.
import { type Cell, type Cells, isWrong, type Read, type Role, type RosterRow } from './roster.ts'
import type { Member } from './view.ts'

/** Somebody as they stand on the list. */
export type Known = Member & { email: string | null; role: Role; status: 'active' | 'removed'; userId: string | null }
/** How the cohort stands: `byGrant`, whether who asks leads it also without the list. */
export type Ground = { capacity: number | null; learners: number; instructors: number; byGrant: boolean }
export type Change = { field: Cell; from: string | number | null; to: string | number | null }
export type Refusing = { code: 'cohort_full' | 'last_instructor'; field: Cell; message: string }
export type Planned =
  | { row: number; does: 'add'; read: RosterRow }
  | { row: number; does: 'return' | 'change' | 'keep'; before: Known; after: Known; changes: Change[] }
  | { row: number; does: 'refuse'; field: Cell; message: string }

/** Holds the count of places and of instructors while rows are gone through one after the other. `asker`: who asks. */
export function planning(ground: Ground, asker: string | null) {
  let { learners, instructors } = ground

  /** Whether a standing may become another; counts it where it may. */
  function moves(before: Known | undefined, to: Role | null): Refusing | null {
    const from = before?.status === 'active' ? before.role : null
    if (from === to) return null
    if (to === 'learner' && ground.capacity !== null && learners >= ground.capacity) return { code: 'cohort_full', field: 'email', message: `The cohort is full: it takes ${ground.capacity === 1 ? 'one learner' : `${ground.capacity} learners`}.` }
    const isSelf = asker !== null && before?.userId === asker
    if (from === 'instructor' && instructors === 1 && isSelf && !ground.byGrant) return { code: 'last_instructor', field: 'role', message: 'You are the only instructor of this cohort. Make somebody else an instructor first.' }
    learners += Number(to === 'learner') - Number(from === 'learner')
    instructors += Number(to === 'instructor') - Number(from === 'instructor')
    return null
  }

  function plan({ row, read }: Read, before: Known | undefined): Planned {
    if (isWrong(read)) return { row, does: 'refuse', ...read }
    const after = before && changed(before, read)
    const refused = moves(before, after?.role ?? read.role ?? 'learner')
    if (refused) return { row, does: 'refuse', field: refused.field, message: refused.message }
    if (!before || !after) return { row, does: 'add', read }
    const changes = differing(before, after)
    return { row, does: before.status === 'removed' ? 'return' : changes.length > 0 ? 'change' : 'keep', before, after, changes }
  }

  return { plan, moves }
}

/** Somebody with these cells, active; what is null stays. */
export const changed = (before: Known, cells: Partial<Cells> & { email?: string }): Known => ({
  ...before, status: 'active', email: cells.email ?? before.email, displayName: cells.name ?? before.displayName, role: cells.role ?? before.role,
  batchNo: cells.batchNo ?? before.batchNo, timeFactor: cells.timeFactor ?? before.timeFactor,
})

const FIELDS: [Cell, (k: Known) => string | number | null][] = [['email', (k) => k.email], ['name', (k) => k.displayName], ['role', (k) => k.role], ['batchNo', (k) => k.batchNo], ['timeFactor', (k) => k.timeFactor]]

export const differing = (before: Known, after: Known): Change[] =>
  FIELDS.map(([field, of]) => ({ field, from: of(before), to: of(after) })).filter((c) => c.from !== c.to)
