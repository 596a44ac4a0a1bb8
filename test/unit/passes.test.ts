// Passes: whom they open what for, and until when.
import { expect, test } from 'vitest'
import { openPasses } from '#kernel/passes'

const [ADA, BEN] = ['00000000-0000-4000-8000-0000000000ad', '00000000-0000-4000-8000-0000000000be']
const HOUR = 3600_000
const AT = Date.UTC(2026, 2, 4, 9)
const at = (ms: number, secrets = ['a secret that signs']) => openPasses(secrets, () => ms)

test('[FL6] a pass works for at least six hours and at most twelve, and is the same for hours', () => {
  for (const start of [0, 1, 3 * HOUR, 6 * HOUR - 1]) {
    const pass = at(AT + start).passFor(ADA, 'x')
    expect(at(AT + start + 6 * HOUR).holderOf(pass, 'x')).toBe(ADA)
    expect(at(AT + start + 12 * HOUR + 1).holderOf(pass, 'x')).toBeNull()
  }
  const [first, later] = [Date.UTC(2026, 2, 4, 6), Date.UTC(2026, 2, 4, 12)]
  expect(at(first).passFor(ADA, 'x')).toBe(at(later - 1).passFor(ADA, 'x'))
  expect(at(first).passFor(ADA, 'x')).not.toBe(at(later).passFor(ADA, 'x'))
})

test('[FL6] it is for one person and one thing, and no character of it may be another', () => {
  const pass = at(AT).passFor(ADA, 'x')
  expect(at(AT).holderOf(pass, 'y')).toBeNull()
  expect(at(AT).holderOf(pass.replace(ADA, BEN), 'x')).toBeNull()
  for (let i = 0; i < pass.length; i++) for (const c of ['a', 'Z', '0', '.', '-']) if (pass[i] !== c) expect(at(AT).holderOf(pass.slice(0, i) + c + pass.slice(i + 1), 'x'), `${i} ${c}`).toBeNull()
  const [who, , signature] = pass.split('.')
  expect(at(AT).holderOf(`${who}.zzzzzzzzz.${signature}`, 'x'), 'for ever').toBeNull()
  for (const odd of ['', '..', pass.slice(1), `${pass}a`, pass.toUpperCase()]) expect(at(AT).holderOf(odd, 'x'), odd).toBeNull()
})

test('[FL6] who changes the secret breaks no pass while the old one still verifies', () => {
  const old = at(AT, ['old']).passFor(ADA, 'x')
  expect(at(AT, ['new', 'old']).holderOf(old, 'x')).toBe(ADA)
  expect(at(AT, ['new']).holderOf(old, 'x')).toBeNull()
  expect(at(AT, ['old']).holderOf(at(AT, ['new', 'old']).passFor(ADA, 'x'), 'x')).toBeNull()
})
