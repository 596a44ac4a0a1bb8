// What the room looks at, and what an instructor sifts.
import { expect, test } from 'vitest'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked, nextModule, onTheBoard, ordinal, strokes, timeLeft } from '../../client/board.ts'
import { newKey, pause } from '../../client/chance.ts'
import { askable, beside, lasted } from '../../client/instructor/beside.ts'
import { figuresOf, isWithin, tally } from '../../client/instructor/counts.ts'
import { added, asOpened, blank, type Draft, inTheWay, lacks, type Option, pasted, removed } from '../../client/instructor/draft.ts'
import { type Counted, inOrder, least, nextOf, steps } from '../../client/instructor/fair.ts'
import { now } from '../../client/instructor/keymap.ts'
import { movesOf } from '../../client/instructor/moves.ts'
import { type Known, ordered, type Sieve, sifted, standing, WIDE } from '../../client/instructor/sift.ts'

const p = (promptId: string, state: PromptView['state'], opensAt: string, sessionId: string | null = null) => ({ promptId, state, opensAt, sessionId, answered: 0 }) as PromptView
const session = { sessionId: 's2', title: null, startedAt: '2026-11-22T14:00:00Z' }
const old = p('old', 'revealed', '2026-11-21T14:10:00Z', 's1')
const a = (messageId: string, over: Partial<Answer>): Answer => ({
  messageId, author: { memberId: messageId, displayName: messageId }, body: '', choices: null, number: null, confidence: null, revision: 1,
  answeredAt: '2026-11-22T14:00:00Z', revealed: false, hidden: false, stars: 0, instructorStar: false, ...over,
})

const sift = (list: Answer[], sieve: Partial<Sieve>, known: Partial<Known> = {}) =>
  sifted(list, { ...WIDE, ...sieve }, { pins: new Set(), options: null, batchOf: () => null, ...known }).map((x) => x.messageId)

test('the board shows the open prompt, else the newest of this class, and nothing of yesterday\'s', () => {
  const open = p('open', 'open', '2026-11-22T14:05:00Z', 's2')
  const shown = p('shown', 'revealed', '2026-11-22T14:01:00Z', 's2')
  expect(onTheBoard({ prompts: [open, shown], session })?.promptId).toBe('open')
  expect(onTheBoard({ prompts: [shown, old], session })?.promptId).toBe('shown')
  expect(onTheBoard({ prompts: [old], session })).toBeNull()
  expect(onTheBoard({ prompts: [old], session: null })).toBeNull()
  expect(onTheBoard({ prompts: [p('x', 'cancelled', '2026-11-22T14:06:00Z', 's2'), shown], session })?.promptId).toBe('shown')
  expect(onTheBoard({ prompts: [p('free', 'closed', '2026-11-22T14:06:00Z')], session: null })?.promptId).toBe('free')
})

test('the prompts of a class are counted without those that were taken back', () => {
  const third = p('3', 'open', '2026-11-22T14:09:00Z', 's2')
  const prompts = [third, p('x', 'cancelled', '2026-11-22T14:06:00Z', 's2'), p('1', 'revealed', '2026-11-22T14:01:00Z', 's2'), old]
  expect(ordinal({ prompts }, third)).toBe(2)
})

test('never more are in than were asked', () => {
  expect(asked({ presence: { online: 3 } }, { ...old, answered: 5 })).toBe(5)
  expect(asked({ presence: { online: 30 } }, { ...old, addressed: 9, answered: 5 })).toBe(9)
})

test('a ring has a stroke a learner where there is room, and the first answer shows', () => {
  expect(strokes(9, 23, 60)).toEqual({ all: 23, done: 9 })
  expect(strokes(211, 300, 100)).toEqual({ all: 100, done: 70 })
  expect(strokes(1, 300, 20)).toEqual({ all: 20, done: 1 })
  expect(strokes(299, 300, 100).done).toBe(99)
  expect(strokes(300, 300, 100).done).toBe(100)
  expect(strokes(0, 0, 100)).toEqual({ all: 20, done: 0 })
})

