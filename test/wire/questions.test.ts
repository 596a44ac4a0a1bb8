// The bank of a course: writing questions, versions, stale edits, putting back, other languages, pools; and who must not see any of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { frozen, inPools, worth } from '../../server/features/questions/index.ts'
import { questions } from '../../server/features/questions/feature.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const SECRET = 'zanzibar'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ada: Person
  let ruth: Person
  let obi: string
  let eve: string
  let path: string
  let topicId: string
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor', name: 'Ruth' })
    ada = await world.has('ada')
    await world.lists([{ email: 'obi@school.test', role: 'observer' }])
    obi = (await world.signsIn('obi@school.test')).accessToken
    eve = (await world.signsIn('eve@school.test')).accessToken
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Sensors' })).topicId
    path = `/courses/${world.courseId}/questions`
  })
  afterAll(() => world.ends())

  const SENSOR = { type: 'single', stem: 'Which is a sensor?', explanation: `Because ${SECRET}.`, choices: [{ text: 'LED' }, { text: 'Photoresistor', correct: true, feedback: 'Yes' }, { text: 'Motor' }] }
  const writes = (said: object = SENSOR) => world.gets('POST', path, said)
  const one = (id: string) => world.gets('GET', `${path}/${id}`)
  const saves = (q: any, said: object) => world.asks('PUT', `${path}/${q.questionId}`, { ...asSaid(q), ...said }, world.owner.accessToken)
  const asSaid = ({ type, stem, explanation, partial, difficulty, topicId: topic, tags, choices, rowVersion }: any) => ({ type, stem, explanation, partial, difficulty, topicId: topic, tags, choices, rowVersion })

  test('[QB1] an author writes a question, finds it by words, type, difficulty and topic, and reads it with what is right', async () => {
    const made = await writes({ ...SENSOR, difficulty: 'easy', topicId, tags: ['iot'] })
    expect(made).toMatchObject({ type: 'single', stem: 'Which is a sensor?', difficulty: 'easy', topicId, tags: ['iot'], version: 1, rowVersion: 1, changedBy: 'Olive Owner', quizzes: [], poolIds: [], removedAt: null })
    expect(made.choices.map((c: any) => [c.text, c.fraction, c.feedback])).toEqual([['LED', 0, ''], ['Photoresistor', 1, 'Yes'], ['Motor', 0, '']])
    for (const found of ['q=sens', 'q=which%20sensor', 'type=single&difficulty=easy', `topicId=${topicId}`]) expect((await world.gets('GET', `${path}?${found}`)).questions.map((q: any) => q.questionId), found).toContain(made.questionId)
    for (const not of ['q=actuator', 'q=%21%21', 'type=text', 'difficulty=hard', `topicId=${newId()}`]) expect((await world.gets('GET', `${path}?${not}`)).questions, not).toEqual([])
  })

  test('[QB1] the bank is read in pages, the newest first, each question once', async () => {
    for (let i = 0; i < 55; i++) await writes({ type: 'text', stem: `Page ${i}`, choices: [{ text: 'x' }] })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: any = await world.gets('GET', `${path}?q=page${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.questions.map((q: any) => q.stem))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(Array.from({ length: 55 }, (_, i) => `Page ${54 - i}`))
  })

  test('[QB2] what cannot be asked is refused, with every reason and where it is', async () => {
    const { status, body } = await world.asks('POST', path, { type: 'single', stem: 'Which?', choices: [{ text: 'same' }, { text: 'same' }] }, world.owner.accessToken)
    expect([status, body.code]).toEqual([400, 'bad_request'])
    expect(body.details.problems).toEqual([{ path: '/choices/1/text', problem: 'is the same as choice 1' }, { path: '/choices', problem: 'have no right answer among them' }])
    const elsewhere = await world.asks('POST', path, { ...SENSOR, topicId: newId() }, world.owner.accessToken)
    expect(elsewhere.status).toBe(404)
  })

  test('[QB3] each save is a version, a choice stays that choice, and a save that changes nothing makes none', async () => {
    const made = await writes()
    const [led, photo] = made.choices
    const changed = await saves(made, { stem: 'Which of these is a sensor?', choices: [{ ...photo, text: 'Light sensor' }, { text: 'Buzzer' }, led] })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ version: 2, rowVersion: 2 })
    expect(changed.body.choices.map((c: any) => c.text)).toEqual(['Light sensor', 'Buzzer', 'LED'])
    expect([changed.body.choices[0].choiceId, changed.body.choices[2].choiceId]).toEqual([photo.choiceId, led.choiceId])
    expect(made.choices.map((c: any) => c.choiceId)).not.toContain(changed.body.choices[1].choiceId)
    expect((await saves(changed.body, {})).body).toMatchObject({ version: 2, rowVersion: 2 })
    const { versions } = await one(made.questionId)
    expect(versions.map((v: any) => [v.version, v.by, v.stem, v.choices.length])).toEqual([[2, 'Olive Owner', 'Which of these is a sensor?', 3], [1, 'Olive Owner', 'Which is a sensor?', 3]])
  })

  test('[QB4] who saves over what somebody else saved is refused, told by whom, and shown what stands', async () => {
    const made = await writes()
    await saves(made, { stem: 'First' })
    const { status, body } = await saves(made, { stem: 'Second' })
    expect([status, body.code, body.detail ?? body.message]).toEqual([409, 'conflict', expect.stringContaining('Olive Owner')])
    expect(body.details.now).toMatchObject({ stem: 'First', rowVersion: 2 })
  })

  test('[QB4] of two who save at once one is refused', async () => {
    const made = await writes()
    const statuses = (await Promise.all(['a', 'b', 'c'].map((stem) => saves(made, { stem })))).map((r) => r.status).sort()
    expect(statuses).toEqual([200, 409, 409])
    expect((await one(made.questionId)).version).toBe(2)
  })

  test('[QB5] what is deleted is put back as it was for 90 days; then it is gone, unless a quiz was ever asked it', async () => {
    const made = await writes()
    await world.gets('DELETE', `${path}/${made.questionId}`)
    expect((await world.gets('GET', `${path}?removed=true`)).questions.map((q: any) => q.questionId)).toEqual([made.questionId])
    expect((await saves(made, { stem: 'x' })).status).toBe(404)
    expect(await world.gets('POST', `${path}/${made.questionId}/back`, {})).toMatchObject({ stem: made.stem, removedAt: null, choices: made.choices })
    const old = await writes()
    const asked = await writes()
    for (const q of [old, asked]) await world.gets('DELETE', `${path}/${q.questionId}`)
    await world.app.db.sql(`UPDATE questions SET removed_at = now() - interval '91 days' WHERE question_id = ANY($1::uuid[])`, [[old.questionId, asked.questionId]])
    await asks(asked, null)
    await questions(world.app.kernel).timed['prune.questions']?.work()
    expect((await world.asks('GET', `${path}/${old.questionId}`, undefined, world.owner.accessToken)).status).toBe(404)
    expect((await one(asked.questionId)).removedAt).not.toBeNull()
  })

  /** Has a quiz ask a question, as it is placed in one. */
  const asks = async (q: any, position: number | null, pool?: string): Promise<string> => {
    const quizId = newId()
    const { sql } = world.app.db
    await sql(`INSERT INTO quizzes (quiz_id, org_id, course_id, title, created_at, updated_at) SELECT $1, org_id, course_id, 'Sensors', now(), now() FROM courses WHERE course_id = $2`, [quizId, world.courseId])
    await sql(`INSERT INTO quiz_questions (quiz_question_id, quiz_id, position, question_id, question_version, pool_id, draw_n, snapshot, placed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
      [newId(), quizId, position, pool ? null : q.questionId, pool ? null : q.version, pool ?? null, pool ? 1 : null, pool ? null : {}])
    return quizId
  }

  test('[QB6] a question says which quizzes ask it, in which version, and which may draw it from a pool', async () => {
    const made = await writes()
    const placed = await asks(made, 1)
    await asks(made, null)
    const pool = await world.gets('POST', `/courses/${world.courseId}/pools`, { name: 'Drawn', questionIds: [made.questionId] })
    const drawn = await asks(made, 1, pool.poolId)
    await saves(made, { stem: 'Another' })
    expect((await one(made.questionId)).quizzes.sort((a: any, b: any) => (a.version ?? 9) - (b.version ?? 9))).toEqual([{ quizId: placed, title: 'Sensors', version: 1 }, { quizId: drawn, title: 'Sensors', version: null }])
    const refused = await world.asks('DELETE', `/pools/${pool.poolId}`, undefined, world.owner.accessToken)
    expect([refused.status, refused.body.code]).toEqual([409, 'pool_in_use'])
  })

  test('[QB7] pools have a name of their own, hold questions of the course only, and are filtered by', async () => {
    const [a, b] = [await writes(), await writes({ ...SENSOR, stem: 'Second' })]
    const pools = `/courses/${world.courseId}/pools`
    const pool = await world.gets('POST', pools, { name: 'Basics', questionIds: [a.questionId] })
    expect(pool).toMatchObject({ name: 'Basics', rowVersion: 1, questionIds: [a.questionId], quizzes: [] })
    expect((await world.asks('POST', pools, { name: 'Basics' }, world.owner.accessToken)).status).toBe(409)
    expect((await world.asks('POST', pools, { name: 'Other', questionIds: [newId()] }, world.owner.accessToken)).status).toBe(404)
    const both = await world.gets('PUT', `/pools/${pool.poolId}`, { rowVersion: 1, name: 'Basics 1', questionIds: [a.questionId, b.questionId] })
    expect(both).toMatchObject({ name: 'Basics 1', rowVersion: 2, questionIds: [a.questionId, b.questionId].sort() })
    const stale = await world.asks('PUT', `/pools/${pool.poolId}`, { rowVersion: 1, name: 'x', questionIds: [] }, world.owner.accessToken)
    expect([stale.status, stale.body.details.now.name]).toEqual([409, 'Basics 1'])
    expect((await world.gets('GET', `${path}?poolId=${pool.poolId}`)).questions).toHaveLength(2)
    await world.gets('DELETE', `${path}/${b.questionId}`)
    expect([...(await inPools(world.app.db.sql, world.courseId, [pool.poolId])).values()]).toEqual([[a.questionId]])
    await world.gets('POST', `${path}/${b.questionId}/back`, {})
    expect((await world.gets('GET', pools)).pools.find((p: any) => p.poolId === pool.poolId).questionIds).toHaveLength(2)
    await world.gets('DELETE', `/pools/${pool.poolId}`)
    expect(await one(a.questionId)).toMatchObject({ poolIds: [] })
  })

  test('[QB8] a question is there in other languages, by choice, and a translation is stale once what it translates is changed', async () => {
    const made = await writes()
    const at = `${path}/${made.questionId}/languages`
    const told = await world.gets('PUT', `${at}/de`, { rowVersion: 1, stem: 'Welches ist ein Sensor?', choices: [{ text: 'Leuchtdiode' }, { text: 'Fotowiderstand', feedback: 'Ja' }] })
    expect(told).toMatchObject({ version: 1, rowVersion: 2 })
    expect(told.languages).toEqual([{ language: 'de', status: 'reviewed', stale: false, stem: 'Welches ist ein Sensor?', explanation: null, choices: [{ text: 'Leuchtdiode', match: null, feedback: null }, { text: 'Fotowiderstand', match: null, feedback: 'Ja' }, { text: null, match: null, feedback: null }] }])
    const rekeyed = (await saves(told, { choices: told.choices.map((c: any, i: number) => ({ ...c, fraction: i === 0 ? 1 : 0 })) })).body
    expect(rekeyed.languages[0]).toMatchObject({ stale: false })
    const turned = (await saves(rekeyed, { stem: 'Which one is a sensor?', choices: [rekeyed.choices[1], rekeyed.choices[0]] })).body
    expect(turned.languages[0]).toMatchObject({ stale: true, choices: [{ text: 'Fotowiderstand' }, { text: 'Leuchtdiode' }] })
    const again = (await saves(turned, { languages: turned.languages.map(({ stale: _, ...l }: any) => l) })).body
    expect(again.languages[0].stale, 'the same words again').toBe(true)
    const looked = await world.gets('PUT', `${at}/de`, { rowVersion: again.rowVersion, stem: 'Welches ist ein Sensor?', choices: again.languages[0].choices })
    expect(looked.languages[0].stale, 'somebody looked at it').toBe(false)
    expect((await world.asks('PUT', `${at}/en`, { rowVersion: looked.rowVersion, stem: 'x' }, world.owner.accessToken)).status).toBe(400)
    expect((await world.asks('PUT', `${at}/klingonisch-x`, { rowVersion: looked.rowVersion, stem: 'x' }, world.owner.accessToken)).status).toBe(400)
    await world.gets('DELETE', `${at}/de`)
    expect((await one(made.questionId)).languages).toEqual([])
  })

  test('[QB9] who writes the course reads and writes its bank; staff and learners of a cohort are refused, to a stranger there is no such course', async () => {
    const made = await writes()
    const pool = await world.gets('POST', `/courses/${world.courseId}/pools`, { name: 'Hidden' })
    const at = `${path}/${made.questionId}`
    const asked: [string, string, object?][] = [
      ['GET', path], ['POST', path, SENSOR], ['GET', at], ['PUT', at, asSaid(made)], ['DELETE', at], ['POST', `${at}/back`, {}], ['PUT', `${at}/languages/de`, { rowVersion: 1, stem: 'x' }], ['DELETE', `${at}/languages/de`],
      ['GET', `/courses/${world.courseId}/pools`], ['POST', `/courses/${world.courseId}/pools`, { name: 'x' }], ['PUT', `/pools/${pool.poolId}`, { rowVersion: 1, name: 'x', questionIds: [] }], ['DELETE', `/pools/${pool.poolId}`],
      ['GET', `${path}/export?format=json`],
    ]
    for (const [method, to, body] of asked) for (const [token, status] of [[ruth.token, 403], [obi, 403], [ada.token, 403], [eve, 404]] as const) {
      const reply = await world.asks(method, to, body, token)
      expect(reply.status, `${method} ${to}`).toBe(status)
      expect(JSON.stringify(reply.body)).not.toMatch(new RegExp(`${SECRET}|Photoresistor|Hidden`))
    }
    expect(await one(made.questionId)).toMatchObject({ stem: made.stem, rowVersion: 1 })
  })

  test('[QB10] what is frozen is the question as it stands, whole and in every language, in the order asked for', async () => {
    const a = await writes()
    await world.gets('PUT', `${path}/${a.questionId}/languages/de`, { rowVersion: 1, stem: 'Welches?', choices: [{ text: 'Leuchtdiode' }, { text: 'Foto' }, { text: 'Motor' }] })
    const b = await writes({ type: 'matching', stem: 'Match', choices: [{ text: 'a', match: '1' }, { text: 'b', match: '2' }] })
    await world.gets('DELETE', `${path}/${b.questionId}`)
    const [second, first, ...more] = await frozen(world.app.db.sql, world.courseId, [b.questionId, a.questionId, newId()])
    expect(more).toEqual([])
    expect(second).toMatchObject({ questionId: b.questionId, type: 'matching', removed: true, choices: [{ text: 'a', match: '1', position: 1 }, { text: 'b', match: '2', position: 2 }] })
    expect(first).toMatchObject({ version: 1, removed: false, languages: [{ language: 'de', status: 'reviewed', stale: false, stem: 'Welches?', explanation: null }] })
    expect(first?.choices[1]).toMatchObject({ choiceId: a.choices[1].choiceId, fraction: 1, feedback: 'Yes', languages: [{ language: 'de', text: 'Foto', match: null, feedback: null }] })
    const options = first?.choices.map((c) => ({ ...c, optionId: `o${c.position}`, matchId: null })) ?? []
    expect([worth('single', true, options, 'o2'), worth('single', true, options, 'o1'), worth('single', true, options, a.choices[1].choiceId)]).toEqual([1, 0, 0])
    expect(await frozen(world.app.db.sql, newId(), [a.questionId])).toEqual([])
  })
})
