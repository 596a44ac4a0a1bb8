// Files of a course: put up, looked at, kept, fetched by part, and by nobody else.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweep } from '../../server/features/files/gateway.ts'
import { bytesOf, passes, takeIn } from '../../server/features/files/index.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'
import { zipOf } from '../helpers/zip.ts'

const MB = 1024 * 1024
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const PDF = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n')
const GIF = Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')
const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\x00\x00\x02\x00isomiso2', 'latin1')])
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
const OCTETS = 'application/octet-stream'
/** A picture that is like no other. */
const picture = (n: number | string) => Buffer.concat([PNG, Buffer.from(`#${n}`)])

describe.each(worlds)('files on %s', (on) => {
  const dir = mkdtempSync(join(tmpdir(), 'lectern-files-'))
  let world: World
  let ada: Person
  let eve: Signed
  let [elsewhere, own] = ['', '']

  const puts = async (name: string, body: BodyInit, type = OCTETS, { token = world.owner.accessToken, course = world.courseId, headers = {} }: { token?: string; course?: string; headers?: Record<string, string> } = {}) => {
    const reply = await fetch(`${world.url}/api/v1/courses/${course}/files?name=${encodeURIComponent(name)}`, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${token}`, ...headers }, body, duplex: 'half' } as RequestInit)
    return { status: reply.status, body: (await reply.json()) as any }
  }
  const fetches = async (src: string, headers: Record<string, string> = {}, method = 'GET') => {
    const reply = await fetch(world.url + src, { method, headers })
    return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) }
  }
  /** The address that a file has for somebody. */
  const srcFor = (who: { userId: string }, fileId: string) => passes(world.app.kernel).srcOf(who.userId, fileId)
  /** What lies in the folders of files and of what is on its way. */
  const lies = () => ['tmp', 'files'].map((d) => (existsSync(join(dir, 'uploads', d)) ? readdirSync(join(dir, 'uploads', d), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length : 0))
  const rows = async () => (await world.app.db.sql<{ n: number }>('SELECT count(*)::int AS n FROM course_files'))[0]?.n

  beforeAll(async () => {
    world = await aWorld(on, { env: { DATA_DIR: dir, FILES_MOST_MB: '40' } })
    ada = await world.has('ada')
    const other = await world.gets('POST', '/courses', { slug: 'other', name: 'Other', modules: [] })
    elsewhere = other.courseId
    own = (await world.gets('POST', `/courses/${elsewhere}/cohorts`, { name: 'Elsewhere' })).cohortId
    await world.lists([{ email: 'eve@school.test', name: 'eve' }], own)
    eve = await world.signsIn('eve@school.test')
  }, 60_000)
  afterAll(async () => {
    await world?.ends()
    rmSync(dir, { recursive: true, force: true })
  })

  test('[FL1] [FL4] an author puts a picture up, sees it listed and fetches it; the same bytes again are the same file', async () => {
    const { status, body } = await puts('../pictures/Dragon\u0301.png', PNG, 'image/png')
    expect([status, body]).toEqual([201, { fileId: expect.any(String), name: 'Dragoń.png', mime: 'image/png', bytes: PNG.length, src: expect.stringMatching(new RegExp(`^/api/v1/files/${body.fileId}\\?pass=[\\w.-]+$`)) }])
    expect((await fetches(body.src)).bytes.equals(PNG)).toBe(true)
    const again = await puts('again.png', PNG)
    expect([again.status, again.body]).toEqual([201, body])
    const there = await puts('dragon.png', PNG, OCTETS, { course: elsewhere })
    expect(there.body.fileId, 'in another course').not.toBe(body.fileId)
    expect(lies(), 'the bytes are kept once').toEqual([0, 1])
    const { files, next } = await world.gets('GET', `/courses/${world.courseId}/files`)
    expect([files, next]).toEqual([[{ ...body, at: expect.stringMatching(/Z$/), by: 'Olive Owner' }], null])
    const facts = await world.app.db.sql<{ body: unknown }>(`SELECT body FROM facts WHERE type = 'file.added' AND about = $1`, [body.fileId])
    expect(facts).toEqual([{ body: { courseId: world.courseId } }])
  })

  test('[FL1] nobody else puts files up or sees the list', async () => {
    const before = await rows()
    for (const [token, code] of [[ada.token, 403], [eve.accessToken, 404], ['', 401]] as const) {
      expect((await puts('a.png', picture('theirs'), 'image/png', { token })).status).toBe(code)
      expect((await world.asks('GET', `/courses/${world.courseId}/files`, undefined, token)).status).toBe(code)
    }
    expect([await rows(), lies()[0]]).toEqual([before, 0])
  })

  test('[FL1] a long list comes in pages, each file once', async () => {
    const course = (await world.gets('POST', '/courses', { slug: 'many', name: 'Many', modules: [] })).courseId
    await world.app.db.sql(`INSERT INTO course_files (file_id, course_id, sha256, name, mime, bytes) SELECT gen_random_uuid(), $1, 'x' || n, n || '.png', 'image/png', 1 FROM generate_series(1, 205) AS n`, [course])
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: any = await world.gets('GET', `/courses/${course}/files${cursor && `?cursor=${cursor}`}`)
      seen.push(...page.files.map((f: { fileId: string }) => f.fileId))
      cursor = page.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([205, 205])
  })

  test('[FL2] every kind that is taken is known by its content', async () => {
    const pptx = await zipOf({ '[Content_Types].xml': `<Types><Override PartName="/ppt/presentation.xml" ContentType="${PPTX}.main+xml"/></Types>`, 'ppt/presentation.xml': '<p/>' })
    for (const [name, bytes, mime] of [['a.gif', GIF, 'image/gif'], ['a.pdf', PDF, 'application/pdf'], ['a.mp4', MP4, 'video/mp4'], ['a.svg', SVG, 'image/svg+xml'], ['a.vtt', 'WEBVTT\n', 'text/vtt'], ['a.pptx', pptx, PPTX], ['a', picture(1), 'image/png']] as const) {
      for (const type of [OCTETS, mime]) expect((await puts(name, bytes as BodyInit, type)).body, name).toMatchObject({ mime, name })
    }
  })

  test('[FL2] what lies about itself, or is none of them, is refused in words that help, and leaves nothing', async () => {
    const before = [await rows(), lies()]
    for (const [name, bytes, type, status, says] of [
      ['a.png', '<html><script>alert(1)</script></html>', 'image/png', 415, /“a\.png” is none of the files/], ['a.png', PDF, 'image/png', 415, /sent as a PNG image, but it is a PDF/], ['a.png', PDF, OCTETS, 415, /“a\.png” is called as a PNG image, but it is a PDF/],
      ['a.pdf', picture('lie'), 'application/pdf', 415, /sent as a PDF, but it is a PNG image/], ['a.exe', picture('lie'), 'image/png', 415, /“a\.exe” is called as .*but it is a PNG image/], ['a.zip', await zipOf({ a: 'b' }), OCTETS, 415, /“application\/zip”/],
      ['a.txt', 'hello', OCTETS, 415, /none of the files that are taken.*Put up an image/], ['a.png', '', 'image/png', 400, /empty/], ['a.png', PNG.subarray(0, 4), 'image/png', 415, /none of the files/], ['a.svg', `<html>${SVG}</html>`, 'image/svg+xml', 415, /none of the files/],
      ['/', picture('lie'), OCTETS, 400, /name/], ['a'.repeat(201), picture('lie'), OCTETS, 400, /name/], ['a.html', '<p>', 'text/html', 415, /text\/html.*image\/png/],
    ] as const) {
      const { status: got, body } = await puts(name, bytes as BodyInit, type)
      expect([got, body.detail], `${name} ${type}`).toEqual([status, expect.stringMatching(says)])
    }
    expect([await rows(), lies()]).toEqual(before)
  })

  test('[FL3] a drawing with a script, a handler, a foreign page or a reference elsewhere is refused', async () => {
    for (const inside of ['<script>alert(1)</script>', '<rect onclick="alert(1)"/>', '<foreignObject/>', '<image href="https://evil.test/a.png"/>', '<a href="javascript:alert(1)"/>']) {
      const { status, body } = await puts('a.svg', SVG.replace('<circle', `${inside}<circle`), 'image/svg+xml')
      expect([status, body.code, body.detail], inside).toEqual([415, 'unsupported_type', expect.stringMatching(/more than draw: it .*\. Save it without that/)])
    }
  })

  test('[FL5] too large is refused at once where the length is said, else while it comes; nothing is left', async () => {
    const before = [await rows(), lies()]
    const said = request(`${world.url}/api/v1/courses/${world.courseId}/files?name=a.png`, { method: 'POST', headers: { 'content-length': 41 * MB, 'content-type': 'image/png', authorization: `Bearer ${world.owner.accessToken}` } })
    said.on('error', () => {})
    const at = await new Promise<number | undefined>((done) => { said.on('response', (r) => done(r.statusCode)); said.write(PNG) })
    said.destroy()
    expect(at).toBe(413)
    const chunks = async function* () { yield PNG; for (let i = 0; i < 41; i++) yield Buffer.alloc(MB) }
    const { status, body } = await puts('a.png', Readable.toWeb(Readable.from(chunks())) as unknown as BodyInit, 'image/png')
    expect([status, body.code, body.detail]).toEqual([413, 'too_large', expect.stringContaining('at most 40 MB')])
    expect([await rows(), lies()]).toEqual(before)
  }, 30_000)

  test('[FL5] an upload that is cut in the middle leaves nothing', async () => {
    const before = await rows()
    const asked = request(`${world.url}/api/v1/courses/${world.courseId}/files?name=a.png`, { method: 'POST', headers: { 'content-length': MB, 'content-type': 'image/png', authorization: `Bearer ${world.owner.accessToken}` } })
    asked.on('error', () => {})
    asked.write(PNG)
    await expect.poll(() => lies()[0]).toBe(1)
    asked.destroy()
    await expect.poll(() => lies()[0]).toBe(0)
    expect(await rows()).toBe(before)
  })

  test('[FL5] what a killed process left is taken away after a day, not before', async () => {
    const tmp = join(dir, 'uploads/tmp')
    mkdirSync(tmp, { recursive: true })
    for (const name of ['old', 'new']) writeFileSync(join(tmp, name), 'half')
    const yesterday = Date.now() / 1000 - 25 * 3600
    utimesSync(join(tmp, 'old'), yesterday, yesterday)
    await sweep(dir)
    expect(readdirSync(tmp)).toEqual(['new'])
    rmSync(join(tmp, 'new'))
  })

  test('[FL6] an address is for one person and one file', async () => {
    const [one, two] = [(await puts('1.png', picture('one'))).body, (await puts('2.png', picture('two'))).body]
    const hers = srcFor(ada, one.fileId)
    expect((await fetches(hers)).status).toBe(200)
    const pass = new URL(hers, world.url).searchParams.get('pass') as string
    const opens = async (src: string) => (await fetches(src)).status
    expect(await opens(`/api/v1/files/${two.fileId}?pass=${pass}`), 'of another file').toBe(404)
    expect(await opens(hers.replace(ada.userId, eve.user.userId)), 'of another person').toBe(404)
    expect(await opens(hers.slice(0, -1) + (hers.endsWith('A') ? 'B' : 'A')), 'forged').toBe(404)
    expect(await opens(`/api/v1/files/${one.fileId}?pass=x`)).toBe(404)
    expect(await opens(`/api/v1/files/${one.fileId}`)).toBe(400)
    expect(await opens(srcFor(ada, '00000000-0000-4000-8000-000000000000')), 'of no file').toBe(404)
    const late = passes(world.app.kernel).srcOf(ada.userId, one.fileId).replace(/(pass=[\w-]+\.)[0-9a-z]+/, `$1${Math.floor(Date.now() / 1000 - 60).toString(36)}`)
    expect(await opens(late), 'with another end').toBe(404)
  })

  test('[FL7] a learner of another course, an outsider, and who was taken off the list get nothing', async () => {
    const { fileId } = (await puts('secret.png', picture('secret'))).body
    const sue = await world.signsIn('sue@school.test')
    for (const who of [eve.user, sue.user]) expect((await fetches(srcFor(who, fileId))).status).toBe(404)
    const ben = await world.has('ben')
    const src = srcFor(ben, fileId)
    expect((await fetches(src)).status).toBe(200)
    const { members } = await world.gets('GET', `/cohorts/${world.cohortId}/members`)
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${members.find((m: { email: string }) => m.email === 'ben@school.test').memberId}`)
    const gone = await fetches(src)
    expect([gone.status, gone.bytes.includes('#secret')]).toEqual([404, false])
  })

  test('[FL8] a film is handed out by part, and only that part is read', async () => {
    const film = Buffer.concat([MP4, Buffer.alloc(30 * MB, 'film'), Buffer.from('THE END')])
    const { src } = (await puts('film.mp4', film, 'video/mp4')).body
    const readSoFar = () => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
    const before = readSoFar()
    const end = await fetches(src, { range: 'bytes=-7' })
    expect([end.status, end.bytes.toString(), end.headers.get('content-range')]).toEqual([206, 'THE END', `bytes ${film.length - 7}-${film.length - 1}/${film.length}`])
    expect(readSoFar() - before).toBeLessThan(5 * MB)
    expect((await fetches(src, { range: `bytes=${film.length}-` })).status).toBe(416)
    const head = await fetches(src, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, String(film.length), 0])
    expect(createHash('sha256').update((await fetches(src)).bytes).digest('hex')).toBe(createHash('sha256').update(film).digest('hex'))
  }, 30_000)

  test('[FL8] what is handed out does nothing in the page, and is fetched once', async () => {
    const headers = async (name: string, bytes: BodyInit) => (await fetches((await puts(name, bytes)).body.src)).headers
    const png = await headers('Dragoń (1).png', picture('dragon'))
    expect(png.get('content-disposition')).toBe(`inline; filename*=UTF-8''Drago%C5%84%20%281%29.png`)
    expect([png.get('content-type'), png.get('x-content-type-options'), png.get('cache-control')]).toEqual(['image/png', 'nosniff', 'private, max-age=21600, immutable'])
    expect((await headers('b.svg', SVG.replace('4', '5'))).get('content-security-policy')).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline'/)
    expect((await headers('b.vtt', 'WEBVTT b')).get('content-disposition')).toMatch(/^attachment/)
    const { src } = (await puts('c.png', picture('c'))).body
    const etag = (await fetches(src)).headers.get('etag') as string
    expect(etag).toBe(`"${createHash('sha256').update(picture('c')).digest('hex')}"`)
    expect((await fetches(src, { 'if-none-match': etag })).status).toBe(304)
  })

  test('[FL4] [FL10] below the address of a folder the files of a course are found by their paths', async () => {
    const { kernel } = world.app
    const path = `1-intro/lessons/1-hello/images/${'très long '.repeat(30)}/ein Bild.png`
    const came = await takeIn(kernel, { courseId: world.courseId, name: path, from: Readable.from([picture('by path')]), said: null, actor: null })
    expect(came).toMatchObject({ ok: true, data: { name: path, mime: 'image/png' } })
    const folder = (who: { userId: string }, at = '1-intro/lessons/1-hello') => passes(kernel).folderOf(who.userId, world.courseId, at)
    const relative = path.split('/').slice(3).map(encodeURIComponent).join('/')
    expect((await fetches(`${folder(ada)}/${relative}`)).bytes.equals(picture('by path'))).toBe(true)
    const around = await fetches(`${folder(ada)}/../1-hello/${relative}`)
    expect(around.status, 'as a browser resolves it').toBe(200)
    for (const src of [`${folder(eve.user)}/${relative}`, `${folder(ada)}/images/none.png`, `${folder(ada, '..')}/${relative}`, folder(ada).replace(world.courseId, elsewhere) + `/${relative}`, `${folder(ada)}/%2e%2e%2f%2e%2e%2fpasswd`]) expect((await fetches(src)).status, src).toBeGreaterThanOrEqual(400)
    const twin = path.replace('1-hello', '2-again')
    const kept = lies()[1]
    const put = (bytes: Buffer) => takeIn(kernel, { courseId: world.courseId, name: twin, from: Readable.from([bytes]), said: null, actor: null })
    const [first, second] = [await put(picture('by path')), await put(picture('by path'))]
    expect([first, lies()[1]], 'the same bytes under another path').toEqual([second, kept])
    const atTwin = async () => (await fetches(`${folder(ada, '1-intro/lessons/2-again')}/${relative}`)).bytes
    expect((await atTwin()).equals(picture('by path'))).toBe(true)
    await put(picture('drawn anew'))
    expect((await atTwin()).equals(picture('drawn anew'))).toBe(true)
    const row = (came as { data: { sha256: string } }).data
    expect(Buffer.concat(await (await bytesOf(kernel, row)).toArray()).equals(picture('by path')), 'for who takes the course out').toBe(true)
  })
})
