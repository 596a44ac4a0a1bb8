// A refresh token is changed once; a phone that lost the answer gets the same successor, a thief ends the sign-in.
import { expect, test } from 'vitest'
import { judge, type Kept, REUSE_MS } from '../../server/features/accounts/refresh.ts'

const at = new Date('2026-05-01T10:00:00Z')
const later = (ms: number) => new Date(at.getTime() + ms)
const token = (more: Partial<Kept> = {}): Kept => ({ expiresAt: later(3_600_000), revokedAt: null, replacedAt: null, successorUsed: false, ...more })

test.each<[string, Kept, Date, string]>([
  ['a fresh one is changed', token(), at, 'rotate'],
  ['again at once gives the same', token({ replacedAt: at }), at, 'same'],
  ['again after exactly 30 s gives the same', token({ replacedAt: at }), later(REUSE_MS), 'same'],
  ['a moment later it is stolen', token({ replacedAt: at }), later(REUSE_MS + 1), 'stolen'],
  ['once the successor was used it is stolen, also at once', token({ replacedAt: at, successorUsed: true }), at, 'stolen'],
  ['one that expired is over', token(), later(3_600_000), 'over'],
  ['a moment before it is not', token(), later(3_599_999), 'rotate'],
  ['one of an ended sign-in is over, not stolen again', token({ revokedAt: at, replacedAt: at, successorUsed: true }), later(1), 'over'],
])('[AC5] %s', (_, kept, now, verdict) => expect(judge(kept, now)).toBe(verdict))

test('[AC5] the grace is thirty seconds', () => expect(REUSE_MS).toBe(30_000))
