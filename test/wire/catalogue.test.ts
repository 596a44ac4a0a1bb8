// The catalogue: what is offered where, how it is found, and in which order a course stands.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('the catalogue on %s', (on) => {
  let world: World
  let root: string
  const owner = () => world.owner.accessToken
  const finds = async (query = '', token = owner()) => (await world.gets('GET', `/products${query}`, undefined, token)).products.map((p: any) => p.slug)
  const makes = (type: string, slug: string, more = {}) => world.asks('POST', '/products', { type, slug, title: `The ${slug}`, ...more }, owner())

  beforeAll(async () => {
    world = await aWorld(on)
    root = (await world.gets('GET', '/nodes')).nodes[0].nodeId
  }, 60_000)
  afterAll(() => world?.ends())

  it('[CN1] a product is made whole or not at all', async () => {
    const { body, status } = await makes('course', 'soil', { summary: 'All about earth', level: 'beginner' })
    expect(status).toBe(201)
    const [rows] = await world.app.db.sql<{ n: number }>(`SELECT ((SELECT count(*) FROM products WHERE product_id = $1) + (SELECT count(*) FROM courses WHERE course_id = $1) + (SELECT count(*) FROM course_details WHERE course_id = $1))::int AS n`, [body.productId])
    expect(rows!.n).toBe(3)
    expect((await makes('course', 'soil')).status).toBe(409)
    expect((await makes('book', 'soil')).status).toBe(409)
    expect(await makes('podcast', 'talk')).toMatchObject({ status: 422, body: { code: 'unknown_type' } })
    expect((await makes('book', 'field-guide', { summary: 'Plants by the way' })).status).toBe(201)
    expect(await world.gets('GET', `/products/${body.productId}`)).toMatchObject({ type: 'course', title: 'The soil', level: 'beginner', language: 'en', archived: false, mayRead: true, mayWrite: true })
  })

  it('[CN2] what is offered at a place is found there and below, and at no sibling', async () => {
    const node = async (parentId: string, name: string) => (await world.gets('POST', '/nodes', { parentId, name })).nodeId
    const [north, south] = [await node(root, 'North'), await node(root, 'South')]
    const deep = await node(await node(north, 'School'), 'Class')
    const { productId } = (await world.gets('GET', '/products?search=field')).products[0]
    await world.gets('PUT', `/products/${productId}/nodes/${north}`)
    const courseId = (await world.gets('POST', '/courses', { slug: 'deep', name: 'Deep', nodeId: deep, modules: [] })).courseId
    const other = (await world.gets('POST', '/courses', { slug: 'far', name: 'Far', nodeId: south, modules: [] })).courseId
    const learner = async (who: string, of: string) => {
      const { cohortId } = await world.gets('POST', `/courses/${of}/cohorts`, { name: who })
      await world.lists([{ email: `${who}@school.test`, name: who }], cohortId)
      return (await world.signsIn(`${who}@school.test`)).accessToken
    }
    expect(await finds('', await learner('nora', courseId))).toEqual(['deep', 'field-guide'])
    expect(await finds('', await learner('sam', other))).toEqual(['far'])
    const guide = await world.asks('GET', `/products/${productId}`, undefined, (await world.signsIn('nora@school.test')).accessToken)
    expect(guide.body).toMatchObject({ mayRead: false, mayWrite: false, nodes: [{ nodeId: north, name: 'North' }] })
    expect((await world.asks('PUT', `/products/${productId}/nodes/${randomUUID()}`, undefined, owner())).status).toBe(404)
    expect((await world.asks('DELETE', `/products/${productId}/nodes/${north}`, undefined, owner())).status).toBe(204)
    expect(await finds('', (await world.signsIn('nora@school.test')).accessToken)).toEqual(['deep'])
  })

  it('[CN3] words and how they begin are found in titles, summaries, topics and translations', async () => {
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Thermometers' })
    await world.gets('PUT', `/courses/${world.courseId}/names/es`, { title: 'Internet de las cosas' })
    expect([await finds('?search=thermo'), await finds('?search=earth'), await finds('?search=cosas'), await finds('?search=EARTH%20abou')]).toEqual([['iot'], ['soil'], ['iot'], ['soil']])
    expect([await finds('?search=nothing-like-it'), await finds('?search=%27%3A*%26'), await finds('?type=book')]).toEqual([[], [], ['field-guide']])
    const spanish = await world.asks('GET', '/products?search=cosas', undefined, owner(), { 'accept-language': 'es' })
    expect(spanish.body.products[0]).toMatchObject({ title: 'Internet de las cosas', languages: ['es'] })
  })

  it('[CN3] what is archived is not in the catalogue, and who is in a cohort of it reads on', async () => {
    await world.lists([{ email: 'ada@school.test', name: 'Ada' }])
    const her = (await world.signsIn('ada@school.test')).accessToken
    await world.gets('PUT', `/products/${world.courseId}/archived`, { archived: true })
    expect([await finds('?search=iot'), await finds('?search=iot&archived=true')]).toEqual([[], ['iot']])
    expect((await world.asks('GET', `/courses/${world.courseId}`, undefined, her)).status).toBe(200)
    expect((await world.gets('GET', '/courses', undefined, her)).courses.length).toBe(1)
    expect((await world.asks('PUT', `/products/${world.courseId}/archived`, { archived: false }, her)).status).toBe(403)
    await world.gets('PUT', `/products/${world.courseId}/archived`, { archived: false })
    expect(await finds('?search=iot')).toEqual(['iot'])
  })

  it('[CN4] modules and topics are put in order without gaps, taken out and put back', async () => {
    const path = `/courses/${world.courseId}`
    const add = async (moduleNo: number, topicNumber: number, topicName: string) => (await world.gets('POST', `${path}/topics`, { moduleNo, topicNumber, topicName })).topicId
    const [b, c] = [await add(1, 7, 'B'), await add(3, 2, 'C')]
    const was = await world.gets('GET', `${path}/outline`)
    const a = was.modules[0].topics[0].topicId
    const [m1, m2, m3] = was.modules.map((m: any) => m.chapterId)
    const now = await world.gets('PUT', `${path}/outline`, { rowVersion: was.rowVersion, modules: [{ chapterId: m3, title: 'Last first', topics: [c, a] }, { title: 'New', introduction: 'Hello', topics: [b] }, { chapterId: m1, title: 'Module 1', topics: [] }] })
    expect(now.modules.map((m: any) => [m.moduleNo, m.title, m.topics.map((t: any) => [t.topicNumber, t.topicName])])).toEqual([[1, 'Last first', [[1, 'C'], [2, 'Thermometers']]], [2, 'New', [[1, 'B']]], [3, 'Module 1', []]])
    const out = await world.gets('PUT', `${path}/outline`, { rowVersion: now.rowVersion, modules: [{ chapterId: m3, title: 'Only', topics: [c] }] })
    expect([out.modules.length, out.removed.map((t: any) => t.topicName)]).toEqual([1, ['B', 'Thermometers']])
    expect((await world.asks('GET', `/topics/${a}`, undefined, owner())).status).toBe(404)
    const back = await world.gets('PUT', `${path}/outline`, { rowVersion: out.rowVersion, modules: [{ chapterId: m3, title: 'Only', topics: [c, a, b] }] })
    expect([back.modules[0].topics.length, back.removed]).toEqual([3, []])
    expect((await world.asks('GET', `/topics/${a}`, undefined, owner())).status).toBe(200)
    for (const modules of [[{ chapterId: m2, title: 'Gone', topics: [] }], [{ chapterId: m3, title: 'x', topics: [randomUUID()] }]]) {
      expect((await world.asks('PUT', `${path}/outline`, { rowVersion: back.rowVersion, modules }, owner())).status).toBe(404)
    }
  })

  it('[CN5] of two outlines at once one is refused with what stands', async () => {
    const path = `/courses/${world.courseId}/outline`
    const was = await world.gets('GET', path)
    const put = (title: string) => world.asks('PUT', path, { rowVersion: was.rowVersion, modules: was.modules.map((m: any) => ({ chapterId: m.chapterId, title, topics: m.topics.map((t: any) => t.topicId).reverse() })) }, owner())
    const both = await Promise.all([put('X'), put('Y')])
    expect(both.map((r) => r.status).sort()).toEqual([200, 409])
    const [won, lost] = both[0]!.status === 200 ? [both[0]!, both[1]!] : [both[1]!, both[0]!]
    expect(lost.body.details.now).toEqual(won.body)
    const stale = await world.asks('PATCH', `/products/${world.courseId}`, { rowVersion: 99, title: 'Mine' }, owner())
    expect([stale.status, stale.body.details.now.title]).toEqual([409, 'IoT for Beginners'])
    expect(await world.gets('PATCH', `/products/${world.courseId}`, { rowVersion: stale.body.details.now.rowVersion, title: 'Things', summary: 'Of the internet' })).toEqual({ rowVersion: stale.body.details.now.rowVersion + 1 })
    expect(await finds('?search=things')).toEqual(['iot'])
  })
})
