// The door: what may be kept comes in clean, what may not is named.
import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { exactly, Instant, Uuid } from '#kernel/contract'
import { door } from '#kernel/door'
import { isRefused } from '#kernel/refusals'

const note = door(exactly({ text: Type.String({ minLength: 1, maxLength: 5 }), noteId: Type.Optional(Uuid), at: Type.Optional(Instant), list: Type.Optional(Type.Array(exactly({ n: Type.Integer() }))) }))
const value = (raw: unknown, by = note) => {
  const parsed = by(raw)
  if (isRefused(parsed)) throw new Error(parsed.refused.message)
  return parsed.value as Record<string, unknown>
}
const problems = (raw: unknown, by = note) => {
  const parsed = by(raw)
  if (!isRefused(parsed)) throw new Error('was let in')
  expect(parsed.refused.code).toBe('bad_request')
  return parsed.refused.details?.problems as { path: string; problem: string }[]
}

test('[KE1] text is composed and trimmed, and counted in code points after that', () => {
  expect(value({ text: '  e\u0301\n' })).toEqual({ text: 'é' })
  expect(value({ text: '👩‍🏫👩🏽' })).toEqual({ text: '👩‍🏫👩🏽' })
  expect(problems({ text: '   ' })[0]?.path).toBe('/text')
  expect(problems({ text: '123456' })[0]?.path).toBe('/text')
  expect(value({ text: ' 12345 ' })).toEqual({ text: '12345' })
})

test('[KE2] U+0000 and half a character are refused wherever they are', () => {
  for (const text of ['a\0b', '\ud83d', 'x\udc00']) {
    expect(problems({ text })[0]).toMatchObject({ path: '/text', problem: expect.stringContaining('cannot be kept') })
    expect(problems({ text: 'ok', list: [{ n: text }] })[0]?.path).toBe('/list/0/n')
  }
})

test('[KE3] each wrong path is named, and a field that is not known is refused', () => {
  expect(problems({ text: 5 })[0]?.path).toBe('/text')
  expect(problems({ text: 'a', list: [{ n: 1 }, { n: 1.5 }] })[0]?.path).toBe('/list/1/n')
  expect(problems({ text: 'a', more: 1 })[0]?.problem).toContain('more')
  expect(problems({ text: 'a', noteId: 'x' })[0]).toEqual({ path: '/noteId', problem: 'must be a UUID' })
  expect(problems({ text: 'a', at: 'noon' })[0]?.path).toBe('/at')
  expect(problems(JSON.parse('{"text":"a","__proto__":{"admin":true}}'))[0]?.problem).toContain('__proto__')
  for (const raw of [null, undefined, 5, 'text', [], [{ text: 'a' }], true]) expect(problems(raw).length).toBeGreaterThan(0)
})

test('[KE4] an id is lowered; other text keeps its case', () => {
  const id = '0190F2A0-0000-7000-8000-ABCDEFABCDEF'
  expect(value({ text: 'ABC', noteId: id })).toEqual({ text: 'ABC', noteId: id.toLowerCase() })
})

test('[KE5] what is nested deeply or binary is refused, and costs no stack', () => {
  let deep: unknown = 'x'
  for (let i = 0; i < 100_000; i++) deep = [deep]
  expect(problems({ text: deep })[0]?.problem).toContain('nested')
  expect(problems({ text: Buffer.from('x') })[0]).toEqual({ path: '/text', problem: 'is binary' })
})

test('[KE6] numbers stay numbers in JSON, and are read from text in a path', () => {
  const page = exactly({ n: Type.Integer({ minimum: 1 }) })
  expect(problems({ n: '5' }, door(page))[0]?.path).toBe('/n')
  expect(value({ n: '5' }, door(page, 'text'))).toEqual({ n: 5 })
  expect(problems({ n: ['5', '6'] }, door(page, 'text'))[0]?.path).toBe('/n')
})

test('[KE7] whatever comes is parsed or refused, never thrown, and what came in is not changed', () => {
  fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (raw) => {
    const before = structuredClone(safe(raw))
    const parsed = note({ text: raw, list: raw })
    expect(isRefused(parsed) || 'value' in parsed).toBe(true)
    expect(safe(raw)).toEqual(before)
  }), { numRuns: 500 })
})
const safe = (raw: unknown) => { try { return structuredClone(raw) } catch { return null } }
