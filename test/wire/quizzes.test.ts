// A quiz from end to end: made over REST, begun, answered and handed in over the socket, graded once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const two = [
  { text: 'What is measured by a thermistor?', options: [{ text: 'Heat', correct: true, explanation: 'It resists less when warm.' }, { text: 'Light', correct: false, explanation: 'That is a photocell.' }] },
  { text: 'What does MQTT carry?', options: [{ text: 'Messages', correct: true }, { text: 'Water', correct: false }, { text: 'Mail', correct: false }] },
]

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let obi: Person
  let ada: Person
  let ben: Person
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor', name: 'Ruth' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada')
    ben = await world.has('ben')
  })
  afterAll(() => world.ends())

  const makes = async (more: object = {}): Promise<string> => (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'First', passScore: 50, questions: two, ...more })).quizId
  const starts = (who: Person, quizId: string, more: object = {}) => who.does('quiz:start', { quizId, cohortId: world.cohortId, ...more })
  type Started = Awaited<ReturnType<typeof starts>>
  const option = (a: Started, n: number, text: string) => ({ questionId: a.questions[n]!.questionId, answer: { optionIds: [a.questions[n]!.options.find((o) => o.text === text)!.optionId] } })
  const listed = async (who: Person, quizId: string) => (await who.does('quiz:list', { cohortId: world.cohortId })).quizzes.find((q) => q.quizId === quizId)

  test('[QZ1] ada begins a quiz, answers, hands it in, and hears what became of it; so do staff', async () => {
    const quizId = await makes()
    expect(await listed(ada, quizId)).toMatchObject({ moduleNo: 1, title: 'First', passScore: 50, questions: 2, seconds: null, attempts: null, attemptsLeft: null, best: null, passed: false, open: null, locked: false })
    const a = await starts(ada, quizId)
    expect(a).toMatchObject({ attemptNo: 1, dueAt: null, title: 'First', saved: [], questions: [{ text: two[0]!.text, kind: 'single' }, { text: two[1]!.text, kind: 'single' }] })
    expect(await ada.hears('quiz:started')).toEqual({ attemptId: a.attemptId, quizId, cohortId: world.cohortId, dueAt: null })
    expect((await listed(ada, quizId))?.open).toBe(a.attemptId)
    const right = option(a, 0, 'Heat')
    expect(await ada.does('quiz:save', { attemptId: a.attemptId, ...right })).toEqual({})
    expect(await ada.hears('quiz:saved')).toEqual({ attemptId: a.attemptId, ...right })
    const done = await ada.does('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 1, 'Water')] })
    expect(done).toMatchObject({ score: 50, passed: true, unlocked: [], results: [{ correct: true, explanation: 'It resists less when warm.' }, { correct: false, explanation: null }] })
    expect(await ada.hears('quiz:graded')).toEqual({ attemptId: a.attemptId, quizId, score: 50, passed: true })
    for (const staff of [ruth, obi]) expect(await staff.hears('quiz:submitted')).toEqual({ memberId: ada.memberId, quizId, score: 50, passed: true })
    await ben.hearsNoMore()
    expect(await listed(ada, quizId)).toMatchObject({ best: 50, passed: true, open: null })
  })

  /** The same person on another device. */
  const again = (who: Person) => world.person(who.who, { accessToken: who.token, refreshToken: '', user: { userId: who.userId, name: who.who, email: null } }).comes()
  const answersOf = async (attemptId: string) => world.app.db.sql<{ answer: object }>('SELECT answer FROM quiz_responses WHERE attempt_id = $1', [attemptId])

  test('[QZ6] a second device, a reconnect and a second start go on with the same attempt; each hears what the other saves', async () => {
    const quizId = await makes()
    const a = await starts(ada, quizId)
    const phone = await again(ada)
    const b = await starts(phone, quizId)
    expect(b.attemptId).toBe(a.attemptId)
    const heat = option(a, 0, 'Heat')
    await ada.does('quiz:save', { attemptId: a.attemptId, ...heat })
    expect(await phone.hears('quiz:saved')).toEqual({ attemptId: a.attemptId, ...heat })
    phone.drops()
    const light = option(a, 0, 'Light')
    await ada.does('quiz:save', { attemptId: a.attemptId, ...light })
    const back = await phone.rejoins()
    expect((back.missed ?? []).filter(([name]) => name === 'quiz:saved').map(([, f]) => f.body)).toEqual([{ attemptId: a.attemptId, ...light }])
    const c = await starts(phone, quizId)
    expect({ ...c, now: a.now, saved: [] }).toEqual(a)
    expect(c.saved).toEqual([light])
    const { score } = await phone.does('quiz:submit', { attemptId: a.attemptId })
    expect(score).toBe(0)
    expect(await ada.hears('quiz:graded', (g) => g.quizId === quizId)).toMatchObject({ attemptId: a.attemptId, score: 0 })
  })

  test('[QZ7] handing in twice is handing in once; afterwards nothing can be changed', async () => {
    const quizId = await makes()
    const a = await starts(ada, quizId)
    const key = aKey()
    const [one, two] = await Promise.all([1, 2].map(() => ada.does('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Heat')], key })))
    expect(two).toEqual(one)
    expect(await ada.does('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Heat')], key })).toEqual(one)
    expect(await ada.isRefused('quiz:submit', { attemptId: a.attemptId })).toMatchObject({ code: 'attempt_closed', details: { score: 50, passed: true } })
    expect(await ada.isRefused('quiz:save', { attemptId: a.attemptId, ...option(a, 1, 'Messages') })).toMatchObject({ code: 'attempt_closed' })
    expect(await answersOf(a.attemptId)).toHaveLength(1)
    expect((await world.app.db.sql('SELECT 1 FROM quiz_grades WHERE attempt_id = $1', [a.attemptId])).length).toBe(1)
    const startKey = aKey()
    const first = await starts(ada, quizId, { key: startKey })
    expect(await starts(ada, quizId, { key: startKey })).toEqual(first)
  })

  test('[QZ5] the last answer holds; one that was not asked is refused with its place, and nothing is lost by it', async () => {
    const quizId = await makes()
    const a = await starts(ben, quizId)
    await ben.does('quiz:save', { attemptId: a.attemptId, ...option(a, 0, 'Light') })
    await ben.does('quiz:save', { attemptId: a.attemptId, ...option(a, 0, 'Heat') })
    const foreign = { questionId: a.questions[1]!.questionId, answer: option(a, 0, 'Heat').answer }
    expect(await ben.isRefused('quiz:save', { attemptId: a.attemptId, ...foreign })).toMatchObject({ code: 'bad_request', details: { problems: [{ path: '/answer/optionIds/0' }] } })
    expect(await ben.isRefused('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Light'), foreign] })).toMatchObject({ code: 'bad_request', details: { problems: [{ path: '/answers/1/answer/optionIds/0' }] } })
    expect(await ben.isRefused('quiz:save', { attemptId: a.attemptId, questionId: aKey(), answer: {} })).toMatchObject({ code: 'bad_request', details: { problems: [{ path: '/questionId' }] } })
    expect(await answersOf(a.attemptId)).toEqual([{ answer: option(a, 0, 'Heat').answer }])
    expect(await ben.does('quiz:submit', { attemptId: a.attemptId })).toMatchObject({ score: 50 })
  })

  test('[QZ8] as many attempts as there are, and then no more; which one is open does not count twice', async () => {
    const quizId = await makes({ attempts: 2, passScore: 100 })
    for (const left of [1, 0]) {
      const [a] = await Promise.all([1, 2, 3].map(() => starts(ben, quizId)))
      expect(await listed(ben, quizId)).toMatchObject({ attempts: 2, attemptsLeft: left, open: a!.attemptId })
      await ben.does('quiz:submit', { attemptId: a!.attemptId, answers: [option(a!, 0, 'Heat')] })
    }
    expect(await ben.isRefused('quiz:start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'attempts_used', details: { attempts: 2 } })
    expect(await listed(ada, quizId)).toMatchObject({ attemptsLeft: 2 })
  })

  /** As if the time had come. */
  const runsOut = (attemptId: string, ms: number) => world.app.db.sql(`UPDATE quiz_attempts SET due_at = clock_timestamp() + make_interval(secs => $2::float8 / 1000) WHERE attempt_id = $1`, [attemptId, ms])

  test('[QZ4] each has their own time; when it is over the attempt is closed with what was saved, whoever is there', async () => {
    const quizId = await makes({ seconds: 60 })
    const slow = await world.has('slow', { timeFactor: 1.5 })
    const a = await starts(slow, quizId)
    expect(Date.parse(a.dueAt as string) - Date.parse(a.startedAt)).toBe(90_000)
    expect(await listed(slow, quizId)).toMatchObject({ seconds: 90 })
    expect(await listed(ada, quizId)).toMatchObject({ seconds: 60 })
    await slow.does('quiz:save', { attemptId: a.attemptId, ...option(a, 0, 'Heat') })
    slow.drops()
    await runsOut(a.attemptId, -900) // a tenth of the grace is left
    expect(await ruth.hears('quiz:submitted', (b) => b.quizId === quizId)).toEqual({ memberId: slow.memberId, quizId, score: 50, passed: true })
    const back = await slow.rejoins()
    expect((back.missed ?? []).map(([name]) => name)).toContain('quiz:graded')
    expect(await slow.isRefused('quiz:submit', { attemptId: a.attemptId })).toMatchObject({ code: 'attempt_closed', details: { score: 50 } })
    expect(await slow.does('quiz:review', { attemptId: a.attemptId })).toMatchObject({ closedBy: 'deadline', score: 50 })
  })

  test('[QZ4] what comes too late does not count, also where nothing has closed the attempt yet', async () => {
    const quizId = await makes({ seconds: 60 })
    const a = await starts(ada, quizId)
    await ada.does('quiz:save', { attemptId: a.attemptId, ...option(a, 0, 'Light') })
    await runsOut(a.attemptId, -5_000)
    expect(await ada.isRefused('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Heat'), option(a, 1, 'Messages')] })).toMatchObject({ code: 'attempt_closed', details: { score: 0, passed: false } })
    const b = await starts(ada, quizId)
    await runsOut(b.attemptId, -5_000)
    const c = await starts(ada, quizId)
    expect([b.attemptNo, c.attemptNo]).toEqual([2, 3])
    await runsOut(c.attemptId, -500) // in the grace, which counts
    expect(await ada.does('quiz:submit', { attemptId: c.attemptId, answers: [option(c, 0, 'Heat'), option(c, 1, 'Messages')] })).toMatchObject({ score: 100 })
    expect(await world.app.db.sql('SELECT closed_by AS by, score FROM quiz_attempts WHERE quiz_id = $1 ORDER BY attempt_no', [quizId])).toEqual([{ by: 'deadline', score: 0 }, { by: 'deadline', score: 0 }, { by: 'learner', score: 100 }])
  })

  test('[QZ25] a quiz that is passed opens the next module at once; one for practice counts for nothing', async () => {
    const gate = await makes({ title: 'Gate' })
    const practice = await makes({ title: 'Practice', quizType: 'practice' })
    const behind = await makes({ title: 'Behind', moduleNo: 3 })
    await world.gets('PUT', `/courses/${world.courseId}/modules/3/rule`, { rule: { quizPassed: gate } })
    expect(await listed(ben, behind)).toMatchObject({ locked: true })
    expect(await ben.isRefused('quiz:start', { quizId: behind, cohortId: world.cohortId })).toMatchObject({ code: 'module_locked', details: { unmet: [expect.stringContaining('Gate')] } })
    const p = await starts(ben, practice)
    expect(await ben.does('quiz:submit', { attemptId: p.attemptId, answers: [option(p, 0, 'Heat'), option(p, 1, 'Messages')] })).toMatchObject({ score: 100, unlocked: [] })
    const g = await starts(ben, gate)
    expect(await ben.does('quiz:submit', { attemptId: g.attemptId, answers: [option(g, 0, 'Heat')] })).toMatchObject({ passed: true, unlocked: [3] })
    expect(await ben.hears('module:unlocked')).toMatchObject({ moduleNo: 3, cause: 'quiz' })
    expect((await starts(ben, behind)).attemptNo).toBe(1)
    expect(await listed(ada, behind)).toMatchObject({ locked: true })
  })

  test('[QZ21] a class that hands in at once is graded in a few commits, each once', async () => {
    const quizId = await makes({ title: 'Burst' })
    const all = await Promise.all(Array.from({ length: 40 }, (_, i) => world.has(`burst${i}`)))
    const attempts = await Promise.all(all.map((p) => starts(p, quizId)))
    await Promise.all(all.map((p, i) => p.does('quiz:save', { attemptId: attempts[i]!.attemptId, ...option(attempts[i]!, 0, 'Heat') })))
    ruth.forgets()
    // Who saves at the last moment is graded with that, though nobody waits for the ack.
    const done = await Promise.all(all.map((p, i) => {
      const saved = p.does('quiz:save', { attemptId: attempts[i]!.attemptId, ...option(attempts[i]!, 1, i % 2 ? 'Water' : 'Messages') })
      return Promise.all([saved, p.does('quiz:submit', { attemptId: attempts[i]!.attemptId })]).then(([, graded]) => graded)
    }))
    expect(done.map((d) => d.score)).toEqual(all.map((_, i) => (i % 2 ? 50 : 100)))
    const [n] = await world.app.db.sql('SELECT count(DISTINCT submitted_at)::int AS commits, count(*)::int AS attempts, (SELECT count(*) FROM quiz_grades JOIN quiz_attempts USING (attempt_id) WHERE quiz_id = $1)::int AS grades FROM quiz_attempts WHERE quiz_id = $1', [quizId])
    expect(n).toMatchObject({ attempts: 40, grades: 40 })
    expect(n!.commits).toBeLessThanOrEqual(10)
    for (const p of all) expect(await p.hears('quiz:graded')).toMatchObject({ quizId })
    const heard = new Set<string>()
    while (heard.size < 40) heard.add((await ruth.hears('quiz:submitted', (b) => b.quizId === quizId)).memberId)
    await ruth.hearsNoMore('quiz:submitted')
  })

  test('[QZ22] staff see the attempts of the class and any closed one; learners only their own', async () => {
    const quizId = await makes({ title: 'Seen' })
    const a = await starts(ada, quizId)
    for (const staff of [ruth, obi]) expect((await staff.does('quiz:attempts', { cohortId: world.cohortId, quizId })).attempts).toMatchObject([{ memberId: ada.memberId, displayName: 'ada', attemptNo: 1, submittedAt: null, score: null, answered: 0, questions: 2 }])
    expect(await ada.isRefused('quiz:review', { attemptId: a.attemptId })).toMatchObject({ code: 'attempt_open' })
    expect(await ada.isRefused('quiz:attempts', { cohortId: world.cohortId })).toMatchObject({ code: 'forbidden' })
    await ada.does('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Light')] })
    const mine = await ada.does('quiz:review', { attemptId: a.attemptId })
    expect(mine).toMatchObject({ score: 0, closedBy: 'learner', answers: [option(a, 0, 'Light')], results: [{ correct: false, explanation: 'That is a photocell.', right: { optionIds: option(a, 0, 'Heat').answer.optionIds } }, { correct: false }] })
    expect(await obi.does('quiz:review', { attemptId: a.attemptId })).toEqual(mine)
    for (const body of [{ attemptId: a.attemptId }]) {
      expect(await ben.isRefused('quiz:review', body)).toMatchObject({ code: 'not_found' })
      expect(await ben.isRefused('quiz:submit', body)).toMatchObject({ code: 'not_found' })
    }
    for (const staff of [ruth, obi]) expect(await staff.isRefused('quiz:start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'forbidden' })
    const eve = await world.person('eve', await world.signsIn('eve@school.test')).connects()
    for (const ask of [() => eve.isRefused('quiz:start', { quizId, cohortId: world.cohortId }), () => eve.isRefused('quiz:list', { cohortId: world.cohortId }), () => eve.isRefused('quiz:review', { attemptId: a.attemptId })]) expect(await ask()).toMatchObject({ code: 'not_found' })
  })

  test('[QZ19] each is asked in their language where there is one, the title too; what is a draft or out of date is not used', async () => {
    const bank = await world.gets('POST', `/courses/${world.courseId}/questions`, { type: 'single', stem: 'Hot?', choices: [{ text: 'Yes', correct: true }, { text: 'No' }], languages: [{ language: 'de', stem: 'Heiss?', choices: [{ text: 'Ja' }, { text: 'Nein' }] }, { language: 'fr', status: 'draft', stem: 'Chaud ?' }] })
    const quizId = await makes({ title: 'Heat', titles: [{ language: 'de', title: 'Hitze' }], questions: [{ questionId: bank.questionId }] })
    const a = await starts(ada, quizId, { language: 'de-CH' })
    expect(a).toMatchObject({ language: 'de', title: 'Hitze', questions: [{ text: 'Heiss?' }] })
    expect(a.questions[0]!.options.map((o) => o.text).sort()).toEqual(['Ja', 'Nein'])
    expect(await starts(ben, quizId, { language: 'fr' })).toMatchObject({ language: 'en', title: 'Heat', questions: [{ text: 'Hot?' }] })
    expect(await starts(ada, quizId, { language: 'en' }), 'an attempt keeps its language').toMatchObject({ language: 'de' })
  })

  test('[QZ23] what a guest did goes over to who they turn out to be; whose account is closed has no attempts any more', async () => {
    const quizId = await makes({ title: 'Guest' })
    const [gus, pia] = [await world.has('gus'), await world.has('pia')]
    for (const who of [gus, pia]) {
      const a = await starts(who, quizId)
      await who.does('quiz:submit', { attemptId: a.attemptId, answers: [option(a, 0, 'Heat')] })
    }
    const mine = await world.asks('GET', '/me/export', undefined, gus.token)
    expect(JSON.stringify(mine.body)).toContain('What is measured by a thermistor?')
    const { takeOver, forget } = await import('../../server/features/quizzes/store.export.ts')
    await world.app.db.transaction((sql) => takeOver(sql, gus.userId, pia.userId))
    const rows = () => world.app.db.sql('SELECT user_id AS who, attempt_no AS n FROM quiz_attempts WHERE quiz_id = $1 ORDER BY attempt_no', [quizId])
    expect(await rows()).toEqual([{ who: pia.userId, n: 1 }, { who: pia.userId, n: 2 }])
    await world.app.db.transaction((sql) => forget(sql, pia.userId))
    expect(await rows()).toEqual([])
  })
})
