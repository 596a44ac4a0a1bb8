// So many a second, and a burst.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openBucket } from '#kernel/bucket'

test('[HU13] a burst of 60, then 20 a second, and the wait is said exactly', () => {
  const bucket = openBucket(20, 60)
  for (let i = 0; i < 60; i++) expect(bucket.take(1_000)).toBe(0)
  expect(bucket.take(1_000)).toBe(50)
  expect(bucket.take(1_049)).toBeGreaterThan(0)
  expect(bucket.take(1_050)).toBe(0)
  expect(bucket.take(1_050)).toBe(50)
  expect(bucket.take(1_000_000)).toBe(0)
  for (let i = 0; i < 59; i++) expect(bucket.take(1_000_000)).toBe(0)
  expect(bucket.take(1_000_000)).toBe(50)
})

test('[HU13] whatever the rhythm, never more than the burst and twenty a second', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 400 }), (waits) => {
    const bucket = openBucket(20, 60)
    let now = 0
    let taken = 0
    for (const wait of waits) {
      now += wait
      if (bucket.take(now) === 0) taken++
      expect(taken).toBeLessThanOrEqual(60 + (now / 1_000) * 20 + 1e-6)
    }
  }))
})
