// Quizzes as authors make them, without a page: questions in the form and out of it, what is plainly wrong, what a quiz asks as it is
// changed, rules as trees and in words, and of which format a file is.
import { describe, expect, it } from 'vitest'
import { again, asking, asksOf, before, byModule, drawn, inField, keysOf, pointsOf, renewed, to, without, worth } from '../../client/bank/asking.ts'
import { asDraft, asSaid, asText, type Draft, draftText, empty, flaws, marked, placed, plain, row, turned } from '../../client/bank/draft.ts'
import { linesOf, tagOf, wayOf } from '../../client/bank/files.ts'
import { asForm, asInstant, asLocal, asNode, asRule, condition, countOf, group, inWords, named, type Rule, withNode } from '../../client/bank/rule.ts'
import { placedAs, shownOf } from '../../client/bank/shown.ts'
import type { Kind, Placement, Question, Quiz } from '../../client/bank/wire.ts'
import { asQuestion, flaws as serverFlaws } from '../../server/features/questions/question.ts'

const choice = (text: string, fraction: number, more = {}) => ({ choiceId: `id-${text}`, text, match: null, fraction, tolerance: null, feedback: '', ...more })
const body = (type: Kind, choices: Question['choices'], more = {}) => ({ type, stem: 'What?', explanation: 'So.', partial: true, difficulty: null, topicId: null, tags: ['a', 'b'], choices, ...more }) satisfies Partial<Question>
const draft = (type: Kind, rows: Partial<Draft['rows'][number]>[], more: Partial<Draft> = {}): Draft => ({ ...empty(), type, stem: 'What?', rows: rows.map((r) => row(r)), ...more })
const whys = (d: Draft) => flaws(d).map((f) => f.why)

describe('a question', () => {
  const kinds: [string, ReturnType<typeof body>][] = [
    ['one choice', body('single', [choice('yes', 1, { feedback: 'Good.' }), choice('no', 0)])],
    ['one choice, part of it', body('single', [choice('yes', 1), choice('nearly', 0.5), choice('no', -0.25)])],
    ['several', body('multiple', [choice('a', 1 / 3), choice('b', 1 / 3), choice('c', 1 / 3), choice('d', -0.5), choice('e', -0.5)])],
    ['several, weighed', body('multiple', [choice('a', 0.66667), choice('b', 0.33333), choice('c', 0)], { partial: false })],
    ['true or false', body('truefalse', [choice('True', 0), choice('False', 1)])],
    ['a number', body('numeric', [choice('3.14', 1, { tolerance: 0.01 }), choice('3..4', 0.5)])],
    ['a text', body('text', [choice('volt*', 1), choice('amp', 0.2)])],
    ['an order', body('ordering', [choice('bit', 1), choice('byte', 1)])],
    ['pairs', body('matching', [choice('a', 1, { match: 'x' }), choice('b', 1, { match: 'y' })])],
  ]
  it.each(kinds)('[BK3] goes into the form and comes out as it was: %s', (_, q) => {
    const { said } = asSaid(asDraft(q))
    const { languages: _l, ...came } = asQuestion(said)
    const rounded = (c: { fraction: number; match: string | null }) => ({ ...c, fraction: Math.round(c.fraction * 1e4) / 1e4 })
    expect({ ...came, choices: came.choices.map(rounded) }).toEqual({ ...q, choices: q.choices.map(rounded) })
    expect(serverFlaws(asQuestion(said))).toEqual([])
    expect(flaws(asDraft(q))).toEqual([])
  })

  it('[BK3] as another kind it keeps what it can', () => {
    const d = draft('multiple', [{ text: 'a', right: true }, { text: 'b', right: true }, { text: 'c' }])
    expect(turned(d, 'single', ['T', 'F']).rows.map((r) => [r.text, r.right])).toEqual([['a', true], ['b', false], ['c', false]])
    const isTrue = turned(d, 'truefalse', ['T', 'F'])
    expect(isTrue.rows.map((r) => [r.text, r.right])).toEqual([['T', true], ['F', false]])
    expect(turned(isTrue, 'numeric', ['T', 'F']).rows.map((r) => [r.text, r.right]), 'true is no number').toEqual([['', true]])
    expect(turned(turned(d, 'text', ['T', 'F']), 'single', ['T', 'F']).rows.map((r) => r.right), 'which is right must be said anew').toEqual([false, false, false])
    expect(turned(draft('text', [{ text: 'x' }]), 'matching', ['T', 'F']).rows).toHaveLength(2)
    expect(marked(draft('single', [{ key: 'a', right: true }, { key: 'b' }]), 'b', true).rows.map((r) => r.right)).toEqual([false, true])
    expect(marked(draft('multiple', [{ key: 'a', right: true }, { key: 'b' }]), 'b', true).rows.map((r) => r.right)).toEqual([true, true])
  })

  it('[BK4] what is plainly wrong is found before it is sent', () => {
    expect(whys(draft('single', [], { stem: ' ' }))).toEqual(['stem', 'few'])
    expect(whys(draft('single', [{ text: 'a' }, { text: 'a ' }, {}]))).toEqual(['same', 'none'])
    expect(whys(draft('single', [{ text: 'a', right: true }, { text: 'b', right: true }]))).toEqual(['many'])
    expect(whys(draft('multiple', [{ text: 'a', right: true, worth: '80' }, { text: 'b', right: true }]))).toEqual(['sum'])
    expect(whys(draft('multiple', [{ text: 'a', right: true, worth: 'x' }, { text: 'b' }]))).toContain('worth')
    expect(whys(draft('numeric', [{ text: 'eight' }, { text: '1..5', tolerance: '-1' }]))).toEqual(['number', 'tolerance'])
    expect(whys(draft('numeric', [{ text: '−3,5', tolerance: '0,1' }]))).toEqual([])
    expect(whys(draft('matching', [{ text: 'a' }, { match: 'y' }]))).toEqual(['side', 'side'])
    expect(whys(draft('single', [{ text: 'a', right: true }, { feedback: 'left over' }]))).toEqual(['empty'])
    expect(whys(draft('text', [{ text: 'A  b' }, { text: 'a B' }]))).toEqual(['same'])
  })

  it('[BK4] what the server finds stands at the place that it names, also behind rows that were left empty', () => {
    const d = draft('single', [{}, { key: 'x', text: 'a' }, {}, { key: 'y', text: 'b' }])
    expect(placed([{ path: '/choices/1/fraction', problem: 'p' }, { path: '/stem', problem: 'q' }, { path: '/choices', problem: 'r' }, { path: '/languages/0/choices', problem: 's' }, { path: '/choices/0', problem: 't' }], asSaid(d).keys).map((p) => p.place)).toEqual(['y/fraction', 'stem', 'choices', 'whole', 'x/text'])
  })

  it('[BK6] [BK11] stands as a text, the same for what is written and what is saved', () => {
    for (const [, q] of kinds) expect(draftText(asDraft(q))).toBe(asText(q))
    expect(asText(body('single', [choice('yes', 1, { feedback: 'Good.' }), choice('nearly', 0.5), choice('no', 0)]))).toBe('What?\n\n✓ yes (Good.)\n50 % nearly\n– no\n\nSo.')
  })

  it('[BK9] as a learner sees it, nothing says what is right', () => {
    const { said } = asSaid(asDraft(body('text', [choice('voltmeter', 1)])))
    expect(shownOf(said).options).toEqual([])
    const order = shownOf(asSaid(asDraft(body('ordering', [choice('1', 1), choice('2', 1), choice('3', 1)]))).said)
    expect(order.options.map((o) => o.text)).not.toEqual(['1', '2', '3'])
    const pairs = shownOf(asSaid(asDraft(body('matching', [choice('a', 1, { match: 'x' }), choice('b', 1, { match: 'x' }), choice('c', 1, { match: 'y' })]))).said)
    expect(pairs.matches?.map((m) => m.text)).toEqual(['y', 'x'])
    expect(placedAs({ kind: null, text: null } as Placement)).toBeNull()
  })

  it('[BK14] is one line without its Markdown', () => {
    expect(plain('# What does\na **thermistor** `feel`, see [here](http://x)?\n- *a* snake_case_name')).toBe('What does a thermistor feel, see here? a snake_case_name')
  })
})

