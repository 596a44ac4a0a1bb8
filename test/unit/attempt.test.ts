// Attempts as pure functions: what is drawn and shuffled by a seed, when time is over, what an answer may say, what it is worth.
import { expect, test } from 'vitest'
import { newId, randomId } from '#kernel/ids'
import type { Frozen } from '../../server/features/questions/index.ts'
import { drawn, dueAt, graded, isOver, laidOut, misread, type Place, type Placed } from '../../server/features/quizzes/attempt.ts'
import { chanceOf } from '../../server/features/quizzes/gateway.chance.ts'
import { mended } from '../../server/features/quizzes/mended.ts'
import { placedAgain, placing } from '../../server/features/quizzes/placement.ts'
import { planned } from '../../server/features/quizzes/plan.ts'
import { asked, results } from '../../server/features/quizzes/words.ts'

const choice = (text: string, fraction: number, more: object = {}) => ({ choiceId: newId(), position: 0, text, match: null as string | null, fraction, tolerance: null as number | null, feedback: '', languages: [], ...more })
const frozen = (type: Frozen['type'], choices: Frozen['choices'], more: Partial<Frozen> = {}): Frozen => ({
  questionId: newId(), version: 1, type, stem: `A ${type}?`, explanation: '', partial: true, difficulty: null, topicId: null, tags: [], removed: false, languages: [], choices: choices.map((c, i) => ({ ...c, position: i + 1 })), ...more,
})
const placed = (q: Frozen, points = 1) => placing(q, { position: 1, points }, randomId)
const SINGLE = frozen('single', [choice('Yes', 1), choice('No', 0), choice('Both', 0)])
const MULTIPLE = frozen('multiple', [choice('a', 0.5), choice('b', 0.5), choice('c', -1)])
const NUMERIC = frozen('numeric', [choice('3.14', 1, { tolerance: 0.01 })])
const TEXT = frozen('text', [choice('Accra', 1), choice('Kumasi', 0.5)])
const ORDERING = frozen('ordering', ['one', 'two', 'three', 'four'].map((t) => choice(t, 1)))
const MATCHING = frozen('matching', [choice('ant', 1, { match: 'six' }), choice('cat', 1, { match: 'four' }), choice('dog', 1, { match: 'four' })])
const ALL = [SINGLE, MULTIPLE, NUMERIC, TEXT, ORDERING, MATCHING].map((q) => placed(q))
const mapOf = (list: readonly Placed[]) => new Map(list.map((q) => [q.quizQuestionId, q]))
const idOf = (q: Placed, text: string) => q.options.find((o) => o.text === text)?.optionId as string
const [single, multiple, numeric, text, ordering, matching] = ALL as unknown as [Placed, Placed, Placed, Placed, Placed, Placed]

const ids = (n: number) => Array.from({ length: n }, () => newId())
const pool = { poolId: newId(), heap: ids(40) }
const places: Place[] = [{ quizQuestionId: newId(), points: 1, poolId: null, questionId: pool.heap[0] as string }, { quizQuestionId: newId(), points: 2, poolId: pool.poolId, draw: 5 }, { quizQuestionId: newId(), points: 1, poolId: pool.poolId, draw: 36 }]
const pools = new Map([[pool.poolId, pool.heap]])

test('[QZ2] the same seed draws and shuffles the same; another one otherwise', () => {
  expect(drawn(places, pools, chanceOf('seed'), true)).toEqual(drawn(places, pools, chanceOf('seed'), true))
  expect(drawn(places, pools, chanceOf('seed'), true)).not.toEqual(drawn(places, pools, chanceOf('other'), true))
  expect(laidOut(ALL, chanceOf('seed'), true)).toEqual(laidOut(ALL, chanceOf('seed'), true))
  expect(JSON.stringify(laidOut(ALL, chanceOf('seed'), true))).not.toBe(JSON.stringify(laidOut(ALL, chanceOf('seeds'), true)))
})

test('[QZ2] of pools as many as are to be drawn, as far as there are; no question twice, whatever else asks it', () => {
  const all = drawn(places, pools, chanceOf('seed'), false)
  expect(all).toHaveLength(40)
  const asks = all.map((d) => ('from' in d ? d.questionId : pool.heap[0]))
  expect(new Set(asks).size).toBe(40)
  expect(all.slice(1, 6).map((d) => d.points)).toEqual([2, 2, 2, 2, 2])
  expect('from' in (all[0] as object)).toBe(false)
})

test('[QZ2] every question of a pool is drawn about as often', () => {
  const heap = ids(10)
  const one: Place[] = [{ quizQuestionId: newId(), points: 1, poolId: pool.poolId, draw: 1 }]
  const times = new Map(heap.map((id) => [id, 0]))
  for (let i = 0; i < 2_000; i++) for (const d of drawn(one, new Map([[pool.poolId, heap]]), chanceOf(`seed ${i}`), false)) if ('from' in d) times.set(d.questionId, (times.get(d.questionId) as number) + 1)
  for (const n of times.values()) expect(Math.abs(n - 200)).toBeLessThan(75) // five deviations
})

