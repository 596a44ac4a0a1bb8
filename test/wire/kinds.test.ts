// Choices, numbers, anonymous prompts and revotes on the wire: what each role hears, and does not hear.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let obi: Person
  let ada: Person
  let ben: Person
  let cal: Person
  let screen: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    cal = await world.has('cal')
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())

  const all = () => [teacher, obi, ada, ben, cal, screen]
  const options = ['red', 'green', 'blue']
  async function asks(more: object): Promise<string> {
    const open = teacher.view.prompts.find((p) => p.state === 'open')
    if (open) await teacher.tries('coldcall:close', { promptId: open.promptId }) // it may be closed, and that not heard yet
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Which?', ...more } as never)
    for (const p of all()) await p.hears('coldcall:opened', (b) => b.promptId === promptId)
    return promptId
  }
  const shown = (p: Person, promptId: string) => p.view.prompts.find((q) => q.promptId === promptId)

  test('[CC35] [CC36] [CC37] a choice: blind while it is open, counted and marked with the reveal', async () => {
    const promptId = await asks({ kind: 'choice', options, correct: [1] })
    for (const p of [ada, ben, screen]) expect(shown(p, promptId)).toMatchObject({ kind: 'choice', options, multiple: false, correct: null, tally: null })
    for (const p of [teacher, obi]) expect(await p.hears('coldcall:correct')).toEqual({ promptId, correct: [1] })
    await ada.does('coldcall:answer', { promptId, choices: [1], body: 'the grass' })
    await ben.does('coldcall:answer', { promptId, choices: [0] })
    await ben.does('coldcall:answer', { promptId, choices: [1] })
    expect((await teacher.hears('coldcall:answered', (b) => b.answers.some((a: { choices: number[] }) => a.choices[0] === 0))).answers).toMatchObject([{ choices: [0], body: null, number: null }])
    for (const p of [ada, screen]) {
      expect((await p.joins()).snapshot?.prompts[0]).toMatchObject({ correct: null, tally: null })
      expect(JSON.stringify(p.ears)).not.toContain('"correct":[1]')
    }
    expect((await obi.joins()).snapshot?.prompts[0]).toMatchObject({ correct: [1], tally: null })
    await teacher.does('coldcall:reveal', { promptId })
    for (const p of [ada, cal, screen]) {
      expect(await p.hears('coldcall:revealed', (b) => b.promptId === promptId)).toMatchObject({ tally: [0, 2, 0], correct: [1], answered: 2 })
      expect((await p.joins()).snapshot?.prompts[0]).toMatchObject({ correct: [1], tally: [0, 2, 0] })
    }
  })

  test('[CC35] what does not answer the question is refused and names the field', async () => {
    const wrong = async (body: object) => (await ada.isRefused('coldcall:answer', body as never)) as unknown as { code: string; details?: { problems: { path: string }[] } }
    const choice = await asks({ kind: 'choice', options })
    for (const [body, path] of [[{ body: 'red' }, '/choices'], [{ choices: [3] }, '/choices/0'], [{ choices: [0, 1] }, '/choices'], [{ choices: [0], number: 1 }, '/number']] as const) {
      const refused = await wrong({ promptId: choice, ...body })
      expect([refused.code, refused.details?.problems[0]?.path]).toEqual(['bad_request', path])
    }
    for (const body of [{ choices: [] }, { choices: [0, 0] }, { choices: [-1] }, { choices: ['0'] }, { choices: [0.5] }]) expect((await wrong({ promptId: choice, ...body })).code).toBe('bad_request')
    const number = await asks({ kind: 'number' })
    for (const body of [{ body: '12' }, { number: '12' }, { number: null }]) expect((await wrong({ promptId: number, ...body })).code).toBe('bad_request')
    for (const n of [0, -0.25, 1e300, 5e-324, 2 ** 53]) expect((await ada.does('coldcall:answer', { promptId: number, number: n })).revision).toBeGreaterThan(0)
    expect((await teacher.does('coldcall:answers', { promptId: number })).answers).toMatchObject([{ number: 2 ** 53, choices: null, body: null }])
    await teacher.does('coldcall:reveal', { promptId: number })
    expect(await ben.hears('coldcall:revealed', (b) => b.promptId === number)).toMatchObject({ tally: null, correct: null, answers: [{ number: 2 ** 53 }] })
    for (const body of [{ kind: 'choice' }, { options }, { kind: 'choice', options, correct: [3] }, { kind: 'choice', options: ['one'] }, { kind: 'choice', options: [...options, ' '] }, { kind: 'choice', options: Array(11).fill('x') }, { kind: 'number', correct: [0] }]) {
      expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Which?', ...body } as never)).code, JSON.stringify(body)).toBe('bad_request')
    }
  })

  test('[CC35] [CC37] several may be chosen where several are right', async () => {
    const promptId = await asks({ kind: 'choice', options, correct: [2, 0] })
    expect(shown(ada, promptId)?.multiple).toBe(true)
    await ada.does('coldcall:answer', { promptId, choices: [2, 0] })
    await ben.does('coldcall:answer', { promptId, choices: [2] })
    await teacher.does('coldcall:reveal', { promptId })
    const heard = await cal.hears('coldcall:revealed', (b) => b.promptId === promptId)
    expect(heard).toMatchObject({ tally: [1, 0, 2], correct: [0, 2] })
    expect(heard.answers.map((a: { choices: number[] }) => a.choices).sort()).toEqual([[0, 2], [2]])
  })

  test('[CC38] who wrote an anonymous answer is known to instructors, and to its author', async () => {
    const promptId = await asks({ anonymous: true })
    const from = all().map((p) => p.wire.length)
    await ada.does('coldcall:answer', { promptId, body: 'I am lost' })
    for (const p of [teacher, obi]) expect((await p.hears('coldcall:answered', (b) => b.promptId === promptId)).answers).toMatchObject([{ body: 'I am lost', author: null }])
    expect((await ada.hears('coldcall:mine', (b) => b.promptId === promptId)).mine.author).toMatchObject({ displayName: 'ada' })
    await teacher.does('coldcall:reveal', { promptId })
    for (const p of [ben, screen]) expect((await p.hears('coldcall:revealed', (b) => b.promptId === promptId)).answers).toMatchObject([{ author: null }])
    for (const p of [obi, ben, screen, ada]) expect((await p.does('coldcall:answers', { promptId })).answers, p.who).toMatchObject([{ author: null }])
    for (const p of [obi, ben, screen]) expect((await p.joins()).snapshot?.prompts[0]?.answers, p.who).toMatchObject([{ author: null }])
    for (const p of [obi, ben, screen]) expect(JSON.stringify(p.wire.slice(from[all().indexOf(p)]).filter((w: any) => w[0] !== 'push' || w[1].some((t: [string]) => t[0] !== 'cohort:presence'))), p.who).not.toContain('"displayName":"ada"')
    expect((await teacher.does('coldcall:answers', { promptId })).answers).toMatchObject([{ author: { displayName: 'ada' } }])
    expect((await teacher.joins()).snapshot?.prompts[0]?.answers).toMatchObject([{ author: { displayName: 'ada' } }])
    expect((await ada.joins()).snapshot?.prompts[0]?.mine?.author).toMatchObject({ displayName: 'ada' })
  })

  test('[CC43] [CC44] a revote takes the question over, and the shift is shown once both are', async () => {
    const first = await asks({ kind: 'choice', options, correct: [1] })
    expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Again?', revoteOf: first })).code).toBe('conflict')
    for (const [p, c] of [[ada, 0], [ben, 0], [cal, 1]] as const) await p.does('coldcall:answer', { promptId: first, choices: [c] })
    await teacher.does('coldcall:close', { promptId: first })
    expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Again?', revoteOf: aKey() })).code).toBe('not_found')
    const second = await asks({ text: 'And now?', revoteOf: first })
    expect(shown(ada, second)).toMatchObject({ revoteOf: first, kind: 'choice', options, correct: null })
    expect((await teacher.joins()).snapshot?.prompts[0]).toMatchObject({ correct: [1] })
    for (const [p, c] of [[ada, 1], [cal, 1]] as const) await p.does('coldcall:answer', { promptId: second, choices: [c] })
    const shift = { from: [2, 1, 0], to: [0, 2, 0], moved: [[0, 1, 0], [0, 1, 0], [0, 0, 0]], numbers: null }
    for (const p of [teacher, obi]) expect(await p.does('coldcall:shift', { promptId: second })).toEqual(shift)
    await teacher.does('coldcall:reveal', { promptId: second })
    for (const p of [ada, screen]) expect((await p.isRefused('coldcall:shift', { promptId: second })).code).toBe('prompt_not_revealed')
    await teacher.does('coldcall:reveal', { promptId: first })
    expect(await ada.does('coldcall:shift', { promptId: second })).toEqual(shift)
    expect((await ada.isRefused('coldcall:shift', { promptId: first })).code).toBe('no_shift')
    expect(await screen.does('coldcall:shift', { promptId: second })).toEqual(shift)
    const text = await asks({})
    await teacher.does('coldcall:close', { promptId: text })
    expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Again?', revoteOf: text })).code).toBe('conflict')
  })

  test('[CC44] of numbers the shift has those that are shown, before and after', async () => {
    const first = await asks({ kind: 'number' })
    for (const [p, number] of [[ada, 30], [ben, -5], [cal, 1e6]] as const) await p.does('coldcall:answer', { promptId: first, number })
    const { answers } = await teacher.does('coldcall:answers', { promptId: first })
    await teacher.does('coldcall:hide', { messageId: answers.find((a) => a.number === 1e6)!.messageId, hidden: true })
    await teacher.does('coldcall:reveal', { promptId: first })
    const second = await asks({ text: 'And now?', revoteOf: first })
    for (const [p, number] of [[ada, 20], [ben, 20.5]] as const) await p.does('coldcall:answer', { promptId: second, number })
    for (const p of [ada, screen]) expect((await p.isRefused('coldcall:shift', { promptId: second })).code).toBe('prompt_not_revealed')
    const part = (await teacher.does('coldcall:answers', { promptId: second })).answers.find((a) => a.number === 20)!.messageId
    await teacher.does('coldcall:reveal', { promptId: second, messageIds: [part] })
    const shift = (to: number[]) => ({ from: [], to: [], moved: null, numbers: { from: [-5, 30], to } })
    for (const p of [ada, teacher, screen]) expect(await p.does('coldcall:shift', { promptId: second }), p.who).toEqual(shift([20]))
    await teacher.does('coldcall:reveal', { promptId: second })
    for (const p of [ada, teacher, obi, screen]) expect(await p.does('coldcall:shift', { promptId: second }), p.who).toEqual(shift([20, 20.5]))
  })

  test('[CC53] a prompt may name a topic of the course', async () => {
    const { topicId } = await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'One' })
    const promptId = await asks({ topicId })
    expect(shown(ada, promptId)?.topicId).toBe(topicId)
    await teacher.does('coldcall:close', { promptId })
    expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Which?', topicId: aKey() })).code).toBe('not_found')
  })
})
