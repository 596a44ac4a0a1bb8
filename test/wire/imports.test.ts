// Courses in and out over REST: what comes in goes out the same; who may; what a dry run, a second run and a bad file do.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endLost } from '../../server/features/imports/store.ts'
import { coursesThere } from '../../server/features/knowledge/store.index.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'
import { unzipped, zipOf } from '../helpers/zip.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const FARM: Record<string, string | Buffer> = {
  'en/README.md': '# The farm\n\nOf *soil* and light.\n\nMore.\n',
  'en/1-farm/README.md': '\ufeff# Farming\r\n\r\nPlants.  \r\n',
  'en/1-farm/lessons/1-soil/README.md': '# Soil\n\n![soil](images/soil.png) e\u0301',
  'en/1-farm/lessons/1-soil/README.sports.md': 'The match of the soils.',
  'en/1-farm/lessons/1-soil/assignment.md': '# Dig\n',
  'en/1-farm/lessons/1-soil/images/soil.png': PNG,
  'en/1-farm/lessons/1-soil/blocks/photo.md': '---\ncontentType: image\nfile: "../images/soil.png"\nalt: "Soil: brown"\n---\n',
  'en/1-farm/lessons/2-light/README.md': '---\ntitle: Light\n---\nIt comes.\n',
  'es/README.md': '\ufeff# La granja\r\n\r\nDe la tierra.\r\n\r\n## Más\r\n',
  'es/1-farm/README.md': '# Granja',
  'es/1-farm/lessons/1-soil/README.md': '---\nstatus: draft\n---\n# Suelo',
  'es/1-farm/lessons/1-soil/blocks/photo.md': '---\ncontentType: image\nalt: "Suelo: marrón"\n---\n',
}