test('time that is left is counted up to whole seconds and never below none', () => {
  const timed = { opensAt: '2026-11-22T14:00:00Z', closesAt: '2026-11-22T14:01:00Z' }
  expect(timeLeft(timed, Date.parse('2026-11-22T14:00:29.500Z'))).toEqual({ seconds: 31, share: 30_500 / 60_000 })
  expect(timeLeft(timed, Date.parse('2026-11-22T14:05:00Z'))).toEqual({ seconds: 0, share: 0 })
  expect(timeLeft({ ...timed, closesAt: null }, 0)).toBeNull()
})

test('the next module is the first that is locked', () => {
  const m = (moduleNo: number, state: 'locked' | 'unlocked' | 'passed') => ({ moduleNo, title: '', state, unmet: [] })
  expect(nextModule({ modules: [m(1, 'passed'), m(2, 'unlocked'), m(3, 'locked')] })?.moduleNo).toBe(3)
  expect(nextModule({ modules: [m(1, 'passed'), m(2, 'unlocked')] })?.moduleNo).toBe(2)
  expect(nextModule({ modules: [] })).toBeNull()
})

test('a search finds words without their accents, in any order, in names too', () => {
  const list = [a('Rubén', { body: 'Throw them away' }), a('Zofia Wójcik', { body: 'Keep them' })]
  const find = (search: string) => sift(list, { search })
  expect(find('ruben')).toEqual(['Rubén'])
  expect(find('them keep wojcik')).toEqual(['Zofia Wójcik'])
  expect(find('')).toHaveLength(2)
  expect(sift(list, { by: 'pinned' }, { pins: new Set(['Rubén']) })).toEqual(['Rubén'])
  expect(sift([a('x', { confidence: 3 }), a('y', { confidence: 1 })], { by: 'guess' })).toEqual(['y'])
})

test('answers are sifted by option, figure, batch and state, all at once', () => {
  const list = [a('x', { choices: [0, 2], stars: 2 }), a('y', { choices: [1], hidden: true }), a('z', { choices: [2], revealed: true, instructorStar: true })]
  const known = { options: ['Oak', 'Elm', 'Fir'], batchOf: (id: string) => (id === 'x' ? 1 : 2) }
  expect(sift(list, { option: 2 }, known)).toEqual(['x', 'z'])
  expect(sift(list, { option: 2, batch: 2 }, known)).toEqual(['z'])
  expect(sift(list, { search: 'fir' }, known)).toEqual(['x', 'z'])
  expect(sift(list, { by: 'hidden' }, known)).toEqual(['y'])
  expect(sift(list, { by: 'starred' }, known)).toEqual(['x', 'z'])
  expect(sift(list, { by: 'unshown' }, known), 'what is hidden is not waiting to be shown').toEqual(['x'])
  const figures = [a('low', { number: 3 }), a('high', { number: 30 }), a('none', {})]
  expect(sift(figures, { range: { from: 3, to: 3 } })).toEqual(['low'])
  expect(sift(figures, { range: { from: 10, to: Number.POSITIVE_INFINITY } })).toEqual(['high'])
  expect(sift([a('x', { author: null })], { batch: 1 }), 'nobody knows whose it is').toEqual([])
})

test('what stands in the list stands where it stood, also when stars change', () => {
  const before = [a('x', { stars: 1 }), a('y', { stars: 5 })]
  const ids = ordered(before, 'starred')
  expect(ids).toEqual(['y', 'x'])
  const after = [a('x', { stars: 9 }), a('y', { stars: 5 }), a('z', {})]
  expect(standing(after, ids).map((s) => [s.messageId, s.stars])).toEqual([['y', 5], ['x', 9]])
})

test('keys are UUIDs and pauses are jittered within their bounds', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(Array.from({ length: 100 }, newKey)).size).toBe(100)
  expect([pause(0, 0), pause(0, 1), pause(3, 1), pause(30, 1)]).toEqual([100, 600, 4_100, 10_100])
})

