// Where files are kept: in a bucket of a real S3-compatible service as on the disk, and in a backup.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUp } from '#kernel/backup'
import { CannotStart, readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { restore } from '#kernel/restore'
import { assemble, ROOT } from '../../server/app.ts'
import { files } from '../../server/features/files/feature.ts'
import { land, storeOf } from '../../server/features/files/gateway.ts'
import { TestBucket } from '../helpers/bucket.ts'
import { aWorld, freshDatabase, log, type World } from '../helpers/world.ts'

const MB = 1024 * 1024
const migrations = join(ROOT, 'prisma/migrations')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\x00\x00\x02\x00isomiso2', 'latin1')])
const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const folders: string[] = []
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'lectern-kept-'))
  folders.push(dir)
  return dir
}
afterAll(() => { for (const dir of folders) rmSync(dir, { recursive: true, force: true }) })

const puts = async (world: World, name: string, body: BodyInit) => {
  const reply = await fetch(`${world.url}/api/v1/courses/${world.courseId}/files?name=${name}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${world.owner.accessToken}` }, body })
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as any }
}

describe('in a bucket', () => {
  const dir = folder()
  let bucket: TestBucket
  let world: World
  beforeAll(async () => {
    bucket = await TestBucket.opens()
    world = await aWorld('pglite', { env: { DATA_DIR: dir, FILES_S3_URL: bucket.url() } })
  }, 60_000)
  afterAll(async () => {
    await world?.ends()
    await bucket?.ends()
  })
  const left = () => readdirSync(join(dir, 'uploads'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => e.name)

  test('[FL11] a film is put up, fetched whole and by part, and nothing of it stays on the disk', async () => {
    const film = Buffer.concat([MP4, Buffer.alloc(8 * MB, 'film'), Buffer.from('THE END')])
    const { status, body } = await puts(world, 'film.mp4', film)
    expect([status, body.bytes, left()]).toEqual([201, film.length, []])
    const whole = await fetch(world.url + body.src)
    expect([whole.headers.get('content-type'), sumOf(Buffer.from(await whole.arrayBuffer()))]).toEqual(['video/mp4', sumOf(film)])
    const part = await fetch(world.url + body.src, { headers: { range: 'bytes=-7' } })
    expect([part.status, part.headers.get('content-length'), await part.text()]).toEqual([206, '7', 'THE END'])
    const head = await fetch(world.url + body.src, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(film.length)])
    expect((await puts(world, 'again.mp4', film)).body.fileId).toBe(body.fileId)
  }, 30_000)

  test('[FL11] what was put up at one node is there at the other, which has another disk', async () => {
    const { body } = await puts(world, 'a.png', PNG)
    const other = storeOf(readConfig({ DATA_DIR: folder(), FILES_S3_URL: bucket.url() }))
    expect(Buffer.concat(await (await other.read(sumOf(PNG)))!.toArray()).equals(PNG)).toBe(true)
    expect(body.mime).toBe('image/png')
    expect(await other.read('0'.repeat(64)), 'of none').toBeNull()
  })

  test('[FL11] while the bucket is away files are unavailable, nothing is left half there, and the rest goes on', async () => {
    const { src } = (await puts(world, 'b.png', Buffer.concat([PNG, Buffer.from('b')]))).body
    await bucket.goes()
    const refused = await puts(world, 'c.png', Buffer.concat([PNG, Buffer.from('c')]))
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
    expect([left(), (await fetch(world.url + src)).status]).toEqual([[], 503])
    expect((await world.gets('GET', `/courses/${world.courseId}/files`)).files.map((f: { name: string }) => f.name)).not.toContain('c.png')
    await bucket.comes()
    expect((await fetch(world.url + src)).status).toBe(200)
    expect((await puts(world, 'c.png', Buffer.concat([PNG, Buffer.from('c')]))).status).toBe(201)
  }, 30_000)

  test('[FL11] a bucket that there is not stops the start; one that is away does not, and is told', async () => {
    const starts = async (url: string) => {
      const lines: string[] = []
      const db = await freshDatabase('pglite')
      const ear = Object.assign(Object.create(log), { warn: (about: { err?: Error }, says: string) => void lines.push(`${about.err?.message} ${about.err?.stack} ${says}`) })
      const app = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATA_DIR: folder(), FILES_S3_URL: url }), ear, { db }).catch(async (error) => { await db.close(); throw error })
      await app.close()
      return lines.join('')
    }
    const why = await starts(bucket.url('S3RVER', 'no-such-bucket')).catch((error: unknown) => error)
    expect(why).toBeInstanceOf(CannotStart)
    expect(String(why)).toContain('FILES_S3_URL takes no file (NoSuchBucket)')
    await bucket.goes()
    const said = await starts(bucket.url())
    expect(said).toContain('files cannot be fetched or put up for now')
    expect(said, 'without the secret').not.toContain('S3RVER:')
    await bucket.comes()
  }, 60_000)

  test('[FL11] a request to the bucket says its length and the hash of what it carries, signed, and no packing is asked for', async () => {
    const asked: { method: string; url: string; headers: IncomingHttpHeaders; bytes: number }[] = []
    const ear = createServer(async (request, reply) => {
      let bytes = 0
      for await (const chunk of request) bytes += (chunk as Buffer).length
      asked.push({ method: request.method as string, url: request.url as string, headers: request.headers, bytes })
      reply.writeHead(request.method === 'HEAD' ? 404 : 200).end(request.method === 'GET' ? PNG : '')
    })
    await new Promise<void>((done) => ear.listen(0, '127.0.0.1', done))
    const data = folder()
    const store = storeOf(readConfig({ DATA_DIR: data, FILES_S3_URL: `http://AKID:se%2Fcret@127.0.0.1:${(ear.address() as AddressInfo).port}/course-files?region=eu-1` }))
    await store.keep(await land(Readable.from([PNG]), data, MB), 'image/png')
    await (await store.read(sumOf(PNG), { from: 1, to: 3 }))?.toArray()
    expect(asked.map((a) => `${a.method} ${a.url}`)).toEqual(['HEAD', 'PUT', 'GET'].map((m) => `${m} /course-files/files/${sumOf(PNG)}`))
    const [, put, get] = asked
    expect(put).toMatchObject({ bytes: PNG.length, headers: { 'content-length': String(PNG.length), 'content-type': 'image/png', 'x-amz-content-sha256': sumOf(PNG), authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-1\/s3\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/) } })
    expect(get?.headers).toMatchObject({ range: 'bytes=1-3', 'accept-encoding': 'identity' })
    await (await store.read(sumOf(PNG)))?.toArray()
    expect(asked.at(-1)?.headers).toMatchObject({ 'accept-encoding': 'identity' })
    ear.closeAllConnections()
    ear.close()
  })
})

