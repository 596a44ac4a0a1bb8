// What is known of a sign-in, sealed secrets, and what somebody may say of themselves.
import { expect, test } from 'vitest'
import { isConfirmed, localeOf, wrongSpan, zoneOf } from '../../server/features/accounts/profile.ts'
import { seal, unseal } from '../../server/features/accounts/store.sealed.ts'
import { deviceOf, networkOf } from '../../server/features/accounts/whence.ts'

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', 'Chrome on Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 'Firefox on Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1', 'Chrome on iPhone'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15', 'Safari on macOS'],
  ['Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36', 'Samsung Internet on Android'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', 'Chrome on ChromeOS'],
  ['Mozilla/5.0 (X11; Linux x86_64) Unheard/1.0', 'A browser on Linux'], ['curl/8.7.1', 'A program'], ['', 'A program'], ['node', 'A program'],
])('[AC35] %s is said to be %s', (agent, device) => expect(deviceOf(agent)).toBe(device))

test.each([['192.0.2.77', '192.0.2.0/24'], ['::ffff:192.0.2.77', '192.0.2.0/24'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'], ['2001:DB8::9', '2001:db8:0::/48'], ['::1', '0:0:0::/48'], ['fe80::1%eth0', 'fe80:0:0::/48']])(
  '[AC35] of the address %s, %s is kept', (ip, network) => expect(networkOf(ip)).toBe(network))

test('[AC32] a sealed secret opens with the secret that sealed it, also when that is no longer the first; for its own provider only; not if a bit is changed', () => {
  const [old, young] = ['a'.repeat(40), 'b'.repeat(40)]
  const sealed = seal('sëcret', 'one', [old])
  expect(sealed).not.toContain('cret')
  expect(seal('sëcret', 'one', [old])).not.toBe(sealed)
  expect(unseal(sealed, 'one', [young, old])).toBe('sëcret')
  expect([unseal(sealed, 'one', [young]), unseal(sealed, 'two', [old]), unseal(`${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`, 'one', [old]), unseal('', 'one', [old])]).toEqual([undefined, undefined, undefined, undefined])
})

test('[AC36] languages and zones are kept as they are written properly, and nonsense is not', () => {
  expect(['en', 'pt-br', 'zh-hant', 'x y', '', 'e'].map(localeOf)).toEqual(['en', 'pt-BR', 'zh-Hant', null, null, null])
  expect(['Europe/Berlin', 'europe/berlin', 'UTC', 'Mars/Olympus', '+01:00', ''].map(zoneOf)).toEqual(['Europe/Berlin', 'Europe/Berlin', 'UTC', null, null, null])
})

test('[AC36] a time ends no earlier than it starts, and has days that there are', () => {
  expect(wrongSpan({ startsOn: '2020-02-29', endsOn: '2020-02-29' })).toBeNull()
  expect(wrongSpan({ startsOn: '2020-02-29', endsOn: null })).toBeNull()
  expect(wrongSpan({ startsOn: '2020-03-01', endsOn: '2020-02-29' })).toContain('after it starts')
  for (const startsOn of ['2021-02-29', '2021-04-31', '1800-01-01', '2300-01-01']) expect(wrongSpan({ startsOn, endsOn: null })).toContain(startsOn)
})

test('[AC39] closing is confirmed by one\'s e-mail in any case, or by the name where there is none', () => {
  const [ada, gus] = [{ name: 'Ada', email: 'ada@x.test' }, { name: 'Gus', email: null }]
  expect([isConfirmed(' ADA@x.test ', ada), isConfirmed('Gus', gus)]).toEqual([true, true])
  expect([isConfirmed('Ada', ada), isConfirmed('', ada), isConfirmed('gus', gus), isConfirmed('', gus)]).toEqual([false, false, false, false])
})