describe('what a quiz asks', () => {
  const p = (id: string, more: Partial<Placement> = {}) => ({ quizQuestionId: `q-${id}`, questionId: id, points: 1, poolId: null, draw: null, ...more }) as Placement
  const all = [p('a'), p('b'), { ...p(''), questionId: null, poolId: 'pool', draw: 2, quizQuestionId: 'q-pool' } as Placement, p('c')]

  it('[BK7] each act is done on what stands, by what is asked and not by its place', () => {
    expect(keysOf(all)).toEqual(['a', 'b', 'pool/1', 'c'])
    const keys = (act: ReturnType<typeof to>, on = all) => act(asksOf(on)).map((x) => x.key)
    expect(keys(to('c', 0))).toEqual(['c', 'a', 'b', 'pool/1'])
    expect(keys(to('gone', 0)), 'somebody took it out meanwhile').toEqual(['a', 'b', 'pool/1', 'c'])
    expect(keys(without('b'), [p('new'), ...all])).toEqual(['new', 'a', 'pool/1', 'c'])
    expect(keys(asking(['b', 'd'])), 'none is asked twice').toEqual(['a', 'b', 'pool/1', 'c', 'd'])
    expect(worth('b', 3)(asksOf(all))[1]).toEqual({ key: 'b', as: { quizQuestionId: 'q-b', points: 3 } })
    expect(renewed(['a', 'c'])(asksOf(all)).map((x) => x.as.refresh)).toEqual([true, undefined, undefined, true])
    expect(drawn('pool', 3)(asksOf(all)).at(-1)?.as).toEqual({ poolId: 'pool', draw: 3 })
    expect(again(all[2]!, 1)(asksOf([p('a'), p('c')])).map((x) => x.as)).toEqual([{ quizQuestionId: 'q-a' }, { poolId: 'pool', draw: 2, points: 1 }, { quizQuestionId: 'q-c' }])
    expect(pointsOf(all)).toBe(5)
  })

  it('[BK1] [BK7] by module, and back to how it was', () => {
    const quiz = (id: string, moduleNo: number | null) => ({ quizId: id, moduleNo, title: id, passScore: 60, titles: [{ language: 'de', title: 'x', status: 'reviewed', stale: true }] }) as Quiz
    expect(byModule([quiz('a', 2), quiz('b', null), quiz('c', 9)], [1, 2]).map((m) => [m.no, m.quizzes.map((q) => q.quizId)])).toEqual([[1, []], [2, ['a']], [null, ['b', 'c']]])
    expect(byModule([], [1])).toEqual([{ no: 1, quizzes: [] }])
    expect(before(quiz('a', 2), { moduleNo: 1, passScore: 70, titles: [] })).toEqual({ moduleNo: 2, passScore: 60, titles: [{ language: 'de', title: 'x', status: 'reviewed' }] })
    expect([inField('70', 0, 100), inField('70.5', 0, 100), inField('2,5', 0.01, 10, false), inField('', 0, 1), inField('101', 0, 100), inField('x', 0, 1)]).toEqual([70, null, 2.5, null, null, null])
  })
})