test('[FL11] a setting that is wrong is named, and its secret is not', () => {
  const wrong = (env: Record<string, string>) => {
    try {
      readConfig(env)
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  for (const url of ['bucket', 'https://host/bucket', 'https://key:s3cret@host', 'https://key:s3cret@host/a/b', 'https://key:s3cret@host/B_', 'ftp://key:s3cret@host/bucket', 'https://:s3cret@host/bucket', 'https://key:%zz@host/bucket']) {
    expect(wrong({ FILES_S3_URL: url }), url).toContain('FILES_S3_URL is no bucket; it looks like https://')
    expect(wrong({ FILES_S3_URL: url })).not.toContain('s3cret')
  }
  for (const most of ['0', '-1', '1.5', 'much', '5001']) expect(wrong({ FILES_MOST_MB: most })).toContain(`FILES_MOST_MB is "${most}"`)
  const { s3, fileMost } = readConfig({ FILES_S3_URL: 'https://key:a%2Fb@host:9000/bucket/' })
  expect([s3, fileMost]).toEqual([{ endpoint: 'https://host:9000/bucket', accessKeyId: 'key', secretAccessKey: 'a/b', region: 'us-east-1' }, 100 * MB])
})

test('[FL11] several machines without a bucket are warned at their start, one machine is not', async () => {
  const told = async (env: Record<string, string>) => {
    const lines: string[] = []
    await files({ config: readConfig({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40), DATABASE_URL: 'postgres://u@127.0.0.1/l', DATA_DIR: folder(), ...env }), log: { warn: (says: string) => void lines.push(says) } } as never).start?.()
    return lines
  }
  expect(await told({ REDIS_URL: 'redis://127.0.0.1' })).toEqual([expect.stringContaining('set FILES_S3_URL')])
  expect(await told({})).toEqual([])
})

test('[FL12] a backup carries the files, and not those on their way', async () => {
  const [home, target] = [folder(), folder()]
  const world = await aWorld('pglite', { env: { DATA_DIR: home }, db: await openDatabase({ dir: home, migrations, log }) } as never)
  expect((await puts(world, 'a.png', PNG)).status).toBe(201)
  await world.ends()
  writeFileSync(join(home, 'uploads/tmp/half'), 'half')
  const file = join(home, 'a.backup')
  expect(await backUp({ dir: home, file, version: '0' })).toMatchObject({ files: 1 })
  mkdirSync(join(target, 'uploads/tmp'), { recursive: true }) // no reason to say --replace
  await restore({ dir: target, file, migrations, log, isInUse: async () => false } as never)
  const sum = sumOf(PNG)
  expect(readFileSync(join(target, 'uploads/files', sum.slice(0, 2), sum)).equals(PNG)).toBe(true)
  expect(existsSync(join(target, 'uploads/tmp/half'))).toBe(false)
}, 90_000)
