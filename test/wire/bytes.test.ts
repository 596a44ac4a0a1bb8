// Bodies that are bytes, both ways: put up as they come, and handed out by parts.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Type } from 'typebox'
import { bytesOf } from '#kernel/bytes'
import { call, contract, exactly } from '#kernel/contract'
import { openapiOf } from '#kernel/documents'
import { feature, type Kernel } from '#kernel/feature'
import { BrokenOff, hurry, type Upload, uploadIn } from '#kernel/incoming'
import { partOf } from '#kernel/range'
import { isRefused } from '#kernel/refusals'
import { features } from '../../server/features.ts'
import { aWorld, type World } from '../helpers/world.ts'

const MOST = 300_000
const LETTERS = Buffer.from('abcdefghijklmnopqrstuvwxyz')
const trunk = contract('trunk', {
  calls: {
    put: call('POST /trunk', { says: 'Put bytes in.', upload: { types: ['application/zip', 'text/vtt'], most: MOST }, status: 201, reply: exactly({ bytes: Type.Integer(), type: Type.String() }) }),
    ignore: call('POST /trunk/ignored', { says: 'Look at nothing.', upload: { types: ['application/zip'], most: MOST } }),
    get: call('GET /trunk', { says: 'Take bytes out.', open: true, replies: 'bytes' }),
    stream: call('GET /trunk/stream', { says: 'Take bytes out whose end nobody knows.', open: true, replies: 'bytes' }),
  },
})

let world: World
/** What the room made of each upload, and which parts it was asked for. */
const ends: (number | Error)[] = []
const opened: [number, number][] = []
let woken = () => {}
const ended = (end: number | Error) => { ends.push(end); woken() }
const nextEnd = () => new Promise<void>((wake) => { woken = wake })

const room = (_: Kernel) => feature({
  contract: trunk,
  calls: {
    async put({ upload }) {
      let bytes = 0
      try {
        for await (const chunk of upload as Upload) bytes += (chunk as Buffer).length
      } catch (error) {
        ended(error as Error)
        throw error
      }
      ended(bytes)
      return { bytes, type: (upload as Upload).type }
    },
    ignore: async () => ({}),
    get: async () => bytesOf({ type: 'text/plain; charset=utf-8', size: LETTERS.length, etag: 'letters', headers: { 'x-of': 'trunk' }, open: (from, to) => { opened.push([from, to]); return Readable.from([LETTERS.subarray(from, to + 1)]) } }),
    stream: async () => bytesOf({ type: 'application/zip', status: 203, stream: Readable.from(['PK', '..']) }),
  },
})

beforeAll(async () => void (world = await aWorld('pglite', { rooms: [...features, room] })))
afterAll(() => world.ends())

const put = (body: BodyInit, type: string, path = '/trunk', more: object = {}) => fetch(`${world.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${world.owner.accessToken}` }, body, ...more })
const get = (headers: Record<string, string> = {}, method = 'GET', path = '/trunk') => fetch(`${world.url}/api/v1${path}`, { method, headers })
/** A request whose body one sends oneself. */
function sends(headers: Record<string, string | number>, path = '/trunk') {
  const asked = request(`${world.url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${world.owner.accessToken}`, 'content-type': 'application/zip', ...headers } })
  asked.on('error', () => {})
  const reply = once(asked, 'response').then(async ([r]: IncomingMessage[]) => {
    const chunks: Buffer[] = []
    for await (const c of r as IncomingMessage) chunks.push(c as Buffer)
    return { status: (r as IncomingMessage).statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) }
  })
  reply.catch(() => {}) // who cuts the line gets none
  return { asked, reply }
}

