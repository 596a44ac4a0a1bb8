// The door of the socket: who is let in, and why somebody is not.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SOCKETS_A_PERSON } from '#kernel/handshake'
import { aWorld, type Signed, type World } from '../helpers/world.ts'

let world: World
let ada: Signed
beforeAll(async () => {
  world = await aWorld('pglite', { env: { ALLOWED_ORIGINS: 'https://class.example.org', JWT_SECRET: `${'n'.repeat(40)},${'o'.repeat(40)}` } })
  await world.lists([{ email: 'ada@school.test' }])
  ada = await world.signsIn('ada@school.test')
})
afterAll(() => world.ends())

const comes = (auth: Record<string, unknown>, options = {}) => world.person('ada', ada).connects(auth, options).then((p) => { p.leaves(); return 'in' }, (e) => e.code as string)
const part = (what: object) => Buffer.from(JSON.stringify(what)).toString('base64url')
const signed = (payload: object, secret: string, header: object = { alg: 'HS256', typ: 'JWT' }) => {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const claims = (more: object = {}) => ({ ...JSON.parse(Buffer.from(ada.accessToken.split('.')[1] as string, 'base64url').toString()), ...more })

test('[HU1] with a token of ours one is in, also with one that the older secret signed', async () => {
  expect(await comes({ token: ada.accessToken, wire: 1 })).toBe('in')
  expect(await comes({ token: signed(claims(), 'o'.repeat(40)), wire: 1 })).toBe('in')
})

test('[HU1] a missing, foreign, changed or unsigned token is unauthenticated, and so is an expired one', async () => {
  const [head, body, mark] = ada.accessToken.split('.') as [string, string, string]
  const owner = part(claims({ sub: world.owner.user.userId }))
  const none = `${part({ alg: 'none' })}.${body}.`
  const old = claims({ iat: 1_000, exp: 2_000 })
  for (const token of [undefined, null, '', 5, {}, [], 'x', 'a.b.c', `${head}.${owner}.${mark}`, `${head}.${body}.`, none, signed(claims(), 'x'.repeat(40)),
    signed(old, 'n'.repeat(40)), signed(claims({ sub: 5 }), 'n'.repeat(40)), signed(claims({ fam: undefined }), 'n'.repeat(40)), ada.refreshToken, 'x'.repeat(10_000)]) {
    expect(await comes({ token, wire: 1 }), String(token).slice(0, 40)).toBe('unauthenticated')
  }
})

test('[HU1] a token of a sign-in that was ended is unauthenticated', async () => {
  const again = await world.signsIn('ada@school.test')
  await world.gets('POST', '/auth/sign-out', { refreshToken: again.refreshToken })
  expect(await comes({ token: again.accessToken, wire: 1 })).toBe('unauthenticated')
  expect(await comes({ token: ada.accessToken, wire: 1 }), 'another sign-in of the same person lives on').toBe('in')
})

test('[HU2] a client of another wire is told to upgrade, and which wire there is', async () => {
  for (const wire of [undefined, 0, 2, '1', null]) expect(await comes({ token: ada.accessToken, wire })).toBe('upgrade_required')
  const why = await world.person('ada', ada).connects({ token: ada.accessToken, wire: 2 }).catch((e) => e.data)
  expect(why).toMatchObject({ code: 'upgrade_required', wire: 1 })
  expect(await comes({})).toBe('upgrade_required')
})

test('[HU3] a page of another site is forbidden, over both transports; ours, an allowed one and no page are let in', async () => {
  const auth = { token: ada.accessToken, wire: 1 }
  const from = (origin: string, transport = 'websocket') => comes(auth, { extraHeaders: { origin }, transports: [transport] })
  for (const origin of ['https://evil.test', 'null', 'http://127.0.0.1:1', 'https://class.example.org.evil.test', 'https://class.example.org:444', 'file://']) expect(await from(origin), origin).toBe('forbidden')
  expect(await from('https://evil.test', 'polling')).toBe('forbidden')
  expect(await from('https://class.example.org')).toBe('in')
  expect(await from(world.url)).toBe('in')
  expect(await comes(auth)).toBe('in')
})

test('[HU3] a refusal names no other thing than its code and a sentence', async () => {
  const why = await world.person('ada', ada).connects({ wire: 1 }).catch((e) => e)
  expect(why.message).toMatch(/\.$/)
  expect(Object.keys(why.data).sort()).toEqual(['code', 'message'])
})

test('[HU6] a ninth socket of one person is unavailable, also when they all come at once; one that left makes room', async () => {
  const all = Array.from({ length: 20 }, () => world.person('ada', ada))
  const came = await Promise.allSettled(all.map((p) => p.connects()))
  expect(came.filter((c) => c.status === 'fulfilled')).toHaveLength(SOCKETS_A_PERSON)
  for (const c of came) if (c.status === 'rejected') expect(c.reason.data).toMatchObject({ code: 'unavailable', retryAfterMs: 10_000 })
  expect(await world.person('owner', world.owner).connects()).toBeDefined()
  const one = all.find((p) => p.socket.connected)
  const gone = new Promise((done) => world.app.hub.io.sockets.sockets.get(one?.socket.id as string)?.once('disconnect', done))
  one?.leaves()
  await gone
  expect(await comes({ token: ada.accessToken, wire: 1 })).toBe('in')
})

test('[HU1] who is refused is not counted as here', async () => {
  const metrics = await (await fetch(`${world.url}/metrics`)).text()
  expect(metrics).toMatch(/lectern_refused_handshakes_total\{code="unauthenticated"\} \d+/)
  const ben = await world.signsIn('ben@school.test')
  for (let i = 0; i < 12; i++) await world.person('ben', ben).connects({ token: `${ben.accessToken}x`, wire: 1 }).catch(() => {})
  expect(await world.person('ben', ben).connects()).toBeDefined()
})

test('[HU7] while it stops, newcomers are told when to come again, what is under way is finished, and all are moved on', async () => {
  const stopping = await aWorld()
  const teacher = await stopping.has('ruth', { role: 'instructor' })
  const ben = await stopping.has('ben')
  const gone = [teacher, ben].map((p) => new Promise<string>((done) => p.socket.once('disconnect', done)))
  const started = teacher.tries('session:start', { cohortId: stopping.cohortId })
  await teacher.isRefused('cohort:join', { cohortId: 'x' })
  const drained = stopping.app.drain(3_000)
  const why = await stopping.person('ben', { accessToken: ben.token, user: { userId: ben.userId } } as Signed).connects().catch((e) => e.data)
  expect(why).toMatchObject({ code: 'unavailable', retryAfterMs: 1_000 })
  const ready = await fetch(`${stopping.url}/readyz`)
  expect(ready.status).toBe(503)
  expect((await fetch(`${stopping.url}/healthz`)).status).toBe(200)
  expect(await started).toMatchObject({ ok: true })
  for (const why of await Promise.all(gone)) expect(['io server disconnect', 'transport close']).toContain(why)
  await drained
})
