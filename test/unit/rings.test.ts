// What was told lately: dense, bounded, and honest about what it does not have.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Framed } from '#kernel/change'
import { openRing } from '#kernel/rings'

const frame = (seq: number, bytes = 10): Framed => ({ stream: 's', seq, name: 'n', body: seq, at: '', bytes })
const seqs = (frames: Framed[] | null) => frames?.map((f) => f.seq) ?? null
const told = (...all: number[]) => {
  const ring = openRing()
  for (const n of all) ring.take(frame(n))
  return ring
}

test('[KE12] a ring that knows nothing gives nothing', () => {
  const ring = openRing()
  expect(ring.head).toBeNull()
  expect(ring.since(0)).toBeNull()
  ring.prime([frame(1)])
  expect(ring.since(0)).toBeNull()
})

test('[KE12] it gives what came after, to the frame', () => {
  const ring = told(1, 2, 3)
  expect(seqs(ring.since(0))).toEqual([1, 2, 3])
  expect(seqs(ring.since(2))).toEqual([3])
  expect(seqs(ring.since(3))).toEqual([])
})

test('[KE12] a frame heard twice or late counts once; a gap empties it', () => {
  const ring = told(4, 5, 5, 4, 6)
  expect(seqs(ring.since(3))).toEqual([4, 5, 6])
  expect(ring.since(2)).toBeNull()
  ring.take(frame(9))
  expect(ring.since(6)).toBeNull()
  expect(seqs(ring.since(8))).toEqual([9])
  expect(ring.head).toBe(9)
})

test('[KE12] it keeps 512 frames and 4 MB, and says no for what is older', () => {
  const many = told(...Array.from({ length: 600 }, (_, i) => i + 1))
  expect(many.since(87)).toBeNull()
  expect(many.since(88)?.length).toBe(512)
  const big = openRing()
  for (let i = 1; i <= 5; i++) big.take(frame(i, 1024 * 1024))
  expect(big.since(0)).toBeNull()
  expect(seqs(big.since(1))).toEqual([2, 3, 4, 5])
  const one = openRing()
  one.take(frame(1, 9 * 1024 * 1024))
  expect(seqs(one.since(0)), 'one that is too big alone is kept').toEqual([1])
})

test('[KE12] what the database kept is laid in front where it joins, and nowhere else', () => {
  const ring = openRing()
  ring.begin(5)
  ring.begin(2)
  expect(ring.head).toBe(5)
  expect(seqs(ring.since(5))).toEqual([])
  ring.take(frame(6))
  ring.prime([frame(4), frame(5), frame(6)])
  expect(seqs(ring.since(3))).toEqual([4, 5, 6])
  ring.prime([frame(1), frame(2)])
  expect(ring.since(2)).toBeNull()
  expect(seqs(ring.since(3))).toEqual([4, 5, 6])
})

test('[KE12] whatever order frames come in, what it gives is dense and ends at the head', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), fc.integer({ min: 0, max: 30 }), (order, since) => {
    const ring = told(...order)
    const given = seqs(ring.since(since))
    if (given === null || since > (ring.head ?? 0)) return
    expect(given).toEqual(Array.from({ length: (ring.head as number) - since }, (_, i) => since + 1 + i))
  }))
})
