// Numbers as people write them, how they lie, and which prompt a learner looks at.
import { expect, test } from 'vitest'
import { readFigure, writeFigure } from '../../client/parts/figure.ts'
import { merged } from '../../client/parts/held.ts'
import { beside, firstLook, isCalled, isFor, nextLook, sums } from '../../client/parts/place.ts'
import { columnOf, lie, lieBeside } from '../../client/parts/spread.ts'
import { moved } from '../../client/learner/moved.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'

test.each([
  ['1.5', 'en', 1.5], ['1,500', 'en', 1500], ['1,5', 'en', 1.5], ['1.234,5', 'en', 1234.5], ['1,5', 'de', 1.5], ['1.500', 'de', 1500], ['1.5', 'de', 1.5], ['1,234.5', 'de', 1234.5],
  ['1,000,000', 'de', 1_000_000], ['1\u202f234,5', 'fr', 1234.5], ['1’234.5', 'de-CH', 1234.5], ['١٬٥٠٠٫٥', 'ar-EG', 1500.5], ['12,34,567', 'en-IN', 1_234_567],
  ['\u22123', 'en', -3], ['+.5', 'en', 0.5], ['5.', 'en', 5], ['2e3', 'en', 2000], [' 7 ', 'en', 7],
  ['', 'en', null], ['abc', 'en', null], ['12 apples', 'en', null], ['1.2.3', 'en', null], ['1 2', 'en', null], ['1e400', 'en', null], ['-', 'en', null],
] as const)('%s in %s is read as %s', (typed, locale, n) => { expect(readFigure(typed, locale)).toBe(n) })

test('a number that was written is read as itself', () => {
  for (const locale of ['en', 'de', 'fr', 'ar-EG', 'en-IN', 'pt-BR', 'fa']) for (const n of [0, -0.25, 1234.5, 1_234_567, -98_765_432.1, 0.1 + 0.2]) expect(readFigure(writeFigure(n, locale), locale), `${n} in ${locale}`).toBeCloseTo(n, 9)
})

test('few different numbers are a column each; many are columns of equal width, and every one is counted once', () => {
  expect(lie([])).toBeNull()
  expect(lie([2, 1, 2])).toMatchObject({ exact: true, middle: 2, columns: [{ from: 1, count: 1 }, { from: 2, count: 2 }] })
  const many = Array.from({ length: 200 }, (_, n) => ((n * 37) % 101) / 10)
  const found = lie(many)!
  expect(found.columns.reduce((n, c) => n + c.count, 0)).toBe(200)
  expect(found.columns.length).toBeLessThanOrEqual(13)
  expect(found.columns.every((c) => c.count > 0)).toBe(true)
})

test('what lies far out is counted at the edge and does not press the others together', () => {
  const found = lie([...Array.from({ length: 40 }, (_, n) => n), 1e12, -1e300, 1e300])!
  expect(found).toMatchObject({ above: true, below: true, exact: false })
  expect(found.columns.length).toBeGreaterThan(5)
  expect(found.columns.reduce((n, c) => n + c.count, 0)).toBe(43)
  expect(columnOf(found, 1e12)).toBe(found.columns.length - 1)
  expect(columnOf(found, -5)).toBe(0)
})

test('numbers that were asked twice lie in the same columns, each time counted once', () => {
  expect(lieBeside([], [1])).toBeNull()
  expect(lieBeside([2, 1], [])).toMatchObject({ first: null, middleFirst: null })
  expect(lieBeside([20, 20], [10, 30, 20])).toMatchObject({ exact: true, middle: 20, middleFirst: 20, columns: [{ from: 10, count: 0 }, { from: 20, count: 2 }, { from: 30, count: 0 }], first: [1, 1, 1] })
  const found = lieBeside(Array.from({ length: 60 }, (_, n) => 50 + n / 10), [...Array.from({ length: 90 }, (_, n) => n), 1e9])!
  expect([found.columns.reduce((n, c) => n + c.count, 0), found.first!.reduce((n, c) => n + c, 0)]).toEqual([60, 91])
  expect([found.middle, found.middleFirst]).toEqual([52.95, 45])
})

const p = (promptId: string, state: PromptView['state'], more: Partial<PromptView> = {}) => ({ promptId, state, sessionId: 's', batchNo: null, opensAt: '2026-11-22T14:00:00Z', mine: null, ...more }) as PromptView
const session = { sessionId: 's', title: null, startedAt: '2026-11-22T13:00:00Z' }
const view = (...prompts: PromptView[]) => ({ prompts, session })
const ofOne = (q: PromptView) => isFor(q, 1)

