// REST as a whole: problems, headers, origins, health, the reference, and the pages.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#kernel/config'
import { openHttp, serve } from '#kernel/http'
import { openMetrics } from '#kernel/metrics'
import { wire } from '../../server/wire.ts'
import { aWorld, log, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => void (world = await aWorld('pglite', { env: { ALLOWED_ORIGINS: 'https://class.example.org' } })))
afterAll(() => world.ends())

const TITLES: Record<number, string> = { 400: 'Not understood', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 409: 'Not possible now', 413: 'Too large', 415: 'Not of this type' }
async function isProblem(reply: Response, status: number, code: string) {
  expect([reply.status, reply.headers.get('content-type')]).toEqual([status, expect.stringMatching(/^application\/problem\+json/)])
  const body = await reply.json() as any
  expect(body).toMatchObject({ type: 'about:blank', title: TITLES[status], status, code, detail: expect.stringMatching(/[.\w]$/) })
  expect(JSON.stringify(body)).not.toMatch(/node_modules|FST_|\.ts:|SELECT/)
  return body
}
const asks = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(world.url + path, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) })
const bearer = () => ({ authorization: `Bearer ${world.owner.accessToken}` })

test('[HT1] every refusal is a problem with a code: not understood, not JSON, too large, nothing there, not signed in', async () => {
  await isProblem(await asks('POST', '/api/v1/join', '{"code":'), 400, 'bad_request')
  await isProblem(await asks('POST', '/api/v1/join', ''), 400, 'bad_request')
  await isProblem(await asks('POST', '/api/v1/join', '{"__proto__":{"a":1}}'), 400, 'bad_request')
  await isProblem(await asks('POST', '/api/v1/join', '<a/>', { 'content-type': 'application/xml' }), 415, 'bad_request')
  await isProblem(await asks('POST', '/api/v1/join', 'code=1', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'bad_request')
  await isProblem(await asks('POST', '/api/v1/join', JSON.stringify({ code: 'x'.repeat(2_200_000) })), 413, 'too_large')
  for (const path of ['/api/v1/nothing', '/api/v2/me', '/nothing.js']) await isProblem(await asks('GET', path, undefined, bearer()), 404, 'not_found')
  // Too long to be an id: not understood where there are no pages, nothing there where there are.
  const long = await asks('GET', `/api/v1/cohorts/${'a'.repeat(300)}`, undefined, bearer())
  await isProblem(long, long.status === 400 ? 400 : 404, long.status === 400 ? 'bad_request' : 'not_found')
  await isProblem(await asks('PATCH', '/api/v1/me', '{}', bearer()), 404, 'not_found')
  await isProblem(await asks('GET', '/api/v1/me'), 401, 'unauthenticated')
  for (const header of ['Basic eDp5', 'Bearer', 'Bearer a b', world.owner.accessToken]) await isProblem(await asks('GET', '/api/v1/me', undefined, { authorization: header }), 401, 'unauthenticated')
  await isProblem(await asks('GET', '/api/v1/cohorts/not-a-uuid', undefined, bearer()), 400, 'bad_request')
})

test('[HT1] an address that cannot be read is a problem too', async () => {
  for (const path of ['/api/v1/cohorts/%zz', '/%ff', '/api/v1/cohorts/%E0%A4%A']) await isProblem(await asks('GET', path), 400, 'bad_request')
})

test('[HT2] what is wrong with a request is named, path by path', async () => {
  const { details } = await isProblem(await asks('POST', '/api/v1/courses', JSON.stringify({ slug: 'Bad Slug', name: 'x', modules: [] }), bearer()), 400, 'bad_request')
  expect(details.problems[0].path).toBe('/slug')
  await isProblem(await asks('POST', '/api/v1/courses', JSON.stringify({ slug: 'a', name: 'x', modules: [], more: 1 }), bearer()), 400, 'bad_request')
  await isProblem(await asks('GET', '/api/v1/cohorts?page=2', undefined, bearer()), 400, 'bad_request')
  await isProblem(await asks('GET', '/api/v1/cohorts?cursor=a&cursor=b', undefined, bearer()), 400, 'bad_request')
})

test('[HT3] a page of another site may change nothing; ours and an allowed one may', async () => {
  const from = (origin: string) => asks('POST', '/api/v1/auth/dev', JSON.stringify({ email: 'o@school.test' }), { origin })
  for (const origin of ['https://evil.test', 'null', 'https://class.example.org.evil.test', world.url.replace('http', 'https').replace(/\d$/, '')]) await isProblem(await from(origin), 403, 'forbidden')
  for (const origin of [world.url, 'https://class.example.org']) expect((await from(origin)).status).toBe(200)
  const read = await asks('GET', '/api/v1/me', undefined, { origin: 'https://evil.test', ...bearer() })
  expect(read.headers.get('access-control-allow-origin'), 'and it may not read what it gets').toBeNull()
})

test('[HT4] every answer carries the headers that keep a browser careful', async () => {
  for (const path of ['/api/v1/about', '/api/v1/nothing', '/healthz', '/api/docs/']) {
    const { headers } = await asks('GET', path)
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('content-security-policy'), path).toMatch(/default-src 'self'/)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('strict-transport-security'), 'not on plain http').toBeNull()
  }
  expect((await asks('GET', '/api/v1/about')).headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
})

