// Commands: what is not one is refused with its code, costs nothing, and the socket lives on.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'

let world: World
let teacher: Person
let ada: Person
beforeAll(async () => {
  world = await aWorld()
  teacher = await world.has('ruth', { role: 'instructor' })
  ada = await world.has('ada')
})
afterAll(() => world.ends())

/** Says anything at all, past the types. */
const says = (who: Person, ...what: unknown[]): Promise<any> => (who.socket.timeout(8_000) as any).emitWithAck(...what)
/** A second window of somebody, with a burst of its own. */
const window = async (who: Person) => {
  const p = world.person(who.who, { accessToken: who.token, user: { userId: who.userId } } as never, who.cohortId)
  return p.comes()
}
/** Writes a packet of its own making; resolves with the ack that came for it. */
const writes = (who: Person, id: number, json: string) => {
  const engine = (who.socket.io as any).engine
  const answer = new Promise<any>((done) => engine.on('data', (d: unknown) => String(d).startsWith(`3${id}[`) && done(JSON.parse(String(d).slice(1 + String(id).length))[0])))
  engine.write(`2${id}${json}`)
  return answer
}
const count = async (table: string) => (await world.app.db.sql(`SELECT count(*) AS n FROM ${table}`))[0]?.n

test('[HU8] a command that does not exist is bad_request', async () => {
  for (const name of ['nothing', 'cohort:nothing', 'COHORT:JOIN', 'constructor', '__proto__', 'toString', 'push', '', 'x'.repeat(1_000), 'cohort:enter', 'catalog:create']) {
    expect(await says(ada, name, {})).toMatchObject({ ok: false, error: { code: 'bad_request' } })
  }
})

test('[HU9] each wrong path is named in the details', async () => {
  const { error } = await says(teacher, 'coldcall:open', { cohortId: world.cohortId, text: '', seconds: 4 })
  expect(error.code).toBe('bad_request')
  expect(error.details.problems[0]).toEqual({ path: '/text', problem: expect.any(String) })
  for (const [payload, path] of [[{ cohortId: 'x' }, '/cohortId'], [{ cohortId: world.cohortId, since: { a: -1 } }, '/since/a'], [{ cohortId: world.cohortId, as: 'owner' }, '/as']] as const) {
    expect((await says(ada, 'cohort:join', payload)).error.details.problems[0].path).toBe(path)
  }
  for (const payload of [undefined, null, 5, 'x', [], true]) expect((await says(ada, 'cohort:join', payload)).error.code).toBe('bad_request')
})

test('[HU10] a field that is not known is refused, and null is not a field left out', async () => {
  expect((await says(teacher, 'session:start', { cohortId: world.cohortId, titel: 'x' })).error).toMatchObject({ code: 'bad_request', message: expect.stringContaining('titel') })
  expect((await says(teacher, 'session:start', { cohortId: world.cohortId, title: null })).error.code).toBe('bad_request')
  expect((await says(ada, 'cohort:join', { cohortId: world.cohortId, key: randomUUID() })).error.code, 'a question takes no key').toBe('bad_request')
  expect(await count('ilt_sessions')).toBe(0)
})

test('[HU11] text is composed and trimmed; what cannot be kept is refused', async () => {
  const { sessionId } = await teacher.does('session:start', { cohortId: world.cohortId.toUpperCase(), title: '  Cafe\u0301 ' })
  expect((await world.app.db.sql('SELECT title FROM ilt_sessions WHERE ilt_session_id = $1', [sessionId]))[0]?.title).toBe('Café')
  for (const title of ['a\0b', '\ud83d', '   ']) expect((await says(teacher, 'session:start', { cohortId: world.cohortId, title })).error.code).toBe('bad_request')
})

test('[HU12] what is nested deeply or binary is refused, and not with internal', async () => {
  expect((await says(ada, 'cohort:leave', { cohortId: Buffer.from('x') })).error.code).toBe('bad_request')
  expect((await says(ada, 'cohort:leave', Buffer.alloc(100_000))).error.code).toBe('bad_request')
  const deep = (n: number) => writes(ada, 70 + n, `["cohort:leave",${'['.repeat(n)}${']'.repeat(n)}]`)
  expect((await deep(20)).error.code).toBe('bad_request')
  expect((await deep(15_000)).error.code).toBe('bad_request')
  expect((await deep(30_000)).error.code).toBe('bad_request')
})

