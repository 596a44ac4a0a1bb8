// Rows of a list, as people write them.
import { expect, test } from 'vitest'
import { standings } from '../../server/features/cohorts/index.ts'
import { once, readRow } from '../../server/features/cohorts/roster.ts'

const email = 'ada@school.test'

test('[CO8] a row is read: the e-mail lowered, what was left out left alone', () => {
  expect(readRow({ email: 'Ada@School.TEST' })).toEqual({ email, name: null, role: null, batchNo: null, timeFactor: null })
  expect(readRow({ email, name: 'Ada', role: 'Observer', batchNo: 2, timeFactor: 1.5 })).toEqual({ email, name: 'Ada', role: 'observer', batchNo: 2, timeFactor: 1.5 })
})

test.each([
  [{ email: '' }], [{ email: 'ada' }], [{ email: 'ada@school' }], [{ email: 'a b@school.test' }], [{ email: 'a@b@school.test' }], [{ email: `${'a'.repeat(250)}@b.cd` }],
  [{ email, name: '' }], [{ email, name: 'x'.repeat(121) }], [{ email, role: 'owner' }], [{ email, role: '' }],
  [{ email, batchNo: 0 }], [{ email, batchNo: 1_001 }], [{ email, timeFactor: 0.99 }], [{ email, timeFactor: 3.01 }], [{ email, timeFactor: Number.NaN }],
])('[CO8] %j is answered with a sentence', (raw) => expect(readRow(raw)).toMatchObject({ message: expect.stringMatching(/\.$/) }))

test('[CO8] at the edges a row is good', () => {
  for (const more of [{ name: '😀'.repeat(120) }, { batchNo: 1 }, { batchNo: 1_000 }, { timeFactor: 1 }, { timeFactor: 3 }]) expect(readRow({ email, ...more })).toMatchObject({ email, ...more })
})

test.each([
  ['1.5', 1.5], ['1,25', 1.25], ['1.5x', 1.5], ['×2', Number.NaN], ['150 %', 1.5], ['150%', 1.5], ['150', 1.5], ['50 %', 1.5], ['25%', 1.25], ['+50 %', 1.5], ['+100 %', 2], ['+0.5', 1.5],
  ['100 %', 1], ['300 %', 3], ['0', 1], ['0 %', 1], ['no', 1], ['-', 1], ['1', 1], ['much', Number.NaN], ['400 %', Number.NaN], ['+250 %', Number.NaN], ['0.5', Number.NaN], ['', Number.NaN],
])('[CO20] extra time that is written %j is %d', (timeFactor, is) => {
  const row = readRow({ email, timeFactor })
  if (Number.isNaN(is)) expect(row).toMatchObject({ field: 'timeFactor' })
  else expect(row).toMatchObject({ timeFactor: is })
})

test('[CO20] a batch and a role as people write them', () => {
  for (const batchNo of ['2', 'Batch 2', 'group #2', 2]) expect(readRow({ email, batchNo })).toMatchObject({ batchNo: 2 })
  for (const batchNo of ['two', '', '0', '-1', '1.5', 1.5, '99999']) expect(readRow({ email, batchNo }), `${batchNo}`).toMatchObject({ field: 'batchNo' })
  expect([readRow({ email, role: ' Student ' }), readRow({ email, role: 'TEACHER' })]).toMatchObject([{ role: 'learner' }, { role: 'instructor' }])
  expect(readRow({ email, name: ' Ada\n  Lovelace ' })).toMatchObject({ name: 'Ada Lovelace' })
  expect(readRow({ email: 'a\u0001@b.cd' })).toMatchObject({ field: 'email' })
})

test('[CO22] the same e-mail twice: the first row that is right counts, the later is told which', () => {
  const rows = ['x', 'Ada@school.test', 'ben@school.test', 'ADA@SCHOOL.TEST'].map((e, i) => ({ row: i + 2, read: readRow({ email: e }) }))
  expect(once(rows).map(({ row, read }) => ('message' in read ? [row, read.message] : [row]))).toEqual([[2, '"x" is not an e-mail address.'], [3], [4], [5, 'ada@school.test is there twice; row 3 counts.']])
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
