// REST, for setting a class up: the calls of the rooms by table, health, metrics, the reference, and the pages.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Actor, actorOf, type Claims } from './actor.ts'
import { Bytes, sendBytes } from './bytes.ts'
import type { Verb } from './change.ts'
import { broke, settled } from './commands.ts'
import { type Config, isLoopback } from './config.ts'
import type { Call } from './contract.ts'
import { door } from './door.ts'
import type { CallCtx, Feature } from './feature.ts'
import { isHome } from './handshake.ts'
import { BrokenOff, hurry, taking, uploadIn } from './incoming.ts'
import { accepted } from './languages.ts'
import type { Log } from './log.ts'
import type { Mailbox } from './mailbox.ts'
import type { Metrics } from './metrics.ts'
import { sendProblem } from './problems.ts'
import { isRefused, unauthenticated } from './refusals.ts'
import type { Tokens } from './tokens.ts'

export const BASE = '/api/v1'
const BODY_BYTES = 2 * 1024 * 1024
const COOKIE = 'lectern_refresh'

/** A server that does not listen yet; sockets and tokens are hung onto it before `serve`. */
export async function openHttp(config: Config): Promise<FastifyInstance> {
  // Only a proxy on this machine or in this network is believed about who asks: otherwise anybody could choose an address.
  const frameworkErrors = (_: Error, __: unknown, reply: FastifyReply) => sendProblem(reply, { code: 'bad_request', message: 'This address cannot be read.' })
  const http = Fastify({ logger: false, bodyLimit: BODY_BYTES, frameworkErrors, trustProxy: config.production ? 'loopback, linklocal, uniquelocal' : false, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } } as object)
  hurry(http.server)
  await http.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], connectSrc: ["'self'", 'ws:', 'wss:'], frameAncestors: ["'none'"], upgradeInsecureRequests: null } },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
  })
  await http.register(cookie)
  // A list as a spreadsheet saves it: its bytes, for the room that reads such.
  http.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_: FastifyRequest, bytes: Buffer, done: (error: null, body: object) => void) => done(null, { csv: bytes.toString('base64') }))
  return http
}

type Parts = {
  http: FastifyInstance; config: Config; log: Log; metrics: Metrics; features: readonly Feature[]; tokens: Tokens; mailbox: Mailbox
  openapi: object; asyncapi: object; pages: string; version: string
  /** Whether this node may be sent traffic, and how its parts are. */
  state(): Promise<{ ready: boolean; database: string; redis: string }>
  ended(familyId: string): Promise<boolean>
  /** Who shows this secret; null where it is not known. */
  knows(secret: string): Promise<Claims | null>
}