test('[QZ3] an order and the other sides of pairs are always shuffled; what is accepted as written is no option', () => {
  const orders = new Set(Array.from({ length: 40 }, (_, i) => laidOut([ordering], chanceOf(`s${i}`), false)[0]?.options.join()))
  expect(orders.size).toBeGreaterThan(10)
  const laid = laidOut(ALL, chanceOf('seed'), false)
  expect(laid.map((q) => q.options.length)).toEqual([3, 3, 0, 0, 4, 3])
  expect(laid[0]?.options, 'not shuffled: as the author has them').toEqual(single.options.map((o) => o.optionId))
  expect(laid[5]?.matches, 'what says the same is one side').toHaveLength(2)
})

test('[QZ3] what is asked says nothing of what is right: not by its fields, nor by their order or ids', () => {
  const shown = asked(laidOut(ALL, chanceOf('seed'), false), mapOf(ALL), '')
  expect(JSON.stringify(shown)).not.toMatch(/fraction|feedback|explanation|tolerance|choiceId|3\.14|Accra|Kumasi/)
  expect(shown.find((q) => q.kind === 'matching')?.matches?.map((m) => m.text).sort()).toEqual(['four', 'six'])
  for (const q of ALL) for (const o of q.options) for (const id of [o.optionId, o.matchId]) if (id) expect(id[14], 'random, not by time').toBe('4')
})

test('[QZ4] time is over by the server’s clock, each learner’s own, with a second that is not shown', () => {
  const at = new Date('2027-03-03T09:00:00Z')
  const due = dueAt(at, 60, 1.5) as Date
  expect(due.toISOString()).toBe('2027-03-03T09:01:30.000Z')
  expect(isOver(due, new Date(due.getTime() + 999))).toBe(false)
  expect(isOver(due, new Date(due.getTime() + 1_000))).toBe(true)
  expect(dueAt(at, null, 2)).toBeNull()
  expect(isOver(null, new Date(8e15))).toBe(false)
})

test('[QZ5] an answer that does not fit is said where, and nothing of what is right', () => {
  const laid = new Map(laidOut(ALL, chanceOf('seed'), false).map((q) => [q.questionId, q]))
  const wrong = (q: Placed, answer: object) => misread(q, laid.get(q.quizQuestionId) as never, answer).map((w) => w.path)
  expect(wrong(single, { optionIds: [idOf(single, 'Yes')] })).toEqual([])
  expect(wrong(single, { optionIds: [] }), 'taken back').toEqual([])
  expect(wrong(single, { optionIds: [idOf(single, 'Yes'), idOf(single, 'No')] })).toEqual(['/optionIds'])
  expect(wrong(single, { optionIds: [idOf(multiple, 'a')] })).toEqual(['/optionIds/0'])
  expect(wrong(multiple, { optionIds: [idOf(multiple, 'a'), idOf(multiple, 'a')] })).toEqual(['/optionIds/1'])
  expect(wrong(single, { text: 'Yes' })).toEqual(['/text'])
  expect(wrong(single, {})).toEqual(['/optionIds'])
  expect(wrong(numeric, { number: 3 })).toEqual([])
  expect(wrong(numeric, { number: 3, text: '3' })).toEqual(['/text'])
  expect(wrong(text, { optionIds: [idOf(text, 'Accra')] }), 'what is accepted cannot be found out').toEqual(['/optionIds', '/optionIds/0'])
  expect(wrong(matching, { pairs: [[idOf(matching, 'ant'), idOf(matching, 'cat')]] })).toEqual(['/pairs/0'])
})

test('[QZ20] a score is what is right of what can be had, by points, to one decimal; what was not answered is nothing', () => {
  const two = [placed(SINGLE, 2), placed(MULTIPLE, 1)] as const
  const layout = laidOut(two, chanceOf('s'), true)
  const score = (...answers: [Placed, object][]) => graded(layout, mapOf(two), new Map(answers.map(([q, a]) => [q.quizQuestionId, a])))
  expect(score()).toMatchObject({ score: 0 })
  expect(score([two[0], { optionIds: [idOf(two[0], 'Yes')] }]).score).toBe(66.7)
  expect(score([two[1], { optionIds: [idOf(two[1], 'a')] }]).score).toBe(16.7)
  expect(score([two[1], { optionIds: ['a', 'b', 'c'].map((t) => idOf(two[1], t)) }]).score).toBe(0)
  const full = score([two[0], { optionIds: [idOf(two[0], 'Yes')] }], [two[1], { optionIds: ['b', 'a'].map((t) => idOf(two[1], t)) }])
  expect(full.score).toBe(100)
  expect([...full.fractions.values()]).toEqual([1, 1])
})

