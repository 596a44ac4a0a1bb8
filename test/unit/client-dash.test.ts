// The dashboard's pure parts: patches, the order of learners, sums, hints, and where things lie in the picture.
import { describe, expect, it } from 'vitest'
import { type Board, type Learner, merged, newsOf, type State } from '../../client/dash/board.ts'
import { hintOf } from '../../client/dash/hints.ts'
import { batchesOf, countsOf, promptsOf, modulesOf, standing, sums } from '../../client/dash/order.ts'
import { columnAt, inSight, lineOf, shapeOf } from '../../client/dash/shape.ts'

const learner = (displayName: string, batchNo: number | null, states: State[], more: Partial<Learner> = {}): Learner => ({
  displayName, online: false, answered: 0, asked: 0, starsGiven: 0, starsTaken: 0, called: 0, tutorAsked: 0, ...(batchNo !== null && { batchNo }),
  modules: Object.fromEntries(states.map((state, n) => [n + 1, state])), ...more,
})
const board = (learners: Record<string, Learner>, prompts: Board['prompts'] = {}): Board => ({ learners, prompts, modules: { 1: { title: 'One' }, 2: { title: 'Two' } }, totals: { learners: 0, online: 0, answered: 0, passed: 0, stuck: 0 } })
const prompt = (text: string, openedAt: string, more: object) => ({ text, openedAt, answered: 2, asked: 2, state: 'closed' as const, anonymous: false, ...more })
const plain = JSON.parse as (text: string) => unknown

describe('a board and its patches', () => {
  // RFC 7396, appendix A: original, patch, result.
  const CASES: [string, string, string][] = [
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'], ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'], ['{"a":"b"}', '{"a":null}', '{}'], ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'], ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'], ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'], ['["a","b"]', '["c","d"]', '["c","d"]'], ['{"a":"b"}', '["c"]', '["c"]'], ['{"a":"foo"}', 'null', 'null'], ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'], ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'], ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ]
  it.each(CASES)('[DS1] %s patched by %s is %s', (target, patch, result) => {
    const before = plain(target)
    expect(merged(before, plain(patch))).toEqual(plain(result))
    expect(before, 'nothing is changed in place').toEqual(plain(target))
  })
  it('[DS1] what a patch leaves as it is stays the same object, a key called __proto__ too is only a key', () => {
    const before = board({ a: learner('Ada', 1, ['begun']), b: learner('Ben', 1, ['begun']) })
    const after = merged(before, { learners: { a: { online: true } } }) as Board
    expect(after.learners.a).not.toBe(before.learners.a)
    expect(after.learners.b).toBe(before.learners.b)
    expect(merged(before, { learners: { a: { online: false } } })).toBe(before)
    const odd = merged({}, plain('{"__proto__":{"x":1}}')) as Record<string, unknown>
    expect(Object.keys(odd)).toEqual(['__proto__'])
    expect(({} as { x?: number }).x).toBeUndefined()
  })
  it('[DS4] a patch in which somebody passes is news, with the score and how many more; what was so before is none', () => {
    const before = board({ a: learner('Ada', 1, ['begun', 'locked']), b: learner('Ben', 1, ['begun', 'locked']), c: learner('Cy', 1, ['begun', 'locked']) })
    const patch = { learners: { c: { modules: { 1: 'stuck' } }, a: { modules: { 1: 'passed', 2: 'unlocked' }, lastScore: 88 }, b: { modules: { 1: 'passed' } } } }
    const after = merged(before, patch) as Board
    expect(newsOf(before, after, patch)).toEqual({ memberId: 'a', displayName: 'Ada', moduleNo: '1', state: 'passed', score: 88, more: 1 })
    expect(newsOf(after, after, patch)).toBeNull()
    expect(newsOf(before, before, { learners: { gone: null } })).toBeNull()
  })
})

