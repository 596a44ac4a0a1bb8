// What a prompt asks, and what an answer to it must say.
import { describe, expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import { moves, question, revotable, said } from '../../server/features/coldcall/asking.ts'

const wrongOf = (x: unknown) => (isRefused(x) ? ((x.refused.details ?? {}).problems as { path: string }[]).map((p) => p.path) : x)
const options = ['red', 'green', 'blue']

describe('asking', () => {
  test('[CC35] a text has neither options nor what is right', () => {
    expect(question({}, null)).toEqual({ kind: 'text', options: null, correct: null, multiple: false })
    expect(wrongOf(question({ options, correct: [0] }, null))).toEqual(['/options', '/correct'])
    expect(wrongOf(question({ kind: 'number', multiple: true }, null))).toEqual(['/multiple'])
  })
  test('[CC35] a choice has options, and right ones among them; several right ones let several be chosen, unless it says otherwise', () => {
    expect(wrongOf(question({ kind: 'choice' }, null))).toEqual(['/options'])
    expect(wrongOf(question({ kind: 'choice', options, correct: [1, 3] }, null))).toEqual(['/correct/1'])
    expect(question({ kind: 'choice', options }, null)).toEqual({ kind: 'choice', options, correct: null, multiple: false })
    expect(question({ kind: 'choice', options, correct: [2, 0] }, null)).toEqual({ kind: 'choice', options, correct: [0, 2], multiple: true })
    expect(question({ kind: 'choice', options, correct: [2, 0], multiple: false }, null)).toMatchObject({ multiple: false })
  })
  test('[CC43] a revote takes what is not given, and what was right only with the options that it was right of', () => {
    const earlier = { kind: 'choice' as const, options, correct: [0, 1], multiple: true }
    expect(question({}, earlier)).toEqual(earlier)
    expect(question({ correct: [2] }, earlier)).toEqual({ kind: 'choice', options, correct: [2], multiple: false })
    expect(question({ options: ['a', 'b'] }, earlier)).toMatchObject({ options: ['a', 'b'], correct: null })
    expect(question({ kind: 'number' }, earlier)).toEqual({ kind: 'number', options: null, correct: null, multiple: false })
    expect(question({}, { kind: 'number', options: null, correct: null, multiple: false })).toMatchObject({ kind: 'number' })
  })
  test.each([['text', 'closed', 'conflict'], ['choice', 'open', 'conflict'], ['number', 'cancelled', 'conflict'], ['choice', 'closed', null], ['number', 'revealed', null]] as const)('[CC43] a %s prompt that is %s', (kind, phase, code) =>
    expect(revotable({ kind, phase })?.refused.code ?? null).toBe(code))
})

describe('[CC35] answering', () => {
  const one = { kind: 'choice' as const, options: 3, multiple: false }
  const text = { kind: 'text' as const, options: 0, multiple: false }
  const number = { kind: 'number' as const, options: 0, multiple: false }
  test.each([
    [text, { body: 'so' }, { body: 'so', choices: null, number: null }],
    [text, {}, ['/body']], [text, { body: 'so', choices: [0] }, ['/choices']], [text, { number: 1 }, ['/body', '/number']],
    [one, { choices: [2] }, { body: null, choices: [2], number: null }],
    [one, { choices: [2], body: 'because' }, { body: 'because', choices: [2], number: null }],
    [one, { choices: [3] }, ['/choices/0']], [one, { choices: [0, 1] }, ['/choices']], [one, { body: 'red' }, ['/choices']], [one, { choices: [0], number: 1 }, ['/number']],
    [{ ...one, multiple: true }, { choices: [2, 0] }, { body: null, choices: [0, 2], number: null }],
    [number, { number: -0.5e-9 }, { body: null, choices: null, number: -0.5e-9 }],
    [number, { body: 'many' }, ['/number']], [number, { number: 1, choices: [0] }, ['/choices']],
  ])('%o with %o', (asked, given, expected) => expect(wrongOf(said(asked, given))).toEqual(expected))
})

test('[CC44] who went where, as a table of every option', () => {
  expect(moves(2, 3, [{ from: 0, to: 2, n: 5 }, { from: 1, to: 0, n: 1 }])).toEqual([[0, 0, 5], [1, 0, 0]])
})
