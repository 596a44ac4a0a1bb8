// What the tutor knows of a course: read as it is written and as it was published, in each of its languages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { find, passage } from '../../server/features/knowledge/index.ts'
import { found } from '../../server/features/knowledge/store.find.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { looking } from '../../server/features/knowledge/verbs.look.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('knowledge on %s', (on) => {
  let world: World
  let topicId: string
  beforeAll(async () => {
    world = await aWorld(on)
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: '# Soil\n\nMoisture is measured by a sensor in the soil.' })).topicId
  })
  afterAll(() => world.ends())
  const chunks = () => world.app.db.sql<{ hash: string; language: string; heading: string; text: string }>('SELECT topic_hash AS hash, language, heading, text FROM course_chunks WHERE course_id = $1 ORDER BY topic_hash, language, ord', [world.courseId])
  const reads = () => upToDate(world.app.kernel, world.courseId)

  it('[KN3] reads what is written, once, and again what was changed', async () => {
    await reads()
    expect(await chunks()).toEqual([{ hash: '', language: 'en', heading: 'Soil', text: 'Moisture is measured by a sensor in the soil.' }])
    const ids = () => world.app.db.sql('SELECT chunk_id FROM course_chunks WHERE course_id = $1', [world.courseId])
    const first = await ids()
    expect(await world.app.db.sql('SELECT term, tf FROM chunk_terms ORDER BY term')).toEqual(['measur', 'moistur', 'sensor', 'soil'].map((term) => ({ term, tf: term === 'soil' ? 2 : 1 })))
    expect(await Promise.all([reads(), reads()])).toEqual([0, 0])
    expect(await ids()).toEqual(first)
    await world.gets('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', payload: { markdown: 'Light is measured too.' } })
    await reads()
    expect((await chunks()).map((c) => c.text)).toEqual(['Light is measured too.'])
  })

  it('[KN16] lets others be answered between two topics', async () => {
    const many = 20
    const { courseId } = await world.gets('POST', '/courses', { slug: 'long', name: 'Long', modules: [{ moduleNo: 1, title: 'One' }] })
    for (let n = 1; n <= many; n++) await world.gets('POST', `/courses/${courseId}/topics`, { moduleNo: 1, topicNumber: n, topicName: `Topic ${n}`, markdown: Array.from({ length: 10 }, (_, i) => `## Part ${i}\n\nSoil ${n} is told of in words number ${i}.`).join('\n\n') })
    await upToDate(world.app.kernel, courseId)
    await world.app.db.sql('DELETE FROM knowledge_topics WHERE course_id = $1', [courseId])
    let isRead = false
    let answered = 0
    const reading = upToDate(world.app.kernel, courseId).finally(() => { isRead = true })
    while (!isRead) { await world.app.db.sql('SELECT 1'); answered++ }
    const read = await reading // the rest by the look of its own that may still come
    expect(read).toBeGreaterThan(1)
    expect(answered).toBeGreaterThanOrEqual(read)
  })

  it('[KN3] reads each language that anything is told in, and nothing of drafts', async () => {
    await world.gets('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', language: 'es', payload: { markdown: 'La luz se mide también.' } })
    await world.gets('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', language: 'fr', status: 'draft', payload: { markdown: 'La lumière.' } })
    await reads()
    expect((await chunks()).map((c) => [c.language, c.text])).toEqual([['en', 'Light is measured too.'], ['es', 'La luz se mide también.']])
  })

  it('[KN4] what was published stays known as it was, whatever is written since', async () => {
    await world.gets('POST', `/courses/${world.courseId}/versions`, {})
    await reads()
    await world.gets('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', payload: { markdown: 'Only sound is measured.' } })
    await reads()
    const all = await chunks()
    expect(all.filter((c) => c.hash === '' && c.language === 'en').map((c) => c.text)).toEqual(['Only sound is measured.'])
    expect(all.filter((c) => c.hash !== '').map((c) => [c.language, c.text])).toEqual([['en', 'Light is measured too.'], ['es', 'La luz se mide también.']])
  })
  const asks = (userId: string, text: string, more: object = {}) => found(world.app.db.sql, { userId, courseId: world.courseId, cohortId: null, text, languages: ['en'], moduleNo: null, vector: null, most: 6, ...more })

  it('[KN5] finds what answers, for who may read it, and nothing for anybody else', async () => {
    const ada = await world.has('ada')
    const eve = await world.signsIn('eve@school.test')
    const words = ['A windmill grinds grain in the valley.', 'The moisture of soil is measured by a capacitive sensor.', 'Trains carry the harvest to town.']
    for (const [i, markdown] of words.entries()) await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 2, topicNumber: i + 1, topicName: `Two ${i}`, markdown })
    await reads()
    const [first] = await asks(ada.userId, 'Which sensor measures moisture in soil?')
    expect(first).toMatchObject({ text: words[1], topicName: 'Two 1', moduleNo: 2, cosine: null })
    expect(first!.score).toBeGreaterThan(0.3)
    expect(await asks(ada.userId, 'xylophone')).toEqual([])
    expect(await asks(eve.user.userId, 'Which sensor measures moisture in soil?')).toEqual([])
  })

  it('[KN5] a marker of another course is never found, nor a module that is locked', async () => {
    const bob = await world.has('bob')
    const other = (await world.gets('POST', '/courses', { slug: 'other', name: 'Other', modules: [{ moduleNo: 1, title: 'One' }] })).courseId
    await world.gets('POST', `/courses/${other}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Marker', markdown: 'The zanzibar marker stands here.' })
    await upToDate(world.app.kernel, other)
    expect(await asks(bob.userId, 'zanzibar marker')).toEqual([])
    expect(await asks(bob.userId, 'zanzibar marker', { courseId: other })).toEqual([])
    expect((await asks(bob.userId, 'windmill')).map((p) => p.moduleNo)).toEqual([2])
    await world.gets('PUT', `/courses/${world.courseId}/modules/2/rule`, { rule: { byHand: true } })
    await bob.hears('module:changed', (b) => b.moduleNo === 2 && b.state === 'locked')
    expect(await asks(bob.userId, 'windmill')).toEqual([])
    await (await world.has('ruth', { role: 'instructor' })).does('module:unlock', { cohortId: world.cohortId, moduleNo: 2 })
    expect((await asks(bob.userId, 'windmill')).map((p) => p.moduleNo)).toEqual([2])
  })

  it('[KN6] is read by itself, once however often it is said, and by the sweep where nobody said it', async () => {
    const ruth = world.owner.accessToken
    const seen = () => world.gets('GET', `/courses/${world.courseId}/knowledge`, undefined, ruth)
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 3, topicNumber: 1, topicName: 'Alone', markdown: 'Nobody asked for this one.' })
    await expect.poll(async () => (await seen()).read.find((r: { topicName: string }) => r.topicName === 'Alone'), { timeout: 20_000 }).toMatchObject({ current: true, passages: 1, language: 'en' })
    expect(await seen()).toMatchObject({ state: 'ready', meaning: { by: 'none', model: null, trouble: null } })
    await world.app.db.sql('DELETE FROM knowledge_topics WHERE course_id = $1', [world.courseId])
    expect((await seen()).state).toBe('working')
    const looks = looking(world.app.kernel)
    await looks.sweep()
    expect((await seen()).state).toBe('ready')
    await world.app.db.sql('DELETE FROM knowledge_topics WHERE course_id = $1', [world.courseId])
    let asked = 0
    const counting = looking({ ...world.app.kernel, db: { ...world.app.db, sql: ((text: string, params?: unknown[]) => { if (text.includes('SELECT DISTINCT topic_id AS "topicId" FROM due')) asked++; return world.app.db.sql(text, params) }) as typeof world.app.db.sql } })
    for (let i = 0; i < 1_000; i++) counting.wants(world.courseId)
    await counting.rest()
    expect(asked).toBe(1)
    expect((await seen()).state).toBe('ready')
  })

  it('[KN9] what is far from the course is no ground; what is asked in another of its languages finds that', async () => {
    const { topicId: id } = await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 7, topicName: 'Pumps', markdown: 'A relay switches the pump on when the ground is dry.' })
    await world.gets('PUT', `/topics/${id}/assets/text`, { contentType: 'text', language: 'es', payload: { markdown: 'Un relé enciende la bomba cuando la tierra está seca.' } })
    await reads()
    const finds = (text: string) => find(world.app.kernel, { userId: world.owner.user.userId, courseId: world.courseId, cohortId: null, draft: true, languages: ['en'], text })
    expect(await finds('What does the relay switch on?')).toMatchObject({ grounded: true, language: 'en', passages: [{ topicName: 'Pumps' }] })
    expect(await finds('¿Cuándo enciende la bomba el relé?')).toMatchObject({ grounded: true, language: 'es', passages: [{ text: 'Un relé enciende la bomba cuando la tierra está seca.' }] })
    expect(await finds('Who won the football championship of the year in which the ground was bought?')).toMatchObject({ grounded: false, nearest: expect.arrayContaining(['Pumps']) })
    expect(await find(world.app.kernel, { userId: (await world.signsIn('eve@school.test')).user.userId, courseId: world.courseId, cohortId: null, languages: ['en'], text: 'relay' })).toMatchObject({ grounded: false, passages: [], nearest: [] })
  })

  it('[KN10] finds a word in the middle of a sentence that has no spaces', async () => {
    const { topicId: id } = await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 8, topicName: 'Zh', markdown: 'x' })
    await world.gets('PUT', `/topics/${id}/assets/text`, { contentType: 'text', language: 'zh', payload: { markdown: '电容式传感器可以测量土壤水分。' } })
    await reads()
    const { passages } = await find(world.app.kernel, { userId: world.owner.user.userId, courseId: world.courseId, cohortId: null, draft: true, languages: ['zh'], text: '土壤水分怎么测量' })
    expect(passages[0]).toMatchObject({ language: 'zh', text: '电容式传感器可以测量土壤水分。' })
  })

  it('[KN11] a passage opens for who may read it, and for nobody else', async () => {
    const [ada, ruth] = [await world.has('ada'), await world.has('ruth', { role: 'instructor' })]
    const eve = await world.signsIn('eve@school.test')
    const [p] = await asks(ada.userId, 'windmill grain')
    const opens = async (token: string) => (await world.asks('GET', `/passages/${p!.chunkId}`, undefined, token)).status
    expect(await passage(world.app.db.sql, ada.userId, p!.chunkId)).toMatchObject({ courseId: world.courseId, text: p!.text, current: true })
    expect([await opens(ada.token), await opens(ruth.token), await opens(eve.accessToken)]).toEqual([200, 200, 404])
    await ruth.does('module:lock', { cohortId: world.cohortId, moduleNo: 2 })
    await ada.hears('module:changed', (b) => b.moduleNo === 2 && b.state === 'locked')
    expect([await opens(ada.token), await opens(ruth.token)]).toEqual([404, 200])
  })
})
