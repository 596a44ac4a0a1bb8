// What passages mean: by the model that comes with Lectern, and by one at an endpoint that is away, refuses or changes its mind.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Kernel } from '#kernel/feature'
import { find, meansOf } from '../../server/features/knowledge/index.ts'
import { forgetMeanings, meaningsOf } from '../../server/features/knowledge/store.meaning.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { meant } from '../../server/features/knowledge/verbs.meaning.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

/** An endpoint that speaks as OpenAI's does: numbers by what the words begin with. `says` is what it does next. */
class Endpoint {
  asked = 0
  says: { status?: number; retryAfter?: number; size?: number; fewer?: boolean; hangs?: boolean }[] = []
  readonly server: Server = createServer(async (req, res) => {
    const body = JSON.parse((await req.toArray()).join('')) as { input: string[] }
    this.asked++
    const { status = 200, retryAfter, size = 26, fewer, hangs } = this.says.shift() ?? {}
    if (hangs) return
    res.writeHead(status, { 'content-type': 'application/json', ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) })
    if (status !== 200) return void res.end(JSON.stringify({ error: { message: 'no' } }))
    const data = body.input.map((text, index) => ({ object: 'embedding', index, embedding: vector(text, size) })).reverse()
    res.end(JSON.stringify({ object: 'list', model: 'm', data: fewer ? data.slice(1) : data, usage: { prompt_tokens: 1, total_tokens: 1 } }))
  })
  async opens() { await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done)) }
  get baseUrl() { return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1` }
  ends() { this.server.closeAllConnections(); this.server.close() }
}
const vector = (text: string, size: number) => {
  const v = Array(size).fill(0.01) as number[]
  for (const [w] of text.toLowerCase().matchAll(/[a-z]+/g)) v[(w.charCodeAt(0) - 97) % size]! += 1
  return v
}

describe.each(worlds)('what passages mean, on %s', (on) => {
  let world: World
  const endpoint = new Endpoint()
  beforeAll(async () => {
    await endpoint.opens()
    world = await aWorld(on)
    const texts = ['The moisture of soil is measured by a capacitive sensor.', 'A windmill grinds grain in the valley.', 'Trains carry the harvest to town.']
    for (const [i, markdown] of texts.entries()) await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: i + 1, topicName: `One ${i}`, markdown })
    const [{ topicId }] = await world.app.db.sql<{ topicId: string }>('SELECT topic_id AS "topicId" FROM topics WHERE topic_number = 1') as [{ topicId: string }]
    await world.gets('PUT', `/topics/${topicId}/assets/text`, { contentType: 'text', language: 'es', payload: { markdown: 'La humedad del suelo se mide con un sensor.' } })
    await upToDate(world.app.kernel, world.courseId)
  })
  afterAll(async () => {
    endpoint.ends()
    await world.ends()
  })
  const withModel = (embeddings: Kernel['config']['embeddings']): Kernel => ({ ...world.app.kernel, config: { ...world.app.kernel.config, embeddings } })
  const at = (model: string) => withModel({ baseUrl: endpoint.baseUrl, apiKey: 'k', model })
  const asks = (kernel: Kernel, text: string) => find(kernel, { userId: world.owner.user.userId, courseId: world.courseId, cohortId: null, languages: ['en'], text })
  const counted = (model: string, languages: string[] | null = null) => meaningsOf(world.app.db.sql, world.courseId, model, languages)

  it('[KN7] is read once by the model that comes with Lectern, of English alone', async () => {
    const kernel = withModel('embedded')
    expect(await meant(kernel, world.courseId)).toBeNull()
    const name = 'universal-sentence-encoder-lite'
    expect(await counted(name, ['en'])).toEqual({ total: 3, done: 3 })
    expect(await counted(name)).toEqual({ total: 4, done: 3 })
    const { passages } = await asks(kernel, 'How wet is the ground?')
    expect(passages[0]).toMatchObject({ topicName: 'One 0', cosine: expect.any(Number) })
    expect((await asks(kernel, '¿Qué es un molino?')).passages.every((p) => p.cosine === null)).toBe(true)
    const [a, b, c] = await meansOf(kernel, ['The dog runs.', 'A hound is running.', 'The tax law was changed.']) as [Float32Array, Float32Array, Float32Array]
    const cosine = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * (y[i] as number), 0)
    expect(cosine(a, b)).toBeGreaterThan(cosine(a, c))
    expect(await meansOf(kernel, ['¿Qué es la humedad del suelo?', 'La luz es para las plantas'])).toBeNull()
    const { modelOf } = await import('../../server/features/knowledge/gateway.ts')
    await modelOf(kernel.config)?.ends()
  })

  it('[KN7] is read anew by another model, and what nobody says any more is forgotten', async () => {
    expect(await meant(at('one'), world.courseId)).toBeNull()
    expect(await counted('one')).toEqual({ total: 4, done: 4 })
    const asked = endpoint.asked
    expect(await meant(at('one'), world.courseId)).toBeNull()
    expect(endpoint.asked).toBe(asked)
    expect((await asks(at('one'), 'windmill')).passages[0]).toMatchObject({ topicName: 'One 1', cosine: expect.any(Number) })
    await world.app.db.sql(`INSERT INTO embeddings (model, content_hash, embedding) VALUES ('one', 'nobody', '[1]')`)
    expect(await forgetMeanings(world.app.db.sql, 'one', 10)).toBe(1)
    await world.app.db.sql(`UPDATE embeddings SET made_at = now() - interval '2 days' WHERE model <> 'one'`)
    expect(await forgetMeanings(world.app.db.sql, 'one', 10)).toBe(3)
    expect(await counted('one')).toEqual({ total: 4, done: 4 })
  })

  it('[KN8] an endpoint that is busy is asked again when it says', async () => {
    endpoint.says = [{ status: 429, retryAfter: 0 }]
    const asked = endpoint.asked
    expect(await meant(at('busy'), world.courseId)).toBeNull()
    expect(endpoint.asked).toBe(asked + 2)
  })

  it.each([
    ['refuses the key', [{ status: 401 }], 'the key is wrong'],
    ['has no such model', [{ status: 404 }], 'has no model "two"'],
    ['answers too little', [{ fewer: true }], 'answered with 3 vectors where 4 were asked for'],
  ])('[KN8] an endpoint that %s stops nobody, and who writes the course is told', async (_, says, sentence) => {
    endpoint.says = says
    expect(await meant(at('two'), world.courseId)).toContain(sentence)
    const [{ trouble }] = await world.app.db.sql<{ trouble: string }>('SELECT max(trouble) AS trouble FROM knowledge_topics WHERE course_id = $1', [world.courseId]) as [{ trouble: string }]
    expect(trouble).toContain(sentence)
    const { passages, grounded } = await asks(at('two'), 'Which sensor measures the moisture of soil?')
    expect([passages[0]?.topicName, passages[0]?.cosine, grounded]).toEqual(['One 0', null, true])
  })

  it('[KN8] vectors of another length are refused, and asking with one finds by words', async () => {
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 2, topicNumber: 1, topicName: 'Later', markdown: 'Later came the rain.' })
    await upToDate(world.app.kernel, world.courseId)
    endpoint.says = [{ size: 8 }, { size: 8 }]
    expect(await meant(at('one'), world.courseId)).toContain('vectors of 8 numbers now; those that are kept have 26')
    expect((await asks(at('one'), 'later rain')).passages[0]).toMatchObject({ topicName: 'Later', cosine: null })
    endpoint.says = []
    expect(await meant(at('one'), world.courseId)).toBeNull()
  })

  it('[KN8] one that does not answer keeps nobody waiting', async () => {
    endpoint.says = [{ hangs: true }]
    const began = performance.now()
    expect((await asks(at('one'), 'a windmill in the valley')).passages[0]?.topicName).toBe('One 1')
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(await meansOf({ ...at('one'), config: { ...at('one').config, embeddings: { baseUrl: 'http://127.0.0.1:1', apiKey: undefined, model: 'x' } } }, ['a'])).toBeNull()
  })
})
