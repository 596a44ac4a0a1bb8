// A prepared question: what it asks, what it lacks, and how a list is ordered.
import { expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import { asWritten, behind, lacks, type Question, type Said } from '../../server/features/prepared/question.ts'

const written = (before: Question | null, said: Said): Question => {
  const q = asWritten(before, said)
  if (isRefused(q)) throw new Error(q.refused.message)
  return q
}

test('[PP2] a draft says what it lacks, and one that is whole lacks nothing', () => {
  const draft = (said: Said) => lacks(written(null, said))
  expect(draft({})).toBe('text')
  expect(draft({ text: 'Why?' })).toBeNull()
  expect(draft({ text: 'How many?', kind: 'number' })).toBeNull()
  expect(draft({ text: 'Which?', kind: 'choice' })).toBe('options')
  expect(draft({ text: 'Which?', kind: 'choice', options: ['one'] })).toBe('options')
  expect(draft({ text: 'Which?', kind: 'choice', options: ['one', 'one'] })).toBe('same')
  expect(draft({ kind: 'choice', options: ['one', 'two'] })).toBe('text')
  expect(draft({ text: 'Which?', kind: 'choice', options: ['one', 'two'] })).toBeNull()
})

test('[PP3] options belong to choices only, and go when it becomes another kind', () => {
  const choice = written(null, { text: 'Which?', kind: 'choice', options: ['one', 'two', 'three'], correct: [2, 0], multiple: true })
  expect(choice).toMatchObject({ options: ['one', 'two', 'three'], correct: [0, 2], multiple: true })
  for (const said of [{ kind: 'text' as const, options: ['one'] }, { correct: [0] }, { multiple: true }, { kind: 'number' as const, correct: [1] }]) {
    expect(asWritten(null, said), JSON.stringify(said)).toMatchObject({ refused: { code: 'bad_request' } })
  }
  expect(asWritten(choice, { correct: [3] })).toMatchObject({ refused: { code: 'bad_request', message: expect.stringContaining('names option 3, and there are 3') } })
})

test('[PP3] what is not said stays; options that are given anew forget which were right', () => {
  const choice = written(null, { text: 'Which?', kind: 'choice', options: ['one', 'two'], correct: [1], seconds: 60, anonymous: true, starBudget: 5 })
  expect(written(choice, { text: 'Which one?' })).toEqual({ ...choice, text: 'Which one?' })
  expect(written(choice, { options: ['one', 'two', 'three'] }).correct).toBeNull()
  expect(written(choice, { options: ['one', 'two', 'three'], correct: [2] }).correct).toEqual([2])
  expect(written(choice, { correct: [] }).correct).toBeNull()
  expect(written(choice, { seconds: null, anonymous: undefined })).toMatchObject({ seconds: null, anonymous: true })
})

test('[PP3] a choice becomes a text when its kind is said, and its options are let go by the same word', () => {
  const choice = written(null, { text: 'Which?', kind: 'choice', options: ['one', 'two'], correct: [1], multiple: true })
  expect(written(choice, { kind: 'text' })).toMatchObject({ kind: 'text', options: null, correct: null, multiple: false })
})

test('[PP4] one is put behind another, or first; behind one that is not there it is not put', () => {
  expect(behind(['a', 'b', 'c'], 'c', 'a')).toEqual(['a', 'c', 'b'])
  expect(behind(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a'])
  expect(behind(['a', 'b', 'c'], 'b', null)).toEqual(['b', 'a', 'c'])
  expect(behind(['a', 'b'], 'new', 'b')).toEqual(['a', 'b', 'new'])
  expect(behind([], 'new', null)).toEqual(['new'])
  expect(behind(['a', 'b'], 'a', 'z')).toBeNull()
  expect(behind(['a', 'b'], 'a', 'a'), 'not behind itself').toBeNull()
})