describe('putting bytes up', () => {
  test('[HT9] bytes of a type that is taken come as they are, whatever they look like', async () => {
    const came = await put('{"not":"json', 'Text/VTT; charset=utf-8')
    expect([came.status, await came.json()]).toEqual([201, { bytes: 12, type: 'text/vtt' }])
    expect(await (await put(Buffer.alloc(MOST), 'application/zip')).json()).toEqual({ bytes: MOST, type: 'application/zip' })
    expect(await (await put('', 'application/zip')).json(), 'none at all').toEqual({ bytes: 0, type: 'application/zip' })
  })

  test('[HT9] another type is refused, and those that are taken are named', async () => {
    for (const type of ['application/json', 'image/png', 'text/csv', 'multipart/form-data; boundary=x']) {
      const no = await put('{}', type)
      const body = await no.json() as any
      expect([no.status, body.code], type).toEqual([415, 'bad_request'])
      expect(body.detail).toContain(type.split(';')[0])
      expect(body.detail).toContain('application/zip, text/vtt')
    }
  })

  test('[HT9] too much is refused at once where the length is said, else as soon as it is passed', async () => {
    const before = ends.length
    const said = sends({ 'content-length': MOST + 1 })
    said.asked.write('P')
    expect(await said.reply).toMatchObject({ status: 413, body: { code: 'too_large', detail: expect.stringContaining('300000 bytes') } })
    said.asked.destroy()
    expect(ends.length, 'the room was not asked').toBe(before)
    const unsaid = sends({ 'transfer-encoding': 'chunked' })
    unsaid.asked.write(Buffer.alloc(MOST))
    unsaid.asked.write('.') // and never an end
    expect(await unsaid.reply).toMatchObject({ status: 413, body: { code: 'too_large' } })
    expect(ends.at(-1)).toBeInstanceOf(BrokenOff)
    unsaid.asked.destroy()
  })

  test('[HT9] an upload that breaks off fails where it is read, and does no other harm', async () => {
    for (const headers of [{ 'content-length': 1_000 }, { 'transfer-encoding': 'chunked' }]) {
      const { asked } = sends(headers)
      const end = nextEnd()
      asked.write('PK', () => setImmediate(() => asked.destroy()))
      await end
      expect(ends.at(-1)).toMatchObject({ name: 'BrokenOff', why: { refused: { code: 'bad_request', message: expect.stringContaining('broke off') } } })
    }
    expect((await put('PK', 'application/zip')).status).toBe(201)
  })

  test('[HT9] what nobody reads may still be sent to its end, and the line serves the next', async () => {
    expect((await put(Buffer.alloc(200_000), 'application/zip', '/trunk/ignored')).status).toBe(200)
    expect((await fetch(`${world.url}/api/v1/trunk`, { method: 'POST', headers: { 'content-type': 'application/zip' }, body: Buffer.alloc(200_000) })).status, 'nobody is signed in').toBe(401)
    expect((await put('PK', 'application/zip')).status).toBe(201)
  })

  test('[HT10] who does not send a request whole in time is cut off; an upload goes on as long as it comes, and not when it stops', async () => {
    const MS = 250
    const server = createServer((asked, reply) => {
      if (asked.url !== '/upload') return void asked.resume().on('end', () => reply.end('whole'))
      const upload = uploadIn(asked, { types: ['application/zip'], most: 1_000 }, MS)
      if (isRefused(upload)) throw new Error('it was refused')
      let bytes = 0
      upload.on('data', (c: Buffer) => { bytes += c.length }).on('end', () => reply.end(String(bytes))).on('error', (e: Error) => reply.end(e.message))
    })
    hurry(server, MS)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const port = (server.address() as AddressInfo).port
    const asks = (path: string) => request({ port, path, method: 'POST', headers: { 'content-length': 20, 'content-type': 'application/zip' } })
    /** Sends a byte, and another after so much time, to the last. */
    const drips = async (asked: ReturnType<typeof request>, everyMs: number) => {
      const answered = once(asked, 'response').then(async ([reply]: IncomingMessage[]) => `${reply?.statusCode} ${(await (reply as IncomingMessage).toArray()).join('')}`)
      asked.on('error', () => {})
      let sent = 0
      const drip = setInterval(() => { asked.write('x'); if (++sent === 20) { clearInterval(drip); asked.end() } }, everyMs)
      return answered.finally(() => clearInterval(drip))
    }
    const [slow, upload, stopped] = await Promise.all([drips(asks('/'), 40), drips(asks('/upload'), 40), (async () => {
      const asked = asks('/upload')
      asked.on('error', () => {}).write('x')
      const [reply] = (await once(asked, 'response')) as [IncomingMessage]
      const says = (await reply.toArray()).join('')
      asked.destroy()
      return says
    })()])
    expect(slow).toMatch(/^408/)
    expect(upload, 'slower than a request may be').toBe('200 20')
    expect(stopped).toContain('took too long')
    server.closeAllConnections()
    server.close()
  })
})