test('[HU4] a command over 64 KiB is too_large and nothing of it is done; the socket lives on', async () => {
  const most = 64 * 1024
  const sized = (bytes: number, fill = 'x') => ({ cohortId: world.cohortId, text: fill.repeat(Math.ceil((bytes - 70) / Buffer.byteLength(fill))) })
  const { error } = await says(teacher, 'coldcall:open', sized(most + 200))
  expect(error).toMatchObject({ code: 'too_large', details: { most } })
  expect((await says(teacher, 'coldcall:open', sized(most + 200, '語'))).error.code, 'bytes count, not characters').toBe('too_large')
  expect((await says(teacher, 'coldcall:open', sized(most - 200))).error.code, 'below it, the schema decides').toBe('bad_request')
  expect((await says(teacher, 'coldcall:open', sized(1_000_000))).error.code).toBe('too_large')
  expect(await count('cold_call_prompts')).toBe(0)
  await teacher.does('cohort:leave', { cohortId: world.cohortId })
})

test('[HU5] a packet over 1 MiB closes its socket, and nobody else\'s', async () => {
  const other = await window(ada)
  const gone = new Promise((done) => other.socket.once('disconnect', done))
  other.socket.emit('coldcall:open' as never, { text: 'x'.repeat(1_100_000) } as never)
  await gone
  expect(ada.socket.connected).toBe(true)
  await ada.does('cohort:join', { cohortId: world.cohortId })
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200)
})

test('[HU13] after a burst of 60 a socket is rate_limited, is told for how long, and is heard again after that', async () => {
  const busy = await world.has('busy')
  const acks = await Promise.all(Array.from({ length: 120 }, () => busy.tries('cohort:leave', { cohortId: world.cohortId })))
  const refused = acks.filter((a) => !a.ok)
  expect(refused.length).toBeGreaterThanOrEqual(50)
  expect(120 - refused.length).toBeGreaterThanOrEqual(58)
  for (const a of refused) expect(!a.ok && a.error).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } })
  const wait = Math.max(...refused.map((a) => (!a.ok && (a.error.details?.retryAfterMs as number)) || 0))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(50)
  await ada.does('cohort:leave', { cohortId: world.cohortId })
  await ada.does('cohort:join', { cohortId: world.cohortId })
  await expect.poll(() => busy.tries('cohort:leave', { cohortId: world.cohortId }).then((a) => a.ok)).toBe(true)
})

test('[HU13] what does not exist counts too, and a limited command is not done', async () => {
  const busy = await world.has('eager', { role: 'instructor' })
  await busy.does('session:end', { cohortId: world.cohortId })
  const burst = Array.from({ length: 80 }, () => says(busy, 'nothing', {}))
  const ack = await busy.tries('session:start', { cohortId: world.cohortId })
  await Promise.all(burst)
  expect(!ack.ok && ack.error.code).toBe('rate_limited')
  expect((await world.app.db.sql('SELECT count(*) AS n FROM ilt_sessions WHERE ended_at IS NULL'))[0]?.n).toBe(0)
})

test('[HU14] a command is one payload and an acknowledgement; without one it is done all the same', async () => {
  const lead = await window(teacher)
  expect((await says(lead, 'session:start', { cohortId: world.cohortId }, { cohortId: world.cohortId })).error.code).toBe('bad_request')
  lead.socket.emit('session:start' as never, { cohortId: world.cohortId, title: 'Quiet' } as never)
  expect((await lead.hears('session:started')).title).toBe('Quiet')
  lead.socket.emit('session:start' as never, 'nonsense' as never)
  lead.socket.emit('nothing' as never)
  await lead.does('cohort:leave', { cohortId: world.cohortId })
})

test('[HU8] every refusal is a code and a sentence that a person can act on', async () => {
  for (const ack of [await says(ada, 'x', {}), await says(ada, 'cohort:join', {}), await says(ada, 'cohort:join', { cohortId: randomUUID() }), await says(ada, 'session:end', { cohortId: world.cohortId })]) {
    expect(ack.ok).toBe(false)
    expect(ack.error.message).toMatch(/^[A-Z].*[.\d]$/)
    expect(JSON.stringify(ack)).not.toMatch(/at .*\.ts|node_modules|SELECT/)
  }
})
