// What the room looks at, and what an instructor sifts.
import { expect, test } from 'vitest'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked, nextModule, onTheBoard, ordinal, strokes, timeLeft } from '../../client/board.ts'
import { newKey, pause } from '../../client/chance.ts'
import { ordered, sifted, standing } from '../../client/instructor/sift.ts'

const p = (promptId: string, state: PromptView['state'], opensAt: string, sessionId: string | null = null) => ({ promptId, state, opensAt, sessionId, answered: 0 }) as PromptView
const session = { sessionId: 's2', title: null, startedAt: '2026-11-22T14:00:00Z' }
const old = p('old', 'revealed', '2026-11-21T14:10:00Z', 's1')
const a = (messageId: string, over: Partial<Answer>): Answer => ({
  messageId, author: { memberId: messageId, displayName: messageId }, body: '', choices: null, number: null, confidence: null, revision: 1,
  answeredAt: '2026-11-22T14:00:00Z', revealed: false, hidden: false, stars: 0, instructorStar: false, ...over,
})

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
  const find = (s: string) => sifted(list, 'all', s, new Set()).map((x) => x.messageId)
  expect(find('ruben')).toEqual(['Rubén'])
  expect(find('them keep wojcik')).toEqual(['Zofia Wójcik'])
  expect(find('')).toHaveLength(2)
  expect(sifted(list, 'pinned', '', new Set(['Rubén']))).toHaveLength(1)
  expect(sifted([a('x', { confidence: 3 }), a('y', { confidence: 1 })], 'guess', '', new Set()).map((x) => x.messageId)).toEqual(['y'])
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
