// What nobody would send: every command and every call, with payloads that are almost right, wrong, forged, huge or mean.
// FUZZ_SEED repeats a run.
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODES, type Call, type Command } from '#kernel/contract'
import { wire } from '../../server/wire.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
const RUNS = Number(process.env.FUZZ_RUNS ?? 4_000)
const NASTY = [
  '', ' ', '\0', '\ud83d', 'a\0b', "'; DROP TABLE users; --", '%s%n${7*7}', '<script>alert(1)</script>', '../../etc/passwd', '\u202egnp.exe', '👩‍👩‍👧‍👦'.repeat(30), 'e\u0301', 'null', '{}', '[]',
  '0', '-1', '1e999', 'NaN', 'true', '__proto__', 'constructor', 'x'.repeat(5_000), '語'.repeat(4_001), '00000000-0000-0000-0000-000000000000', '\x1f', '{1,2}', '\\x00', '0000-01-01T00:00:00Z', '9999-12-31T23:59:60Z', '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00+23:59', 'a@b', 'ada@school.test', 'a@b.c\r\nBcc: x@y.z', 'İ@ſ.K', '$1', '0.00000000-0000-0000-0000-000000000000', '999999999.ffffffff-ffff-ffff-ffff-ffffffffffff',
]
const NUMBERS = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e300, -1e300, 5e-324]

let world: World
let teacher: Person
let ids: string[]
beforeAll(async () => {
  console.log(`FUZZ_SEED=${SEED}`)
  world = await aWorld('pglite')
  teacher = await world.has('ruth', { role: 'instructor' })
  const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Why?' })
  const ada = await world.has('ada')
  const { messageId } = await ada.does('coldcall:answer', { promptId, body: 'So.' })
  ids = [world.cohortId, world.courseId, promptId, messageId, ada.memberId as string, ada.userId, world.owner.user.userId, randomUUID()]
})
afterAll(() => world.ends())

type Schema = Record<string, any>
/** A payload that the schema takes, mostly. */
function good(s: Schema, name = ''): fc.Arbitrary<unknown> {
  if (s.anyOf) return fc.oneof(...s.anyOf.map((x: Schema) => good(x, name)))
  if (s.const !== undefined) return fc.constant(s.const)
  if (s.type === 'object' && s.properties) {
    const all = Object.fromEntries(Object.entries<Schema>(s.properties).map(([k, v]) => [k, good(v, k)]))
    return fc.record(all, { requiredKeys: s.required ?? [] })
  }
  if (s.type === 'object') return fc.dictionary(fc.oneof(fc.constantFrom(...NASTY), fc.constantFrom(...ids.map((i) => `cohort:${i}`), ...ids.map((i) => `user:${i}`))), fc.constantFrom(0, 1, 5), { maxKeys: 4 })
  if (s.type === 'array') return fc.array(good(s.items ?? {}, name.replace(/s$/, '')), { minLength: s.minItems ?? 0, maxLength: Math.min(s.maxItems ?? 3, 4) })
  if (s.type === 'integer' || s.type === 'number') return fc.oneof(fc.integer({ min: s.minimum ?? 0, max: Math.min(s.maximum ?? 1_000, 2 ** 31 - 1) }), fc.constantFrom(s.minimum ?? 0, s.maximum ?? 0))
  if (s.type === 'boolean') return fc.boolean()
  if (s.type === 'null') return fc.constant(null)
  if (/^key$|Ids?$/.test(name) || s.description === 'a UUID') return name === 'key' ? fc.uuid() : fc.constantFrom(...ids)
  if (s.format === 'email' || name === 'email') return fc.constantFrom('ada@school.test', 'new@school.test', 'ruth@school.test')
  if (s.format === 'date-time') return fc.constantFrom('2026-01-01T00:00:00Z', '2030-01-01T00:00:00.000Z', '0000-01-01T00:00:00Z', '2026-01-01T10:00:00+05:00', '9999-12-31T23:59:59Z')
  if (s.pattern && name === 'slug') return fc.stringMatching(/^[a-z0-9]{1,8}$/)
  return fc.oneof({ weight: 3, arbitrary: fc.string({ minLength: s.minLength ?? 0, maxLength: Math.min(s.maxLength ?? 50, 60), unit: 'grapheme' }) }, { weight: 1, arbitrary: fc.constantFrom(...NASTY) })
}

