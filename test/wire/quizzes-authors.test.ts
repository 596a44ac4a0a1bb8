// Quizzes as authors have them: made, changed, asked otherwise, deleted and put back, graded anew, brought in from files.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const question = (text: string, right: string, ...wrong: string[]) => ({ text, options: [{ text: right, correct: true }, ...wrong.map((w) => ({ text: w, correct: false }))] })

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let ada: Person
  let ben: Person
  let topicId: string
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 2, topicNumber: 1, topicName: 'Two' })).topicId
  })
  afterAll(() => world.ends())

  const at = () => `/courses/${world.courseId}/quizzes`
  const makes = async (more: object = {}): Promise<string> => (await world.gets('POST', at(), { moduleNo: 1, title: 'Q', passScore: 60, questions: [question('A?', 'a', 'b'), question('C?', 'c', 'd')], ...more })).quizId
  const reads = (quizId: string) => world.gets('GET', `/quizzes/${quizId}`)
  const takes = async (who: Person, quizId: string, ...choose: string[]) => {
    const a = await who.does('quiz:start', { quizId, cohortId: world.cohortId })
    const answers = a.questions.map((q) => ({ questionId: q.questionId, answer: { optionIds: q.options.filter((o) => choose.includes(o.text)).map((o) => o.optionId) } }))
    return { ...(await who.does('quiz:submit', { attemptId: a.attemptId, answers })), attemptId: a.attemptId }
  }

  test('[QZ13] what cannot be asked is refused with the place where it is wrong, and nothing of it is kept', async () => {
    const bank = async () => (await world.gets('GET', `/courses/${world.courseId}/questions`)).questions.length
    const before = [await bank(), (await world.gets('GET', at())).quizzes.length]
    const refusals: [object, string][] = [
      [{ questions: [question('Fine?', 'yes', 'no'), { text: 'None right?', options: [{ text: 'a', correct: false }, { text: 'b', correct: false }] }] }, '/questions/1/options'],
      [{ questions: [{ text: 'Twice?', options: [{ text: 'a', correct: true }, { text: 'a', correct: false }] }] }, '/questions/0/options/1/text'],
      [{ questions: [question('Fine?', 'yes', 'no'), { poolId: topicId, draw: 2 }] }, '/questions/1/poolId'],
      [{ questions: [question('Fine?', 'yes', 'no'), { questionId: topicId }] }, '/questions/1'],
      [{ questions: [question('Fine?', 'yes', 'no'), { draw: 3 }] }, '/questions/1'],
      [{ questions: [{ ...question('Both?', 'yes', 'no'), questionId: topicId }] }, '/questions/0'],
      [{ moduleNo: 9 }, '/moduleNo'], [{ topicId: world.cohortId }, '/topicId'],
    ]
    for (const [said, path] of refusals) {
      const reply = await world.asks('POST', at(), { moduleNo: 1, title: 'x', passScore: 1, questions: [question('Fine?', 'yes', 'no')], ...said }, world.owner.accessToken)
      expect(reply.body, JSON.stringify(said)).toMatchObject({ status: 400, code: 'bad_request', details: { problems: [{ path }] } })
    }
    for (const said of [{ questions: [] }, { passScore: 101 }, { seconds: 9 }, { attempts: 0 }, { title: ' ' }, { points: 1 }]) expect((await world.asks('POST', at(), { moduleNo: 1, title: 'x', passScore: 1, questions: [question('Fine?', 'yes', 'no')], ...said }, world.owner.accessToken)).status).toBe(400)
    expect([await bank(), (await world.gets('GET', at())).quizzes.length]).toEqual(before)
  })

  test('[QB26] a question written with a quiz changes none of the bank: the same is that one, another key is another question', async () => {
    const asks = async (text: string) => (await world.gets('GET', `/courses/${world.courseId}/questions`)).questions.filter((q: any) => q.stem === text)
    await world.gets('POST', `/courses/${world.courseId}/questions`, { type: 'single', stem: 'Same words?', choices: [{ text: 'a', correct: true }, { text: 'b' }] })
    const [first] = await asks('Same words?')
    const other = await reads(await makes({ questions: [question('Same words?', 'b', 'a')] }))
    const both = await asks('Same words?')
    expect(both).toHaveLength(2)
    expect(both.find((q: any) => q.questionId === first.questionId)).toMatchObject({ version: first.version, choices: first.choices })
    expect(other.placements[0].questionId).not.toBe(first.questionId)
    await makes({ questions: [question('Same words?', 'a', 'b')] })
    expect((await asks('Same words?')).map((q: any) => q.questionId).sort()).toEqual(both.map((q: any) => q.questionId).sort())
  })

  test('[QZ14] authors read and change quizzes; it is forbidden to who is in a class of the course, and to others there is no such quiz', async () => {
    const quizId = await makes()
    const eve = (await world.signsIn('eve@school.test')).accessToken
    const one = `/quizzes/${quizId}`
    const asked: [string, string, object?][] = [
      ['GET', at()], ['POST', at(), { title: 'x', passScore: 1, questions: [question('Fine?', 'yes', 'no')] }], ['POST', `${at()}/import`, { files: {} }], ['GET', one], ['PATCH', one, { rowVersion: 1, title: 'x' }],
      ['PUT', `${one}/questions`, { rowVersion: 1, questions: [{ questionId: topicId }] }], ['POST', `${one}/regrade`, {}], ['DELETE', one], ['POST', `${one}/back`, {}],
    ]
    for (const [method, path, body] of asked)
      for (const [token, status] of [[ruth.token, 403], [ada.token, 403], [eve, 404]] as const) expect((await world.asks(method, path, body, token)).status, `${method} ${path}`).toBe(status)
    expect(await reads(quizId)).toMatchObject({ title: 'Q', rowVersion: 1, removedAt: null, questions: 2, attempted: { all: 0, open: 0, passed: 0, people: 0 } })
  })

  test('[QZ15] settings are changed by who read the newest; the other is shown what stands', async () => {
    const quizId = await makes()
    const said = { rowVersion: 1, title: 'Later', moduleNo: 2, topicId, passScore: 80, attempts: 3, seconds: 120, shuffleQuestions: true, shuffleOptions: false, quizType: 'test', titles: [{ language: 'de', title: 'Später' }] }
    const { rowVersion: _, titles: __, ...settings } = said
    expect(await world.gets('PATCH', `/quizzes/${quizId}`, said)).toMatchObject({ ...settings, rowVersion: 2, changedBy: 'Olive Owner', titles: [{ language: 'de', title: 'Später', status: 'reviewed', stale: false }] })
    const late = await world.asks('PATCH', `/quizzes/${quizId}`, { rowVersion: 1, title: 'Mine' }, world.owner.accessToken)
    expect(late.body).toMatchObject({ status: 409, code: 'conflict', details: { now: { title: 'Later', rowVersion: 2 } } })
    expect(await world.gets('PATCH', `/quizzes/${quizId}`, { rowVersion: 2, title: 'Latest', attempts: null, published: false })).toMatchObject({ attempts: null, titles: [{ stale: true }] })
    expect((await ada.does('quiz:list', { cohortId: world.cohortId })).quizzes.map((q) => q.quizId)).not.toContain(quizId)
    expect(await ada.isRefused('quiz:start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'not_found' })
  })

  test('[QZ12] [QZ15] edits of the bank and of the quiz change no attempt that was begun, and no result', async () => {
    const quizId = await makes({ shuffleOptions: false })
    const before = await reads(quizId)
    const a = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
    const done = await takes(ben, quizId, 'a', 'c')
    const reviewed = await ben.does('quiz:review', { attemptId: done.attemptId })
    const [one, two] = before.placements
    const asked = await world.gets('GET', `/courses/${world.courseId}/questions/${one.questionId}`)
    await world.gets('PUT', `/courses/${world.courseId}/questions/${one.questionId}`, { rowVersion: asked.rowVersion, type: 'single', stem: 'A, or not?', choices: asked.choices.map((c: any) => ({ choiceId: c.choiceId, text: `${c.text}!`, correct: c.text === 'b' })) })
    expect((await reads(quizId)).placements[0]).toMatchObject({ text: 'A?', version: 1, newest: 2 })
    const extra = (await world.gets('POST', `/courses/${world.courseId}/questions`, { type: 'single', stem: 'E?', choices: [{ text: 'e', correct: true }, { text: 'f' }] })).questionId
    const now = await world.gets('PUT', `/quizzes/${quizId}/questions`, { rowVersion: before.rowVersion, questions: [{ questionId: extra, points: 2 }, { quizQuestionId: one.quizQuestionId, refresh: true }, { quizQuestionId: two.quizQuestionId }] })
    expect(now.placements).toMatchObject([{ text: 'E?', points: 2 }, { text: 'A, or not?', version: 2, newest: 2 }, { quizQuestionId: two.quizQuestionId, text: 'C?' }])
    expect(now.placements[1].quizQuestionId).not.toBe(one.quizQuestionId)
    await world.gets('DELETE', `/courses/${world.courseId}/questions/${two.questionId}`)
    const again = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
    expect(again.questions).toEqual(a.questions)
    expect(again.questions.map((q) => q.text)).toEqual(['A?', 'C?'])
    expect(await ben.does('quiz:review', { attemptId: done.attemptId })).toEqual(reviewed)
    expect(await takes(ada, quizId, 'a', 'c')).toMatchObject({ score: 100 })
    expect((await ada.does('quiz:start', { quizId, cohortId: world.cohortId })).questions.map((q) => q.text)).toEqual(['E?', 'A, or not?', 'C?'])
    await expect(world.app.db.sql('UPDATE quiz_options SET fraction = 1')).rejects.toThrow('never changed')
  })

  test('[QZ2] each draws from a pool by a seed that is kept; what is drawn is frozen, for who draws it later too', async () => {
    const questionIds = await Promise.all(Array.from({ length: 6 }, async (_, i) => (await world.gets('POST', `/courses/${world.courseId}/questions`, { type: 'single', stem: `Pool ${i}?`, choices: [{ text: 'yes', correct: true }, { text: 'no' }] })).questionId))
    const { poolId } = await world.gets('POST', `/courses/${world.courseId}/pools`, { name: 'Heap', questionIds })
    const quizId = await makes({ title: 'Drawn', questions: [question('Always?', 'yes', 'no'), { poolId, draw: 4, points: 2 }] })
    expect(await reads(quizId)).toMatchObject({ questions: 5, placements: [{ text: 'Always?' }, { poolId, poolName: 'Heap', draw: 4, there: 6 }] })
    const [a, b] = await Promise.all([ada, ben].map((who) => who.does('quiz:start', { quizId, cohortId: world.cohortId })))
    for (const { questions } of [a!, b!]) {
      expect(new Set(questions.map((q) => q.text)).size).toBe(5)
      expect(questions.map((q) => q.points)).toEqual([1, 2, 2, 2, 2])
    }
    const shared = a!.questions.filter((q) => b!.questions.some((o) => o.text === q.text))
    for (const q of shared) expect(b!.questions.find((o) => o.text === q.text)?.questionId, 'frozen once').toBe(q.questionId)
    expect(await takes(ada, quizId, 'yes')).toMatchObject({ score: 100 })
    expect((await reads(quizId)).placements).toHaveLength(2)
  })

  test('[QZ16] a deleted quiz is gone for learners, what was begun can be ended, and it can be put back', async () => {
    const quizId = await makes({ title: 'Gone' })
    const a = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
    expect((await world.asks('DELETE', `/quizzes/${quizId}`, undefined, world.owner.accessToken)).status).toBe(204)
    expect((await world.gets('GET', `${at()}?removed=true`)).quizzes).toMatchObject([{ quizId, attempted: { open: 1 } }])
    expect(await ben.isRefused('quiz:start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'not_found' })
    expect(await ada.does('quiz:submit', { attemptId: a.attemptId })).toMatchObject({ score: 0 })
    expect(await world.gets('POST', `/quizzes/${quizId}/back`, {})).toMatchObject({ removedAt: null, attempted: { all: 1, open: 0 } })
    expect((await ben.does('quiz:list', { cohortId: world.cohortId })).quizzes.map((q) => q.quizId)).toContain(quizId)
  })

  test('[QZ17] a regrade mends closed attempts once, keeps what was, tells those whose score changed, and locks nothing', async () => {
    const quizId = await makes({ title: 'Wrong key', moduleNo: 2, shuffleOptions: false })
    await world.gets('PUT', `/courses/${world.courseId}/modules/3/rule`, { rule: { quizPassed: quizId } })
    const [first, second] = [await takes(ada, quizId, 'a', 'c'), await takes(ben, quizId, 'b', 'c')]
    expect([first, second]).toMatchObject([{ score: 100, unlocked: [3] }, { score: 50, passed: false, unlocked: [] }])
    const [one] = (await reads(quizId)).placements
    const asked = await world.gets('GET', `/courses/${world.courseId}/questions/${one.questionId}`)
    await world.gets('PUT', `/courses/${world.courseId}/questions/${one.questionId}`, { rowVersion: asked.rowVersion, type: 'single', stem: asked.stem, choices: asked.choices.map((c: any) => ({ choiceId: c.choiceId, text: c.text, correct: c.text === 'b' })) })
    const regrades = (body = {}) => world.gets('POST', `/quizzes/${quizId}/regrade`, body)
    expect(await regrades({ dryRun: true })).toEqual({ looked: 2, changed: 2, up: 1, down: 1 })
    expect(await ada.does('quiz:review', { attemptId: first.attemptId })).toMatchObject({ score: 100, results: [{ correct: true }, { correct: true }] })
    ada.forgets()
    ben.forgets()
    expect(await regrades()).toEqual({ looked: 2, changed: 2, up: 1, down: 1 })
    expect(await ada.hears('quiz:graded')).toEqual({ attemptId: first.attemptId, quizId, score: 50, passed: false })
    expect(await ben.hears('module:unlocked')).toMatchObject({ moduleNo: 3, cause: 'quiz' })
    expect(await regrades()).toEqual({ looked: 2, changed: 0, up: 0, down: 0 })
    await ada.hearsNoMore('quiz:graded')
    const review = await ada.does('quiz:review', { attemptId: first.attemptId })
    expect(review).toMatchObject({ score: 50, results: [{ correct: false, right: { optionIds: [review.questions[0]!.options.find((o) => o.text === 'b')!.optionId] } }, { correct: true }] })
    expect((await ada.does('quiz:list', { cohortId: world.cohortId })).quizzes.find((q) => q.quizId === quizId)).toMatchObject({ best: 50 })
    expect(await world.app.db.sql('SELECT grade_no AS n, score, regrade_id IS NULL AS first FROM quiz_grades WHERE attempt_id = $1 ORDER BY 1', [first.attemptId])).toEqual([{ n: 1, score: 100, first: true }, { n: 2, score: 50, first: false }])
    const { modules } = await world.gets('GET', `/cohorts/${world.cohortId}/modules`, undefined, ada.token)
    expect(modules.find((m: any) => m.moduleNo === 3)).toMatchObject({ state: 'unlocked' })
  })

  const file = (quizzes: object[]) => JSON.stringify([{ title: 'x', quizzes }], null, 1)
  const asIn = (id: number, title: string, ...asked: [string, string[], number][]) => ({ id, title, quiz: asked.map(([questionText, texts, right]) => ({ questionText, answerOptions: texts.map((answerText, i) => ({ answerText, isCorrect: i === right ? 'true' : 'false' })) })) })

  test('[QZ18] the quizzes of a course come in from its files, each to its lesson, and again only what has changed', async () => {
    const { courseId } = await world.gets('POST', '/courses', { slug: 'files', name: 'Files', modules: [{ moduleNo: 1, title: 'One' }, { moduleNo: 2, title: 'Two' }] })
    await world.app.db.sql(`INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name, source_path) VALUES (gen_random_uuid(), $1, 1, 1, 'L1', 'c/1-a/lessons/1-x/README.md'), (gen_random_uuid(), $1, 2, 1, 'L2', 'c/2-b/lessons/1-y/README.md')`, [courseId])
    const en = [asIn(1, 'Lesson 1 - Pre-Lecture Quiz', ['Hot?', ['Yes', 'No'], 0]), asIn(2, 'Lesson 1 - Post-Lecture Quiz', ['Cold?', ['Yes', 'No'], 1], ['Broken?', ['Yes', 'No'], 9]), asIn(3, 'Lesson 2 - Pre-Lecture Quiz', ['Wet?', ['Yes', 'No'], 0])]
    const de = [asIn(1, 'Lektion 1 - Vorab', ['Heiss?', ['Ja', 'Nein'], 0])]
    const brings = (files: object, more: object = {}) => world.gets('POST', `/courses/${courseId}/quizzes/import`, { files, ...more })
    const both = { en: file(en), de: file(de) }
    expect(await brings(both, { dryRun: true })).toMatchObject({ added: 3, questions: { added: 3 } })
    expect((await world.gets('GET', `/courses/${courseId}/quizzes`)).quizzes).toEqual([])
    const came = await brings(both)
    expect(came).toMatchObject({ added: 3, updated: 0, unchanged: 0, questions: { added: 3, updated: 0, unchanged: 0 }, failed: [{ path: 'en.json', message: expect.stringContaining('no right answer') }] })
    expect(came.failed[0].line).toBeGreaterThan(1)
    const { quizzes } = await world.gets('GET', `/courses/${courseId}/quizzes`)
    expect(quizzes).toMatchObject([
      { title: 'Lesson 1 - Pre-Lecture Quiz', moduleNo: 1, quizType: 'practice', questions: 1, titles: [{ language: 'de', title: 'Lektion 1 - Vorab' }] },
      { title: 'Lesson 1 - Post-Lecture Quiz', moduleNo: 1, quizType: 'quiz', questions: 1 }, { title: 'Lesson 2 - Pre-Lecture Quiz', moduleNo: 2, topicId: expect.any(String) },
    ])
    expect(await brings(both)).toMatchObject({ added: 0, updated: 0, unchanged: 3, questions: { unchanged: 3 } })
    await world.gets('PATCH', `/quizzes/${quizzes[0].quizId}`, { rowVersion: 1, passScore: 90 })
    const changed = [asIn(1, 'Lesson 1 - Pre-Lecture Quiz', ['Hot?', ['Yes', 'No', 'Maybe'], 2]), ...en.slice(1)]
    expect(await brings({ en: file(changed) })).toMatchObject({ updated: 1, unchanged: 2, questions: { updated: 1, unchanged: 2 } })
    expect(await reads(quizzes[0].quizId)).toMatchObject({ passScore: 90, titles: [{ language: 'de' }], placements: [{ version: 2, newest: 2, options: [{ text: 'Yes' }, { text: 'No' }, { text: 'Maybe', fraction: 1 }] }] })
    expect(await brings({ en: 'no JSON' })).toMatchObject({ added: 0, failed: [{ path: 'en.json' }] })
  })
})
