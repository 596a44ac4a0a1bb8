// A quiz on the device of who takes it, without a page: what is answered, kept, saved and still missing.
import { describe, expect, it } from 'vitest'
import { answered, asNumber, begun, chosen, heard, isAnswered, missing, newer, paired, type Sheet, saved, stepped } from '../../client/quiz/sheet.ts'
import type { Asked } from '../../client/quiz/wire.ts'

const option = (optionId: string) => ({ optionId, text: optionId })
const q = (questionId: string, kind: Asked['kind'], options: string[] = ['a', 'b', 'c']): Asked => ({ questionId, text: questionId, kind, points: 1, options: options.map(option) })
const sheet: Sheet = { attemptId: 'x', answers: { one: { optionIds: ['a'] }, two: { text: 'old' } }, unsaved: ['two'] }

describe('the sheet', () => {
  it('[QS2] an answer is unsaved until the server has said that it has this very answer', () => {
    const now = answered(sheet, 'one', { optionIds: ['b'] })
    expect(now.unsaved).toEqual(['two', 'one'])
    expect(saved(now, 'one', { optionIds: ['a'] }).unsaved, 'an older answer was saved').toEqual(['two', 'one'])
    expect(saved(now, 'one', { optionIds: ['b'] }).unsaved).toEqual(['two'])
  })

  it('[QS3] going on lays what was saved under what this device could not tell', () => {
    const server = { attemptId: 'x', saved: [{ questionId: 'one', answer: { optionIds: ['c'] } }, { questionId: 'two', answer: { text: 'theirs' } }] }
    expect(begun(server, sheet)).toEqual({ attemptId: 'x', answers: { one: { optionIds: ['c'] }, two: { text: 'old' } }, unsaved: ['two'] })
    expect(begun({ ...server, attemptId: 'y' }, sheet), 'another attempt').toEqual({ attemptId: 'y', answers: { one: { optionIds: ['c'] }, two: { text: 'theirs' } }, unsaved: [] })
    expect(begun(server, null).unsaved).toEqual([])
    const before = begun(server, null)
    const meanwhile = saved(answered(before, 'two', { text: 'newer' }), 'two', { text: 'newer' })
    expect(newer(begun(server, null), before, meanwhile).answers, 'saved while the server told what it had').toEqual({ one: { optionIds: ['c'] }, two: { text: 'newer' } })
    const written = answered(before, 'two', { text: 'on its way' })
    expect(newer(begun(server, null), written, saved(written, 'two', { text: 'on its way' })).answers.two, 'told before what was on its way was saved').toEqual({ text: 'on its way' })
  })

  it('[QS3] what another device says replaces what is saved here, and not what is still to be saved', () => {
    expect(heard(sheet, 'one', { optionIds: ['c'] }).answers.one).toEqual({ optionIds: ['c'] })
    expect(heard(sheet, 'two', { text: 'theirs' })).toEqual(sheet)
    expect(heard(sheet, 'two', { text: 'old' }).unsaved, 'one’s own, come round').toEqual([])
  })

  it('[QS4] each kind knows when it has an answer', () => {
    const has: [Asked['kind'], object, boolean][] = [
      ['single', { optionIds: ['a'] }, true], ['single', { optionIds: [] }, false], ['truefalse', {}, false], ['multiple', { optionIds: ['a', 'b'] }, true], ['numeric', { number: 0 }, true], ['numeric', {}, false],
      ['text', { text: ' ' }, false], ['text', { text: 'x' }, true], ['ordering', { optionIds: ['c', 'b', 'a'] }, true], ['matching', { pairs: [['a', 'x']] }, false], ['matching', { pairs: [['a', 'x'], ['b', 'y'], ['c', 'x']] }, true],
    ]
    for (const [kind, answer, is] of has) expect(isAnswered(q('q', kind), answer), `${kind} ${JSON.stringify(answer)}`).toBe(is)
    expect(isAnswered(q('q', 'text'), undefined)).toBe(false)
    expect(missing([q('one', 'single'), q('two', 'text'), q('three', 'single')], sheet.answers)).toEqual([2])
  })

  it('[QS1] choices, orders and pairs change by one tap', () => {
    expect(chosen(q('q', 'single'), ['a'], 'b')).toEqual(['b'])
    expect([chosen(q('q', 'multiple'), ['a'], 'b'), chosen(q('q', 'multiple'), ['a', 'b'], 'a')]).toEqual([['a', 'b'], ['b']])
    expect([stepped(['a', 'b', 'c'], 'c', -1), stepped(['a', 'b', 'c'], 'a', -1), stepped(['a', 'b', 'c'], 'c', 1), stepped(['a'], 'x', 1)]).toEqual([['a', 'c', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c'], ['a']])
    expect(paired(paired([], 'a', 'x'), 'a', 'y')).toEqual([['a', 'y']])
    expect(paired([['a', 'x']], 'a', null)).toEqual([])
  })

  it('[QS1] a number is read as people write it', () => {
    const read: [string, number | null][] = [['12', 12], ['12,5', 12.5], ['-0.25', -0.25], [' 1 200 ', 1200], ['.5', 0.5], ['1e3', 1000], ['', null], ['12a', null], ['1.2.3', null], ['--1', null], ['1e999', null]]
    for (const [typed, n] of read) expect(asNumber(typed), typed).toBe(n)
  })
})