test('of two prompts that are open one\'s own is looked at first', () => {
  expect(firstLook(view(p('two', 'open', { batchNo: 2 }), p('one', 'open', { batchNo: 1 })), ofOne)).toBe('one')
  expect(firstLook(view(p('two', 'open', { batchNo: 2 })), ofOne)).toBe('two')
})

test('the room takes one along, but not from a prompt that one is asked', () => {
  const both = view(p('two', 'open', { batchNo: 2 }), p('one', 'open', { batchNo: 1 }))
  const shown = view(p('two', 'revealed', { batchNo: 2 }), p('one', 'open', { batchNo: 1 }))
  expect(nextLook('one', both, shown, ofOne)).toBe('one')
  expect(nextLook('two', both, both, ofOne), 'who looks at the other stays there').toBe('two')
  const mine = view(p('two', 'open', { batchNo: 2 }), p('one', 'revealed', { batchNo: 1 }))
  expect(nextLook('one', both, mine, ofOne), 'one\'s own reveal').toBe('one')
  expect(nextLook('one', mine, view(p('two', 'revealed', { batchNo: 2 }), p('one', 'revealed', { batchNo: 1 })), ofOne)).toBe('two')
  expect(nextLook('one', mine, view(p('all', 'open'), ...mine.prompts), ofOne)).toBe('all')
  expect(nextLook('one', mine, { ...mine, session: null }, ofOne), 'the class is over').toBe('two')
})

test('what is beside is another batch\'s, open or newest', () => {
  const one = p('one', 'open', { batchNo: 1 })
  const two = p('two', 'revealed', { batchNo: 2 })
  expect(beside(view(two, one), one)?.promptId).toBe('two')
  expect(beside(view(p('all', 'revealed'), one), one)).toBeNull()
  expect(beside(view(p('x', 'cancelled', { batchNo: 2 }), one), one)).toBeNull()
})

test('a call is over when something new is asked of them', () => {
  const pick = (promptId: string | null) => ({ pickId: 'k', promptId, member: { memberId: 'm', displayName: 'Mei' } })
  const one = p('one', 'revealed', { batchNo: 1 })
  expect(isCalled(pick('one'), view(p('two', 'open', { batchNo: 2 }), one), 'one')).toBe(true)
  expect(isCalled(pick('one'), view(p('new', 'open', { batchNo: 1 }), one), 'one')).toBe(false)
  expect(isCalled(pick(null), view(one), 'one')).toBe(true)
  expect(isCalled(pick(null), view(p('new', 'open'), one), 'one')).toBe(false)
  expect(isCalled(null, view(one), 'one')).toBe(false)
})

test('one\'s sums are of the newest class, of what one was asked, and only where all of it is known', () => {
  const mine = { stars: 2 } as PromptView['mine']
  const prompts = [p('a', 'revealed', { mine }), p('b', 'closed'), p('c', 'cancelled'), p('d', 'closed', { batchNo: 2 }), p('old', 'revealed', { sessionId: 'before', mine })]
  expect(sums({ prompts }, ofOne, 20)).toEqual({ answered: 1, asked: 2, stars: 2 })
  expect(sums({ prompts }, ofOne, 4)).toBeNull()
  expect(sums({ prompts: [] }, ofOne, 20)).toBeNull()
})

test('what is taken away leaves its place, until it comes back or another list is asked for', () => {
  const height = () => 80
  const all = merged([], ['a', 'b', 'c'], new Set(['a', 'b', 'c']), height)
  const less = merged(all, ['a', 'c'], new Set(['a', 'c']), height)
  expect(less.map((h) => [h.id, h.gone])).toEqual([['a', null], ['b', 80], ['c', null]])
  expect(merged(less, ['a', 'b', 'c', 'd'], new Set(['a', 'b', 'c', 'd']), height).map((h) => h.gone)).toEqual([null, null, null, null])
  expect(merged(all, ['b', 'c'], new Set(['a', 'b', 'c']), height).map((h) => h.id), 'what is only not in this list').toEqual(['b', 'c'])
  expect(merged(merged(all, ['c'], new Set(['c']), height), ['c'], new Set(['c']), height).map((h) => h.id)).toEqual(['a', 'b', 'c'])
})

test('who moved is counted, and who came to a right one', () => {
  const shift = { from: [2, 2], to: [3, 1], moved: [[1, 1], [2, 0]] }
  expect(moved(shift, [0])).toEqual({ changed: 3, toRight: 2 })
  expect(moved(shift, null)).toEqual({ changed: 3, toRight: null })
  expect(moved({ ...shift, moved: null }, [0])).toBeNull()
})
