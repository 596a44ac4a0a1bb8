// Calling fairly: who is next, and who may pass.
import { describe, expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import * as calling from '../../server/features/coldcall/calling.ts'
import { chance } from '../helpers/chance.ts'

const codeOf = (x: unknown) => (isRefused(x) ? x.refused.code : x)

describe('who is next', () => {
  const here = [{ who: 'ada', called: 2 }, { who: 'ben', called: 1 }, { who: 'cal', called: 1 }]
  test.each([[0, 'ben'], [0.49, 'ben'], [0.5, 'cal'], [0.999999, 'cal']])('[CC48] of those called least, by luck %s', (luck, who) => expect(calling.next(here, luck)?.who).toBe(who))
  test('[CC49] nobody where nobody is', () => expect(calling.next([], 0.5)).toBeUndefined())
  test('[CC48] over a year of calls nobody is called twice before everybody was called once', () => {
    const luck = chance(7)
    const room = Array.from({ length: 31 }, (_, i) => ({ i, called: 0 }))
    for (let n = 0; n < 500; n++) {
      const one = calling.next(luck.shuffled(room).slice(0, 31), luck.below(1_000) / 1_000) as { called: number }
      one.called++
      expect(calling.spread(room)).toBeLessThanOrEqual(1)
    }
  })
  test('[CC48] who comes late is called before the others are called again', () => {
    const room = [{ who: 'ada', called: 3 }, { who: 'new', called: 0 }]
    for (let n = 0; n < 3; n++) (calling.next(room, 0.9) as { called: number }).called++
    expect(room.map((r) => r.called)).toEqual([3, 3])
  })
})

describe('passing', () => {
  const call = { memberId: 'ada', isNow: true, hasPassed: false }
  test.each([[0, null], [1, null], [2, 'no_passes_left']])('[CC50] after %s passes', (passed, expected) => expect(codeOf(calling.pass(call, 'ada', passed))).toBe(expected))
  test('[CC50] only who is called, only now, and twice is once', () => {
    expect(codeOf(calling.pass(call, 'ben', 0))).toBe('not_called')
    expect(codeOf(calling.pass({ ...call, isNow: false }, 'ada', 0))).toBe('not_called')
    expect(calling.pass({ ...call, hasPassed: true, isNow: false }, 'ada', 2)).toBe('already')
    expect([0, 1, 2, 3].map(calling.passesLeft)).toEqual([2, 1, 0, 0])
  })
})

test('[CC52] how far apart they are', () => {
  expect(calling.spread([])).toBe(0)
  expect(calling.spread([{ called: 4 }, { called: 1 }, { called: 2 }])).toBe(3)
})
