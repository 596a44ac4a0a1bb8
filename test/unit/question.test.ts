// A question by itself: what is wrong with one, what an answer is worth, and which choices stay the same ones.
import { expect, test } from 'vitest'
import { asQuestion, flaws, type Option, picked, type Type, worth, type Written } from '../../server/features/questions/index.ts'
import { accepts, readings } from '../../server/features/questions/view.ts'
import { type Before, saved } from '../../server/features/questions/saving.ts'

const q = (type: Type, choices: Written['choices'], more: Partial<Written> = {}): Written => ({ type, stem: 'What?', choices, ...more })
const wrong = (w: Written) => flaws(asQuestion(w)).map((f) => `${f.path} ${f.problem}`)
const T = (text: string, more: object = {}) => ({ text, ...more })
const R = (text: string, more: object = {}) => ({ text, correct: true, ...more })

test('[QB2] a question without a flaw of every type', () => {
  const sound = [
    q('single', [R('a'), T('b')]), q('multiple', [R('a'), R('b'), T('c')]), q('truefalse', [T('True'), R('False')]), q('numeric', [T('3.14', { tolerance: 0.01 }), T('1..5', { fraction: 0.5 })]),
    q('text', [T('colour'), T('color'), T('hue', { fraction: 0.5 })]), q('ordering', [T('one'), T('two')]), q('matching', [T('a', { match: '1' }), T('b', { match: '2' }), T('c', { match: '2' })]),
    q('multiple', [R('a'), R('b')]), q('single', [R('a'), T('b', { fraction: 0.5 })]),
  ]
  expect(sound.map(wrong)).toEqual(sound.map(() => []))
})

test.each<[string, Written, string]>([
  ['asks nothing', q('single', [R('a'), T('b')], { stem: ' ' }), '/stem asks nothing'],
  ['asks too long', q('single', [R('a'), T('b')], { stem: 'x'.repeat(10_001) }), '/stem has 10001 characters, and 10000 is the most'],
  ['has no right answer', q('single', [T('a'), T('b')]), '/choices have no right answer among them'],
  ['has two right ones', q('single', [R('a'), R('b')]), '/choices have 2 right answers, and only one can be chosen'],
  ['offers one thing', q('single', [R('a')]), '/choices is only one, and at least two are needed'],
  ['has nothing to choose', q('multiple', []), '/choices are none'],
  ['has nothing right among several', q('multiple', [T('a'), T('b')]), '/choices have no right answer among them'],
  ['is right by less than all', q('multiple', [T('a', { fraction: 0.5 }), T('b', { fraction: 0.2 })]), '/choices that are right make 70 % together, and must make 100 %'],
  ['is true, false and neither', q('truefalse', [R('True'), T('False'), T('Perhaps')]), '/choices of a true or false are two'],
  ['is true and false', q('truefalse', [R('True'), R('False')]), '/choices are true or false, not both'],
  ['is no number', q('numeric', [T('about three')]), '/choices/0/text is no number; one looks like 3.14, a range like 1..5'],
  ['is no range', q('numeric', [T('5..1')]), '/choices/0/text is no number; one looks like 3.14, a range like 1..5'],
  ['gives less than nothing', q('numeric', [T('5', { tolerance: -1 })]), '/choices/0/tolerance is less than nothing'],
  ['is worth more than all', q('text', [T('a'), T('b', { fraction: 2 })]), '/choices/1/fraction is not between -1 and 1'],
  ['orders one thing', q('ordering', [T('a')]), '/choices is only one, and at least two are needed'],
  ['has half a pair', q('matching', [T('a', { match: '1' }), T('b')]), '/choices/1/match is empty: this pair has only one side'],
  ['has the other half', q('matching', [T('a', { match: '1' }), T('', { match: '2' })]), '/choices/1/text is empty: this pair has only one side'],
  ['has nothing to match', q('matching', [T('a', { match: '1' }), T('b', { match: '1' })]), '/choices all go with the same, so there is nothing to match'],
  ['offers the same twice', q('single', [R('a'), T(' a')]), '/choices/1/text is the same as choice 1'],
  ['accepts the same twice', q('text', [T('Colour'), T('  COLOUR ')]), '/choices/1/text is the same as choice 1'],
  ['pairs where none are', q('single', [R('a', { match: 'x' }), T('b')]), '/choices/0/match is for pairs only'],
  ['has an empty choice', q('single', [R('a'), T('')]), '/choices/1/text is empty'],
  ['says the same in a language', q('single', [R('a'), T('b')], { languages: [{ language: 'de', choices: [{ text: 'x' }, { text: 'x' }] }] }), '/languages/0/choices say the same twice'],
  ['is twice in a language', q('single', [R('a'), T('b')], { languages: [{ language: 'de' }, { language: 'de' }] }), '/languages/1/language is there twice'],
])('[QB2] a question is refused that %s', (_, written, problem) => expect(wrong(written)).toContain(problem))

