// What is locked is refused by every door: over REST, by the address of a file; and the rules, by who may put them.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { passes } from '../../server/features/files/index.ts'
import { type AQuiz, aQuiz, attempt, rooms } from '../helpers/graded.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describe.each(worlds)('on %s', (on) => {
  let world: World
  let [ruth, obi, ada, ben] = [] as unknown as [Person, Person, Person, Person]
  let farm: AQuiz
  let [first, second] = ['', '']
  const rulePath = (moduleNo: number) => `/courses/${world.courseId}/modules/${moduleNo}/rule`
  const asks = (who: { token: string } | null, method: string, path: string, body?: unknown) => world.asks(method, path, body, who?.token ?? world.owner.accessToken)

  beforeAll(async () => {
    world = await aWorld(on, { rooms })
    farm = await aQuiz(world, 1, 'Farm')
    const topic = async (moduleNo: number, topicName: string) => (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo, topicNumber: 1, topicName, markdown: `SECRET OF ${topicName}` })).topicId
    first = await topic(1, 'Sensors')
    second = await topic(2, 'Motors')
    ruth = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    expect((await asks(null, 'PUT', rulePath(2), { rule: { quizPassed: farm.quizId } })).status).toBe(200)
    await ada.hears('module:changed')
  })
  afterAll(() => world.ends())

  test('[PG6] a topic of a locked module is refused with what is missing, and so is progress in it', async () => {
    for (const [method, path, body] of [['GET', `/topics/${second}`], ['GET', `/topics/${second}?cohort=${world.cohortId}`], ['GET', `/topics/${second}?draft=true`], ['PUT', `/topics/${second}/progress`, { percent: 100 }]] as const) {
      const reply = await asks(ada, method, path, body)
      expect([reply.status, reply.body.code, reply.body.details], path).toEqual([403, 'module_locked', { unmet: ['Pass the quiz “Farm”: 70 is needed.'] }])
      expect(JSON.stringify(reply.body)).not.toContain('SECRET')
    }
    expect((await asks(ada, 'GET', `/topics/${first}`)).status).toBe(200)
    for (const who of [ruth, obi, null]) expect((await asks(who, 'GET', `/topics/${second}`)).status).toBe(200)
  })

  test('[PG6] the course shows the names of what is locked, why, and nothing else', async () => {
    await world.app.db.sql(`UPDATE chapters SET introduction = 'WHAT COMES IN ' || module_no WHERE course_id = $1`, [world.courseId])
    const { modules } = (await asks(ada, 'GET', `/courses/${world.courseId}`)).body
    expect(modules[0]).toMatchObject({ state: 'unlocked', unmet: [], introduction: 'WHAT COMES IN 1' })
    expect(modules[1]).toMatchObject({ state: 'locked', unmet: ['Pass the quiz “Farm”: 70 is needed.'], introduction: '', topics: [{ topicId: second, topicName: 'Motors', percent: 0 }] })
    expect((await asks(ruth, 'GET', `/courses/${world.courseId}`)).body.modules[1]).toMatchObject({ state: 'unlocked', unmet: [], introduction: 'WHAT COMES IN 2' })
  })

  test('[PG6] in a version as in what is written now', async () => {
    const { versionId } = await world.gets('POST', `/courses/${world.courseId}/versions`, { note: 'one' })
    const { cohortId } = await world.cohort({ name: 'Of the version' })
    const eve = await world.has('eve', { cohortId })
    expect((await world.app.db.sql('SELECT version_id AS v FROM cohorts WHERE cohort_id = $1', [cohortId]))[0]?.v).toBe(versionId)
    expect(eve.view.modules[1]).toMatchObject({ state: 'locked' })
    expect((await asks(eve, 'GET', `/topics/${second}`)).body.code).toBe('module_locked')
    expect(await attempt(world, eve, farm, 90)).toEqual([2])
    expect((await asks(eve, 'GET', `/topics/${second}`)).status).toBe(200)
  })

  test('[PG7] the address of a file opens no locked lesson', async () => {
    const put = async (name: string) => {
      const fileId = newId()
      const at = await fetch(`${world.url}/api/v1/courses/${world.courseId}/files?name=${name.split('/').at(-1)}`, { method: 'POST', headers: { 'content-type': 'image/png', authorization: `Bearer ${world.owner.accessToken}` }, body: Buffer.concat([PNG, Buffer.from(fileId)]) })
      const { fileId: made } = (await at.json()) as { fileId: string }
      await world.app.db.sql('UPDATE course_files SET name = $2 WHERE file_id = $1', [made, name])
      return made
    }
    const shows = async (topicId: string, key: string, fileId: string) => {
      const { rowVersion, blocks, topicName } = await world.gets('GET', `/topics/${topicId}/source`)
      await world.gets('PUT', `/topics/${topicId}/layout`, { rowVersion, topicName, blocks: [...blocks.map((b: any) => ({ contentKey: b.contentKey, type: b.type })), { contentKey: key, type: 'image' }] })
      await world.gets('PUT', `/topics/${topicId}/assets/${key}`, { contentType: 'image', payload: { fileId, alt: '' } })
    }
    const [locked, both, none, beside, aside] = [await put('a.png'), await put('b.png'), await put('c.png'), await put('2-two/lessons/1/images/d.png'), await put('1-one/lessons/1/images/e.png')]
    await shows(second, 'locked', locked)
    await shows(second, 'both', both)
    await shows(first, 'both', both)
    await world.app.db.sql(`UPDATE topics SET source_path = module_no || CASE module_no WHEN 1 THEN '-one' ELSE '-two' END || '/lessons/1/README.md' WHERE course_id = $1`, [world.courseId])
    const { srcOf, folderOf } = passes(world.app.kernel)
    const status = async (who: Person, fileId: string) => (await fetch(world.url + srcOf(who.userId, fileId))).status
    expect(await Promise.all([locked, beside, both, none, aside].map((f) => status(ada, f)))).toEqual([403, 403, 200, 200, 200])
    expect(await Promise.all([locked, beside].flatMap((f) => [ruth, obi].map((p) => status(p, f))))).toEqual([200, 200, 200, 200])
    const at = await fetch(`${world.url}${folderOf(ada.userId, world.courseId, '2-two/lessons/1')}/images/d.png`)
    expect([at.status, ((await at.json()) as any).code]).toEqual([403, 'module_locked'])
    expect(await attempt(world, ben, farm, 100)).toEqual([2])
    expect(await Promise.all([locked, beside].map((f) => status(ben, f)))).toEqual([200, 200])
    expect((await fetch(`${world.url}${folderOf(ben.userId, world.courseId, '2-two/lessons/1')}/images/d.png`)).status).toBe(200)
  })

  test('[PG13] staff see how the class stands, a learner only themselves', async () => {
    const { modules } = (await asks(obi, 'GET', `/cohorts/${world.cohortId}/modules`)).body
    expect(modules[0]).toMatchObject({ moduleNo: 1, rule: [], learners: { locked: 0, open: 1, begun: 0, passed: 1 }, hands: [] })
    expect(modules[1]).toMatchObject({ moduleNo: 2, rule: ['Pass the quiz “Farm”: 70 is needed.'], learners: { locked: 1, open: 1, begun: 0, passed: 0 } })
    const mine = (await asks(ada, 'GET', `/cohorts/${world.cohortId}/modules`)).body.modules
    expect(mine[1]).toEqual({ moduleNo: 2, title: 'Module 2', state: 'locked', unmet: ['Pass the quiz “Farm”: 70 is needed.'], rule: [], learners: null, hands: null })
    const stranger = await world.signsIn('stranger@school.test')
    expect((await world.asks('GET', `/cohorts/${world.cohortId}/modules`, undefined, stranger.accessToken)).status).toBe(404)
  })

  test('[PG12] a rule is put against the version that was read, by who writes the course, and tried before', async () => {
    const rule = { all: [{ quizPassed: farm.quizId }, { sessionsHeld: 2 }] }
    expect((await asks(null, 'PUT', rulePath(3), { rule, dryRun: true })).body).toEqual({ rowVersion: null, locks: 3 })
    expect((await asks(null, 'GET', rulePath(3))).body).toMatchObject({ rule: null, rowVersion: null })
    expect((await asks(null, 'PUT', rulePath(2), { rule })).status).toBe(409)
    const late = await asks(null, 'PUT', rulePath(2), { rule, rowVersion: 9 })
    expect([late.status, late.body.details.now.rowVersion]).toEqual([409, 1])
    expect((await asks(null, 'PUT', rulePath(2), { rule, rowVersion: 1, dryRun: true })).body).toEqual({ rowVersion: 1, locks: 2 })
    expect((await asks(null, 'PUT', rulePath(3), { rule })).body).toEqual({ rowVersion: 1, locks: null })
    expect((await asks(null, 'GET', rulePath(3))).body).toMatchObject({ moduleNo: 3, title: 'Module 3', rule, rowVersion: 1, by: 'Olive Owner' })
    for (const who of [ruth, obi, ada]) expect([(await asks(who, 'GET', rulePath(2))).status, (await asks(who, 'PUT', rulePath(2), { rule, rowVersion: 1 })).status, (await asks(who, 'DELETE', `${rulePath(2)}?rowVersion=1`)).status, (await asks(who, 'PUT', `/courses/${world.courseId}/rules`, { preset: 'none' })).status]).toEqual([403, 403, 403, 403])
    expect((await asks(null, 'DELETE', `${rulePath(3)}?rowVersion=2`)).status).toBe(409)
    expect((await asks(null, 'DELETE', `${rulePath(3)}?rowVersion=1`)).status).toBe(204)
    expect((await asks(null, 'GET', rulePath(7))).status).toBe(404)
  })

  test('[PG5] what a rule may not name is refused in words', async () => {
    const other = await world.gets('POST', '/courses', { slug: 'other', name: 'Other', modules: [{ moduleNo: 1, title: 'One' }] })
    const elsewhere = await aQuiz(world, 1, 'Elsewhere', { courseId: other.courseId })
    const practice = await aQuiz(world, 1, 'Try', { practice: true })
    const last = await aQuiz(world, 3, 'Last')
    for (const [rule, says] of [[{ quizPassed: elsewhere.quizId }, 'no such quiz'], [{ quizPassed: practice.quizId }, 'for practice'], [{ quizScore: last.quizId, atLeast: 50 }, 'module 3'], [{ topicRead: second }, 'module 2'], [{ topicRead: randomUUID() }, 'no such lesson'], [{ moon: 1 }, 'one of all']] as const) {
      const reply = await asks(null, 'PUT', rulePath(2), { rule, rowVersion: 1 })
      expect([reply.status, reply.body.code]).toEqual([422, 'bad_rule'])
      expect(reply.body.detail).toContain(says)
    }
  })

  test('[PG12] [PG14] one module after another, and none', async () => {
    expect((await asks(null, 'PUT', `/courses/${world.courseId}/rules`, { preset: 'one_after_another' })).body).toEqual({ rules: 2 })
    expect((await asks(null, 'GET', rulePath(2))).body.rule).toEqual({ quizPassed: farm.quizId })
    expect((await asks(null, 'GET', rulePath(3))).body.rule).toEqual({ topicRead: second })
    await ada.forgets()
    await world.app.db.sql('UPDATE quizzes SET removed_at = now() WHERE quiz_id = $1', [farm.quizId])
    expect((await asks(ada, 'GET', `/topics/${second}`)).status).toBe(200)
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'rule' })
    expect((await asks(null, 'PUT', `/courses/${world.courseId}/rules`, { preset: 'none' })).body).toEqual({ rules: 0 })
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 3 })
  })
})
