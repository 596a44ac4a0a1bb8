// A quiz on two nodes: one attempt on two devices that are on different machines, and two quizzes passed on both at once.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { type App, assemble, ROOT } from '../../server/app.ts'
import { aKey, Person } from '../helpers/person.ts'
import { aWorld, log, SERVER, type World } from '../helpers/world.ts'
import { opensRedis, type Redis } from '../topology/redis.ts'

const asked = [{ text: 'What is measured by a thermistor?', options: [{ text: 'Heat', correct: true }, { text: 'Light', correct: false }] }]

describe.skipIf(!SERVER || !process.env.TEST_REDIS_URL)('a quiz on two nodes', () => {
  let redis: Redis
  let world: World
  let second: App
  let ruth: Person
  let here: Person
  let there: Person
  beforeAll(async () => {
    redis = await opensRedis()
    world = await aWorld('postgres', { env: { DATABASE_URL: SERVER as string, REDIS_URL: redis.url } })
    const db = await openDatabase({ url: (world.app.db as unknown as { url: string }).url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log })
    second = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATABASE_URL: SERVER as string, REDIS_URL: redis.url }), log, { db })
    await second.listen()
    for (const app of [world.app, second]) await vi.waitUntil(() => !app.hub.isAlone(), { timeout: 8_000 })
    ruth = await world.has('ruth', { role: 'instructor' })
    here = await world.has('ada')
    there = await new Person({ who: 'ada, there', url: second.url, userId: here.userId, token: here.token, cohortId: world.cohortId }).comes()
  }, 60_000)
  afterAll(async () => {
    for (const p of [...(world?.people ?? []), there]) p?.leaves()
    await second?.close()
    await world?.ends()
    await redis?.dies()
  })

  const makes = async (title: string, moduleNo = 1): Promise<string> => (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo, title, passScore: 50, questions: asked.map((q) => ({ ...q, text: `${q.text} (${title})` })) })).quizId
  const starts = (who: Person, quizId: string) => who.does('quiz:start', { quizId, cohortId: world.cohortId })
  const right = ({ questions: [q] }: Awaited<ReturnType<typeof starts>>) => ({ questionId: q!.questionId, answer: { optionIds: [q!.options.find((o) => o.text === 'Heat')!.optionId] } })

  test('[QZ6] an attempt that was begun on one machine is gone on with on the other, and each hears what the other saves', async () => {
    const quizId = await makes('One')
    const [a, b] = await Promise.all([starts(here, quizId), starts(there, quizId)])
    expect(b.attemptId).toBe(a.attemptId)
    expect(await world.app.db.sql('SELECT 1 FROM quiz_attempts WHERE quiz_id = $1', [quizId])).toHaveLength(1)
    await here.does('quiz:save', { attemptId: a.attemptId, ...right(a) })
    expect(await there.hears('quiz:saved')).toEqual({ attemptId: a.attemptId, ...right(a) })
    expect((await starts(there, quizId)).saved).toEqual([right(a)])
  })

  test('[QZ1] handed in on both at once it is graded once, and both hear one result', async () => {
    const quizId = await makes('Twice')
    const a = await starts(here, quizId)
    const key = aKey()
    const submit = (who: Person) => who.does('quiz:submit', { attemptId: a.attemptId, answers: [right(a)], key })
    const [one, two] = await Promise.all([submit(here), submit(there)])
    expect(two).toEqual(one)
    expect(one).toMatchObject({ score: 100, passed: true })
    for (const who of [here, there]) expect(await who.hears('quiz:graded', (b) => b.quizId === quizId)).toMatchObject({ attemptId: a.attemptId, score: 100 })
    expect(await ruth.hears('quiz:submitted', (b) => b.quizId === quizId)).toMatchObject({ memberId: here.memberId })
    expect(await world.app.db.sql(`SELECT 1 FROM facts WHERE type = 'quiz.graded' AND about = $1`, [a.attemptId])).toHaveLength(1)
  })

  test('[QZ25] two quizzes that a module asks for, passed on two machines at once, open it once', async () => {
    const [one, two] = [await makes('Left'), await makes('Right')]
    await world.gets('PUT', `/courses/${world.courseId}/modules/2/rule`, { rule: { all: [{ quizPassed: one }, { quizPassed: two }] } })
    await here.hears('module:changed', (b) => b.moduleNo === 2 && b.state === 'locked')
    const [a, b] = [await starts(here, one), await starts(there, two)]
    const [left, also] = await Promise.all([here.does('quiz:submit', { attemptId: a.attemptId, answers: [right(a)] }), there.does('quiz:submit', { attemptId: b.attemptId, answers: [right(b)] })])
    expect([...left.unlocked, ...also.unlocked]).toEqual([2])
    for (const who of [here, there]) expect(await who.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'quiz' })
    await here.hearsNoMore('module:unlocked')
    expect(await world.app.db.sql(`SELECT 1 FROM facts WHERE type = 'module.unlocked'`)).toHaveLength(1)
  })
})