const options = (w: Written): Option[] => asQuestion(w).choices.map((c, i) => ({ ...c, optionId: `o${i + 1}`, position: i + 1, matchId: c.match === null ? null : `m${i + 1}` }))
const pays = (w: Written, answer: unknown, partial = true) => worth(w.type, partial, options(w), answer)

test('[QB11] one of several: what was chosen is worth what it is worth', () => {
  const w = q('single', [T('a'), R('b'), T('c', { fraction: 0.5 }), T('d', { fraction: -0.5 })])
  expect(['o1', 'o2', ['o2'], 'o3', 'o4', 'o9', ['o2', 'o1'], null, undefined, {}, 7].map((a) => pays(w, a))).toEqual([0, 1, 1, 0.5, 0, 0, 0, 0, 0, 0, 0])
  expect(pays(w, 'o3', false)).toBe(0)
})

test('[QB11] several: right ones share all of it, wrong ones cost, and ticking all or one twice gains nothing', () => {
  const w = q('multiple', [R('a'), R('b'), R('c'), T('d'), T('e')])
  expect([['o1', 'o2', 'o3'], ['o1', 'o1', 'o1'], ['o1', 'o2', 'o3', 'o4'], ['o1', 'o2', 'o3', 'o4', 'o5'], ['o4'], [], 'o1'].map((a) => Math.round(pays(w, a) * 1000))).toEqual([1000, 333, 500, 0, 0, 0, 0])
  expect([['o1', 'o2', 'o3'], ['o1', 'o2']].map((a) => pays(w, a, false))).toEqual([1, 0])
})

test('[QB12] a number counts in its range, its ends included, however it is written', () => {
  const w = q('numeric', [T('3.14', { tolerance: 0.01 }), T('2..4', { fraction: 0.5 }), T('1500', { fraction: 0.25 })])
  expect(['3.14', 3.14, ' 3,15 ', '3.13', '3.16', '2', '4', '4.01', '٣٫١٤', '३.१४', '3.14e0', '1,500', '1 500', '1500', '−3.14', 'three', '', '3.1.4', '1e999'].map((a) => pays(w, a)))
    .toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0, 1, 1, 1, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0])
  expect(pays(q('numeric', [T('0.3', { tolerance: 0 })]), 0.1 + 0.2)).toBe(1)
  expect(pays(q('numeric', [T('-5')]), '–5')).toBe(1)
  expect(readings('1,234')).toEqual([1234, 1.234])
})