describe('the order of the picture', () => {
  it('[DS2] goes by batch, and in a batch the furthest first; equals by name; those without a batch last', () => {
    const all = board({
      x: learner('Xu', null, ['passed', 'passed']), a: learner('Ada', 2, ['begun', 'locked']), b: learner('Ben', 1, ['passed', 'begun']), c: learner('Cy', 1, ['passed', 'passed']),
      d: learner('Di', 1, ['unlocked', 'locked']), e: learner('Abe', 1, ['passed', 'stuck']),
    })
    expect(batchesOf(all.learners).map((b) => [b.batchNo, b.stuck, b.strands.map((s) => s.displayName)])).toEqual([[1, 1, ['Cy', 'Abe', 'Ben', 'Di']], [2, 0, ['Ada']], [null, 0, ['Xu']]])
    expect(modulesOf(all)).toEqual(['1', '2'])
    expect(countsOf(batchesOf(all.learners)[0]!.strands, '2')).toEqual({ locked: 1, unlocked: 0, begun: 1, passed: 1, stuck: 1 })
  })
  it('[DS3] the numbers come from the rows, the last prompt from its hour, and the class stands at the first module that not all passed', () => {
    const all = board(
      { a: learner('Ada', 1, ['passed', 'begun'], { online: true, starsGiven: 2 }), b: learner('Ben', 1, ['passed', 'passed'], { starsGiven: 3 }) },
      { a: prompt('Second', '2025-11-02T10:00:00.000Z', { medianSeconds: 41 }), b: prompt('First', '2025-11-02T09:00:00.000Z', { medianSeconds: 9 }) })
    expect(sums(all)).toMatchObject({ learners: 2, online: 1, starsGiven: 5, stuck: 0, last: { text: 'Second', medianSeconds: 41 } })
    expect(standing(all, ['1', '2'])).toEqual({ moduleNo: '2', passed: 1 })
    expect(standing(board({ b: learner('Ben', 1, ['passed']) }), ['1'])).toEqual({ moduleNo: '1', passed: 1 })
    expect(standing(all, [])).toBeNull()
    expect(sums(board({})).last).toBeNull()
    expect(promptsOf(all).map((p) => p.text)).toEqual(['Second', 'First'])
  })
})

describe('where things lie', () => {
  const batches = (...sizes: number[]) => sizes.map((n, batchNo) => ({ batchNo, stuck: 0, strands: Array.from({ length: n }, (_, i) => ({ ...learner(`L${i}`, batchNo, []), memberId: `${i}` })) }))
  it('[DS2] columns fill the room, never vanish, and a click finds the nearest', () => {
    const wide = shapeOf(batches(30, 30), 6, 822)
    expect(wide.width).toBeCloseTo(822, 0)
    const narrow = shapeOf(batches(...Array.from({ length: 34 }, () => 30)), 6, 300)
    expect(narrow.width).toBeGreaterThan(1_500)
    expect(narrow.columns.every((c) => c.width >= 24)).toBe(true)
    expect(columnAt(wide.columns, 0)).toBe(0)
    expect(columnAt(wide.columns, wide.columns[1]!.x + 1)).toBe(1)
    expect(columnAt(wide.columns, 5_000)).toBe(1)
  })
  it('[DS5] of a long list what is in sight is drawn, and no more', () => {
    expect(inSight(0, 360, 36, 1_000)).toEqual({ from: 0, to: 20 })
    expect(inSight(3_600, 360, 36, 1_000)).toEqual({ from: 90, to: 120 })
    expect(inSight(36_000, 360, 36, 1_000)).toEqual({ from: 990, to: 1_000 })
  })
  it('[DS7] shares become a line that begins at the quarter below the lowest', () => {
    const { floor, points, lowest } = lineOf([.71, .62, .94], 300, 100)
    expect([floor, lowest]).toEqual([.5, 1])
    expect(points.map(([x]) => x)).toEqual([0, 150, 300])
    expect(points[2]![1]).toBeCloseTo(12)
    expect(lineOf([1], 300, 100)).toMatchObject({ floor: .75, points: [[300, 0]] })
  })
})

describe('what a question’s figures mean', () => {
  const of = (right: number | null, tells: number | null, chosen: number[], answers = 100) => hintOf({ answers, right, tells, options: chosen.map((n, i) => ({ chosen: n, correct: i === 0 })) })
  it('[DS8] the most urgent hint is said, in an order that a teacher would take', () => {
    expect(of(.2, -.3, [20, 70, 10])).toEqual({ says: 'key', option: 1 })
    expect(of(.3, .1, [30, 20, 45])).toEqual({ says: 'split', option: 2 })
    expect(of(.6, -.1, [60, 20, 20])).toEqual({ says: 'turned', option: null })
    expect(of(.25, .4, [25, 24, 24])).toEqual({ says: 'hard', option: null })
    expect(of(.97, 0, [97, 2, 1])).toEqual({ says: 'easy', option: null })
    expect(of(.6, .05, [60, 20, 20])).toEqual({ says: 'flat', option: null })
    expect(of(.6, .4, [60, 40, 0])).toEqual({ says: 'dead', option: 2 })
    expect(of(.6, .4, [60, 20, 20])).toEqual({ says: 'fine', option: null })
    expect(of(.1, -1, [1, 8, 0], 9)).toEqual({ says: 'few', option: null })
    expect(hintOf({ answers: 50, right: .5, tells: null, options: null })).toEqual({ says: 'fine', option: null })
  })
})
