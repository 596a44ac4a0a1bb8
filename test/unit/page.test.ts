// Pages of answers: how large, in which order, and what each reader sees of one.
import { describe, expect, test } from 'vitest'
import { forAuthor, PAGE_BYTES, pageOf, placeOf, type Row } from '../../server/features/coldcall/page.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const row = (n: number, more: Partial<Row> = {}): Row => ({
  messageId: id(n), memberId: id(1000 + n), displayName: 'Ada', body: 'because', choices: null, number: null, confidence: 2, revision: 4, answeredAt: new Date(0), revealNo: 1, hidden: false, stars: 5, instructorStar: true, ...more,
})
const CLASS = { staff: false, named: true }
const STAFF = { staff: true, named: true }
const rows = (n: number, body = 'because') => Array.from({ length: n }, (_, i) => row(i, { body }))

describe('[CC20] a page', () => {
  test('has at most 50 answers and says where the next begins', () => {
    const page = pageOf(rows(51), CLASS, true)
    expect(page.answers).toHaveLength(50)
    expect(placeOf(page.next as string)).toEqual({ revealNo: 1, messageId: id(49) })
  })
  test('has at most 64 KiB, in bytes, and at least one answer', () => {
    const page = pageOf(rows(50, '星'.repeat(4_000)), CLASS, false)
    expect(Buffer.byteLength(JSON.stringify(page.answers))).toBeLessThanOrEqual(PAGE_BYTES)
    expect(page.answers.length).toBeGreaterThan(3)
    expect(page.next).toBe(`1.${page.answers.at(-1)?.messageId}`)
  })
  test('says so where it is the last', () => expect(pageOf(rows(50), CLASS, false).next).toBeNull())
  test.each(['x', '1', '1.', '-1.00000000-0000-4000-8000-000000000000', '1.00000000', '9999999999.00000000-0000-4000-8000-000000000000'])('takes no foreign cursor: %s', (c) => expect(placeOf(c)).toBeUndefined())
})

describe('an answer', () => {
  test('[CC21] tells the class nothing of when it came', () => expect(pageOf(rows(1), CLASS, false).answers[0]).toMatchObject({ revision: null, answeredAt: null, body: 'because', stars: 5 }))
  test('tells staff everything', () => expect(pageOf(rows(1), STAFF, false).answers[0]).toMatchObject({ revision: 4, answeredAt: '1970-01-01T00:00:00.000Z' }))
  test('[CC25] tells its author of stars only once it is shown', () => {
    expect(forAuthor(row(1, { revealNo: null }))).toMatchObject({ revision: 4, revealed: false, stars: 0, instructorStar: false })
    expect(forAuthor(row(1))).toMatchObject({ revealed: true, stars: 5, instructorStar: true })
  })
})
