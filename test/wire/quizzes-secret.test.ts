// Which options are right, what they are worth, feedback, explanations and accepted answers reach a learner by no door before they
// hand in: everything that their sockets and calls received is searched.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

/** Every kind of question; what is secret about it says so. */
const secret = [
  { text: 'Which one?', explanation: 'SECRET because', options: [{ text: 'red', correct: true, explanation: 'SECRET red' }, { text: 'blue', correct: false, explanation: 'SECRET blue' }] },
  { text: 'Which ones?', kind: 'multiple', options: [{ text: 'ant', fraction: 0.625 }, { text: 'bee', fraction: 0.375 }, { text: 'cat', fraction: -0.8125 }] },
  { text: 'Is it?', kind: 'truefalse', options: [{ text: 'True', correct: true }, { text: 'False', correct: false, explanation: 'SECRET false' }] },
  { text: 'How much?', kind: 'numeric', options: [{ text: '98765.25', tolerance: 0.0625 }] },
  { text: 'Who?', kind: 'text', options: [{ text: 'SECRET Ada' }, { text: 'SECRET Grace', fraction: 0.5 }] },
  { text: 'In which order?', kind: 'ordering', options: [{ text: 'uno' }, { text: 'dos' }, { text: 'tres' }] },
  { text: 'Which goes with which?', kind: 'matching', options: [{ text: 'day', match: 'sun' }, { text: 'night', match: 'moon' }] },
]
const TELLS = /SECRET|"fraction|"feedback"|"explanation"|"correct"|tolerance|choiceId|"match"|0\.625|0\.375|0\.8125|98765|0\.0625|"partial"/

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ada: Person
  let ben: Person
  beforeAll(async () => {
    world = await aWorld(on)
    ada = await world.has('ada')
    ben = await world.has('ben')
  })
  afterAll(() => world.ends())

  const makes = async (questions: object[], more: object = {}): Promise<string> => (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Q', passScore: 50, questions, ...more })).quizId

  test('[QZ10] nothing that a learner receives before they hand in says what is right', async () => {
    const quizId = await makes(secret, { shuffleQuestions: true })
    const { quizzes: [mine] } = await ada.does('quiz:list', { cohortId: world.cohortId })
    const a = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
    expect(mine).toMatchObject({ quizId, questions: 7 })
    const heard: unknown[] = []
    const calls: [string, string, object?][] = [
      ['GET', `/quizzes/${quizId}`], ['PATCH', `/quizzes/${quizId}`, { rowVersion: 1, passScore: 0 }], ['PUT', `/quizzes/${quizId}/questions`, { rowVersion: 1, questions: [{ poolId: quizId, draw: 1 }] }], ['POST', `/quizzes/${quizId}/regrade`, { dryRun: true }],
      ['GET', `/courses/${world.courseId}/quizzes`], ['GET', `/courses/${world.courseId}/questions`], ['GET', `/courses/${world.courseId}/pools`], ['GET', `/courses/${world.courseId}/questions/export?format=json`],
      ['GET', `/courses/${world.courseId}`], ['GET', `/cohorts/${world.cohortId}/modules`], ['GET', '/me'], ['POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'x', passScore: 1, questions: secret.slice(0, 1).map((q) => ({ text: q.text, options: [] })) }],
    ]
    for (const q of a.questions) {
      for (const answer of [{ optionIds: q.options.slice(0, 1).map((o) => o.optionId) }, { optionIds: [quizId] }, { text: 'SEC', number: 3 }, { number: 3 }, { text: 'Grace' }, { pairs: [[quizId, quizId]] }, { pairs: [[q.options[0]?.optionId ?? quizId, q.matches?.[0]?.matchId ?? quizId]] }, {}])
        await ada.tries('quiz:save', { attemptId: a.attemptId, questionId: q.questionId, answer })
    }
    await ada.isRefused('quiz:review', { attemptId: a.attemptId })
    await ada.isRefused('quiz:attempts', { cohortId: world.cohortId, quizId })
    await ada.isRefused('quiz:submit', { attemptId: a.attemptId, answers: [{ questionId: quizId, answer: {} }] })
    await ada.rejoins()
    await ada.joins()
    expect((await ada.does('quiz:start', { quizId, cohortId: world.cohortId })).saved).toHaveLength(7)
    for (const [method, path, body] of calls) heard.push((await world.asks(method, path, body, ada.token)).body)
    for (const [i, body] of heard.entries()) expect(JSON.stringify(body), calls[i]?.[1]).not.toMatch(TELLS)
    const copy = await world.asks('GET', '/me/export', undefined, ada.token)
    expect(copy.status).toBe(200)
    expect(JSON.stringify(copy.body)).not.toMatch(/SECRET|0\.625|0\.375|98765|"fraction":[^n]/)
    for (const packet of [...ada.wire, ...ben.wire]) expect(JSON.stringify(packet)).not.toMatch(TELLS)
    // The pattern does find it once it may be known.
    await ada.does('quiz:submit', { attemptId: a.attemptId })
    expect(JSON.stringify(ada.wire)).toMatch(TELLS)
  })

  test('[QZ11] two quizzes that differ only in what is right give the same bytes before they are handed in', async () => {
    const asks = (right: number) => [
      { text: 'One?', options: ['a', 'b', 'c'].map((text, i) => ({ text, correct: i === right, explanation: i === right ? 'Right, since it is so' : 'Wrong' })) },
      { text: 'True?', kind: 'truefalse', options: ['True', 'False'].map((text, i) => ({ text, correct: i === right })) },
      { text: 'Some?', kind: 'multiple', options: ['x', 'y', 'z'].map((text, i) => ({ text, correct: i !== right })) },
      { text: 'How many?', kind: 'numeric', options: [{ text: right === 0 ? '3' : '123456' }] },
      { text: 'Who?', kind: 'text', options: right === 0 ? [{ text: 'Ada' }] : [{ text: 'Grace' }, { text: 'Amazing Grace', fraction: 0.5 }] },
    ]
    const plays = async (who: Person, right: number) => {
      const quizId = await makes(asks(right), { title: 'Same', shuffleOptions: false })
      await who.joins()
      who.wire.length = 0
      await who.does('quiz:list', { cohortId: world.cohortId })
      const a = await who.does('quiz:start', { quizId, cohortId: world.cohortId })
      const answers = [{ optionIds: [a.questions[0]!.options[1]!.optionId] }, { optionIds: [a.questions[1]!.options[1]!.optionId] }, { optionIds: a.questions[2]!.options.slice(1).map((o) => o.optionId) }, { text: '123456' }, { text: 'Grace' }]
      for (const [i, q] of a.questions.entries()) await who.does('quiz:save', { attemptId: a.attemptId, questionId: q.questionId, answer: answers[i]! })
      await who.tries('quiz:save', { attemptId: a.attemptId, questionId: a.questions[0]!.questionId, answer: { text: 'b' } })
      await who.does('quiz:list', { cohortId: world.cohortId })
      await who.hearsNoMore('quiz:graded')
      const told = who.wire.filter((w) => !JSON.stringify(w).includes('cohort:')).map((w) => JSON.stringify(w))
      await world.gets('DELETE', `/quizzes/${quizId}`)
      return told.sort()
    }
    const [cyd, dot] = [await world.has('cyd'), await world.has('dot')]
    for (const { quizId } of (await world.gets('GET', `/courses/${world.courseId}/quizzes`)).quizzes) await world.gets('DELETE', `/quizzes/${quizId}`)
    // Apart from ids, which are random, and instants.
    const masked = (told: string[]) => told.map((t) => t.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '@'))
    const [one, two] = [masked(await plays(cyd, 0)), masked(await plays(dot, 1))]
    expect(one.length).toBeGreaterThan(8)
    expect(two).toEqual(one)
  })
})