/** Hangs every route onto the server. */
export async function serve(p: Parts): Promise<void> {
  const { http, config } = p
  http.setErrorHandler((error: { statusCode?: number; code?: string; message: string }, request, reply) => {
    if (error.statusCode === 413) return sendProblem(reply, { code: 'too_large', message: `A request is at most ${BODY_BYTES / 1024 / 1024} MiB.` })
    if (error.statusCode && error.statusCode < 500) return sendProblem(reply, { code: 'bad_request', message: `That was not understood: ${error.message}.` }, error.statusCode === 415 ? 415 : 400)
    if (error instanceof BrokenOff) {
      p.log.warn({ err: error.cause ?? error, route: request.routeOptions.url ?? 'unknown' }, 'bytes could not be handed out')
      return sendProblem(reply, error.why.refused)
    }
    const outcome = broke(p.log, error, { route: request.routeOptions.url ?? 'unknown' })
    return sendProblem(reply, (outcome as { error: { code: string; message: string } }).error)
  })
  http.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
    return isPage && existsSync(join(p.pages, 'index.html')) ? reply.header('cache-control', 'no-cache').sendFile('index.html') : sendProblem(reply, { code: 'not_found', message: 'There is nothing at this address.' })
  })

  for (const { contract, calls } of p.features) {
    for (const [name, call] of Object.entries<Call>(contract.calls)) route(p, `${contract.name}:${name}`, call, calls[name] as Feature['calls'][string])
  }
  http.get(`${BASE}/about`, () => ({ publicUrl: config.publicUrl, loopback: isLoopback(config.publicUrl), version: p.version, authDev: config.authDev, email: config.email }))
  http.get('/healthz', () => ({ status: 'alive' }))
  http.get('/readyz', async (_, reply) => {
    const { ready, ...parts } = await p.state()
    return ready ? { status: 'ready', ...parts } : sendProblem(reply, { code: 'unavailable', message: 'Not ready for traffic.', details: { retryAfterMs: 1_000, ...parts } })
  })
  http.get('/metrics', async (_, reply) => reply.type(p.metrics.register.contentType).send(await p.metrics.register.metrics()))
  http.get('/api/docs/openapi.json', () => p.openapi)
  http.get('/api/docs/asyncapi.json', () => p.asyncapi)
  await http.register(swagger, { mode: 'static', specification: { document: p.openapi as never } })
  await http.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  if (existsSync(p.pages)) {
    await http.register(files, {
      root: p.pages,
      setHeaders: (res, path) => void res.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
}

function route(p: Parts, name: string, call: Call, action: Feature['calls'][string]) {
  if (!action) throw new Error(`nobody answers ${name}`)
  const [method, path] = call.rest.split(' ') as [string, string]
  const params = door(call.params, 'text')
  const body = door(call.body)
  const hang = (http: FastifyInstance) => void http.route({
    // A HEAD that Fastify makes of a GET would read all the bytes.
    method: call.replies === 'bytes' && method === 'GET' ? ['GET', 'HEAD'] : method, exposeHeadRoute: call.replies !== 'bytes', url: BASE + path,
    handler: async (request, reply) => {
      const began = performance.now()
      const answer = (code: string) => {
        p.metrics.commands.inc({ command: name, code })
        p.metrics.commandMs.observe({ command: name }, performance.now() - began)
      }
      const refused = (r: { code: string; message: string; details?: Record<string, unknown> }, status?: number) => {
        answer(r.code)
        return sendProblem(reply, r, status)
      }
      const { origin, host } = request.headers
      if (origin !== undefined && method !== 'GET' && !isHome(p.config, origin, host)) return refused({ code: 'forbidden', message: 'A page of another site may not do this.' })
      const actor = call.open ? null : await actorFrom(p, request)
      if (!call.open && !actor) return refused(unauthenticated().refused)
      if (call.personal && actor?.by) return refused({ code: 'forbidden', message: `Only ${actor.name} may do this. Stop viewing as them first.` })
      if (call.personal && actor?.program) return refused({ code: 'forbidden', message: 'This is for people, not for programs.' })
      const asked = params({ ...(request.query as object), ...(request.params as object) })
      if (isRefused(asked)) return refused(asked.refused)
      const said = body(request.body ?? {})
      if (isRefused(said)) return refused(said.refused)
      const upload = call.upload ? uploadIn(request.raw, call.upload) : undefined
      if (isRefused(upload)) return refused(upload.refused, upload.status)
      const ctx: CallCtx = {
        upload, actor: actor as Actor, ip: request.ip, agent: request.headers['user-agent'] ?? '', cookie: request.cookies[COOKIE],
        setCookie: (token) => void (token === null ? reply.clearCookie(COOKIE, { path: `${BASE}/auth` })
          : reply.setCookie(COOKIE, token, { path: `${BASE}/auth`, httpOnly: true, sameSite: 'strict', secure: p.config.publicUrl.startsWith('https:'), maxAge: 30 * 24 * 3600 })),
        accepts: accepted(request.headers['accept-language']),
        inLanguage: (tag) => void reply.header('content-language', tag).header('vary', 'accept-language'),
        change: (verb: Verb<any, any>, id, item) => p.mailbox.put(verb, id, actor, null, item),
      }
      const outcome = settled(await taking(upload, () => action(ctx, { params: asked.value, body: said.value })))
      if (!outcome.ok) return refused(outcome.error)
      answer('ok')
      if (outcome.data instanceof Bytes) {
        await sendBytes(request, reply, outcome.data)
        return reply
      }
      if (outcome.data instanceof Readable) return reply.type('application/json').send(outcome.data)
      return call.status === 204 ? reply.code(204).send() : reply.code(call.status).send(outcome.data)
    },
  })
  if (!call.upload) return hang(p.http)
  // Here nothing reads a body before the action does, whatever type it says it is.
  void p.http.register(async (http) => {
    http.removeAllContentTypeParsers()
    http.addContentTypeParser('*', (_, __, done) => done(null))
    hang(http)
  })
}

async function actorFrom(p: Parts, request: FastifyRequest): Promise<Actor | null> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer') return null
  const claims = p.tokens.verify(token) ?? (token ? await p.knows(token) : null)
  return claims && !(await p.ended(claims.fam)) ? actorOf(claims) : null
}

/** The version of the product, from its package. */
export const versionOf = (root: string): string => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