test('[QB12] a text counts whatever its case, its spaces and how its letters are made; a star is anything', () => {
  const w = q('text', [T('Café au  lait'), T('micro*controller', { fraction: 0.5 }), T('5\\*', { fraction: 0.25 })])
  expect(['café AU lait', 'Cafe\u0301 au lait', ' ｃａｆé au lait ', 'Microcontroller', 'MICRO small CONTROLLER', 'micro controllers', '5*', '55', ''].map((a) => pays(w, a))).toEqual([1, 1, 1, 0.5, 0.5, 0, 0.25, 0, 0])
  expect([['*', ''], ['a*a', 'a'], ['a*a', 'aa'], ['*b*', 'abc'], ['a*b*c', 'acb'], ['**', 'x']].map(([p, a]) => accepts(p as string, a as string))).toEqual([true, false, true, true, false, true])
  const began = performance.now()
  expect(accepts('a*'.repeat(1_000), 'a'.repeat(20_000))).toBe(true)
  expect(accepts(`${'a*'.repeat(1_000)}b`, 'a'.repeat(20_000))).toBe(false)
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('[QB12] what is accepted in another language is accepted too', () => {
  const told = options(q('text', [T('colour')])).map((o) => ({ ...o, languages: [{ language: 'de', text: 'Farbe' }, { language: 'hi', text: null }] }))
  expect(['farbe', 'colour', 'null'].map((a) => worth('text', true, told, a))).toEqual([1, 1, 0])
})

test('[QB11] an order is worth the share that stands in its place, pairs the share that is right', () => {
  const order = q('ordering', [T('1'), T('2'), T('3'), T('4')])
  expect([['o1', 'o2', 'o3', 'o4'], ['o2', 'o1', 'o3', 'o4'], ['o1'], ['o1', 'o1', 'o1', 'o1'], 'o1'].map((a) => pays(order, a))).toEqual([1, 0.5, 0.25, 0.25, 0])
  expect(pays(order, ['o2', 'o1', 'o3', 'o4'], false)).toBe(0)
  const pairs = q('matching', [T('a', { match: 'x' }), T('b', { match: 'y' }), T('c', { match: 'y' })])
  const p = (optionId: string, matchId: string) => ({ optionId, matchId })
  expect([[p('o1', 'm1'), p('o2', 'm2'), p('o3', 'm3')], [p('o1', 'm1'), p('o2', 'm3'), p('o3', 'm2')], [p('o1', 'm2'), p('o1', 'm1')], [p('o1', 'm1')], [null, 'x'], {}].map((a) => Math.round(pays(pairs, a) * 100))).toEqual([100, 100, 0, 33, 0, 0])
})

test('[QB11] who answers hits these options: theirs is the feedback', () => {
  expect(picked('multiple', options(q('multiple', [R('a'), T('b'), T('c')])), ['o3', 'o1', 'zz'])).toEqual(['o1', 'o3'])
  expect(picked('text', options(q('text', [T('ab*', { fraction: 0.5 }), T('abc')])), 'ABC')).toEqual(['o2'])
  expect(picked('ordering', options(q('ordering', [T('a'), T('b'), T('c')])), ['o3', 'o2', 'o1'])).toEqual(['o2'])
})

let n = 0
const chance = { newId: () => `new${++n}`, hashOf: (text: string) => text }
const before = (w: Written): Before => {
  const after = saved(null, asQuestion(w), { ...chance, newId: () => `c${++n}` })
  return { questionId: 'q', version: 1, rowVersion: 1, sourceRef: null, hash: after.hash, changedBy: '', isRemoved: false, question: after.question, hashes: after.hashes }
}
const idsOf = (b: { question: { choices: { choiceId?: string | undefined }[] } }) => b.question.choices.map((c) => c.choiceId)

test('[QB3] a choice is the same one by its id, else by its words, else, where a file says none, by its place', () => {
  const b = before(q('single', [R('a'), T('b'), T('c')]))
  const [a1, b1, c1] = idsOf(b) as [string, string, string]
  expect(idsOf(saved(b, asQuestion(q('single', [T('c'), R('a'), T('b')])), chance))).toEqual([c1, a1, b1])
  expect(idsOf(saved(b, asQuestion(q('single', [R('a'), T('b mended'), T('c')])), chance))).toEqual([a1, b1, c1])
  const [x, y] = idsOf(saved(b, asQuestion(q('single', [R('a', { choiceId: a1 }), T('new')])), chance))
  expect([x, [a1, b1, c1].includes(y as string)]).toEqual([a1, false])
  expect(idsOf(saved(b, asQuestion(q('single', [R('a', { choiceId: 'of-another-question' }), T('b')])), chance))[0]).toBe(a1)
})

test('[QB8] a translation stays with its choices, and what it was made of is remembered until it says something else', () => {
  const b = before(q('single', [R('a'), T('b')], { languages: [{ language: 'de', stem: 'Was?', choices: [{ text: 'ah' }, { text: 'beh' }] }] }))
  const turned = saved(b, { ...asQuestion(q('single', [T('b'), R('a')], { stem: 'Which?' })) }, chance, { others: true })
  expect(turned.question.languages[0]?.choices.map((c) => c.text)).toEqual(['beh', 'ah'])
  expect([turned.hashes.get('de') === b.hash, turned.hash === b.hash]).toEqual([true, false])
  const dropped = saved(b, asQuestion(q('single', [R('a'), T('b')])), chance)
  expect([dropped.question.languages, dropped.isNew, dropped.isRetold]).toEqual([[], false, true])
})
