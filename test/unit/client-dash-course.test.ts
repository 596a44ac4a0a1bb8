// The pure parts of modules by hand and of the course-level analysis: the way back, choosing, sums over classes, and their files.
import { describe, expect, it } from 'vitest'
import { choose, chooseAll, NOBODY } from '../../client/dash/choice.ts'
import { cohortRows, type Counted, inOrder, itemHeads, itemRows, pooled, wrongShare } from '../../client/dash/course.ts'
import { cell, csv } from '../../client/dash/csv.ts'
import { AT_ONCE, type Hand, laidOn, pieces, reachOf, TOLD, wayBack } from '../../client/dash/hands.ts'
import { placed } from '../../client/dash/shape.ts'
import { cell as theirs } from '../../server/features/dashboards/csv.ts'

const AT = '2026-11-03T10:00:00.000Z'
const hand = (open: boolean, more: Partial<Hand> = {}): Hand => ({ open, memberId: null, displayName: null, batchNo: null, at: AT, by: 'Ruth', ...more })
const on = (memberId: string, open: boolean, more: Partial<Hand> = {}) => hand(open, { memberId, displayName: memberId, ...more })

describe('the hand on modules', () => {
  it('[DS12] the way back lays exactly what stood: open, shut, or none', () => {
    const hands = [hand(true), hand(false, { batchNo: 2 }), on('ada', true), on('ben', false)]
    expect(wayBack(hands, {})).toEqual([{ verb: 'unlock', reach: {} }])
    expect(wayBack(hands, { batchNo: 2 })).toEqual([{ verb: 'lock', reach: { batchNo: 2 } }])
    expect(wayBack(hands, { batchNo: 3 })).toEqual([{ verb: 'rule', reach: { batchNo: 3 } }])
    expect(wayBack([], {})).toEqual([{ verb: 'rule', reach: {} }])
    expect(wayBack(hands, { memberIds: ['cal', 'ben', 'ada', 'dan'] })).toEqual([{ verb: 'unlock', reach: { memberIds: ['ada'] } }, { verb: 'lock', reach: { memberIds: ['ben'] } }, { verb: 'rule', reach: { memberIds: ['cal', 'dan'] } }])
  })
  it('[DS12] where not all that stands is told there is no way back but for what is known', () => {
    const many = Array.from({ length: TOLD }, (_, n) => on(`m${n}`, true))
    expect(wayBack(many, { memberIds: ['m1', 'm2'] })).toEqual([{ verb: 'unlock', reach: { memberIds: ['m1', 'm2'] } }])
    expect(wayBack(many, { memberIds: ['m1', 'unknown'] })).toBeNull()
    expect(wayBack(many, {})).toBeNull()
  })
  it('[DS12] more learners than the wire takes go in pieces, none twice', () => {
    const ids = Array.from({ length: AT_ONCE * 2 + 1 }, (_, n) => `m${n}`)
    expect(pieces({ memberIds: ids }).map((p) => p.memberIds?.length)).toEqual([AT_ONCE, AT_ONCE, 1])
    expect(pieces({ memberIds: ids }).flatMap((p) => p.memberIds ?? [])).toEqual(ids)
    expect(pieces({ batchNo: 4 })).toEqual([{ batchNo: 4 }])
  })
  it('[DS11] what was laid in one deed is one line: the widest first, then the newest', () => {
    const later = '2026-11-03T11:00:00.000Z'
    const laid = laidOn([on('ada', true), hand(false, { batchNo: 2 }), on('ben', true), on('cal', false, { at: later }), hand(true)])
    expect(laid.map((l) => [l.open, l.batchNo, l.members.map((m) => m.memberId)])).toEqual([[true, null, []], [false, 2, []], [false, null, ['cal']], [true, null, ['ada', 'ben']]])
    expect(laid.map(reachOf)).toEqual([{}, { batchNo: 2 }, { memberIds: ['cal'] }, { memberIds: ['ada', 'ben'] }])
  })
})

describe('choosing', () => {
  const list = ['a', 'b', 'c', 'd', 'e']
  it('[DS13] one by one, and with shift all from the last one, in either direction', () => {
    const one = choose(NOBODY, list, 'd', false)
    expect([...one.chosen]).toEqual(['d'])
    expect([...choose(one, list, 'b', true).chosen].sort()).toEqual(['b', 'c', 'd'])
    const three = choose(one, list, 'b', true)
    const without = choose(three, list, 'c', false)
    expect([...without.chosen].sort()).toEqual(['b', 'd'])
    expect([...choose(without, list, 'd', true).chosen], 'the anchor was taken out: so are those up to this one').toEqual(['b'])
    expect([...choose({ chosen: new Set(['z']), anchor: 'z' }, list, 'a', true).chosen].sort(), 'the last one is not in sight').toEqual(['a', 'z'])
  })
  it('[DS13] all that were found, and none of them; who is not in sight stays chosen', () => {
    const all = chooseAll({ chosen: new Set(['z']), anchor: null }, list)
    expect(all.chosen.size).toBe(6)
    expect([...chooseAll(all, list).chosen]).toEqual(['z'])
  })
})