describe('a rule', () => {
  const rules: Rule[] = [
    { byHand: true }, { topicRead: 't' }, { quizScore: 'q', atLeast: 80 }, { from: '2027-03-03T09:00:00.000Z' }, { daysAfterStart: 0 }, { not: { sessionsHeld: 2 } },
    { all: [{ quizPassed: 'q' }, { any: [{ daysAfterStart: 5 }, { not: { all: [{ byHand: true }, { topicRead: 't' }] } }] }] }, { not: { any: [{ byHand: true }, { quizPassed: 'q' }] } },
  ]
  it.each(rules.map((r) => [JSON.stringify(r), r] as const))('[BK12] comes into the form and out of it: %s', (_, rule) => {
    expect(asRule(asForm(rule))).toEqual(rule)
    expect(asRule(asNode(rule))).toEqual(rule)
  })

  it('[BK12] what is not said yet is no rule, and turned round twice is not turned', () => {
    expect(asRule(asForm(null))).toBeNull()
    expect(asRule(group('all', [condition('quizPassed')]))).toBeNull()
    expect(asRule(group('all', [condition('byHand'), condition('sessionsHeld', '', '0')]))).toBeNull()
    expect(asRule(asForm({ not: { not: { byHand: true } } }))).toEqual({ byHand: true })
    const form = asForm({ all: [{ byHand: true }, { sessionsHeld: 2 }] })
    expect(asRule(withNode(form, form.of[0]!.key, () => null))).toEqual({ sessionsHeld: 2 })
    expect(countOf(form)).toBe(3)
    expect(named(rules[6]!)).toEqual(['q', 't'])
  })

  it('[BK12] in words, with brackets where several stand within several', () => {
    const says = { leaf: (l: object) => Object.keys(l)[0]!, not: (t: string) => `not ${t}`, within: (t: string) => `(${t})`, list: (t: string[], join: string) => t.join(join === 'all' ? ' and ' : ' or ') }
    expect(rules.slice(-2).map((r) => inWords(r, says))).toEqual(['quizPassed and (daysAfterStart or not (byHand and topicRead))', 'not (byHand or quizPassed)'])
    expect(inWords({ all: [{ byHand: true }] }, says)).toBe('byHand')
  })

  it('[BK12] an instant is said by the clock of who looks', () => {
    expect(asInstant(asLocal('2027-03-03T09:00:00.000Z'))).toBe('2027-03-03T09:00:00.000Z')
    expect([asLocal(''), asInstant('')]).toEqual(['', ''])
  })
})

describe('a file', () => {
  it('[BK15] is of the format that its name says, else what stands in it', () => {
    const files: [string, string, string][] = [
      ['a.csv', '', 'csv'], ['a.gift', '{=1}', 'gift'], ['a.txt', 'What?\nA. x\nB. y\nANSWER: A\n', 'aiken'], ['a.txt', '::q:: What? {=x ~y}', 'gift'], ['a.json', '{"questions": []}', 'json'],
      ['en.json', '[{"title": "IoT", "quizzes": [{"id": 1}]}]', 'course'], ['', 'question;option 1\nWhat?;x', 'csv'], ['', '{"questions": [1]}', 'json'],
    ]
    expect(files.map(([name, text]) => wayOf(name, text))).toEqual(files.map(([, , way]) => way))
    expect(['en.json', 'quizzes-pt-BR.json', 'quiz_zh-Hant.json', 'quizzes.json', 'de/fr.json'].map((n) => tagOf(n, 'en'))).toEqual(['en', 'pt-BR', 'zh-Hant', 'en', 'fr'])
    expect(linesOf([{ line: 3, message: 'bad', path: 'fr.json' }], [{ line: 1, message: 'so' }])).toEqual([{ at: 'fr.json', line: 3, message: 'bad', kind: 'failed' }, { at: '', line: 1, message: 'so', kind: 'note' }])
  })
})
