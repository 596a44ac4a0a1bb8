// What rows would do to a list, decided without a database.
import { expect, test } from 'vitest'
import { type Ground, type Known, planning } from '../../server/features/cohorts/plan.ts'
import { readRow } from '../../server/features/cohorts/roster.ts'

const GROUND: Ground = { capacity: null, learners: 0, instructors: 0, byGrant: false }
const known = (more: Partial<Known> = {}): Known => ({ memberId: 'm', displayName: 'Ada', batchNo: 2, timeFactor: 1.5, email: 'ada@school.test', role: 'learner', status: 'active', userId: 'u', ...more })
const row = (more: object = {}) => ({ row: 1, read: readRow({ email: 'ada@school.test', ...more }) })

test('[CO21] a row adds, changes what it says and nothing else, leaves, puts back or is refused', () => {
  const { plan } = planning(GROUND, null)
  expect(plan(row(), undefined).does).toBe('add')
  expect(plan(row({ name: 'Ada', batchNo: 2 }), known())).toMatchObject({ does: 'keep', changes: [] })
  expect(plan(row({ batchNo: 3 }), known())).toMatchObject({ does: 'change', changes: [{ field: 'batchNo', from: 2, to: 3 }], after: { displayName: 'Ada', timeFactor: 1.5 } })
  expect(plan(row(), known({ status: 'removed' }))).toMatchObject({ does: 'return', changes: [], after: { status: 'active', batchNo: 2 } })
  expect(plan(row({ role: 'owner' }), known())).toMatchObject({ does: 'refuse', field: 'role' })
})

test('[CO21] places are counted while rows are gone through', () => {
  const { plan } = planning({ ...GROUND, capacity: 2, learners: 1 }, null)
  expect(plan(row(), undefined).does, 'the last place').toBe('add')
  expect(plan(row(), undefined)).toMatchObject({ does: 'refuse', message: 'The cohort is full: it takes 2 learners.' })
  expect(plan(row({ role: 'observer' }), undefined).does, 'an observer takes none').toBe('add')
  expect(plan(row({ name: 'A.' }), known()).does, 'who has one keeps it').toBe('change')
  expect(plan(row({ role: 'observer' }), known()).does).toBe('change')
  expect(plan(row(), undefined).does, 'and one is free again').toBe('add')
  expect(plan(row(), known({ status: 'removed' })).does, 'who was removed has none').toBe('refuse')
})

test('[CO24] the only instructor does not take that from themselves; another may, and so may who leads anyway', () => {
  const me = known({ role: 'instructor', userId: 'me' })
  const demoted = (ground: Partial<Ground>, asker: string | null) => planning({ ...GROUND, instructors: 1, ...ground }, asker).plan(row({ role: 'learner' }), me).does
  expect(demoted({}, 'me')).toBe('refuse')
  expect([demoted({ instructors: 2 }, 'me'), demoted({ byGrant: true }, 'me'), demoted({}, 'another')]).toEqual(['change', 'change', 'change'])
  const { plan } = planning({ ...GROUND, instructors: 1 }, 'me')
  expect(plan(row({ role: 'instructor' }), undefined).does).toBe('add')
  expect(plan(row({ role: 'learner' }), me).does, 'once there is another').toBe('change')
})
