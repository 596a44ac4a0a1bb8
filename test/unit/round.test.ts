// The noun of a cold call: what counts, until when, and what is refused.
import { describe, expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import * as round from '../../server/features/coldcall/round.ts'
import type { Round } from '../../server/features/coldcall/round.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)
const open: Round = { promptId: 'p', cohortId: 'c', kind: 'text', options: 0, multiple: false, anonymous: false, batchNo: null, starBudget: 3, opensAt: at(0), closesAt: at(60), extraUntil: null, answered: 0, revealNo: 0, spotlight: null, phase: 'open' }
const slow = { memberId: 'ben', userId: 'u', timeFactor: 1.5 }
const mine = { messageId: 'm', revision: 2, body: 'because', choices: null, number: null, confidence: null, answeredAt: at(5), hidden: false, instructorStar: false }
const codeOf = (x: unknown) => (isRefused(x) ? x.refused.code : x)

describe('deadlines', () => {
  test('[CC10] one\'s own is the class\'s, times the factor, from the same start', () => {
    const d = round.deadlines(at(0), 60, [slow, { ...slow, memberId: 'cal', timeFactor: 3 }])
    expect(d.closesAt).toEqual(at(60))
    expect(d.own.map((o) => o.closesAt)).toEqual([at(90), at(180)])
    expect(d.extraUntil).toEqual(at(180))
  })
  test('[CC10] without seconds nobody has one', () => {
    expect(round.deadlines(at(0), null, [slow])).toMatchObject({ closesAt: null, extraUntil: null, own: [{ closesAt: null }] })
  })
  test('[CC11] the prompt is due a second after the last of them', () => {
    expect(round.dueAt({ closesAt: at(60), extraUntil: at(90) })).toEqual(at(91))
    expect(round.dueAt({ closesAt: at(60), extraUntil: null })).toEqual(at(61))
    expect(round.dueAt({ closesAt: null, extraUntil: null })).toBeNull()
    expect(round.isDue(open, at(60.9))).toBe(false)
    expect(round.isDue(open, at(61))).toBe(true)
    expect(round.isDue({ ...open, phase: 'closed' }, at(61))).toBe(false)
  })
  test('[CC12] more time moves each from where it is', () => {
    const own = [{ ...slow, closesAt: at(90) }]
    expect(round.extend({ ...open, extraUntil: at(90) }, own, 20)).toMatchObject({ closesAt: at(80), extraUntil: at(120), own: [{ closesAt: at(120) }] })
    expect(codeOf(round.extend({ ...open, phase: 'closed' }, own, 20))).toBe('prompt_closed')
    expect(codeOf(round.extend({ ...open, closesAt: null }, [], 20))).toBe('conflict')
  })
})

describe('answering', () => {
  test.each([[59.999, 1], [60, 1], [60.999, 1], [61, 'prompt_closed'], [3600, 'prompt_closed']])('[CC9] at %s s of 60', (now, expected) => {
    const decided = round.answer(open, null, at(60), undefined, at(now))
    expect(isRefused(decided) ? decided.refused.code : decided.revision).toBe(expected)
  })
  test('[CC9] one\'s own deadline decides, not the class\'s', () => {
    expect(round.answer(open, null, at(90), undefined, at(80))).toEqual({ revision: 1 })
  })
  test('[CC7] a later answer is the next revision', () => expect(round.answer(open, mine, at(60), undefined, at(30))).toEqual({ revision: 3 }))
  test.each([[2, 3], [1, 'conflict'], [3, 'conflict'], [0, 'conflict']])('[CC8] replacing revision %s of 2', (replaces, expected) => {
    const decided = round.answer(open, mine, at(60), replaces, at(30))
    expect(isRefused(decided) ? decided.refused.code : decided.revision).toBe(expected)
  })
  test('[CC8] replacing nothing where there is nothing counts', () => expect(round.answer(open, null, at(60), 0, at(30))).toEqual({ revision: 1 }))
  test.each(['closed', 'revealed', 'cancelled'] as const)('[CC14] a %s prompt takes none', (phase) => {
    expect(codeOf(round.answer({ ...open, phase }, null, at(60), undefined, at(1)))).toBe('prompt_closed')
  })
})

describe('closing, reopening, taking back, revealing', () => {
  const extra: Round = { ...open, extraUntil: at(90) }
  test('[CC13] extra time holds the door, until it is over or ended', () => {
    expect(codeOf(round.close(extra, false, at(70)))).toBe('extra_time_running')
    expect(round.close(extra, true, at(70))).toBeNull()
    expect(round.close(extra, false, at(90))).toBeNull()
    expect(codeOf(round.reveal(extra, 5, false, at(70)))).toBe('extra_time_running')
    expect(round.reveal(extra, 5, true, at(70))).toBeNull()
    expect(round.reveal({ ...extra, phase: 'closed' }, 5, false, at(70))).toBeNull()
  })
  test.each(['closed', 'revealed', 'cancelled'] as const)('a %s prompt is not closed again', (phase) => expect(codeOf(round.close({ ...open, phase }, false, at(1)))).toBe('prompt_closed'))
  test('[CC15] revealed is for ever', () => expect(codeOf(round.reopen({ ...open, phase: 'revealed' }, undefined))).toBe('already_revealed'))
  test('[CC3] reopening beside an open one names it', () => {
    const r = round.reopen({ ...open, phase: 'closed' }, 'other')
    expect(r?.refused).toMatchObject({ code: 'already_open', details: { promptId: 'other' } })
    expect(round.reopen({ ...open, phase: 'closed' }, undefined)).toBeNull()
  })
  test('[CC16] what was taken back stays so', () => {
    expect(round.cancel({ ...open, phase: 'cancelled' })).toBe('already')
    expect(codeOf(round.cancel({ ...open, phase: 'revealed' }))).toBe('already_revealed')
    expect(codeOf(round.reopen({ ...open, phase: 'cancelled' }, undefined))).toBe('conflict')
    expect(codeOf(round.reveal({ ...open, phase: 'cancelled' }, 5, true, at(1)))).toBe('nothing_to_reveal')
  })
  test('[CC18] nothing new is nothing to reveal', () => expect(codeOf(round.reveal(open, 0, false, at(1)))).toBe('nothing_to_reveal'))
})

describe('batches', () => {
  test.each([[null, null], [null, 2], [2, null], [2, 2]])('[CC40] open for %s is in the way of one for %s', (there, asked) => expect(round.inTheWay([{ promptId: 'p', batchNo: there }], asked)).toBe('p'))
  test('[CC40] two batches do not disturb each other', () => {
    expect(round.inTheWay([{ promptId: 'p', batchNo: 1 }], 2)).toBeUndefined()
    expect(round.inTheWay([], null)).toBeUndefined()
    expect(round.inTheWay([{ promptId: 'p', batchNo: 1 }, { promptId: 'q', batchNo: 2 }], 2)).toBe('q')
  })
  test.each([[null, null, null], [null, 3, null], [3, 3, null], [3, 2, 'not_addressed'], [3, null, 'not_addressed']])('[CC39] asked of %s, answered by %s', (asked, mine, code) =>
    expect(round.addressed({ batchNo: asked }, mine)?.refused.code ?? null).toBe(code))
})

test('[CC47] only what the class sees may be large', () => {
  expect(round.spotlight({ revealNo: 1, hidden: false })).toBeNull()
  expect(codeOf(round.spotlight({ revealNo: null, hidden: false }))).toBe('conflict')
  expect(codeOf(round.spotlight({ revealNo: 1, hidden: true }))).toBe('conflict')
})

describe('stars', () => {
  const asked = { on: true, isMine: false, hasIt: false, held: 2, budget: 3 }
  test('[CC23] not to oneself, and not more than there are', () => {
    expect(round.star(asked)).toBeNull()
    expect(codeOf(round.star({ ...asked, isMine: true }))).toBe('self_star')
    expect(codeOf(round.star({ ...asked, held: 3 }))).toBe('no_stars_left')
    expect(codeOf(round.star({ ...asked, held: 0, budget: 0 }))).toBe('no_stars_left')
  })
  test('[CC24] twice is once, and taking back is always possible', () => {
    expect(round.star({ ...asked, hasIt: true, held: 3 })).toBe('already')
    expect(round.star({ ...asked, on: false, hasIt: true, held: 3 })).toBeNull()
    expect(round.star({ ...asked, on: false, hasIt: false })).toBe('already')
  })
})