test('counts are of options, and each figure lies in one part', () => {
  expect(tally([a('x', { choices: [0, 2] }), a('y', { choices: [2] }), a('z', {})], 3)).toEqual([1, 0, 2])
  expect(figuresOf([])).toBeNull()
  expect(figuresOf([60, 58, 60])).toEqual({ min: 58, median: 60, max: 60, parts: [{ from: 58, to: 58, n: 1 }, { from: 60, to: 60, n: 2 }] })
  const many = [...Array.from({ length: 40 }, (_, n) => n * 1.7), 1e6, -5e5]
  const found = figuresOf(many)!
  expect(found.parts.length).toBeLessThanOrEqual(12)
  expect([found.min, found.max]).toEqual([-5e5, 1e6])
  expect(many.every((v) => found.parts.filter((p) => isWithin(p, v)).length === 1)).toBe(true)
  expect(found.parts.map((p) => many.filter((v) => isWithin(p, v)).length)).toEqual(found.parts.map((p) => p.n))
})

const opts = (...texts: string[]): Option[] => texts.map((text, i) => ({ id: i + 1, text, right: false }))
const texts = (options: Option[]) => options.map((o) => o.text)

test('a field is added behind the one it is asked from, and never more than ten or fewer than two', () => {
  const more = added(opts('a', 'b'), 1)
  expect(texts(more.options)).toEqual(['a', '', 'b'])
  expect(more.options[1]!.id).toBe(more.focus)
  expect(added(opts(...'abcdefghij'), 10).options).toHaveLength(10)
  expect(removed(opts('a', '', 'c'), 2)).toEqual({ options: [opts('a', 'b', 'c')[0], opts('a', 'b', 'c')[2]], focus: 1 })
  expect(removed(opts('a', ''), 2).options).toHaveLength(2)
})

test('a list that is pasted becomes options, without the marks before its lines, and says what was too many', () => {
  expect(pasted(opts('', ''), 1, 'one line')).toBeNull()
  expect(texts(pasted(opts('', ''), 1, 'a) Oak\r\nb) Elm\n\nc) Fir\n')!.options)).toEqual(['Oak', 'Elm', 'Fir'])
  expect(texts(pasted(opts('Ash', '', 'Yew'), 2, 'Oak\n2. Elm')!.options)).toEqual(['Ash', 'Oak', '2. Elm', 'Yew'])
  expect(texts(pasted(opts('3.5 V', ''), 2, '5 V\n12 V')!.options)).toEqual(['3.5 V', '5 V', '12 V'])
  const long = pasted(opts('', 'last'), 1, Array.from({ length: 12 }, (_, n) => `n${n}`).join('\n'))!
  expect([long.options.length, long.over, long.options.at(-1)!.text]).toEqual([10, 3, 'last'])
})

test('a draft says what it lacks, and sends only what is asked', () => {
  const draft = (over: Partial<Draft>): Draft => ({ ...blank, text: 'Which?', ...over })
  expect(lacks(draft({ text: ' ' }))?.says).toBe('ask.blank')
  expect(lacks(draft({ kind: 'choice', options: opts('a', ' ') }))?.says).toBe('ask.few')
  expect(lacks(draft({ kind: 'choice', options: opts('a', 'a ') }))?.says).toBe('ask.same')
  expect(lacks(draft({ kind: 'choice', options: opts('a', 'b'.repeat(203)) }))).toEqual({ says: 'ask.option.long', over: 3 })
  expect(lacks(draft({ kind: 'number', options: opts('a', 'a') }))).toBeNull()
  expect(asOpened('c', draft({ kind: 'number', options: opts('a', 'b') }))).toEqual({ cohortId: 'c', text: 'Which?', kind: 'number', starBudget: 3, seconds: 90 })
  const options = [{ id: 1, text: 'a', right: false }, { id: 2, text: '  ', right: true }, { id: 3, text: ' c ', right: true }]
  expect(asOpened('c', draft({ kind: 'choice', options, seconds: 0, anonymous: true, batchNo: 2 })), 'what is right is counted without the empty field')
    .toEqual({ cohortId: 'c', text: 'Which?', kind: 'choice', options: ['a', 'c'], correct: [1], multiple: false, starBudget: 3, anonymous: true, batchNo: 2 })
})