const item = (id: string, more: object = {}) => ({ questionId: `b${id}`, quizQuestionId: id, version: 1, text: `Q${id}`, kind: 'single' as const, placed: true, answers: 10, right: .5, tells: .2, options: [{ optionId: `${id}r`, text: 'r', correct: true, chosen: 5 }, { optionId: `${id}w`, text: 'w', correct: false, chosen: 5 }], mostWrong: `${id}w`, ...more })
const counted = (name: string, items: object[]): Counted => ({ cohortId: name, name, found: { quizId: 'z', title: 'Z', attempts: 10, people: 8, mean: 50, regradedAt: null, items: items as never } })

describe('a quiz over classes', () => {
  it('[DS17] counts are added, and shares are means by the number of answers; what is not known has no weight', () => {
    const [one, two] = pooled([counted('A', [item('1', { answers: 30, right: .8, tells: .4 }), item('2')]), counted('B', [item('1', { answers: 10, right: .4, tells: null }), item('2', { answers: 0, right: null, tells: null, options: null })])])
    expect(one).toMatchObject({ no: 1, answers: 40, tells: .4, mostWrong: '1w' })
    expect(one!.right).toBeCloseTo(.7)
    expect(one!.options!.map((o) => o.chosen)).toEqual([10, 10])
    expect(wrongShare(one!)).toBe(.25)
    expect(one!.of.map((s) => [s.name, s.answers, s.right])).toEqual([['A', 30, .8], ['B', 10, .4]])
    expect(two).toMatchObject({ answers: 10, right: .5, tells: .2 })
    expect(pooled([counted('A', [item('1', { answers: 0, right: null, tells: null })])])[0]).toMatchObject({ right: null, tells: null })
    expect(pooled([])).toEqual([])
  })
  it('[DS17] each version stands by itself', () => {
    expect(pooled([counted('A', [item('1'), item('1', { version: 2, placed: false })]), counted('B', [item('1', { version: 2, placed: false })])]).map((i) => [i.id, i.answers, i.placed])).toEqual([['1-1', 10, true], ['1-2', 20, false]])
  })
  it('[DS17] in the order of any column, either way, what is not known last', () => {
    const items = pooled([counted('A', [item('1', { right: .5 }), item('2', { right: null }), item('3', { right: .9 }), item('4', { right: .5 })])])
    expect(inOrder(items, 'right', false).map((i) => i.no)).toEqual([1, 4, 3, 2])
    expect(inOrder(items, 'right', true).map((i) => i.no)).toEqual([3, 1, 4, 2])
    expect(inOrder(items, 'wrong', true).map((i) => i.no)).toEqual([1, 2, 3, 4])
    expect(inOrder(items, 'no', true).map((i) => i.no)).toEqual([4, 3, 2, 1])
  })
  it('[DS17] a question lies where its figures say, and never outside', () => {
    expect(placed(0, 1, 600, 300)).toEqual({ x: 0, y: 0 })
    expect(placed(1, -.5, 600, 300)).toEqual({ x: 600, y: 300 })
    expect(placed(.5, -1, 600, 300).y).toBe(300)
  })
  it('[DS18] a file says what the server’s own would of the same, and no text is a formula', () => {
    for (const value of ['=1+1', '+a', '-b', '@c', '\tq', '＝x', 'a,b', 'say "no"', 'two\nlines', 'plain', '', -3, .25, Number.NaN, null]) expect(cell(value)).toBe(theirs(value))
    expect(csv(['a', 'b'], [['=x', 1]])).toBe("\uFEFFa,b\r\n'=x,1\r\n")
    const rows = itemRows(pooled([counted('A', [item('1', { right: 1 / 3 })])]))
    expect(rows[0]).toHaveLength(itemHeads.length)
    expect(rows[0]).toEqual([1, 'Q1', 1, 'yes', 10, .333, .2, 'w', .5, 1])
    expect(cohortRows([{ cohortId: 'a', name: 'A', learners: 3, meanScore: null, modules: [{ moduleNo: 1, locked: 0, unlocked: 1, begun: 0, passed: 2, stuck: 1 }] }], [1, 2])).toEqual([['A', 3, null, 2, 1, null, null]])
  })
})
