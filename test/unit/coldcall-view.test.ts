// What a client folds when streams come in any order: finds of the random classes, by name.
import { expect, test } from 'vitest'
import type { Looker } from '#kernel/view'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { pick, type PromptView, prompts } from '../../server/features/coldcall/view.ts'

const teacher: Looker = { role: 'instructor', userId: 'u', memberId: null }
const ada: Looker = { role: 'learner', userId: 'a', memberId: 'ada' }
const answer = (messageId: string, more: Partial<Answer> = {}): Answer => ({
  messageId, author: null, body: 'so', choices: null, number: null, confidence: null, revision: null, answeredAt: null, revealed: true, hidden: false, stars: 0, instructorStar: false, ...more,
})
const prompt = (more: Partial<PromptView> = {}): PromptView => ({
  promptId: 'p', sessionId: null, state: 'revealed', kind: 'text', text: '?', options: null, multiple: false, correct: null, opensAt: 't', closesAt: null, extraUntil: null, anonymous: false, starBudget: 3,
  batchNo: null, topicId: null, revoteOf: null, answered: 3, spotlight: null, mine: null, myStars: [], answers: [answer('x'), answer('y'), answer('z')], next: null, tally: null, ...more,
})
type Said = [at: string, name: string, body: object]
const fold = (start: PromptView, said: Said[], looker: Looker) =>
  said.reduce((list, [at, name, body]) => prompts.heard(list, { name: `coldcall:${name}`, at, body: { promptId: 'p', ...body } }, looker), [start])[0] as PromptView
const ids = (p: PromptView) => p.answers.map((a) => a.messageId)

const hides: Said = ['1', 'hidden', { messageId: 'y', hidden: true, answer: null, after: null }]
const shows: Said = ['2', 'hidden', { messageId: 'y', hidden: false, answer: answer('y', { stars: 2 }), after: 'x' }]

test('[CC1] [CC45] a star given while it is hidden holds, whichever stream comes first', () => {
  const hidesAgain: Said = ['3', 'hidden', { messageId: 'y', hidden: true, answer: null, after: null }]
  const notes: Said = ['4', 'noted', { stars: { y: 2 }, instructorStars: ['y'] }]
  for (const order of [[hides, shows, hidesAgain, notes], [notes, hides, shows, hidesAgain], [hides, notes, shows, hidesAgain]])
    expect(fold(prompt(), order, teacher).answers[1]).toMatchObject({ hidden: true, stars: 2, instructorStar: true })
})

test('[CC1] [CC45] what was taken while it was hidden is not brought back by a late word of staff', () => {
  const notes: Said = ['1', 'noted', { stars: { y: 0 }, instructorStars: ['y'] }]
  const back: Said = ['2', 'hidden', { messageId: 'y', hidden: false, answer: answer('y'), after: 'x' }]
  for (const order of [[notes, back], [back, notes]]) expect(fold(prompt(), order, teacher).answers[1]).toMatchObject({ instructorStar: false })
})

test('[CC45] to the class it is gone and comes back to its place; not where that is on a page still to be read', () => {
  expect(ids(fold(prompt(), [hides], ada))).toEqual(['x', 'z'])
  expect(ids(fold(prompt(), [hides, shows], ada))).toEqual(['x', 'y', 'z'])
  expect(ids(fold(prompt({ answers: [answer('a')], next: '1.a' }), [shows], ada))).toEqual(['a'])
  expect(ids(fold(prompt({ answers: [], next: '0' }), [['2', 'hidden', { messageId: 'y', hidden: false, answer: answer('y'), after: null }]], ada))).toEqual([])
})

test('[CC46] its author keeps it, without what others did with it while it is hidden', () => {
  const mine = prompt({ mine: answer('y', { stars: 1 }), mineAt: '0' })
  expect(fold(mine, [hides], ada).mine).toMatchObject({ body: 'so', hidden: true, stars: 0 })
  expect(fold(mine, [hides, shows], ada).mine).toMatchObject({ hidden: false, stars: 2 })
  const late: Said = ['1', 'mine', { mine: answer('y', { hidden: true }), closesAt: null }]
  expect(fold(mine, [shows, late], ada).mine).toMatchObject({ hidden: false, stars: 2 })
})

test('[CC51] a pick holds until the next, or until the class starts or ends', () => {
  const called = { pickId: 'k', member: { memberId: 'ada', displayName: 'ada' }, promptId: null }
  const heard = (name: string, body: object) => pick.heard(called, { name, body, at: '1' }, ada)
  expect(pick.heard(null, { name: 'coldcall:picked', body: called, at: '1' }, ada)).toEqual(called)
  expect([heard('session:started', {}), heard('session:ended', {})]).toEqual([null, null])
  expect(heard('coldcall:passed', { pickId: 'k' })).toBe(called)
  expect(prompts.unknown?.([], { name: 'coldcall:picked', body: called, at: '1' })).toBe(false)
})