/** Anything at all: what a value may be replaced by. */
const anything = () => fc.oneof(
  fc.constantFrom<unknown>(...NASTY), fc.constantFrom<unknown>(...NUMBERS), fc.constantFrom<unknown>(...ids), fc.constantFrom<unknown>(null, true, false, [], {}, [[]], { length: 5 }, ['x', 1, null]),
  fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 1, max: 30 }).map((n) => JSON.parse('['.repeat(n) + ']'.repeat(n))), fc.constantFrom(1_000, 10_000).map((n) => Array(n).fill(0)),
)

/** A good payload with something done to it. */
const bent = (s: Schema): fc.Arbitrary<unknown> => fc.tuple(good(s), fc.integer({ min: 0, max: 9 }), fc.nat(), anything()).map(([payload, how, at, other]) => {
  if (how < 3 || typeof payload !== 'object' || payload === null) return how === 2 ? other : payload
  const fields = Object.keys(payload)
  const field = fields[at % Math.max(1, fields.length)] ?? 'more'
  if (how === 3) return Object.fromEntries(Object.entries(payload).filter(([k]) => k !== field))
  if (how === 4) return { ...payload, more: other }
  if (how === 5) return { ...payload, [field]: [(payload as any)[field]] }
  return { ...payload, [field]: other }
})

const codesOf = (c: { refusals: readonly string[] }) => new Set<string>([...CODES.filter((x) => x !== 'internal'), ...c.refusals])

test('[HU26] every command answers whatever comes with a code that it declares, and the class goes on', async () => {
  const people = await Promise.all(['ben', 'cleo', 'dan', 'eve', 'finn', 'gus'].map((who, i) => world.has(who, i === 4 ? { role: 'observer' } : {})))
  const lead = await world.has('lea', { role: 'instructor' })
  const outsider = await world.person('oz', await world.signsIn('oz@school.test')).connects()
  const crowd = [...people, lead, outsider, teacher]
  const commands: [string, Command][] = wire.flatMap((c) => Object.entries<Command>(c.commands).map(([n, x]) => [`${c.name}:${n}`, x] as [string, Command]))
  const sent = fc.sample(fc.oneof(...commands.map(([name, c]) => bent(c.body as Schema).map((payload) => ({ name, c, payload })))), { seed: SEED, numRuns: RUNS })
  const heap = await rest()
  let turn = 0
  let limited = 0
  await Promise.all(crowd.map(async (who) => {
    for (let i = turn++; i < sent.length; i = turn++) {
      const { name, c, payload } = sent[i] as (typeof sent)[number]
      const ack = await (who.socket.timeout(20_000) as any).emitWithAck(name, payload)
      if (ack.ok) continue
      if (ack.error.code === 'rate_limited') {
        limited++
        await new Promise((done) => setTimeout(done, ack.error.details.retryAfterMs)) // as it was told to
        turn = Math.min(turn, sent.length)
      }
      expect(codesOf(c), `${name} ${JSON.stringify(payload)?.slice(0, 500)} → ${JSON.stringify(ack)}`).toContain(ack.error.code)
      expect(ack.error.message.length).toBeGreaterThan(5)
    }
  }))
  expect(await rest() - heap, 'heap, MB').toBeLessThan(60)
  expect(limited).toBeLessThan(RUNS)
  await theClassGoesOn()
})

