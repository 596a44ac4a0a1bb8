// A quiz as who takes it has it: all kinds by taps and by keys, saved as one goes, on two devices, over a cut and a reload, to the end;
// what opens by it, at once; and what the instructor asks meanwhile.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

const SECRETS = ['Heat is one thing it feels', 'Because a sensor turns the world into volts', 'multi*', 'Not a thing']
const KINDS = [
  { text: 'What does a **sensor** feel?', kind: 'single', explanation: 'Because a sensor turns the world into volts.', options: [{ text: 'Heat', correct: true, explanation: 'Heat is one thing it feels.' }, { text: 'Doubt', correct: false, explanation: 'Not a thing.' }] },
  { text: 'Which are sensors?', kind: 'multiple', options: [{ text: 'A thermometer', correct: true }, { text: 'A microphone', correct: true }, { text: 'A lamp', correct: false }] },
  { text: 'How many bits are in a byte?', kind: 'numeric', options: [{ text: '8', correct: true, tolerance: 0 }] },
  { text: 'What measures volts?', kind: 'text', options: [{ text: 'voltmeter', correct: true }, { text: 'multi*', correct: true }] },
  { text: 'From small to large', kind: 'ordering', options: [{ text: 'a bit', correct: true }, { text: 'a byte', correct: true }, { text: 'a word', correct: true }] },
  { text: 'What measures what?', kind: 'matching', options: [{ text: 'thermometer', match: 'heat', correct: true }, { text: 'barometer', match: 'pressure', correct: true }] },
]