test('[QZ20] every kind of question is graded', () => {
  const layout = laidOut(ALL, chanceOf('s'), true)
  const right = new Map<string, object>([
    [single.quizQuestionId, { optionIds: [idOf(single, 'Yes')] }], [multiple.quizQuestionId, { optionIds: [idOf(multiple, 'a'), idOf(multiple, 'b')] }], [numeric.quizQuestionId, { text: '3,145' }],
    [text.quizQuestionId, { text: ' accra ' }], [ordering.quizQuestionId, { optionIds: ordering.options.map((o) => o.optionId) }], [matching.quizQuestionId, { pairs: matching.options.map((o) => [o.optionId, o.matchId]) }],
  ])
  const { score, fractions } = graded(layout, mapOf(ALL), right)
  expect({ score, all: [...fractions.values()] }).toEqual({ score: 100, all: [1, 1, 1, 1, 1, 1] })
  const told = results(layout, mapOf(ALL), right, fractions, '')
  expect(told.every((r) => r.correct)).toBe(true)
  expect(told.map((r) => [r.right.optionIds.length, r.right.texts.length, r.right.pairs.length])).toEqual([[1, 0, 0], [2, 0, 0], [0, 1, 0], [0, 1, 0], [4, 0, 0], [0, 0, 3]])
})

test('[QZ15] what stays keeps its id; what is renewed, worth otherwise or new is placed anew; what is wrong is said where', () => {
  const [a, b, c] = ids(3) as [string, string, string]
  const stands = [{ quizQuestionId: 'p1', points: 1, poolId: null, questionId: a, version: 1 }, { quizQuestionId: 'p2', points: 1, poolId: null, questionId: b, version: 2 }, { quizQuestionId: 'p3', points: 1, poolId: 'x', draw: 2, version: null }] as const
  const bank = new Map([[a, { version: 3, removed: false }], [b, { version: 2, removed: false }], [c, { version: 1, removed: true }]])
  const plan = (...wanted: object[]) => planned(stands, wanted as never, bank, new Set(['x']))
  expect(plan({ quizQuestionId: 'p2', refresh: true }, { quizQuestionId: 'p1', refresh: true }, { quizQuestionId: 'p3' })).toEqual({ steps: [{ stays: 'p2', points: 1 }, { freeze: a, points: 1 }, { stays: 'p3', points: 1 }] })
  expect(plan({ quizQuestionId: 'p1', points: 2 }, { quizQuestionId: 'p3', draw: 3 })).toEqual({ steps: [{ again: 'p1', points: 2 }, { poolId: 'x', draw: 3, points: 1 }] })
  expect(plan({ quizQuestionId: 'p1' }, { questionId: a }, { questionId: c }, { poolId: 'x' }, { poolId: 'y', draw: 1 }, { questionId: b, poolId: 'x' }, { quizQuestionId: 'p9' })).toMatchObject({
    wrong: ['/questions/1', '/questions/2', '/questions/3/draw', '/questions/4/poolId', '/questions/5', '/questions/6/quizQuestionId'].map((path) => ({ path })),
  })
  const again = placedAgain(matching, { position: 1, points: 3 }, randomId)
  expect(again.options.map((o) => o.choiceId)).toEqual(matching.options.map((o) => o.choiceId))
  expect(again.options[1]?.matchId).toBe(again.options[2]?.matchId)
  expect(again.options.some((o, i) => o.optionId === matching.options[i]?.optionId)).toBe(false)
})

test('[QZ17] what is right is taken from how a question is written now, choice by choice', () => {
  const [yes, no, both] = SINGLE.choices as [Frozen['choices'][number], Frozen['choices'][number], Frozen['choices'][number]]
  const now = { ...SINGLE, version: 2, choices: [{ ...both, position: 1, fraction: 1 }, { ...yes, position: 2, fraction: 0 }] }
  expect(mended(single, now).options.map((o) => [o.text, o.fraction])).toEqual([['Both', 1], ['Yes', 0], ['No', 0]])
  expect(mended(single, now).options.map((o) => o.optionId).sort()).toEqual(single.options.map((o) => o.optionId).sort())
  expect(mended(single, { ...SINGLE, choices: [choice('New', 1), { ...no, fraction: 0 }] }), 'nothing that was asked is right: it stays').toBe(single)
  expect(mended(single, { ...TEXT })).toBe(single)
  expect(mended(single, undefined)).toBe(single)
  const more = mended(multiple, { ...MULTIPLE, choices: [...MULTIPLE.choices.map((c) => ({ ...c, fraction: c.fraction > 0 ? 1 / 3 : -1 })), choice('d', 1 / 3)] })
  expect(more.options.map((o) => o.fraction), 'what was not asked cannot be missed').toEqual([0.5, 0.5, -1])
  expect(mended(text, { ...TEXT, choices: [...TEXT.choices, choice('Accra city', 1)] }).options.map((o) => o.text)).toContain('Accra city')
})