test('[HU26] every call over REST answers whatever comes with a problem that has a code, and nothing breaks', async () => {
  const calls: [string, Call][] = wire.flatMap((c) => Object.entries<Call>(c.calls).map(([n, x]) => [`${c.name}:${n}`, x] as [string, Call]))
  const learner = await world.signsIn('ben@school.test')
  const tokens = [world.owner.accessToken, learner.accessToken, teacher.token, 'x', undefined]
  const one = ([name, call]: [string, Call]) => fc.record({ name: fc.constant(name), call: fc.constant(call), body: bent(call.body as Schema), params: bent(call.params as Schema), token: fc.constantFrom(...tokens), raw: fc.integer({ min: 0, max: 30 }) })
  const asked = fc.sample(fc.oneof(...calls.map(one)), { seed: SEED, numRuns: RUNS / 2 })
  let turn = 0
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let i = turn++; i < asked.length; i = turn++) {
      const { call, body, params, token, raw } = asked[i] as (typeof asked)[number]
      const [method, path] = call.rest.split(' ') as [string, string]
      const values = (typeof params === 'object' && params !== null ? params : {}) as Record<string, unknown>
      const text = (v: unknown) => encodeURIComponent(String(typeof v === 'object' ? JSON.stringify(v) : v).slice(0, 300).toWellFormed())
      const at = path.replace(/:(\w+)/g, (_, k) => (k in values ? text(values[k]) : text(ids[0])) || 'x')
      const query = Object.entries(values).filter(([k]) => !path.includes(`:${k}`)).map(([k, v]) => `${text(k)}=${text(v)}`).slice(0, 20).join('&').slice(0, 6_000).replace(/%[0-9a-f]?$/i, '') // more is cut off below HTTP: 431
      const payload = raw === 0 ? '{"a":' : raw === 1 ? `{"a":"${'x'.repeat(2_200_000)}"}` : raw === 2 ? '['.repeat(50_000) + ']'.repeat(50_000) : JSON.stringify(body)
      const reply = await fetch(`${world.url}/api/v1${at}${query && `?${query}`}`, {
        method, headers: { ...(method === 'GET' || payload === undefined ? {} : { 'content-type': raw === 3 ? 'application/xml' : 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
        ...(method === 'GET' || payload === undefined ? {} : { body: payload }),
      })
      const said = await reply.text()
      if (reply.ok) continue
      const what = `${method} ${at}?${query} ${payload?.slice(0, 400)} → ${reply.status} ${said.slice(0, 300)}`
      expect(reply.headers.get('content-type'), what).toContain('application/problem+json')
      const problem = JSON.parse(said)
      expect(codesOf(call), what).toContain(problem.code)
      expect(problem.status, what).toBe(reply.status)
    }
  }))
  await theClassGoesOn()
})

/** Megabytes of heap, once what is not needed has been let go. */
async function rest() {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** In a course of its own: what came may well have staffed the other one, or denied its owner something. */
async function theClassGoesOn() {
  world.owner = await world.signsIn(`o-${randomUUID().slice(0, 8)}@school.test`, { owner: true })
  world.courseId = (await world.gets('POST', '/courses', { slug: `c-${randomUUID().slice(0, 8)}`, name: 'After the storm', modules: [] })).courseId
  const { cohortId } = await world.cohort()
  const ruth = await world.has('nadia', { role: 'instructor', cohortId })
  const amy = await world.has('amy', { cohortId })
  await ruth.does('session:start', { cohortId })
  const { promptId } = await ruth.does('coldcall:open', { cohortId, text: 'Still there?' })
  await amy.hears('coldcall:opened')
  await amy.does('coldcall:answer', { promptId, body: 'Yes.' })
  await ruth.does('coldcall:reveal', { promptId })
  expect((await amy.hears('coldcall:revealed')).answers[0].body).toBe('Yes.')
  await ruth.does('session:end', { cohortId })
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200)
  for (const p of [ruth, amy]) p.leaves()
}
