// The nouns of signing in by e-mail: a link's verdict and token, and whose an address is.
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { hrefOf, judgeLink } from '../../server/features/accounts/link.ts'
import { householdOf } from '../../server/features/accounts/whence.ts'
import { tokenOf } from '../../server/features/accounts/verbs.email.ts'

const now = new Date('2026-03-01T12:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('[AC13] a link is good until its time is up or it was used, and used before old', () => {
  expect(judgeLink({ usedAt: null, expiresAt: at(0.001) }, now)).toBe('good')
  expect(judgeLink({ usedAt: null, expiresAt: now }, now)).toBe('old')
  expect(judgeLink({ usedAt: at(-1), expiresAt: at(60) }, now)).toBe('used')
  expect(judgeLink({ usedAt: at(-1), expiresAt: at(-60) }, now)).toBe('used')
})

test('[AC14] [AC16] a token is the same each time it is made, and nobody makes it without the secret', () => {
  const id = newId()
  expect(tokenOf(id, 'a secret')).toBe(tokenOf(id, 'a secret'))
  expect(new Set([tokenOf(id, 'a secret'), tokenOf(id, 'another'), tokenOf(newId(), 'a secret')]).size).toBe(3)
  expect(tokenOf(id, 'a secret')).toMatch(/^[\w-]{43}$/)
  expect(hrefOf('https://class.example.org', 'tok', 'a+b@x.org')).toBe('https://class.example.org/sign-in#tok/a%2Bb%40x.org')
})

test.each([
  ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'], ['2001:DB8:1:2::9', '2001:db8:1:2'], ['2001:db8:1:0002:ffff::', '2001:db8:1:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'], ['::1', '0:0:0:0'], ['2001:db8::5', '2001:db8:0:0'],
])('[AC15] %s counts as %s', (ip, counted) => expect(householdOf(ip)).toBe(counted))