describe.each(worlds)('on %s', (on) => {
  const dir = mkdtempSync(join(tmpdir(), 'lectern-imports-'))
  let world: World
  beforeAll(async () => { world = await aWorld(on, { env: { DATA_DIR: dir } }) }, 60_000)
  afterAll(async () => {
    await world.ends()
    rmSync(dir, { recursive: true })
  })

  const sends = async (zip: Buffer, query: string, who: Signed = world.owner, type = 'application/zip') => {
    const reply = await fetch(`${world.url}/api/v1/courses/import?${query}`, { method: 'POST', headers: { authorization: `Bearer ${who.accessToken}`, 'content-type': type }, body: new Uint8Array(zip) })
    return { status: reply.status, body: await reply.json() as any }
  }
  /** Waits until an import is over; with its whole report. */
  const over = async (jobId: string, sees: (done: number) => void = () => {}) => {
    for (;;) {
      const job = await world.gets('GET', `/imports/${jobId}?outcome=all`)
      sees(job.done)
      if (job.state !== 'done' && job.state !== 'failed') {
        await setTimeout(50) // nothing tells of it; a page asks like this
        continue
      }
      for (let next = job.next; next; ) {
        const more = await world.gets('GET', `/imports/${jobId}?outcome=all&cursor=${next}`)
        job.rows.push(...more.rows)
        next = more.next
      }
      return job
    }
  }
  const brings = async (files: Parameters<typeof zipOf>[0], query: string) => {
    const { status, body } = await sends(await zipOf(files), query)
    expect([status, body]).toEqual([202, { jobId: expect.any(String) }])
    return over(body.jobId)
  }
  const takes = async (courseId: string) => {
    const reply = await fetch(`${world.url}/api/v1/courses/${courseId}/export`, { headers: { authorization: `Bearer ${world.owner.accessToken}` } })
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('content-disposition')]).toEqual([200, 'application/zip', expect.stringMatching(/^attachment; filename="[a-z-]+\.zip"$/)])
    return Buffer.from(await reply.arrayBuffer())
  }
  const facts = async () => (await world.app.db.sql<{ n: number }>('SELECT count(*) AS n FROM facts'))[0]?.n
  const tables = async () => {
    const names = await world.app.db.sql<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('import_jobs', 'import_rows')`)
    return Object.fromEntries(await Promise.all(names.map(async ({ name }) => [name, (await world.app.db.sql<{ n: number }>(`SELECT count(*) AS n FROM ${name}`))[0]?.n])))
  }

  test('[CA20] [CA2] [CA19] a course comes in and goes out the same, and the same again', async () => {
    const first = await brings(FARM, 'slug=farm')
    expect(first).toMatchObject({ state: 'done', mode: 'apply', slug: 'farm', trouble: null, counts: { added: 12, updated: 0, unchanged: 0, skipped: 0, failed: 0 }, total: 12, done: 12 })
    expect(await world.gets('GET', `/courses/${first.courseId}`)).toMatchObject({ name: 'The farm', modules: [{ title: 'Farming', topics: [{ topicName: 'Soil' }, { topicName: 'Light' }] }] })
    const zip = await takes(first.courseId)
    expect(zip.equals(await takes(first.courseId))).toBe(true)
    const { 'lectern.json': manifest, ...out } = await unzipped(zip, join(dir, 'out.zip'))
    expect(Object.keys(out).sort()).toEqual(Object.keys(FARM).sort())
    for (const [path, content] of Object.entries(FARM)) expect(out[path]?.equals(Buffer.from(content as string)), path).toBe(true)
    expect(JSON.parse(String(manifest))).toEqual({ lectern: 1, slug: 'farm', name: 'The farm', summary: 'Of soil and light.', language: 'en' })

    const recorded = await facts()
    const again = await brings({ 'farm/lectern.json': manifest as Buffer, ...Object.fromEntries(Object.entries(out).map(([p, c]) => [`farm/${p}`, c])) }, 'slug=farm')
    expect(again.counts).toEqual({ added: 0, updated: 0, unchanged: 13, skipped: 0, failed: 0 })
    expect(await facts()).toBe(recorded)
    const copy = await brings({ 'lectern.json': manifest as Buffer, ...out }, 'slug=copy')
    const { 'lectern.json': other, ...same } = await unzipped(await takes(copy.courseId), join(dir, 'copy.zip'))
    expect(same).toEqual(out)
    expect({ ...JSON.parse(String(other)), slug: 'farm' }).toEqual(JSON.parse(String(manifest)))
  })

  test('[CA20] a file whose bytes are lost is named, and the rest goes out', async () => {
    const { courseId } = await brings({ ...FARM, 'en/1-farm/lessons/1-soil/images/soil.png': Buffer.concat([PNG, Buffer.from('lost')]) }, 'slug=lost')
    const [file] = await world.app.db.sql<{ sha256: string }>('SELECT sha256 FROM course_files WHERE course_id = $1', [courseId])
    const kept = join(dir, 'uploads', 'files')
    const at = readdirSync(kept, { recursive: true }).map(String).find((path) => path.endsWith(file?.sha256 as string))
    rmSync(join(kept, at as string))
    const { 'lectern.json': manifest, ...out } = await unzipped(await takes(courseId), join(dir, 'lost.zip'))
    expect(JSON.parse(String(manifest)).missing).toEqual(['en/1-farm/lessons/1-soil/images/soil.png'])
    expect(Object.keys(out).sort()).toEqual(Object.keys(FARM).filter((path) => !path.endsWith('.png')).sort())
  })

  test('[CA20] what authors made goes out so that it comes in as they made it', async () => {
    const { courseId } = await brings(FARM, 'slug=made')
    const { topicId } = await world.gets('POST', `/courses/${courseId}/topics`, { moduleNo: 1, topicNumber: 3, topicName: 'Wind & rain', markdown: 'No heading here.' })
    await world.gets('PUT', `/topics/${topicId}/names/es`, { topicName: 'Viento' })
    const { rowVersion } = await world.gets('GET', `/topics/${topicId}/source`)
    await world.gets('PUT', `/topics/${topicId}/assets/clip`, { contentType: 'video', payload: { src: 'https://films.test/wind.mp4', title: 'Wind' } })
    const source = await world.gets('GET', `/topics/${topicId}/source`)
    await world.gets('PUT', `/topics/${topicId}/layout`, { rowVersion: source.rowVersion ?? rowVersion, topicName: 'Wind & rain', blocks: [{ contentKey: 'clip', type: 'video' }, { contentKey: 'text', type: 'text' }] })
    const outline = await world.gets('GET', `/courses/${courseId}/outline`)
    const [farm] = outline.modules
    await world.gets('PUT', `/courses/${courseId}/outline`, { rowVersion: outline.rowVersion, modules: [{ title: 'New', topics: [] }, { chapterId: farm.chapterId, title: 'The farm’s own', topics: farm.topics.map((t: { topicId: string }) => t.topicId).reverse() }] })

    const out = await unzipped(await takes(courseId), join(dir, 'made.zip'))
    const copy = await brings(out, 'slug=made-again')
    expect(copy.rows.filter((r: { outcome: string }) => r.outcome !== 'added' && r.outcome !== 'unchanged')).toEqual([])
    const bare = (o: any) => o.modules.map((m: any) => [m.title, m.introduction, m.topics.map((t: any) => t.topicName)])
    expect(bare(await world.gets('GET', `/courses/${copy.courseId}/outline`))).toEqual(bare(await world.gets('GET', `/courses/${courseId}/outline`)))
    const wind = (await world.gets('GET', `/courses/${copy.courseId}/outline`)).modules[1].topics[0]
    const made = await world.gets('GET', `/topics/${wind.topicId}/source`)
    expect([made.topicName, made.blocks, made.names.map((x: any) => [x.language, x.topicName]), made.assets.map((a: any) => [a.contentKey, a.payload])]).toEqual([
      'Wind & rain', [{ contentKey: 'clip', type: 'video' }, { contentKey: 'text', type: 'text' }], [['es', 'Viento']], [['clip', { src: 'https://films.test/wind.mp4', title: 'Wind' }], ['text', { markdown: 'No heading here.' }]],
    ])
    const again = await unzipped(await takes(copy.courseId), join(dir, 'made-again.zip'))
    expect(Object.keys(again).sort()).toEqual(Object.keys(out).sort())
    for (const path of Object.keys(out)) if (path !== 'lectern.json') expect(again[path]?.equals(out[path] as Buffer), path).toBe(true)
  })

  test.skipIf(!hasReal)('[CA20] [CA14] [CA13] the real course in four languages comes in, holds nobody up, and goes out byte for byte', async () => {
    const files = Object.fromEntries(readdirSync(REAL, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(md|json)$/.test(f)).map((f) => [f, readFileSync(join(REAL, f))]))
    const zip = await zipOf(files)
    const { body } = await sends(zip, 'slug=real&name=IoT%20for%20Beginners')
    const seen = new Set<number>()
    const job = await over(body.jobId, (done) => seen.add(done))
    expect(job).toMatchObject({ state: 'done', counts: { added: 149, failed: 0, skipped: 0 } })
    expect(seen.size).toBeGreaterThan(3) // others were answered meanwhile, and saw it go on
    const { 'lectern.json': _, ...out } = await unzipped(await takes(job.courseId), join(dir, 'real.zip'))
    const texts = Object.entries(files).filter(([f]) => f.endsWith('.md'))
    expect(Object.keys(out)).toHaveLength(texts.length)
    for (const [path, bytes] of texts) expect(out[path]?.equals(bytes), path).toBe(true)
    const { quizzes } = await world.gets('GET', `/courses/${job.courseId}/quizzes`)
    expect(quizzes).toHaveLength(48)
    const { modules } = await world.gets('GET', `/courses/${job.courseId}/outline`)
    const lessons = modules.flatMap((m: any) => m.topics.map((t: any) => [m.moduleNo, t.topicId]))
    for (const q of quizzes) expect([q.moduleNo, q.topicId], q.title).toEqual(lessons[Number(/Lesson (\d+)/.exec(q.title)?.[1]) - 1])
    expect(new Set(quizzes.flatMap((q: any) => q.titles.map((t: any) => t.language)))).toEqual(new Set(['ar', 'bn', 'hi', 'zh-CN']))
    const again = await over((await sends(zip, 'slug=real')).body.jobId)
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 149, failed: 0 })
  }, 60_000)

  const quiz = (id: number, asked: object[]) => ({ id, title: `Lesson ${Math.ceil(id / 2)}: ${id}`, quiz: asked })
  const question = (text: string, ...right: boolean[]) => ({ questionText: text, answerOptions: right.map((r, i) => ({ answerText: `${text} ${i}`, isCorrect: String(r) })) })
  const quizzesOf = async (courseId: string) => (await world.gets('GET', `/courses/${courseId}/quizzes`)).quizzes as any[]

  test('[CA26] [CA21] one bad question of twenty is a row with its line, and nineteen come in, each quiz to its lesson; a dry run says the same', async () => {
    const list = [1, 2, 3, 4].map((id) => quiz(id, Array.from({ length: 5 }, (_, n) => (id === 2 && n === 3 ? question('None right', false, false) : question(`Q ${id} ${n}`, true, false)))))
    const text = JSON.stringify([{ quizzes: list }], null, 1)
    const spanish = JSON.stringify([{ quizzes: [{ ...quiz(1, Array.from({ length: 5 }, (_, n) => question(`P ${n}`, true, false))), title: 'Lección 1' }] }])
    const files = { ...FARM, 'quizzes/en.json': text, 'quizzes/es.json': spanish }
    const dry = await brings(files, 'slug=asked&mode=dry')
    const job = await brings(files, 'slug=asked')
    const bad = { path: 'quizzes/en.json', outcome: 'failed', line: text.slice(0, text.indexOf('None right')).split('\n').length - 1 }
    expect(job.rows.filter((r: any) => r.path.startsWith('quizzes/'))).toEqual(expect.arrayContaining([expect.objectContaining(bad), expect.objectContaining({ path: 'quizzes/en.json', outcome: 'added', note: '4 quizzes, 19 questions' }), expect.objectContaining({ path: 'quizzes/es.json', outcome: 'added' })]))
    expect(job.counts).toMatchObject({ added: 14, failed: 1 })
    expect(dry.rows).toEqual(job.rows)
    const made = await quizzesOf(job.courseId)
    expect(made.map((q) => [q.title, q.moduleNo, q.questions])).toEqual([['Lesson 1: 1', 1, 5], ['Lesson 1: 2', 1, 4], ['Lesson 2: 3', 1, 5], ['Lesson 2: 4', 1, 5]])
    expect(made[0].titles.map((t: any) => [t.language, t.title])).toEqual([['es', 'Lección 1']])
    expect(new Set(made.map((q) => q.topicId)).size).toBe(2)
    const mended = { ...files, 'quizzes/en.json': JSON.stringify([{ quizzes: list.map((q) => ({ ...q, quiz: q.quiz.map((x: any) => (x.questionText === 'None right' ? question('None right', true, false) : x)) })) }]) }
    expect((await brings(files, 'slug=asked')).counts).toMatchObject({ added: 0, updated: 0, failed: 1 })
    const then = await brings(mended, 'slug=asked')
    expect(then.counts).toMatchObject({ added: 0, updated: 2, failed: 0 })
    expect((await quizzesOf(job.courseId)).map((q) => q.questions)).toEqual([5, 5, 5, 5])
  })

  test('[CA21] a dry run says the same and writes nothing but its report', async () => {
    for (const id of await coursesThere(world.app.kernel.db.sql)) await upToDate(world.app.kernel, id) // what came in before is read for the tutor by now
    const before = await tables()
    const dry = await brings(FARM, 'slug=dry&mode=dry')
    expect(await tables()).toEqual(before)
    expect(dry).toMatchObject({ mode: 'dry', state: 'done', courseId: null, counts: { added: 12 } })
    expect((await brings(FARM, 'slug=dry')).rows).toEqual(dry.rows)
  })

  test('[CA5] [CA4] [CA18] one bad file of a hundred loses itself alone; the report tells it first, with its line', async () => {
    const files: Record<string, string | Buffer> = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${1 + Math.floor(i / 10)}-m/lessons/${1 + (i % 10)}-t/README.md`, `# Topic ${i}`]))
    files['3-m/lessons/4-t/README.md'] = Buffer.from('# Bad\n\n\xff\n', 'latin1')
    files['3-m/lessons/5-t/README.md'] = '# Runs\n\n<script>alert(1)</script>\n\n```html\n<script>shown</script>\n```\n'
    const job = await brings(files, 'slug=hundred')
    expect(job.counts).toMatchObject({ added: 99, failed: 1 })
    expect((await world.gets('GET', `/imports/${job.jobId}`)).rows).toEqual([{ path: '3-m/lessons/4-t/README.md', outcome: 'failed', note: 'it is not UTF-8', line: 3 }])
    expect(job.rows.find((r: { path: string }) => r.path === '3-m/lessons/5-t/README.md')).toMatchObject({ outcome: 'added', note: '3.5 Runs; cleaned: <script> on line 3', line: 3 })
    const [saved] = await world.app.db.sql<{ text: string }>(`SELECT a.payload->>'markdown' AS text FROM topic_content_assets a JOIN topics t USING (topic_id) WHERE t.course_id = $1 AND t.topic_name = 'Runs'`, [job.courseId])
    expect(saved?.text).toBe('# Runs\n\n\n\n```html\n<script>shown</script>\n```\n')
  })

  test('[CA22] what is no course is refused as a whole, with a sentence, and leaves no file behind', async () => {
    for (const [zip, why] of [[Buffer.from('not a zip'), /^This is no zip/], [await zipOf({ 'notes.txt': 'x' }), /^No module is in this zip/], [await zipOf({ '1-a/README.md': Buffer.alloc(4_000_000) }), /200 times its size/]] as const) {
      const { body } = await sends(zip, 'slug=none')
      expect(await over(body.jobId)).toMatchObject({ state: 'failed', trouble: expect.stringMatching(why), courseId: null, rows: [] })
    }
    expect(readdirSync(join(dir, 'uploads/imports'))).toEqual([])
    expect((await sends(Buffer.from('x'), 'slug=none', world.owner, 'text/html')).status).toBe(415)
    expect((await sends(Buffer.from('x'), 'slug=No!')).body.code).toBe('bad_request')
  })

  test('[CA24] who may write there brings in, sees and takes out; nobody else does', async () => {
    await world.lists([{ email: 'ada@school.test' }, { email: 'ruth@school.test', role: 'instructor' }])
    const [ada, ruth, oz] = [await world.signsIn('ada@school.test'), await world.signsIn('ruth@school.test'), await world.signsIn('oz@school.test')]
    const zip = await zipOf(FARM)
    for (const who of [ada, ruth, oz]) expect((await sends(zip, 'slug=theirs', who)).body.code).toBe('forbidden')
    const { rootId } = (await world.gets('GET', '/orgs')).orgs[0]
    const { nodeId } = await world.gets('POST', '/nodes', { parentId: rootId, name: 'Beside' })
    await world.gets('POST', `/nodes/${nodeId}/grants`, { email: 'sid@school.test', role: 'administrator' })
    const sid = await world.signsIn('sid@school.test')
    const { courseId, jobId } = await brings(FARM, 'slug=ours')
    expect((await sends(zip, `slug=ours&nodeId=${nodeId}`, sid)).body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('which you may not write') })
    expect((await sends(zip, `slug=fine&nodeId=${rootId}`, sid)).body.code).toBe('not_found')
    const own = await sends(zip, `slug=sids&nodeId=${nodeId}`, sid)
    expect(own.status).toBe(202)
    expect(await over(own.body.jobId)).toMatchObject({ state: 'done' })
    const as = (who: Signed, path: string) => world.asks('GET', path, undefined, who.accessToken)
    expect((await as(sid, `/imports/${own.body.jobId}`)).status).toBe(200)
    for (const who of [ada, ruth, oz, sid]) expect((await as(who, `/imports/${jobId}`)).body.code).toBe('not_found')
    expect((await as(sid, '/imports')).body.imports.map((i: { slug: string }) => i.slug)).toEqual(['sids'])
    expect((await world.gets('GET', `/imports?courseId=${courseId}`)).imports.map((i: { jobId: string }) => i.jobId)).toEqual([jobId])
    for (const who of [ada, ruth, oz, sid]) expect((await as(who, `/courses/${courseId}/export`)).body.code).toBe('not_found')
    expect((await as(ada, `/courses/${world.courseId}/export`)).body.code).toBe('forbidden')
  })

  test('[CA25] an import that nobody works on any more is ended, with what to do', async () => {
    const { jobId } = await brings(FARM, 'slug=lost')
    const age = (seconds: number) => world.app.db.sql(`UPDATE import_jobs SET state = 'running', alive_at = now() - make_interval(secs => $2) WHERE job_id = $1`, [jobId, seconds])
    await age(100)
    await endLost(world.app.db.sql)
    expect((await world.gets('GET', `/imports/${jobId}`)).state).toBe('running')
    await age(130)
    await endLost(world.app.db.sql)
    expect(await world.gets('GET', `/imports/${jobId}`)).toMatchObject({ state: 'failed', trouble: expect.stringMatching(/Begin again/) })
  })
})
