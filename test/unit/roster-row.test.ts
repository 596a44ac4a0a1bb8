// Rows of a list, as people write them.
import { expect, test } from 'vitest'
import { standings } from '../../server/features/cohorts/index.ts'
import { readRow } from '../../server/features/cohorts/roster.ts'

const email = 'ada@school.test'

test('[CO8] a row is read: the e-mail lowered, what was left out left alone', () => {
  expect(readRow({ email: 'Ada@School.TEST' })).toEqual({ email, name: null, role: null, batchNo: null, timeFactor: null })
  expect(readRow({ email, name: 'Ada', role: 'Observer', batchNo: 2, timeFactor: 1.5 })).toEqual({ email, name: 'Ada', role: 'observer', batchNo: 2, timeFactor: 1.5 })
})

test.each([
  [{ email: '' }], [{ email: 'ada' }], [{ email: 'ada@school' }], [{ email: 'a b@school.test' }], [{ email: 'a@b@school.test' }], [{ email: `${'a'.repeat(250)}@b.cd` }],
  [{ email, name: '' }], [{ email, name: 'x'.repeat(121) }], [{ email, role: 'owner' }], [{ email, role: '' }],
  [{ email, batchNo: 0 }], [{ email, batchNo: 1_001 }], [{ email, timeFactor: 0.99 }], [{ email, timeFactor: 3.01 }], [{ email, timeFactor: Number.NaN }],
])('[CO8] %j is answered with a sentence', (raw) => expect(readRow(raw)).toMatch(/\.$/))

test('[CO8] at the edges a row is good', () => {
  for (const more of [{ name: '😀'.repeat(120) }, { batchNo: 1 }, { batchNo: 1_000 }, { timeFactor: 1 }, { timeFactor: 3 }]) expect(readRow({ email, ...more })).toBeTypeOf('object')
})

test('[CO14] a standing that changed while it was read is read again, and the old one is not kept', async () => {
  const reads: ((role: number) => void)[] = []
  const asked = () => new Promise<void>((seen) => { waiting = seen })
  let waiting = () => {}
  const sql = () => new Promise((resolve) => {
    reads.push((rank) => resolve([{ userId: 'u', cohortId: 'c', rank, memberId: 'm', ended: false }]))
    waiting()
  })
  const stands = standings({ sql } as never)
  const first = asked()
  const role = stands.of({ userId: 'u' }, 'c')
  await first
  stands.forget('u', 'c')
  const second = asked()
  reads[0]?.(1)
  await second
  reads[1]?.(2)
  expect((await role)?.role).toBe('observer')
})