test('batches stand side by side until all are asked together again, and one key asks the newest vote again', () => {
  const of = (promptId: string, batchNo: number | null, state: PromptView['state'], minute: number, kind: PromptView['kind'] = 'choice') => ({ ...p(promptId, state, `2026-11-22T14:${minute}:00Z`, 's2'), batchNo, kind, closesAt: null })
  const all = of('all', null, 'revealed', 10)
  const [b1, b2, b1old] = [of('b1', 1, 'open', 13), of('b2', 2, 'revealed', 12), of('b1old', 1, 'revealed', 11)]
  const ids = (prompts: PromptView[]) => beside({ prompts, session }).map((x) => x.promptId)
  expect(ids([b1, b2, b1old, all])).toEqual(['b1', 'b2'])
  expect(ids([of('next', null, 'open', 14), b2, b1old, all])).toEqual(['next'])
  expect(ids([])).toEqual([])
  expect(inTheWay([b1], 2)).toBe(false)
  expect(inTheWay([b1], null) && inTheWay([b1], 1) && inTheWay([all], 2)).toBe(true)
  const again = (prompts: PromptView[], at: PromptView | null) => askable({ prompts, session }, at)?.promptId
  const words = of('words', null, 'revealed', 15, 'text')
  expect(again([words, all], words), 'the last vote, though words were asked since').toBe('all')
  expect(again([b1, b2, all], b2), 'the other batch is not in the way').toBe('b2')
  expect(again([b1, b2, all], all), 'an open prompt is in the way of one for all').toBeUndefined()
  expect(again([old], null), 'nothing of yesterday').toBeUndefined()
  expect([lasted({ opensAt: '2026-11-22T14:00:00Z', closesAt: '2026-11-22T14:01:30Z' }), lasted({ opensAt: '2026-11-22T14:00:00Z', closesAt: null })]).toEqual([90, null])
})

test('the moves of a revote: the greatest first, and how many stayed', () => {
  expect(movesOf({ moved: [[4, 0, 1], [3, 2, 0], [0, 0, 0]] })).toEqual({ moves: [{ from: 1, to: 0, n: 3 }, { from: 0, to: 2, n: 1 }], stayed: 6, both: 10 })
  expect(movesOf({ moved: null })).toBeNull()
})

test('the report of calls is sorted by any column, equals by name, and knows the least called', () => {
  const m = (displayName: string, called: number, lastCalledAt: string | null = null): Counted => ({ memberId: displayName, displayName, called, passed: 0, present: true, lastCalledAt })
  const list = [m('Cleo', 4, '2026-11-22T14:00:00Z'), m('Ben', 1), m('Ada', 1, '2026-11-21T14:00:00Z')]
  const names = (by: Parameters<typeof inOrder>[1]['by'], down = false) => inOrder(list, { by, down }, (x, y) => x.localeCompare(y)).map((x) => x.displayName)
  expect(names('called')).toEqual(['Ada', 'Ben', 'Cleo'])
  expect(names('called', true)).toEqual(['Cleo', 'Ada', 'Ben'])
  expect(names('displayName', true)).toEqual(['Cleo', 'Ben', 'Ada'])
  expect(names('lastCalledAt')).toEqual(['Ben', 'Ada', 'Cleo'])
  expect([steps(list), least(list), nextOf(list), nextOf([])]).toEqual([[0, 2, 0, 1], 1, { n: 2, called: 1 }, null])
})

test('the key bar shows what can be done now, and to an observer nothing that changes anything', () => {
  const prompt = { ...p('p', 'open', '2026-11-22T14:00:00Z'), closesAt: null, answers: [a('x', {})] } as PromptView
  const desk = { prompt, others: 1, again: false, chosen: 0, online: 3, undo: false, leads: true }
  const keys = (over: Partial<typeof desk>) => now({ ...desk, ...over }).map((k) => k.key).join(' ')
  expect(keys({})).toBe('↑↓ P G H / R E C O Q')
  expect(keys({ leads: false })).toBe('↑↓ /')
  expect(keys({ prompt: { ...prompt, state: 'revealed', answers: [a('x', { revealed: true })] }, again: true, undo: true, others: 2 })).toBe('↑↓ G H L / V B C O Q Z')
})