describe('taking bytes out', () => {
  const part = async (headers: Record<string, string>, method = 'GET') => {
    const reply = await get(headers, method)
    const { headers: h } = reply
    return { status: reply.status, text: await reply.text(), range: h.get('content-range'), length: h.get('content-length'), etag: h.get('etag'), type: h.get('content-type') }
  }

  test('[HT11] the whole, with what it is known by', async () => {
    expect(await part({})).toEqual({ status: 200, text: LETTERS.toString(), range: null, length: '26', etag: '"letters"', type: 'text/plain; charset=utf-8' })
    expect((await get()).headers.get('accept-ranges')).toBe('bytes')
    expect((await get()).headers.get('x-of')).toBe('trunk')
  })

  test('[HT11] a part, and only that is read', async () => {
    for (const [range, text, says] of [['bytes=0-0', 'a', '0-0'], ['bytes=0-', LETTERS.toString(), '0-25'], ['bytes=-5', 'vwxyz', '21-25'], ['bytes=-500', LETTERS.toString(), '0-25'], ['bytes=20-999', 'uvwxyz', '20-25'], ['bytes=2-4', 'cde', '2-4']] as const) {
      opened.length = 0
      expect(await part({ range }), range).toMatchObject({ status: 206, text, range: `bytes ${says}/26`, length: String(text.length) })
      expect(opened.map((o) => o.join('-'))).toEqual([says])
    }
  })

  test('[HT11] what is beyond the end is 416; what is no range, or several, is the whole', async () => {
    for (const range of ['bytes=26-', 'bytes=99-100', 'bytes=-0']) expect(await part({ range }), range).toMatchObject({ status: 416, range: 'bytes */26', text: expect.stringContaining('26 bytes'), type: expect.stringContaining('problem+json') })
    for (const range of ['bytes=0-1,3-4', 'bytes=5-2', 'bytes=-', 'bytes=x-', 'lines=0-1', 'bytes=1e3-', `bytes=${'9'.repeat(40)}-`]) expect(await part({ range }), range).toMatchObject({ status: 200, length: '26' })
  })

  test('[HT11] a part of what it was, else the whole of what it is', async () => {
    expect(await part({ range: 'bytes=0-1', 'if-range': '"letters"' })).toMatchObject({ status: 206, text: 'ab' })
    for (const ifRange of ['"others"', 'W/"letters"', 'Mon, 23 Nov 2026 00:00:00 GMT']) expect(await part({ range: 'bytes=0-1', 'if-range': ifRange }), ifRange).toMatchObject({ status: 200, length: '26' })
  })

  test('[HT11] who has it already is told so, and nothing is read', async () => {
    opened.length = 0
    for (const tags of ['"letters"', 'W/"letters"', '"x", "letters"', '*']) expect(await part({ 'if-none-match': tags, range: 'bytes=0-1' }), tags).toMatchObject({ status: 304, text: '', etag: '"letters"' })
    expect(await part({}, 'HEAD')).toMatchObject({ status: 200, text: '', length: '26', etag: '"letters"' })
    expect(await part({ range: 'bytes=0-1' }, 'HEAD'), 'a part is for GET').toMatchObject({ status: 200, length: '26' })
    expect(opened).toEqual([])
    expect(await part({ 'if-none-match': '"others"' })).toMatchObject({ status: 200 })
  })

  test('[HT11] a stream has the type and the status that were said', async () => {
    const reply = await get({}, 'GET', '/trunk/stream')
    expect([reply.status, reply.headers.get('content-type'), await reply.text()]).toEqual([203, 'application/zip', 'PK..'])
    expect((await get({}, 'HEAD', '/trunk/stream')).status).toBe(203)
  })

  test('[HT11] every part of every size, by hand', () => {
    for (let size = 1; size < 6; size++) for (let a = 0; a < 8; a++) for (let b = a; b < 8; b++) {
      const found = partOf({ method: 'GET', range: `bytes=${a}-${b}` }, size, '"e"')
      expect(found).toEqual(a >= size ? 'beyond' : { from: a, to: Math.min(b, size - 1) })
    }
  })
})

test('[HT12] the reference says which bodies and replies are bytes, and of which types', () => {
  const { paths } = openapiOf([trunk], '0') as any
  expect(paths['/api/v1/trunk'].post.requestBody.content).toEqual({ 'application/zip': { schema: { maxLength: MOST } }, 'text/vtt': { schema: { maxLength: MOST } } })
  expect(paths['/api/v1/trunk'].post.responses[201].content['application/json'].schema.required).toEqual(['bytes', 'type'])
  expect(paths['/api/v1/trunk'].get.responses[200].content).toEqual({ '*/*': { schema: {} } })
})
