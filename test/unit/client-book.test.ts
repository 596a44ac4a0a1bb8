// A client's book of the class: every frame once and in order, whatever order they come in.
import { expect, test } from 'vitest'
import type { Told } from '../../server/kernel/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { ClassView } from '../../server/views.ts'
import { type Book, isCurrent, opened, read, told } from '../../client/book.ts'

const COHORT = 'c0000000-0000-4000-8000-000000000000'
const ME = 'u0000000-0000-4000-8000-000000000000'
const klass = `cohort:${COHORT}`
const user = `user:${ME}`
const at = (n: number) => `2026-11-22T14:00:${String(n).padStart(2, '0')}.000000Z`

const prompt = (promptId: string, over: Partial<PromptView> = {}): PromptView => ({
  promptId, sessionId: null, state: 'open', kind: 'text', text: `${promptId}?`, options: null, multiple: false, correct: null, opensAt: at(1), closesAt: null, extraUntil: null,
  anonymous: false, starBudget: 3, batchNo: null, topicId: null, revoteOf: null, answered: 0, spotlight: null, mine: null, myStars: [], answers: [], next: null, tally: null, ...over,
})
const answer = (messageId: string, stars = 0) => ({
  messageId, author: null, body: messageId, choices: null, number: null, confidence: null, revision: null, answeredAt: null, revealed: true, hidden: false, stars, instructorStar: false,
})
const view = (prompts: PromptView[] = []): ClassView => ({
  now: at(0), cohort: { cohortId: COHORT, name: 'Autumn', courseId: 'x', courseName: 'IoT', slug: 'iot' },
  member: { memberId: 'm', displayName: 'Ada', batchNo: null, timeFactor: 1 }, session: null, prompts, pick: null, live: null, modules: [], presence: { online: 1 },
})
const book = (prompts: PromptView[] = [], streams = { [klass]: 4, [user]: 2 }): Book =>
  opened(COHORT, ME, { role: 'learner', epoch: 'e1', streams, snapshot: view(prompts), missed: null })
const frame = (stream: string, seq: number, name: string, body: object): Told<any> => [name, { stream, seq, at: at(seq), body }]
const level = (n: number, name: string, body: object): Told<any> => [name, { at: at(n), body }]
const head = (streams: Record<string, number>, epoch = 'e1', levels: Told<any>[] = []): Told<any> => level(59, 'cohort:head', { epoch, streams, levels })

test('the next frame is laid in; one that was laid in already is dropped', () => {
  const one = told(book(), [frame(klass, 5, 'coldcall:opened', prompt('p'))])
  expect(one.want).toBe('nothing')
  expect(one.book.streams[klass]).toBe(5)
  expect(one.book.view.prompts).toHaveLength(1)
  const twice = told(one.book, [frame(klass, 5, 'coldcall:cancelled', { promptId: 'p' }), frame(klass, 4, 'coldcall:cancelled', { promptId: 'p' })])
  expect(twice.book).toBe(one.book)
})

test('after a gap the missed are asked for, and nothing behind it is laid in', () => {
  const turn = told(book([prompt('p')]), [frame(klass, 6, 'coldcall:closed', { promptId: 'p', answered: 1 }), frame(user, 3, 'coldcall:stars', { promptId: 'p', myStars: ['a'], left: 2 })])
  expect(turn.want).toBe('missed')
  expect(turn.book.view.prompts[0]).toMatchObject({ state: 'open', myStars: ['a'] })
  expect(turn.book.streams).toEqual({ [klass]: 4, [user]: 3 })
})

test('one\'s own answer to a prompt not heard of yet waits for it, and so does its order', () => {
  const early = told(book(), [frame(user, 3, 'coldcall:mine', { promptId: 'p', mine: { ...answer('a'), revision: 1 }, closesAt: null }), frame(user, 4, 'coldcall:mine', { promptId: 'p', mine: { ...answer('a'), revision: 2 }, closesAt: null })]).book
  expect(early.early).toHaveLength(2)
  const turn = told(early, [frame(klass, 5, 'coldcall:opened', prompt('p'))])
  expect(turn.book.early).toHaveLength(0)
  expect(turn.book.view.prompts[0]?.mine?.revision).toBe(2)
})

test('of a level the newest wins, whichever comes last', () => {
  const turn = told(book(), [level(9, 'cohort:presence', { online: 9 }), level(7, 'cohort:presence', { online: 7 })])
  expect(turn.book.view.presence.online).toBe(9)
})

test('a head that is ahead may only be early; another epoch or a head below starts anew', () => {
  expect(told(book(), [head({ [klass]: 4, [user]: 2 })]).want).toBe('nothing')
  expect(told(book(), [head({ [klass]: 5 })]).want).toBe('late')
  expect(told(book(), [head({ [klass]: 3 })]).want).toBe('fresh')
  expect(told(book(), [head({ [klass]: 4 }, 'e2')]).want).toBe('fresh')
  expect(told(book(), [head({ 'staff:other': 99 })]).want).toBe('nothing')
})

test('a head heals a level that was lost', () => {
  const turn = told(book([prompt('p')]), [head({ [klass]: 4 }, 'e1', [level(8, 'coldcall:progress', { promptId: 'p', answered: 3, online: 5 })])])
  expect(turn.book.view.prompts[0]).toMatchObject({ answered: 3, addressed: 5 })
})

test('who was taken off the list leaves; who became staff starts anew; another cohort\'s news is not ours', () => {
  expect(told(book(), [frame(user, 3, 'cohort:removed', { cohortId: COHORT })]).want).toBe('leave')
  expect(told(book(), [frame(user, 3, 'cohort:member', { cohortId: COHORT, role: 'observer', member: null })]).want).toBe('fresh')
  const other = told(book(), [frame(user, 3, 'cohort:removed', { cohortId: 'another' }), frame(user, 4, 'cohort:member', { cohortId: 'another', role: 'learner', member: null })])
  expect(other.want).toBe('nothing')
  expect(other.book.view.member?.displayName).toBe('Ada')
  expect(other.book.streams[user]).toBe(4)
})

test('a page that was read before a star was heard of still counts the star', () => {
  const shown = book([prompt('p', { state: 'revealed', answers: [answer('a')], next: '1' })])
  const starred = told(shown, [frame(klass, 5, 'coldcall:starred', { promptId: 'p', stars: { b: 4 }, instructorStars: [] })]).book
  const page = { answers: [answer('b', 3)], next: null }
  expect(read(starred, 'p', { ...page, asOf: { [klass]: 4 } }).view.prompts[0]?.answers[1]?.stars).toBe(4)
  expect(read(starred, 'p', { ...page, asOf: { [klass]: 5 } }).view.prompts[0]?.answers[1]?.stars).toBe(3)
})

test('a join is current when it left nothing out', () => {
  expect(isCurrent(book(), { [klass]: 4, [user]: 2 })).toBe(true)
  expect(isCurrent(book(), { [klass]: 5 })).toBe(false)
})