test('[HT5] health, readiness, metrics, and the reference', async () => {
  expect(await (await asks('GET', '/healthz')).json()).toEqual({ status: 'alive' })
  expect(await (await asks('GET', '/readyz')).json()).toEqual({ status: 'ready', database: 'answers', redis: 'none' })
  const metrics = await asks('GET', '/metrics')
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
  const text = await metrics.text()
  for (const name of ['lectern_sockets', 'lectern_commands_total', 'lectern_commit_ms_bucket', 'lectern_process_cpu_user_seconds_total']) expect(text).toContain(name)
  expect(text, 'no ids and no names in labels').not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|school\.test/)
  const openapi = await (await asks('GET', '/api/docs/openapi.json')).json() as any
  for (const { calls } of wire) for (const call of Object.values<any>(calls)) {
    const [method, path] = call.rest.split(' ')
    expect(openapi.paths[`/api/v1${path.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')}`]?.[method.toLowerCase()], call.rest).toBeDefined()
  }
  expect(Object.keys((await (await asks('GET', '/api/docs/asyncapi.json')).json() as any).operations)).toContain('cohort:join')
  expect((await asks('GET', '/api/docs/')).headers.get('content-type')).toMatch(/text\/html/)
  expect(await (await asks('GET', '/api/v1/about')).json()).toMatchObject({ loopback: true, authDev: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
})

test('[HT6] while the database is away it is alive and not ready', async () => {
  const { db } = world.app
  const sql = db.sql
  db.sql = (() => Promise.reject(new Error('away'))) as typeof sql
  const ready = await asks('GET', '/readyz')
  expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '1'])
  expect((await asks('GET', '/healthz')).status).toBe(200)
  const broken = await asks('GET', '/api/v1/cohorts', undefined, bearer())
  expect(broken.status).toBeGreaterThanOrEqual(500)
  expect(await broken.text()).not.toContain('away')
  db.sql = sql
  expect((await asks('GET', '/readyz')).status).toBe(200)
})

test('[HT7] the pages: an address of the app is its page, what is missing is missing, and the API is never a page', async () => {
  const pages = mkdtempSync(join(tmpdir(), 'lectern-pages-'))
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<title>Lectern</title>')
  writeFileSync(join(pages, 'assets/a.js'), '1')
  writeFileSync(join(pages, '..', 'lectern-secret'), 'no')
  const http = await openHttp(readConfig({}))
  await serve({ http, config: readConfig({}), log, metrics: openMetrics(), features: [], tokens: {} as never, mailbox: {} as never, openapi: { openapi: '3.1.0', info: {}, paths: {} }, asyncapi: {}, pages, version: '0', state: async () => ({ ready: true, database: 'answers', redis: 'none' }), ended: async () => false, knows: async () => null })
  const get = (url: string, accept = 'text/html') => http.inject({ url, headers: { accept } })
  for (const url of ['/', '/class/1', '/join?code=x', '/a/b/c']) expect((await get(url)).body, url).toContain('Lectern')
  expect((await get('/class/1')).headers['cache-control']).toBe('no-cache')
  expect((await get('/assets/a.js', '*/*')).headers['cache-control']).toContain('immutable')
  for (const [url, accept] of [['/assets/b.js', '*/*'], ['/api/v1/x', 'text/html'], ['/api/x', 'text/html'], ['/assets/../../lectern-secret', '*/*'], ['/..%2flectern-secret', '*/*']] as const) {
    const reply = await get(url, accept)
    expect(reply.statusCode, url).toBeGreaterThanOrEqual(400)
    expect(reply.body).not.toContain('no\n')
  }
  expect((await http.inject({ method: 'POST', url: '/class/1', headers: { accept: 'text/html' } })).statusCode).toBe(404)
  await http.close()
  rmSync(pages, { recursive: true })
  rmSync(join(tmpdir(), 'lectern-secret'))
})

test('[HT8] in production the address of an asker is what the proxy in this network says, not what they say themselves', async () => {
  const http = await openHttp(readConfig({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40) }))
  http.get('/who', (request) => request.ip)
  const ip = async (forwarded: string, from = '127.0.0.1') => (await http.inject({ url: '/who', remoteAddress: from, headers: { 'x-forwarded-for': forwarded } })).body
  expect(await ip('203.0.113.9')).toBe('203.0.113.9')
  expect(await ip('1.2.3.4, 203.0.113.9')).toBe('203.0.113.9')
  expect(await ip('1.2.3.4', '198.51.100.7')).toBe('198.51.100.7')
  await http.close()
})
