// Invite codes: made to be read out, and read back however they were typed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newCode, readCode } from '../../server/features/cohorts/code.ts'

test('[CO2] a code is a word and four figures, over the whole range', () => {
  for (const n of [0, 0.25, 0.5, 0.999_999_999]) expect(newCode(() => n)).toMatch(/^[A-Z]{4,7} [1-9]\d{3}$/)
  expect(new Set(Array.from({ length: 500 }, () => newCode(Math.random))).size).toBeGreaterThan(480)
})

test('[CO2] there are enough words that a guess is a long shot', () => {
  const words = new Set(Array.from({ length: 2_000 }, (_, i) => newCode(() => i / 2_000).split(' ')[0]))
  expect(words.size).toBeGreaterThan(200)
})

test('[CO2] case, spaces, hyphens and underscores do not matter', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 0.999_999, noNaN: true }), fc.constantFrom('', ' ', '  ', '-', '_', ' - '), fc.boolean(), (n, between, lower) => {
    const code = newCode(() => n)
    const typed = code.replace(' ', between)
    expect(readCode(lower ? typed.toLowerCase() : ` ${typed} `)).toBe(code)
  }))
})

test('[CO2] what is no code matches none', () => {
  for (const typed of ['', 'APPLE', '1234', '1234 APPLE', 'APPLE 12 X', "'; DROP TABLE cohorts; --", '%', '_____ ____']) expect(readCode(typed)).not.toMatch(/^[A-Z]{4,7} [1-9]\d{3}$/)
})
