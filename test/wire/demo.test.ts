// What a newcomer finds after the first start: a class with a course, a quiz in it, and a module that the quiz opens.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#kernel/config'
import { type App, assemble } from '../../server/app.ts'
import { type Demo, makeDemo, theDemo } from '../../server/demo.ts'
import asked from '../../server/demo/asked.json' with { type: 'json' }
import { wholeOf } from '../../server/features/content/index.ts'
import { find } from '../../server/features/knowledge/index.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { suggestionsOf } from '../../server/features/tutor/index.ts'
import { Person } from '../helpers/person.ts'
import { freshDatabase, log, worlds } from '../helpers/world.ts'

describe.each(worlds)('the demonstration class on %s', (on) => {
  let app: App
  let url: string
  let drop: () => Promise<void>
  let demo: Demo
  beforeAll(async () => {
    const db = await freshDatabase(on)
    drop = db.drop
    app = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0' }), log, { db, staffEvery: 0 })
    url = await app.listen()
  }, 60_000)
  afterAll(async () => {
    await app.close()
    await drop()
  })

  test('[OP12] is made once, and never where there is a course', async () => {
    expect(await makeDemo(app)).toBe(true)
    expect(await makeDemo(app)).toBe(false)
    demo = (await theDemo(app)) as Demo
    expect(demo).toMatchObject({ courseName: 'How Cities Breathe', instructor: { name: 'Ruth Adeyemi' }, learner: { name: 'Sam Whitfield' } })
  })

  test('[OP12] its learner passes the quiz of the first module, and the second opens', async () => {
    const signed = await (await fetch(`${url}/api/v1/auth/dev`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'sam.whitfield@demo.example' }) })).json() as { accessToken: string; user: { userId: string } }
    expect(signed.user.userId).toBe(demo.learner.userId)
    const sam = await new Person({ who: 'sam', url, userId: signed.user.userId, token: signed.accessToken, cohortId: demo.cohortId }).comes()
    expect(sam.view.modules.map((m) => m.state)).toEqual(['unlocked', 'locked', 'locked'])
    const { quizzes: [quiz] } = await sam.does('quiz:list', { cohortId: demo.cohortId })
    expect(quiz).toMatchObject({ moduleNo: 1, questions: 4, passScore: 70 })
    const attempt = await sam.does('quiz:start', { quizId: quiz!.quizId, cohortId: demo.cohortId })
    const right = ['At night', 'Stone that gives back by night what it took in by day', 'Walls that leave only a strip of sky', 'Ground with no water to give', 'True', 'It lifts water from the soil and breathes it out']
    const answers = attempt.questions.map((q) => ({ questionId: q.questionId, answer: { optionIds: q.options.filter((o) => right.includes(o.text)).map((o) => o.optionId) } }))
    expect(await sam.does('quiz:submit', { attemptId: attempt.attemptId, answers })).toMatchObject({ score: 100, passed: true, unlocked: [2] })
    expect(await sam.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'quiz' })
    expect((await sam.does('tutor:suggest', { courseId: (await app.db.sql<{ id: string }>('SELECT course_id AS id FROM courses'))[0]!.id, cohortId: demo.cohortId })).suggestions[0]?.text).toBe('Why is a city warmer at night than the fields around it?')
    sam.leaves()
  })

  test('[OP12] what it suggests to ask is suggested of a topic that is there, and the course answers it', async () => {
    const { topics, courseId } = (await wholeOf(app.db.sql, (await app.db.sql<{ id: string }>('SELECT course_id AS id FROM courses'))[0]!.id))!
    expect(Object.keys(asked).filter((name) => !topics.some((t) => t.topicName === name))).toEqual([])
    await upToDate(app.kernel, courseId)
    for (const t of topics) for (const s of await suggestionsOf(app.db.sql, t.topicId)) {
      const { grounded, passages } = await find(app.kernel, { userId: demo.instructor.userId, courseId, cohortId: demo.cohortId, text: s.prompt, languages: ['en'] })
      expect([s.prompt, grounded, passages[0]?.topicId]).toEqual([s.prompt, true, t.topicId])
    }
  })
})