inBrowsers('Taking a quiz', () => {
  let world: World
  let stage: Stage
  let ada: Actor
  let teacher: Actor
  let short = ''
  let long = ''
  const calm = { reducedMotion: 'reduce' } as const
  const quizzes = () => `/class/${world.cohortId}/quiz`
  const picture = (name: string, of = ada) => of.page.screenshot({ path: `test/.out/quiz-${name}.png` })
  const step = (n: number, of = ada) => of.page.getByRole('button', { name: new RegExp(`^Question ${n}, `) })
  const isSaved = (of = ada) => of.page.locator('.saved-so', { hasText: /^Saved/ }).waitFor()

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    stage = await Stage.opens(world)
    const make = async (title: string, more: object, questions: object[]) => (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title, passScore: 60, questions, ...more })).quizId
    short = await make('Sensors, in short', { attempts: 2 }, KINDS.slice(0, 2))
    long = await make('Everything at once', { quizType: 'practice', seconds: 1200 }, KINDS)
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 2, topicNumber: 1, topicName: 'Predict plant growth', markdown: '# Growth' })
    await world.gets('PUT', `/courses/${world.courseId}/rules`, { preset: 'one_after_another' })
    ada = await stage.learner('ada', calm)
    teacher = await stage.teacher('ruth', calm)
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[QS9] [QS10] the quizzes of the class say what each asks for, and what is locked says why', async () => {
    await ada.page.getByRole('link', { name: 'Quizzes' }).first().click()
    await ada.sees('Sensors, in short')
    await ada.sees('2 questions · no time limit · 60 passes · 2 attempts left')
    await ada.sees('6 questions · 20 minutes · practice, counts for nothing')
    await ada.isFine('the list')
    await picture('list')
  })

  it('[QS5] what has a time says so before it begins', async () => {
    await ada.taps('Begin Everything at once')
    await ada.sees('Once you begin you have 20 minutes')
    await ada.isFine('before it begins')
    await ada.page.getByRole('link', { name: 'Begin now' }).click()
    await ada.sees('Question 1 of 6')
    await ada.sees(/^(20:00|19:\d\d) left$/)
  })

  it('[QS1] [QS10] every kind is answered by taps and by keys, and saved as one goes', async () => {
    await ada.presses('a')
    expect(await ada.page.getByRole('radio').first().isChecked()).toBe(true)
    await isSaved()
    await ada.isFine('one choice')
    await picture('single')
    await ada.presses('ArrowRight')
    await ada.sees('Which are sensors?')
    for (const key of ['a', 'b', 'a']) await ada.presses(key)
    expect(await ada.page.getByRole('checkbox', { checked: true }).count()).toBe(1)
    await step(3).click()
    await ada.page.getByLabel('Your number').fill('8,5x')
    await ada.sees('This is no number')
    await ada.page.getByLabel('Your number').fill('8')
    await step(4).click()
    await ada.page.getByLabel('Your answer').fill('a MULTImeter')
    await isSaved()
    await step(5).click()
    const first = await ada.page.locator('.ordering .words').first().innerText()
    await ada.page.getByRole('button', { name: `Down: ${first}` }).click()
    await ada.hears(`${first} is number 2 now`)
    await ada.isFine('an order')
    await picture('ordering')
    await step(6).click()
    for (const [what, is] of [['thermometer', 'heat'], ['barometer', 'pressure']] as const) await ada.page.getByLabel(what).selectOption({ label: is })
    await ada.isFine('pairs')
    await picture('matching')
    await isSaved()
  })

  it('[QS3] another device of the same person goes on with the same attempt', async () => {
    const tablet = await stage.has('ada', 'laptop', calm)
    await tablet.walksIn(await stage.linkOf(await world.signsIn('ada@school.test'), `${quizzes()}/${long}`))
    await tablet.sees(/^Question \d of 6$/)
    await step(4, tablet).click()
    expect(await tablet.page.getByLabel('Your answer').inputValue()).toBe('a MULTImeter')
    await tablet.page.getByLabel('Your answer').fill('a voltmeter')
    await isSaved(tablet)
    await step(4).click()
    await expect.poll(() => ada.page.getByLabel('Your answer').inputValue(), { timeout: PATIENCE }).toBe('a voltmeter')
    await tablet.isFine('on a laptop')
    await picture('laptop', tablet)
    await tablet.page.close()
  })

  it('[QS2] without a line every answer is kept, over a reload, and goes up when it is back', async () => {
    await ada.losesTheLine()
    await ada.goesOffline()
    await step(3).click()
    await ada.page.getByLabel('Your number').fill('9')
    await ada.sees('Kept on this device')
    await ada.isFine('out of reach')
    await picture('kept')
    await ada.comesBack()
    await ada.hasTheLineAgain()
    await isSaved()
    await ada.reloads()
    await ada.sees(/^Question \d of 6$/)
    await step(3).click()
    expect(await ada.page.getByLabel('Your number').inputValue()).toBe('9')
  })

  it('[QS8] what the instructor asks meanwhile is in sight', async () => {
    await teacher.asks('What do you see?')
    await ada.sees('Your instructor asks the class something')
    await ada.isFine('asked meanwhile')
    await ada.page.getByRole('link', { name: /Answer it/ }).click()
    await ada.answers('A thermometer')
    await ada.page.getByRole('link', { name: 'Quizzes' }).first().click()
    await ada.taps('Go on Everything at once')
    await ada.sees(/^Question \d of 6$/)
  })

  it('[QS4] [QS6] handed in, every question says what one said, what is right and why; before that nothing did', async () => {
    const heard = ada.frames.join('\n')
    for (const secret of SECRETS) expect(heard, secret).not.toContain(secret)
    await step(6).click()
    await ada.taps('Hand in')
    await ada.sees('That was practice')
    await ada.sees('Because a sensor turns the world into volts.')
    await ada.isFine('what came of it')
    await ada.page.screenshot({ path: 'test/.out/quiz-outcome.png', fullPage: true })
  })

  it('[QS3] what was handed in elsewhere while the line was gone is over here too, and nothing is begun anew', async () => {
    await ada.opens(`${quizzes()}/${long}`)
    await ada.sees(/^Question \d of 6$/)
    await ada.losesTheLine()
    await ada.goesOffline()
    const tablet = await stage.has('ada', 'laptop', calm)
    await tablet.walksIn(await stage.linkOf(await world.signsIn('ada@school.test'), `${quizzes()}/${long}`))
    await tablet.sees(/^Question \d of 6$/)
    await step(6, tablet).click()
    await tablet.taps('Hand in')
    await tablet.taps('Hand in as it is')
    await tablet.sees('That was practice')
    await tablet.page.close()
    await ada.comesBack()
    await ada.hasTheLineAgain()
    await ada.sees('That was practice')
    expect(await world.app.db.sql('SELECT 1 FROM quiz_attempts WHERE submitted_at IS NULL')).toEqual([])
  })

  it('[QS4] who leaves something out is told before it is handed in', async () => {
    await ada.opens(`${quizzes()}/${short}`)
    await ada.sees('Question 1 of 2')
    await step(2).click()
    await ada.taps('Hand in')
    await ada.sees('2 questions have no answer')
    await ada.isFine('something left out')
    await ada.taps('Go to the first of them')
    await ada.sees('Question 1 of 2')
    await step(2).click()
    await ada.taps('Hand in')
    await ada.taps('Hand in as it is')
    await ada.sees('Not passed yet: 60 is needed')
    await ada.sees('1 attempt left')
  })

  it('[QS7] what was earned opens as a moment of its own, on every device', async () => {
    const phone = await stage.has('ada', 'phone', calm)
    await phone.walksIn(await stage.linkOf(await world.signsIn('ada@school.test'), stage.classPath))
    await phone.page.getByRole('link', { name: 'Quizzes' }).first().waitFor()
    await ada.taps('Try again')
    for (const [n, names] of [[1, ['Heat']], [2, ['A thermometer', 'A microphone']]] as const) {
      await step(n).click()
      for (const name of names) await ada.page.locator('label.option', { hasText: name }).click()
    }
    await isSaved()
    await ada.taps('Hand in')
    for (const actor of [ada, phone]) {
      await actor.sees('Module unlocked')
      await actor.sees('One lesson is open.')
    }
    await phone.isFine('a module opened')
    await picture('unlocked', phone)
    await ada.taps('Back to class')
    await ada.sees('You have passed')
    await phone.page.getByRole('button', { name: 'Start: Predict plant growth' }).click()
    await phone.page.waitForURL(/\/topic\//)
    await phone.sees('Predict plant growth')
  })

  it('[QS9] all attempts used is said, and what to do', async () => {
    await ada.opens(`${quizzes()}/${short}`)
    await ada.sees('You have used all attempts')
    await ada.isFine('used up')
  })
})
