// A course over all its classes, in real browsers: class beside class, the questions of a quiz with their figures, one question by itself,
// which classes count, files, and who sees what.
import { mkdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const ask = (text: string, right: string, ...wrong: string[]) => ({ text, options: [{ text: right, correct: true }, ...wrong.map((w) => ({ text: w, correct: false }))] })

inBrowsers('The analysis of a course', () => {
  let world: World
  let stage: Stage
  let olive: Actor
  let quizId = ''
  let spring = ''
  const calm = { reducedMotion: 'reduce' } as const
  const at = (rest = '') => `/course/${world.courseId}/analysis${rest}`
  const picture = (name: string, of = olive, fullPage = false) => of.page.screenshot({ path: `test/.out/analysis-${name}.png`, fullPage })
  /** Hands in with these right. */
  const takes = async (who: Person, cohortId: string, rights: readonly number[]) => {
    const a: any = await who.does('quiz:start', { quizId, cohortId } as never)
    const answers = a.questions.map((q: any) => {
      const isRight = rights.includes(Number(/\d/.exec(q.text)![0]))
      return { questionId: q.questionId, answer: { optionIds: [q.options.find((o: any) => o.text.startsWith(isRight ? 'right' : 'wrong'))!.optionId] } }
    })
    return who.does('quiz:submit', { attemptId: a.attemptId, answers } as never)
  }

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    quizId = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Sensors', passScore: 70, questions: [ask('1 What does a sensor feel?', 'right: heat', 'wrong: doubt'), ask('2 =How many bits?', 'right: eight', 'wrong: seven', 'wrong: no idea'), ask('3 What is a volt?', 'right: a unit', 'wrong: a fish')] })).quizId
    await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 2, title: 'Untried', passScore: 70, questions: [ask('1 Why?', 'right', 'wrong')] })
    spring = (await world.cohort({ name: 'Spring' })).cohortId
    for (const [n, rights] of [[1, 2, 3], [1, 2, 3], [1, 2], [1, 2], [1], [1]].entries()) {
      const one = await world.has(`l${n}`)
      await takes(one, world.cohortId, rights)
      await takes(one, world.cohortId, rights)
      one.leaves()
    }
    const s = await world.has('sam', { cohortId: spring })
    await takes(s, spring, [2])
    await takes(s, spring, [])
    s.leaves()
    stage = await Stage.opens(world)
    olive = await stage.has('olive', 'laptop', calm)
    await world.lists([{ email: 'owner@school.test', name: 'Olive Owner', role: 'instructor' }])
    await world.lists([{ email: 'owner@school.test', name: 'Olive Owner', role: 'instructor' }], spring)
    await olive.walksIn(await stage.linkOf(world.owner, at()))
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[DS16] class beside class, in the order of any column, linked from the author’s pages and from the dashboard', async () => {
    await olive.page.getByRole('heading', { level: 1, name: 'All classes of IoT for Beginners' }).waitFor()
    await olive.page.getByRole('rowheader', { name: 'Spring' }).waitFor()
    const names = () => olive.page.getByRole('rowheader').allInnerTexts()
    expect(await names()).toEqual(['Autumn', 'Spring'])
    await olive.page.getByRole('button', { name: 'Class', exact: true }).click()
    expect(await names()).toEqual(['Spring', 'Autumn'])
    await olive.page.getByRole('button', { name: 'Mean score' }).click()
    expect(await names()).toEqual(['Autumn', 'Spring'])
    await olive.isFine('class beside class')
    await picture('classes')
    await olive.opens(`/course/${world.courseId}/write`)
    await olive.page.getByRole('link', { name: 'Analysis' }).click()
    await olive.sees('Spring')
    await olive.opens(`/cohort/${spring}/dashboard/items`)
    await olive.page.getByRole('option', { name: 'Sensors' }).waitFor({ state: 'attached' })
    await olive.sees('2 attempts were handed in, by 1.')
    await olive.page.getByRole('link', { name: 'All classes of this course' }).click()
    await olive.page.getByRole('heading', { level: 1, name: /^All classes of/ }).waitFor()
  })

  it('[DS17] the questions of a quiz over all classes, each at an address of its own, with what the figures mean', async () => {
    await olive.page.getByRole('link', { name: 'Questions of a quiz' }).click()
    await olive.sees('It counts 2 classes.')
    await olive.sees('14 attempts were handed in.')
    const row = (n: number) => olive.page.locator('tbody tr', { has: olive.page.getByRole('rowheader', { name: String(n), exact: true }) })
    expect(await row(1).innerText()).toMatch(/14\s+86%/)
    expect(await row(3).innerText()).toContain('wrong: a fish')
    await olive.page.getByRole('button', { name: 'Right', exact: true }).click()
    expect(await olive.page.getByRole('rowheader').allInnerTexts()).toEqual(['3', '2', '1'])
    await olive.sees('What the figures mean')
    await olive.isFine('the questions')
    await picture('items', olive, true)
    await olive.page.getByRole('link', { name: /^Question 3: 29% right/ }).click()
    await olive.page.getByRole('heading', { name: 'Question 3' }).waitFor()
    await expect.poll(async () => (await olive.focus()).id).toBe('an-one')
    await olive.isFine('one question')
    await picture('one')
    await olive.reloads()
    await olive.page.getByRole('heading', { name: 'Question 3' }).waitFor()
    await olive.page.getByRole('link', { name: 'Back to all questions' }).click()
    await olive.page.locator('summary').click()
    await olive.page.getByRole('checkbox', { name: /^Spring/ }).uncheck()
    await olive.sees('It counts 1 class.')
    expect(await row(1).innerText()).toMatch(/12\s+100%/)
    await olive.opens(at(`/items?quiz=${quizId}&question=no-such`))
    await olive.sees(/^This question is not in these figures/)
  })

  it('[DS18] as a file, in the order that is shown, and no formula in it', async () => {
    await olive.opens(at(`/items?quiz=${quizId}`))
    const [file] = await Promise.all([olive.page.waitForEvent('download'), olive.taps('CSV')])
    expect(file.suggestedFilename()).toMatch(/^questions-.*\.csv$/)
    const text = readFileSync(await file.path(), 'utf8')
    expect(text.split('\r\n')[1]).toMatch(/^1,1 What does a sensor feel\?,1,yes,14,0.857,/)
    expect(text.split('\r\n')).toHaveLength(5)
    await olive.opens(at())
    const [classes] = await Promise.all([olive.page.waitForEvent('download'), olive.taps('CSV')])
    expect(readFileSync(await classes.path(), 'utf8')).toContain('Spring,1,')
  })

  it('[DS19] where nothing was tried it says so, and what comes; who may not look is told once', async () => {
    await olive.page.getByRole('link', { name: 'Questions of a quiz' }).click()
    await olive.page.getByRole('combobox').selectOption('Untried')
    await olive.sees('Nobody has handed this quiz in yet')
    await olive.isFine('not tried')
    const obi = await stage.has('obi', 'laptop', calm)
    await obi.walksIn(await stage.wayFor('obi', at(), { role: 'observer' }))
    await obi.page.getByRole('rowheader', { name: 'Autumn' }).waitFor()
    await obi.seesNot('Spring')
    expect(await obi.page.getByRole('link', { name: 'Versions' }).count(), 'no way to what they may not').toBe(0)
    await obi.page.getByRole('link', { name: 'Questions of a quiz' }).click()
    await obi.sees('It counts 1 class.')
    await obi.isFine('an observer')
    const dan = await stage.has('dan', 'phone', calm)
    await dan.walksIn(await stage.wayFor('dan', at()))
    await dan.sees('This is for those who teach this course or write it')
    await dan.isFine('refused')
    const fresh = await world.gets('POST', '/courses', { slug: 'fresh', name: 'Fresh', modules: [] })
    await olive.opens(`/course/${fresh.courseId}/analysis`)
    await olive.sees('You are staff in no class of this course yet')
    await olive.isFine('no class')
    for (const actor of [obi, dan]) await actor.page.close()
  })

  it('[DS10] by night, on a phone and from right to left', async () => {
    const night = await stage.has('night', 'laptop', { ...calm, colorScheme: 'dark' })
    await night.walksIn(await stage.linkOf(world.owner, at('/items')))
    await night.sees('What the figures mean')
    await picture('dark', night)
    await night.opens(at('/items?dir=rtl'))
    await night.sees('What the figures mean')
    await picture('rtl', night)
    const phone = await stage.has('phone', 'phone', calm)
    await phone.walksIn(await stage.linkOf(world.owner, at('/items')))
    await phone.sees('What the figures mean')
    await picture('phone', phone, true)
    for (const actor of [night, phone]) await actor.page.close()
  })
})
