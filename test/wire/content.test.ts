// What authors write and learners read: blocks for personas, narrators and languages, over REST as both use it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('content on %s', (on) => {
  let world: World
  let topicId: string
  let [ada, ben]: Person[] = []
  const tokens: Record<string, string> = {}
  const as = (who: string) => (who === 'owner' ? world.owner.accessToken : tokens[who]!)
  const reads = async (who: string, query = '', headers = {}) => (await world.asks('GET', `/topics/${topicId}${query}`, undefined, as(who), headers)) as { status: number; body: any; headers: Headers }
  const says = (key: string, body: object) => world.gets('PUT', `/topics/${topicId}/assets/${key}`, { contentType: 'text', ...body })
  const block = (body: any, key: string) => body.blocks.find((b: any) => b.contentKey === key)
  const memberId = async (who: string) => (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members.find((m: any) => m.email === `${who}@school.test`).memberId
  const narrates = (narrator: string) => world.asks('PUT', `/courses/${world.courseId}/personalisation`, { narrator }, as('ada'))

  beforeAll(async () => {
    world = await aWorld(on)
    ada = await world.has('ada')
    ben = await world.has('ben')
    for (const who of ['ada', 'ben', 'eve']) tokens[who] = (await world.signsIn(`${who}@school.test`)).accessToken
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Sensors', markdown: '# Sensors\n\nThey feel.' })).topicId
  }, 60_000)
  afterAll(() => world?.ends())

  it('[CN6] a topic begins as one block, and its layout says the same as its units', async () => {
    const { body } = await reads('ada')
    expect(body).toMatchObject({ topicName: 'Sensors', markdown: '# Sensors\n\nThey feel.', moduleNo: 1, language: 'en', languages: ['en'], percent: 0 })
    expect(body.blocks).toEqual([{ contentKey: 'text', type: 'text', payload: { markdown: '# Sensors\n\nThey feel.' }, language: 'en', variant: null, translated: 'no', stale: false, missing: false }])
    const { rowVersion } = await world.gets('GET', `/topics/${topicId}/source`)
    await world.gets('PUT', `/topics/${topicId}/layout`, { rowVersion, topicName: 'Sensors', blocks: [{ contentKey: 'intro', type: 'text' }, { contentKey: 'text', type: 'text' }] })
    const [row] = await world.app.db.sql<{ layout: any; units: any }>(
      `SELECT text_content::jsonb AS layout, (SELECT jsonb_agg(jsonb_build_object('type', unit_type, 'contentKey', content_key) ORDER BY position) FROM course_units u WHERE u.topic_id = t.topic_id) AS units FROM topics t WHERE topic_id = $1`, [topicId])
    expect(row!.layout.blocks).toEqual(row!.units)
    const twice = await world.asks('PUT', `/topics/${topicId}/layout`, { rowVersion: rowVersion + 1, topicName: 'Sensors', blocks: [{ contentKey: 'text', type: 'text' }, { contentKey: 'text', type: 'text' }] }, as('owner'))
    expect(twice.status).toBe(400)
  })

  it('[CN8] a block that says nothing yet is missing, and the rest is read', async () => {
    const { status, body } = await reads('ada')
    expect([status, block(body, 'intro').missing, block(body, 'text').missing]).toEqual([200, true, false])
  })

  it('[CN7] [CN9] two learners read what is theirs, and nothing of the other is on the wire', async () => {
    await says('intro', { payload: { markdown: 'FOR EVERYBODY' } })
    await says('intro', { personaKey: 'pseudo_coder', payload: { markdown: 'FOR CODERS' } })
    await says('intro', { personaKey: 'rote_memorizer', payload: { markdown: 'FOR MEMORY' } })
    const heard = ada!.hears('reading:changed')
    await world.gets('PUT', `/cohorts/${world.cohortId}/members/${await memberId('ada')}/persona`, { personaKey: 'pseudo_coder' })
    expect(await heard).toEqual({ courseId: world.courseId })
    const [hers, his] = [JSON.stringify((await reads('ada')).body), JSON.stringify((await reads('ben')).body)]
    expect([hers.includes('FOR CODERS'), hers.includes('FOR EVERYBODY'), hers.includes('FOR MEMORY')]).toEqual([true, false, false])
    expect([his.includes('FOR EVERYBODY'), his.includes('FOR CODERS'), his.includes('FOR MEMORY')]).toEqual([true, false, false])
    expect(hers).not.toContain('pseudo_coder')
    const wrong = await world.asks('PUT', `/topics/${topicId}/assets/intro`, { contentType: 'text', personaKey: 'genius', payload: { markdown: '' } }, as('owner'))
    expect(wrong.status).toBe(400)
    const second = world.app.db.sql(`INSERT INTO topic_content_assets (asset_id, course_id, topic_id, content_key, content_type, payload) SELECT gen_random_uuid(), course_id, topic_id, 'intro', 'text', '{}' FROM topics WHERE topic_id = $1`, [topicId])
    await expect(second).rejects.toThrow(/topic_content_assets_one|duplicate|unique/i)
  })

  it('[CN10] a narrator whom she chose goes before her persona, on all her devices, and back', async () => {
    await says('intro', { narrator: 'cooking', payload: { markdown: 'IN THE KITCHEN' } })
    const heard = ada!.hears('reading:changed')
    expect((await narrates('cooking')).status).toBe(200)
    await heard
    const { body } = await reads('ada')
    expect([block(body, 'intro').payload.markdown, block(body, 'intro').variant, block(body, 'text').variant, body.narrator, body.narrators]).toEqual(['IN THE KITCHEN', 'narrator', null, 'cooking', ['cooking']])
    expect((await narrates('opera')).status).toBe(400)
    await narrates('normal')
    expect(block((await reads('ada')).body, 'intro').payload.markdown).toBe('FOR CODERS')
    expect(JSON.stringify((await reads('ben')).body)).not.toContain('KITCHEN')
  })

  it('[CN11] the language is the first that there is, and the reply says which', async () => {
    await says('text', { language: 'pt', status: 'reviewed', payload: { markdown: 'Eles sentem.' } })
    await world.gets('PUT', `/topics/${topicId}/names/pt`, { topicName: 'Sensores' })
    const asked = await reads('ben', '', { 'accept-language': 'pt-BR, en;q=0.5' })
    expect([asked.body.topicName, block(asked.body, 'text').payload.markdown, asked.headers.get('content-language'), asked.body.languages]).toEqual(['Sensores', 'Eles sentem.', 'pt', ['en', 'pt']])
    expect((await reads('ben', '', { 'accept-language': 'de' })).headers.get('content-language')).toBe('en')
    expect((await reads('ben', '?language=pt')).body.topicName).toBe('Sensores')
    const { rowVersion } = await world.gets('GET', `/cohorts/${world.cohortId}`)
    await world.gets('PATCH', `/cohorts/${world.cohortId}`, { rowVersion, language: 'pt' })
    expect((await reads('ben')).body.topicName, 'the cohort').toBe('Sensores')
    expect((await reads('ben', '', { 'accept-language': 'en' })).body.topicName, 'the program before the cohort').toBe('Sensors')
    expect((await reads('ben', '?language=en')).headers.get('content-language')).toBe('en')
    const root = (await world.gets('GET', '/nodes')).nodes[0].nodeId
    await world.gets('PATCH', `/cohorts/${world.cohortId}`, { rowVersion: rowVersion + 1, language: null })
    await world.gets('PUT', `/nodes/${root}/languages`, { languages: ['pt'] })
    expect((await reads('ben')).body.topicName, 'the organisation').toBe('Sensores')
    await world.gets('PUT', `/nodes/${root}/languages`, { languages: [] })
    expect((await reads('ben')).body.topicName).toBe('Sensors')
  })

  it('[CN12] each field comes from the first language that has it; drafts reach nobody; machines say so', async () => {
    await world.gets('PUT', `/topics/${topicId}/assets/picture`, { contentType: 'image', payload: { src: 'https://example.org/a.png', alt: 'A sensor', caption: 'Seen from above' } })
    await world.gets('PUT', `/topics/${topicId}/assets/picture`, { contentType: 'image', language: 'es', status: 'ai', payload: { alt: 'Un sensor' } })
    const { body } = await reads('ben', '?language=es')
    expect(block(body, 'picture')).toMatchObject({ payload: { src: 'https://example.org/a.png', alt: 'Un sensor', caption: 'Seen from above' }, language: 'es', translated: 'ai' })
    expect(block(body, 'text')).toMatchObject({ language: 'en', translated: 'no' })
    await says('text', { language: 'es', status: 'draft', payload: { markdown: 'BORRADOR' } })
    expect(JSON.stringify((await reads('ben', '?language=es')).body)).not.toContain('BORRADOR')
    await says('text', { language: 'es', status: 'reviewed', payload: { markdown: 'Sienten.' } })
    expect(block((await reads('ben', '?language=es')).body, 'text').payload.markdown).toBe('Sienten.')
    const before = await world.asks('PUT', `/topics/${topicId}/assets/nowhere`, { contentType: 'text', language: 'es', payload: { markdown: 'x' } }, as('owner'))
    expect([before.status, before.body.code]).toEqual([409, 'nothing_to_translate'])
  })

  it('[CN13] a translation is stale from when its source changes until it is written again', async () => {
    const es = async () => (await world.gets('GET', `/courses/${world.courseId}/languages`)).languages.find((l: any) => l.language === 'es')
    expect((await es()).stale).toBe(0)
    await says('text', { payload: { markdown: 'They feel and tell.' } })
    expect(await es()).toMatchObject({ stale: 1, reviewed: 1, ai: 1 })
    expect(block((await reads('ben', '?language=es')).body, 'text')).toMatchObject({ stale: true, payload: { markdown: 'Sienten.' } })
    const { stale } = await world.gets('GET', `/courses/${world.courseId}/languages`)
    expect(stale).toContainEqual({ topicId, topicName: 'Sensors', language: 'es', contentKey: 'text' })
    await says('text', { language: 'es', payload: { markdown: 'Sienten y cuentan.' } })
    expect((await es()).stale).toBe(0)
  })

  it('[CN5] the second of two authors is shown what the first wrote, and nothing of theirs is saved', async () => {
    const asset = async () => (await world.gets('GET', `/topics/${topicId}/source`)).assets.find((a: any) => a.contentKey === 'text' && a.personaKey === null)
    const { rowVersion } = await asset()
    const put = (markdown: string, body = {}) => world.asks('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', payload: { markdown }, rowVersion, ...body }, as('owner'))
    const both = await Promise.all([put('first'), put('second')])
    expect(both.map((r) => r.status).sort()).toEqual([200, 409])
    const [won, lost] = both[0]!.status === 200 ? ['first', both[1]!] : ['second', both[0]!]
    expect([lost.body.code, lost.body.details.now.payload.markdown, (await asset()).payload.markdown]).toEqual(['conflict', won, won])
    const spanish = (await asset()).languages.find((l: any) => l.language === 'es')
    const late = await world.asks('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', language: 'es', payload: { markdown: 'tarde' }, rowVersion: spanish.rowVersion - 1 }, as('owner'))
    expect([late.status, late.body.details.now.payload.markdown]).toEqual([409, 'Sienten y cuentan.'])
    const layout = await world.asks('PUT', `/topics/${topicId}/layout`, { rowVersion: 1, topicName: 'Mine', blocks: [] }, as('owner'))
    expect([layout.status, layout.body.details.now.topicName]).toEqual([409, 'Sensors'])
    expect((await reads('ada')).body.blocks.length).toBe(3)
  })

  it('[CN14] only who writes the course reads its source', async () => {
    for (const [who, status] of [['ada', 403], ['eve', 404]] as const) {
      expect((await world.asks('GET', `/topics/${topicId}/source`, undefined, as(who))).status, who).toBe(status)
      expect((await world.asks('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', payload: { markdown: 'mine' } }, as(who))).status, who).toBe(status)
    }
    expect((await reads('eve')).status).toBe(404)
    expect((await reads('ada', '?draft=true')).body.versionNo).toBeNull()
  })

  it('[CN6] what is wrong with a payload is said, and nothing is saved', async () => {
    const wrong = async (body: object) => world.asks('PUT', `/topics/${topicId}/assets/wrong`, body, as('owner'))
    for (const body of [
      { contentType: 'text', payload: {} }, { contentType: 'image', payload: { src: 'https://example.org/a.png' } }, { contentType: 'image', payload: { alt: '' } },
      { contentType: 'image', payload: { src: 'javascript:alert(1)', alt: '' } }, { contentType: 'text', payload: { markdown: 'x', src: 'https://example.org' } },
      { contentType: 'video', payload: { src: 'https://example.org/v', fileId: topicId } },
    ]) expect([(await wrong(body)).status, JSON.stringify(body)]).toEqual([400, JSON.stringify(body)])
    expect((await wrong({ contentType: 'image', payload: { fileId: topicId, alt: '' } })).status).toBe(404)
    expect((await world.gets('GET', `/topics/${topicId}/source`)).assets.some((a: any) => a.contentKey === 'wrong')).toBe(false)
  })

  it('[CN7] a persona’s words can be taken away, and everybody’s only with the block', async () => {
    expect((await world.asks('DELETE', `/topics/${topicId}/assets/intro?personaKey=pseudo_coder`, undefined, as('owner'))).status).toBe(204)
    expect(block((await reads('ada')).body, 'intro').payload.markdown).toBe('FOR EVERYBODY')
    expect((await world.asks('DELETE', `/topics/${topicId}/assets/intro`, undefined, as('owner'))).status).toBe(409)
    expect((await world.asks('DELETE', `/topics/${topicId}/assets/text?language=es`, undefined, as('owner'))).status).toBe(204)
    expect((await world.asks('DELETE', `/topics/${topicId}/assets/text?language=es`, undefined, as('owner'))).status).toBe(404)
  })

  it('[CN19] how far one has read never goes back, and the course says where one left off', async () => {
    const two = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 2, topicNumber: 1, topicName: 'Actuators' })).topicId
    const goes = (id: string, percent: number, contentKey?: string) => world.gets('PUT', `/topics/${id}/progress`, { percent, ...(contentKey && { contentKey }) }, as('ada'))
    expect([await goes(topicId, 60, 'text'), await goes(topicId, 20)]).toEqual([{ percent: 60 }, { percent: 60 }])
    await goes(two, 10)
    await goes(topicId, 100, 'picture')
    const course = await world.gets('GET', `/courses/${world.courseId}`, undefined, as('ada'))
    expect([course.resume, course.modules[0].topics[0].percent, course.modules[1].topics[0].percent]).toEqual([{ topicId, contentKey: 'picture' }, 100, 10])
    const his = await world.gets('GET', `/courses/${world.courseId}`, undefined, as('ben'))
    expect([his.resume, his.modules[0].topics[0].percent]).toEqual([null, 0])
    const facts = await world.app.db.sql(`SELECT 1 FROM facts WHERE type = 'topic.read' AND about = $1`, [topicId])
    expect(facts.length).toBe(1)
    expect((await reads('ada')).body).toMatchObject({ percent: 100, contentKey: 'picture', previous: null, next: { topicId: two, topicName: 'Actuators' } })
    expect((await world.asks('PUT', `/topics/${topicId}/progress`, { percent: 5 }, as('eve'))).status).toBe(404)
    expect(ben!.view).toBeDefined()
  })

  it('[CN20] a topic is read with at most two queries', async () => {
    const { sql } = world.app.db
    let count = 0
    const counted = Object.assign(((...args: Parameters<typeof sql>) => { count++; return (sql as any)(...args) }) as typeof sql)
    const counts: number[] = []
    Object.assign(world.app.db, { sql: counted })
    try {
      for (const _ of Array(5)) {
        count = 0
        expect((await reads('ada')).status).toBe(200)
        counts.push(count)
      }
    } finally { Object.assign(world.app.db, { sql }) }
    // What is done by the clock meanwhile asks the database too, so the least of them is what the reading itself asks.
    expect(Math.min(...counts)).toBeLessThanOrEqual(2)
    expect(Math.min(...counts)).toBeGreaterThan(0)
  })

  it('[CN21] what a course and its modules are called in a language says how it stands, and two who change it meet', async () => {
    const at = `/courses/${world.courseId}/names/fr`
    const none = { status: null, stale: false, rowVersion: 0 }
    const first = await world.gets('GET', at)
    expect(first.course.said).toEqual({ title: null, summary: null, introduction: null, ...none })
    expect(first.modules[0].said).toEqual({ title: null, introduction: null, ...none })
    await world.gets('PUT', at, { status: 'ai', rowVersion: 0, title: 'Les choses', summary: 'Un cours', modules: [{ moduleNo: 1, rowVersion: 0, title: 'Début' }] })
    const second = await world.gets('GET', at)
    expect(second.course).toMatchObject({ source: { introduction: '' }, said: { title: 'Les choses', summary: 'Un cours', introduction: null, status: 'ai', stale: false, rowVersion: 1 } })
    expect(second.modules[0].said).toMatchObject({ title: 'Début', status: 'ai', rowVersion: 1 })

    const late = await world.asks('PUT', at, { rowVersion: 0, title: 'Trop tard', modules: [{ moduleNo: 1, title: 'Non' }] }, as('owner'))
    expect([late.status, late.body.code, late.body.details.now]).toEqual([409, 'conflict', second])
    expect((await world.asks('PUT', at, { modules: [{ moduleNo: 1, rowVersion: 0, title: 'Non' }] }, as('owner'))).status).toBe(409)
    expect(await world.gets('GET', at), 'nothing of what was refused is kept').toEqual(second)

    const { rowVersion } = await world.gets('GET', `/products/${world.courseId}`)
    await world.gets('PATCH', `/products/${world.courseId}`, { rowVersion, introduction: '# Welcome' })
    expect((await world.gets('GET', at)).course.said).toMatchObject({ stale: true, status: 'ai' })
    await world.gets('PUT', at, { rowVersion: 1, introduction: '# Bienvenue', summary: null })
    expect((await world.gets('GET', at)).course.said).toEqual({ title: 'Les choses', summary: null, introduction: '# Bienvenue', status: 'reviewed', stale: false, rowVersion: 2 })
    expect((await world.asks('PUT', at, { modules: [{ moduleNo: 99, title: 'Rien' }] }, as('owner'))).status).toBe(404)
  })
})
