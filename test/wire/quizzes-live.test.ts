// A quiz run before the class: blind prompts one after the other, and a board at the end.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const QUESTIONS = [
  { text: 'Hot?', options: [{ text: 'Yes', correct: true }, { text: 'No', correct: false }] },
  { text: 'Which?', kind: 'multiple', points: 2, options: [{ text: 'a', correct: true }, { text: 'b', correct: true }, { text: 'c', correct: false }] },
  { text: 'In order?', kind: 'ordering', options: [{ text: 'one' }, { text: 'two' }] },
  { text: 'How much?', kind: 'numeric', options: [{ text: '7', tolerance: 1 }] },
  { text: 'Where?', kind: 'text', options: [{ text: 'Accra' }] },
]

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let obi: Person
  let [ada, ben, cyd]: Person[] = []
  let screen: Person
  let quizId: string
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    cyd = await world.has('cyd')
    quizId = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Live', passScore: 50, shuffleOptions: false, published: false, questions: QUESTIONS })).quizId
  })
  afterAll(() => world.ends())
  const answers = async (who: Person | undefined, promptId: string, says: object) => void (await who?.does('coldcall:answer', { promptId, ...says }))

  test('[QZ26] [QZ27] the class is asked question by question, blind, and the best are named at the end', async () => {
    for (const who of [ada!, obi]) expect(await who.isRefused('quiz:live_start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'forbidden' })
    const { runId, ...counts } = await ruth.does('quiz:live_start', { quizId, cohortId: world.cohortId })
    expect(counts).toEqual({ of: 4, leftOut: 1 })
    expect(await ruth.does('quiz:live_start', { quizId, cohortId: world.cohortId })).toMatchObject({ runId })
    for (const who of [ada!, screen, obi]) expect(await who.hears('quiz:live')).toMatchObject({ runId, quizId, title: 'Live', no: 0, of: 4, promptId: null, ended: false })
    expect(await ada!.isRefused('quiz:live_next', { runId })).toMatchObject({ code: 'forbidden' })

    const [one, again] = await Promise.all([1, 2].map(() => ruth.does('quiz:live_next', { runId, no: 0, seconds: 60 })))
    expect(again).toEqual(one)
    expect(await ada!.hears('coldcall:opened')).toMatchObject({ promptId: one!.promptId, text: 'Hot?', kind: 'choice', options: ['Yes', 'No'], correct: null, multiple: false })
    expect(await ada!.hears('quiz:live')).toMatchObject({ no: 1, promptId: one!.promptId })
    await answers(ada, one!.promptId as string, { choices: [0] })
    await answers(ben, one!.promptId as string, { choices: [0] })
    await answers(cyd, one!.promptId as string, { choices: [1] })
    await screen.hearsNoMore('coldcall:revealed')

    const two = await ruth.does('quiz:live_next', { runId, no: 1 })
    expect(await screen.hears('coldcall:revealed')).toMatchObject({ promptId: one!.promptId, tally: [2, 1], correct: [0] })
    expect(await ada!.hears('coldcall:opened')).toMatchObject({ promptId: two.promptId, multiple: true, options: ['a', 'b', 'c'] })
    await answers(ada, two.promptId as string, { choices: [0, 1] })
    await answers(ben, two.promptId as string, { choices: [0] })
    const three = await ruth.does('quiz:live_next', { runId })
    await answers(cyd, three.promptId as string, { number: 7.5 })
    await answers(ada, three.promptId as string, { number: 9 })
    const late = (await cyd!.joins()).snapshot as unknown as { live: object }
    expect(late.live).toMatchObject({ runId, no: 3, promptId: three.promptId, ended: false, board: [] })
    const four = await ruth.does('quiz:live_next', { runId })
    await answers(cyd, four.promptId as string, { body: ' accra' })
    expect(await ruth.isRefused('quiz:live_next', { runId, no: 4 })).toMatchObject({ code: 'last_question' })

    const { board } = await ruth.does('quiz:live_end', { runId })
    expect(board).toEqual([
      { place: 1, memberId: ada!.memberId, displayName: 'ada', right: 2, points: 3 },
      { place: 2, memberId: ben!.memberId, displayName: 'ben', right: 1, points: 2 },
      { place: 2, memberId: cyd!.memberId, displayName: 'cyd', right: 2, points: 2 },
    ])
    expect(await screen.hears('quiz:live', (b) => b.ended)).toMatchObject({ runId, no: 4, promptId: null, board })
    expect(await cyd!.hears('quiz:placed')).toEqual({ runId, cohortId: world.cohortId, place: 2, right: 2, points: 2, of: 4 })
    expect(await ruth.does('quiz:live_end', { runId })).toEqual({ board })
    expect(await ruth.isRefused('quiz:live_next', { runId })).toMatchObject({ code: 'live_over' })
    expect(((await ben!.joins()).snapshot as unknown as { live: object }).live).toMatchObject({ runId, ended: true, board })
  })

  test('[QZ26] one quiz at a time, and no question while another prompt is open', async () => {
    const other = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Other', passScore: 50, questions: QUESTIONS.slice(0, 1) })).quizId
    const none = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Orders', passScore: 50, questions: QUESTIONS.slice(2, 3) })).quizId
    expect(await ruth.isRefused('quiz:live_start', { quizId: none, cohortId: world.cohortId })).toMatchObject({ code: 'nothing_to_ask' })
    const { runId } = await ruth.does('quiz:live_start', { quizId: other, cohortId: world.cohortId })
    expect(await ruth.isRefused('quiz:live_start', { quizId, cohortId: world.cohortId })).toMatchObject({ code: 'already_live', details: { runId } })
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Between?' })
    expect(await ruth.isRefused('quiz:live_next', { runId })).toMatchObject({ code: 'already_open', details: { promptId } })
    await ruth.does('coldcall:close', { promptId })
    const asked = await ruth.does('quiz:live_next', { runId })
    await answers(ada, asked.promptId as string, { choices: [0] })
    await ruth.does('coldcall:cancel', { promptId: asked.promptId as string })
    expect(await ruth.does('quiz:live_end', { runId }), 'what was taken back counts for nobody').toEqual({ board: [] })
  })
})
