// The tutor on two nodes: what one makes is heard, told again and stopped on the other; what a node left behind is put down by the other.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { type App, assemble, ROOT } from '../../server/app.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { aHand, asking } from '../helpers/model.ts'
import { Person } from '../helpers/person.ts'
import { aWorld, log, SERVER, type World } from '../helpers/world.ts'
import { opensRedis, type Redis } from '../topology/redis.ts'

const QUESTION = 'How is the moisture of soil measured by a sensor?'
const deltasOf = (person: Person, messageId: string) => {
  const by = new Map(person.ears.filter(([name, f]) => name === 'tutor:delta' && f.body.messageId === messageId).map(([, f]) => [f.body.n as number, f.body.text as string]))
  return [...by].sort(([a], [b]) => a - b)
}

describe.skipIf(!SERVER || !process.env.TEST_REDIS_URL)('the tutor on two nodes', () => {
  let redis: Redis
  let hand: Awaited<ReturnType<typeof aHand>>
  let world: World
  let second: App
  let here: Person
  let there: Person
  beforeAll(async () => {
    redis = await opensRedis()
    hand = await aHand()
    const env = { DATABASE_URL: SERVER as string, REDIS_URL: redis.url, ...asking(hand.base) }
    world = await aWorld('postgres', { env })
    const db = await openDatabase({ url: (world.app.db as unknown as { url: string }).url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    second = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', EMBEDDINGS_MODEL: 'none', ...env }), log, { db })
    await second.listen()
    for (const app of [world.app, second]) await vi.waitUntil(() => !app.hub.isAlone(), { timeout: 8_000 })
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage.' })
    await upToDate(world.app.kernel, world.courseId)
    here = await world.has('ada')
    there = await new Person({ who: 'ada, there', url: second.url, userId: here.userId, token: here.token, cohortId: world.cohortId }).comes()
  }, 60_000)
  afterAll(async () => {
    for (const p of [...(world?.people ?? []), there]) p?.leaves()
    await second?.close()
    await world?.ends()
    await hand?.close()
    await redis?.dies()
  })
  const asks = () => here.does('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: QUESTION })

  test('[TR2] [TR8] what one node makes is heard on the other, and told again there, byte by byte', async () => {
    const { messageId } = await asks()
    const line = await hand.next()
    line.says('One ')
    await there.hears('tutor:delta', (b) => b.messageId === messageId && b.n === 1)
    there.drops()
    line.says('two, ')
    await here.hears('tutor:delta', (b) => b.messageId === messageId && b.n === 2)
    await there.connects()
    expect(await there.does('tutor:resume', { messageId, after: 1 })).toEqual({ state: 'live' })
    await there.hears('tutor:delta', (b) => b.messageId === messageId && b.n === 2)
    line.says('three.').ends()
    const done = await there.hears('tutor:done', (b) => b.messageId === messageId)
    await here.hears('tutor:done', (b) => b.messageId === messageId)
    expect(deltasOf(there, messageId)).toEqual(deltasOf(here, messageId))
    expect(deltasOf(there, messageId).map(([, text]) => text).join('')).toBe(done.text)
  })

  test('[TR9] stopping on one node ends what the other makes, also where they do not hear each other', async () => {
    const { messageId } = await asks()
    const line = await hand.next()
    line.says('One')
    await there.hears('tutor:delta', (b) => b.messageId === messageId)
    await there.does('tutor:stop', { messageId })
    await line.closed
    expect(await here.hears('tutor:done', (b) => b.messageId === messageId)).toMatchObject({ finish: 'stopped', text: 'One' })
    const { messageId: deaf } = await asks()
    const other = await hand.next()
    other.says('Two')
    await here.hears('tutor:delta', (b) => b.messageId === deaf)
    await world.app.db.sql('UPDATE cp_rag_chat_messages SET stop_asked = true WHERE message_id = $1', [deaf]) // all that is left of a stop whose word was lost
    await other.closed
    expect(await here.hears('tutor:done', (b) => b.messageId === deaf)).toMatchObject({ finish: 'stopped', text: 'Two' })
  })

  test('[TR10] what a node left behind is put down by another one, with what was written', async () => {
    const { messageId, chatId } = await asks()
    const line = await hand.next()
    line.says('Done.').ends()
    await here.hears('tutor:done', (b) => b.messageId === messageId)
    const left = randomUUID()
    await world.app.db.sql(
      `INSERT INTO cp_rag_chat_messages (message_id, session_id, seq, role, content, state, cuts, created_at, touched_at) VALUES ($1, $2, 99, 'assistant', 'Half an ans', 'streaming', '{4,11}', now(), now() - interval '1 minute')`, [left, chatId])
    expect(await there.hears('tutor:failed', (b) => b.messageId === left)).toMatchObject({ error: { code: 'interrupted' }, text: 'Half an ans' })
    expect(await there.does('tutor:resume', { messageId: left, after: 1 })).toEqual({ state: 'ended' })
    await there.hears('tutor:delta', (b) => b.messageId === left && b.n === 2 && b.text === ' an ans')
  })
})
