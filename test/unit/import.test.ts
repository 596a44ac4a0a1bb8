// Importing a course into a database, on the embedded one and on PostgreSQL (where TEST_DATABASE_URL names a server).
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verb } from '#kernel/change'
import { changed } from '#kernel/change'
import { type Opened, openDatabase } from '#kernel/database'
import type { Kernel } from '#kernel/feature'
import { addTopic } from '../../server/features/content/verbs.ts'
import { importCourse, readCourse } from '../../server/features/imports/index.ts'
import { home, type Place } from '../../server/features/orgs/index.ts'
import { freshPostgres, SERVER } from '../helpers/world.ts'

const log = { info() {}, warn() {}, error() {} }

describe.each(['pglite', ...(SERVER ? ['postgres'] : [])])('on %s', (world) => {
  let db: Opened
  let place: Place
  let drop = async () => {}
  const spans: number[] = []

  beforeAll(async () => {
    let url: string | undefined
    if (world === 'postgres') {
      const fresh = await freshPostgres()
      url = fresh.url
      drop = fresh.drop
    }
    db = await openDatabase({ url, dir: 'memory://', migrations: join(import.meta.dirname, '../../prisma/migrations'), log })
    place = await home(db.sql)
  }, 60_000)
  afterAll(async () => {
    await db?.close()
    await drop()
  })

  const kernel: Pick<Kernel, 'change' | 'db'> = {
    get db() { return db },
    async change<Item>(verb: Verb<Item, any>, id: string, item: Item) {
      const began = performance.now()
      const { outcomes } = await db.transaction((sql) => changed(sql, verb, id, [{ actor: null, key: null, item }], { within: () => [], after: async () => {} }, () => {}))
      spans.push(performance.now() - began)
      return outcomes[0] as never
    },
  }
  const load = async (slug: string, texts: Record<string, string>, name?: string, mode: 'dry' | 'apply' = 'apply') => {
    const done = await importCourse(kernel, { place, slug, name, mode, draft: readCourse(Object.entries(texts).map(([path, text]) => ({ path, text }))) })
    if ('refused' in done) throw new Error(done.refused.message)
    return { ...done, courseId: done.courseId as string }
  }
  const outcomes = (done: Awaited<ReturnType<typeof load>>) => Object.fromEntries(done.rows.map((r) => [r.path, r.outcome]))
  const topics = (courseId: string) => db.sql<{ id: string; place: string; name: string; text: string; path: string | null }>(
    `SELECT t.topic_id AS id, t.module_no || '.' || t.topic_number AS place, t.topic_name AS name, a.payload->>'markdown' AS text, t.source_path AS path FROM topics t
     LEFT JOIN topic_content_assets a ON a.topic_id = t.topic_id AND a.content_key = 'text' AND a.persona_key IS NULL AND a.narrator IS NULL WHERE t.course_id = $1 ORDER BY t.module_no, t.topic_number`, [courseId])
  const facts = async () => (await db.sql<{ n: number }>('SELECT count(*) AS n FROM facts'))[0]?.n

  const SOIL = '1-farm/lessons/1-soil/README.md'
  const LIGHT = '1-farm/lessons/2-light/README.md'
  const FARM = { '1-farm/README.md': '# Farming\n\nPlants.', [SOIL]: '# Soil\n\nWater.', [LIGHT]: '# Light\n\nSun.' }

  it('[CA9] changes nothing the second time', async () => {
    const first = await load('again', FARM)
    expect(outcomes(first)).toEqual({ '1-farm/README.md': 'added', [SOIL]: 'added', [LIGHT]: 'added' })
    const [before, recorded] = [await topics(first.courseId), await facts()]
    const second = await load('again', FARM)
    expect(second).toMatchObject({ courseId: first.courseId, course: 'unchanged' })
    expect(new Set(Object.values(outcomes(second)))).toEqual(new Set(['unchanged']))
    expect(await topics(first.courseId)).toEqual(before)
    expect(await facts()).toBe(recorded)
    const [course] = await db.sql('SELECT course_name AS name FROM courses WHERE slug = $1', ['again'])
    expect(course?.name).toBe('Again')
  })

  it('[CA10] updates what has changed, adds what is new, and keeps each id', async () => {
    const { courseId } = await load('grows', FARM)
    const before = await topics(courseId)
    const done = await load('grows', { ...FARM, '1-farm/README.md': '# Growing\n\nPlants.', [SOIL]: '# Good soil\n\nWater.', '1-farm/lessons/3-wind/README.md': '# Wind' }, 'It grows')
    expect(outcomes(done)).toEqual({ '1-farm/README.md': 'updated', [SOIL]: 'updated', [LIGHT]: 'unchanged', '1-farm/lessons/3-wind/README.md': 'added' })
    expect(done.course).toBe('updated')
    const after = await topics(courseId)
    expect(after.map((t) => [t.place, t.name])).toEqual([['1.1', 'Good soil'], ['1.2', 'Light'], ['1.3', 'Wind']])
    expect(after.slice(0, 2).map((t) => t.id)).toEqual(before.map((t) => t.id))
    expect(await db.sql('SELECT title FROM chapters WHERE course_id = $1', [courseId])).toEqual([{ title: 'Growing' }])
    expect(await db.sql('SELECT type, count(*) AS n FROM facts WHERE body->>\'courseId\' = $1 GROUP BY type ORDER BY type', [courseId])).toEqual([{ type: 'topic.added', n: 3 }, { type: 'topic.changed', n: 1 }])
  })

  it('[CA11] keeps a renamed topic, and one whose file is gone', async () => {
    const { courseId } = await load('moves', FARM)
    const [soil, light] = await topics(courseId)
    const earth = '1-farm/lessons/1-earth/README.md'
    await load('moves', { '1-farm/README.md': FARM['1-farm/README.md'], [earth]: '# Earth', [LIGHT]: FARM[LIGHT] as string })
    expect(await topics(courseId)).toEqual([{ ...soil, name: 'Earth', text: '# Earth', path: earth }, light])
    const done = await load('moves', { '1-farm/README.md': FARM['1-farm/README.md'], [LIGHT]: FARM[LIGHT] as string })
    expect(done.gone).toEqual([earth])
    expect((await topics(courseId)).map((t) => t.id)).toEqual([soil?.id, light?.id])
  })

  it('[CA12] leaves a topic that was written by hand where it stands', async () => {
    const { courseId } = await load('hand', { '1-farm/README.md': FARM['1-farm/README.md'] })
    await kernel.change(addTopic, courseId, { moduleNo: 1, topicNumber: 1, topicName: 'By hand', markdown: 'mine' })
    const done = await load('hand', FARM)
    expect(done.rows.find((r) => r.path === SOIL)).toMatchObject({ outcome: 'failed', note: 'module 1 has another topic 1 already, which this file did not make' })
    expect((await topics(courseId)).map((t) => t.name)).toEqual(['By hand', 'Light'])
  })

  it('[CA5] does not lose a topic because its file cannot be read this time', async () => {
    const { courseId } = await load('unread', FARM)
    const done = await load('unread', { ...FARM, [SOIL]: 'its heading is gone' })
    expect(outcomes(done)).toMatchObject({ [SOIL]: 'failed', [LIGHT]: 'unchanged' })
    expect(done.gone).toEqual([])
    expect((await topics(courseId)).map((t) => t.text)).toEqual(['# Soil\n\nWater.', '# Light\n\nSun.'])
  })

  /** Everything in the tables that an import may change. */
  const everything = async () => Object.fromEntries(await Promise.all(['products', 'courses', 'chapters', 'chapter_languages', 'product_languages', 'topics', 'topic_languages', 'course_units', 'topic_content_assets', 'content_asset_languages', 'course_files', 'facts', 'streams', 'frames']
    .map(async (table) => [table, await db.sql(`SELECT md5(coalesce(string_agg(x::text, ' ' ORDER BY x::text), '')) AS rows, count(*) AS n FROM ${table} x`)])))

  const SOUTH = { 'en/1-farm/README.md': '# Farming\n\nPlants.', 'en/1-farm/lessons/1-soil/README.md': '# Soil\n\nWater.', 'en/1-farm/lessons/1-soil/assignment.md': '# Dig', 'en/1-farm/lessons/1-soil/README.sports.md': '# The match',
    'es/1-farm/README.md': '# Granja', 'es/1-farm/lessons/1-soil/README.md': '# Suelo', 'es/1-farm/lessons/1-soil/assignment.md': '# Cava', 'es/1-farm/lessons/1-soil/README.sports.md': '# El partido' }

  it('[CA9] [CA14] brings in every language and variant, and changes nothing the second time', async () => {
    const first = await load('south', SOUTH)
    expect(new Set(Object.values(outcomes(first)))).toEqual(new Set(['added']))
    const said = () => db.sql<{ key: string; narrator: string | null; text: string; language: string | null; told: string | null; stale: boolean | null }>(
      `SELECT a.content_key AS key, a.narrator, a.payload->>'markdown' AS text, l.language, l.payload->>'markdown' AS told, l.source_hash <> a.content_hash AS stale FROM topic_content_assets a LEFT JOIN content_asset_languages l USING (asset_id) WHERE a.course_id = $1 ORDER BY 1, 2 NULLS FIRST`, [first.courseId])
    expect(await said()).toEqual([
      { key: 'assignment', narrator: null, text: '# Dig', language: 'es', told: '# Cava', stale: false },
      { key: 'text', narrator: null, text: '# Soil\n\nWater.', language: 'es', told: '# Suelo', stale: false },
      { key: 'text', narrator: 'sports', text: '# The match', language: 'es', told: '# El partido', stale: false },
    ])
    expect((await db.sql('SELECT text_content FROM topics WHERE course_id = $1', [first.courseId]))[0]?.text_content).toBe('{"blocks":[{"type":"text","contentKey":"text"},{"type":"text","contentKey":"assignment"}]}')
    const before = await everything()
    const second = await load('south', SOUTH)
    expect(new Set(Object.values(outcomes(second)))).toEqual(new Set(['unchanged']))
    expect(await everything()).toEqual(before)
  })

  it('[CA16] leaves a translation stale when its source changes, and reviewed when somebody has reviewed it', async () => {
    const machine = (text: string) => `<!--\nCO_OP_TRANSLATOR_METADATA:\n{ "language_code": "es" }\n-->\n${text}`
    const texts = { ...SOUTH, 'es/1-farm/lessons/1-soil/README.md': machine('# Suelo') }
    const { courseId } = await load('stands', texts)
    const text = async () => (await db.sql(
      `SELECT l.status, l.source_hash <> a.content_hash AS stale, l.row_version FROM topic_content_assets a JOIN content_asset_languages l USING (asset_id) WHERE a.course_id = $1 AND a.content_key = 'text' AND a.narrator IS NULL`, [courseId]))[0]
    expect(await text()).toEqual({ status: 'ai', stale: false, row_version: 1 })
    await db.sql(`UPDATE content_asset_languages l SET status = 'reviewed' FROM topic_content_assets a WHERE a.asset_id = l.asset_id AND a.course_id = $1`, [courseId])
    const moved = { ...texts, 'en/1-farm/lessons/1-soil/README.md': '# Soil\n\nMore water.' }
    expect(outcomes(await load('stands', moved, undefined, 'dry'))['es/1-farm/lessons/1-soil/README.md']).toBe('unchanged')
    const done = await load('stands', moved)
    expect(Object.entries(outcomes(done)).filter(([, o]) => o !== 'unchanged')).toEqual([['en/1-farm/lessons/1-soil/README.md', 'updated']])
    expect(await text()).toEqual({ status: 'reviewed', stale: true, row_version: 1 })
    await load('stands', { ...moved, 'es/1-farm/lessons/1-soil/README.md': machine('# El suelo') })
    expect(await text()).toEqual({ status: 'ai', stale: false, row_version: 2 })
  })

  it('[CA21] says in a dry run what it would do, and writes nothing', async () => {
    await load('dry', SOUTH)
    const changes = { ...SOUTH, 'en/1-farm/README.md': '# Farms', 'en/1-farm/lessons/1-soil/assignment.md': '# Dig deep', 'es/1-farm/lessons/1-soil/assignment.md': '# Cava hondo', 'en/1-farm/lessons/2-light/README.md': '# Light', 'es/1-farm/lessons/2-light/README.md': '# Luz', 'es/1-farm/lessons/3-no/README.md': '# No' }
    const before = await everything()
    const [wouldAdd, wouldChange] = [await load('not-there', SOUTH, undefined, 'dry'), await load('dry', changes, undefined, 'dry')]
    expect(await everything()).toEqual(before)
    expect(new Set(Object.values(outcomes(wouldAdd)))).toEqual(new Set(['added']))
    expect(wouldAdd).toMatchObject({ courseId: null, course: 'added' })
    expect(wouldChange.rows).toEqual((await load('dry', changes)).rows)
  })

  it('[CA10] keeps the id of what a block says, and [CA12] a block that an author added', async () => {
    const { courseId } = await load('ids', SOUTH)
    const ids = () => db.sql(`SELECT asset_id, content_key, narrator FROM topic_content_assets WHERE course_id = $1 ORDER BY 2, 3`, [courseId])
    const before = await ids()
    await db.sql(`INSERT INTO course_units (unit_id, course_id, topic_id, position, unit_type, content_key) SELECT gen_random_uuid(), course_id, topic_id, 3, 'image', 'mine' FROM topics WHERE course_id = $1`, [courseId])
    await load('ids', { ...SOUTH, 'en/1-farm/lessons/1-soil/README.md': '# Soil, again', 'en/1-farm/lessons/1-soil/blocks/more.md': 'More.' })
    expect((await ids()).filter((a) => a.content_key !== 'more')).toEqual(before)
    expect(await db.sql('SELECT content_key AS key, position AS at FROM course_units WHERE course_id = $1 ORDER BY 2', [courseId])).toEqual([{ key: 'text', at: 1 }, { key: 'assignment', at: 2 }, { key: 'mine', at: 3 }, { key: 'more', at: 4 }])
    expect((await db.sql('SELECT text_content FROM topics WHERE course_id = $1', [courseId]))[0]?.text_content).toContain('{"type":"image","contentKey":"mine"},{"type":"text","contentKey":"more"}')
  })

  it('[CA5] loses one bad file among a hundred, and nothing else', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${1 + Math.floor(i / 10)}-m/lessons/${1 + (i % 10)}-t/README.md`, i === 41 ? 'no title at all' : `# Topic ${i}`]))
    const done = await load('hundred', many)
    expect(done.rows.filter((r) => r.outcome === 'added')).toHaveLength(99)
    expect(done.rows.filter((r) => r.outcome !== 'added')).toEqual([{ path: '5-m/lessons/2-t/README.md', outcome: 'failed', note: 'it has no title; begin with a line such as "# Soil and water"', line: 1 }])
  })

  it('[CA14] is not written over by a folder in another language', async () => {
    await load('spoken', SOUTH)
    const done = await importCourse(kernel, { place, slug: 'spoken', draft: readCourse([{ path: 'es/1-a/lessons/1-b/README.md', text: '# B' }]) })
    expect(done).toMatchObject({ refused: { code: 'conflict' } })
  })

  it('[CA13] saves a large course in slices', async () => {
    const body = Array.from({ length: 500 }, (_, i) => `Line ${i}: ${randomUUID()}.`).join('\n') // 23 KB that do not compress well
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`${1 + Math.floor(i / 20)}-m/lessons/${1 + (i % 20)}-t/README.md`, `# Topic ${i}\n\n${body}`]))
    spans.length = 0
    const done = await load('large', many)
    expect(done.rows.filter((r) => r.outcome === 'added')).toHaveLength(120)
    expect(spans.length).toBeGreaterThan(20)
    spans.sort((a, b) => a - b)
    if (process.env.SHOW_SPANS) console.log(world, 'slices', spans.length, 'median', spans[spans.length >> 1], 'longest', spans.at(-1))
  })
})
