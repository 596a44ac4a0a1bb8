// A quiz before the class, from the list to the board: the instructor, two learners, the Screen, and one who comes late.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

const QUESTIONS = [
  { text: 'Which of these measures heat?', options: [{ text: 'A thermometer', correct: true, explanation: 'Because it feels heat.' }, { text: 'A barometer', correct: false }, { text: 'A voltmeter', correct: false }] },
  { text: 'Which are sensors?', kind: 'multiple', points: 2, options: [{ text: 'A microphone', correct: true }, { text: 'A camera', correct: true }, { text: 'A lamp', correct: false }] },
  { text: 'From small to large', kind: 'ordering', options: [{ text: 'bit' }, { text: 'byte' }] },
  { text: 'How many bits are in a byte?', kind: 'numeric', options: [{ text: '8', tolerance: 0 }] },
]

inBrowsers('A quiz before the class', () => {
  let world: World
  let stage: Stage
  let [ruth, ada, ben, wall, late]: Actor[] = []
  const calm = { reducedMotion: 'reduce' } as const
  const picture = (name: string, of: Actor) => of.page.screenshot({ path: `test/.out/live-quiz-${name}.png` })
  const room = () => [ada!, ben!, wall!]
  const option = (who: Actor, name: string, kind: 'radio' | 'checkbox' = 'radio') => who.page.getByRole(kind, { name }).click()
  const handsIn = async (who: Actor) => { await who.handsIn(); await who.sees(/Your answer is in, \d/) }
  const strip = (who: Actor) => who.page.getByRole('region', { name: 'Quiz before the class' })

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    stage = await Stage.opens(world)
    const make = (title: string, more: object, questions: object[]) => world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title, passScore: 50, shuffleOptions: false, shuffleQuestions: false, published: true, questions, ...more })
    await make('Sensors, in short', {}, QUESTIONS)
    await make('Nothing for a class', {}, QUESTIONS.slice(2, 3))
    await make('Not published', { published: false }, QUESTIONS)
    ruth = await stage.teacher('ruth', calm)
    ada = await stage.learner('ada', calm)
    ben = await stage.learner('ben', calm)
    wall = await stage.screen(calm)
    await ruth.taps(/^Start class/)
    await ada.sees(/live/i)
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[LQ7] [LQ9] where no quiz was run there is nothing of it', async () => {
    for (const one of room()) await one.seesNot(/quiz is about|Question \d of/i)
    const scripts = await ada!.page.evaluate(() => performance.getEntriesByType('resource').map((r) => r.name).filter((n) => /\.js$/.test(n)).join())
    const texts = await Promise.all(scripts.split(',').map(async (s) => (await ada!.page.request.get(s)).text()))
    expect(texts.filter((t) => t.includes('Who did best')), 'nothing of it was loaded').toEqual([])
  })

  it('[LQ1] [LQ5] it is found and begun by keys, and what cannot be asked is said', async () => {
    await ruth!.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await ruth!.presses('Shift+Q')
    await ruth!.sees('Sensors, in short')
    await ruth!.seesNot('Not published')
    await ruth!.isFine('the list of quizzes')
    await picture('list', ruth!)
    await ruth!.page.getByLabel('Find a quiz').fill('nothing')
    await ruth!.presses('Enter')
    await ruth!.sees(/None of its questions can be asked before the class/)
    await ruth!.page.getByLabel('Find a quiz').fill('short')
    await ruth!.presses('Enter')
    await ruth!.sees('3 questions, none asked yet')
    await ruth!.sees(/1 question is left out: only choices, numbers/)
    for (const one of [...room(), ruth!]) await one.sees('A quiz is about to begin')
    await ada!.sees('Sensors, in short')
    await picture('begun', ruth!)
    await picture('begun-wall', wall!)
    await picture('begun-phone', ada!)
    await ruth!.isFine('begun')
    await ada!.isFine('a quiz is about to begin')
  })

  it('[LQ3] [LQ6] [LQ7] each question says which it is, with the time that was chosen', async () => {
    await strip(ruth!).getByText('60 s', { exact: true }).click()
    await ruth!.taps(/^Ask the first question/)
    await ruth!.page.getByRole('heading', { level: 1, name: 'Which of these measures heat?' }).waitFor()
    await ruth!.sees('question 1 of 3')
    for (const one of room()) { await one.sees('Which of these measures heat?'); await one.sees('Question 1 of 3'); await one.sees(/^(1:00|0:\d\d)( left)?$/) }
    await ada!.isFine('a question of a quiz')
    await picture('one-phone', ada!)
    await picture('one-wall', wall!)
    await picture('one', ruth!)
    await option(ada!, 'A thermometer'); await handsIn(ada!)
    await option(ben!, 'A barometer'); await handsIn(ben!)
  })

  it('[LQ2] [LQ3] after a reload, and on a second device, the strip stands as before; going on shows what was answered', async () => {
    await ruth!.reloads()
    await ruth!.sees('question 1 of 3')
    expect(await strip(ruth!).getByRole('radio', { name: '60 s' }).isChecked(), 'the seconds are remembered').toBe(true)
    const second = await stage.has('ruth at her second device', 'laptop', calm)
    await second.walksIn(await stage.wayFor('ruth', stage.classPath, { role: 'instructor' }))
    await second.sees('question 1 of 3')
    const obi = await stage.has('obi', 'laptop', calm)
    await obi.walksIn(await stage.wayFor('obi', stage.classPath, { role: 'observer' }))
    await obi.sees('question 1 of 3')
    expect(await strip(obi).getByRole('button').count(), 'who observes can do nothing').toBe(0)
    await obi.context.close()
    isBlind()
    await ruth!.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await ruth!.presses('Shift+N')
    for (const one of [...room(), ruth!, second]) { await one.sees('Which are sensors?'); await one.sees(/question 2 of 3/i) }
    await expect.poll(() => ada!.frames.join('\n'), { timeout: PATIENCE }).toMatch(/"correct":\[0\]/)
    await second.context.close()
    await option(ada!, 'A microphone', 'checkbox'); await option(ada!, 'A camera', 'checkbox'); await handsIn(ada!)
    await option(ben!, 'A microphone', 'checkbox'); await handsIn(ben!)
  })

  /** Before it is shown nobody in the room hears what somebody chose, what is right, or who is best. */
  function isBlind(): void {
    for (const one of room()) {
      const heard = one.frames.join('\n')
      expect(heard, `${one.name}: what is right`).not.toMatch(/"correct":\[/)
      expect(heard, `${one.name}: how the class chose`).not.toMatch(/"tally":\[/)
      expect(heard, `${one.name}: the board`).not.toMatch(/"board":\[\{/)
      expect(heard, `${one.name}: what authors explain`).not.toContain('Because it feels heat')
    }
    expect(ada!.frames.join('\n'), 'another’s answer').not.toMatch(/"displayName":"Ben"[^}]*\}[^}]*"choices":\[/)
  }

  it('[LQ4] ending it with questions left asks twice', async () => {
    await ruth!.taps(/^End quiz/)
    await ruth!.sees('1 question is left. Press again to end')
    await ruth!.sees(/^End quiz/)
    await ruth!.sees('question 2 of 3')
  })

  it('[LQ5] another prompt in the way is said, and what to do', async () => {
    await ruth!.presses('e')
    await ruth!.sees(/^Reopen/)
    await ruth!.asks('Any questions so far?')
    for (const one of room()) { await one.sees('Any questions so far?'); await one.seesNot(/^Question 2 of 3/) }
    await ruth!.taps(/^Next question/)
    await ruth!.sees(/Another prompt is open\. Close it/)
    await ruth!.presses('x', 'x')
    await ruth!.seesNot('Any questions so far?')
  })

  it('[LQ7] [LQ8] who comes late finds the question, and no board is anywhere before the end', async () => {
    await ruth!.taps(/^Next question/)
    for (const one of room()) await one.sees('How many bits are in a byte?')
    late = await stage.learner('cyd', calm)
    await late.sees('Question 3 of 3')
    await ada!.page.getByLabel('Your answer, a number').fill('8'); await handsIn(ada!)
    await ben!.page.getByLabel('Your answer, a number').fill('16'); await handsIn(ben!)
    await late.page.getByLabel('Your answer, a number').fill('8'); await handsIn(late)
    for (const one of [...room(), late]) {
      expect(one.frames.join('\n'), `${one.name}: the board`).not.toMatch(/"board":\[\{/)
      await one.seesNot(/Who did best|place$/)
    }
  })

  it('[LQ4] [LQ6] [LQ7] at the end the board is up everywhere, and each has their own place', async () => {
    await ruth!.taps(/^End and show the board/)
    for (const one of [ruth!, wall!]) { await one.sees('Who did best'); for (const name of ['Ada', 'Ben', 'Cyd']) await one.sees(name) }
    await ada!.sees('1st place')
    await ada!.sees(/3 of 3 right · 4 points/)
    await ada!.hears('You have 1st place, with 3 of 3 right.')
    for (const one of [ben!, late!]) await one.sees('2nd place')
    await ben!.sees('0 of 3 right · 1 point')
    await late!.sees('1 of 3 right · 1 point')
    await picture('end', ruth!)
    await picture('end-wall', wall!)
    await picture('end-phone', ben!)
    const cut = await wall!.page.evaluate(() => {
      const list = document.querySelector<HTMLElement>('.ranks.large')!
      const before = list.innerHTML
      const last = list.lastElementChild!
      while (list.children.length < 10) list.append(last.cloneNode(true))
      list.style.setProperty('--rows', '5')
      for (const [n, li] of [...list.children].entries()) { li.querySelector('.rank')!.textContent = String(n + 1); li.querySelector('.name')!.textContent = n % 2 ? 'Oluwaseun Adebayo-Richardson' : 'Abena Mensah' }
      Object.assign(globalThis, { putBack: () => { list.innerHTML = before; list.style.setProperty('--rows', '3') } })
      return [...list.children].filter((li) => li.getBoundingClientRect().bottom > innerHeight || li.scrollHeight > li.clientHeight + 4).length
    })
    await picture('end-wall-ten', wall!)
    expect(cut, 'ten with long names have room').toBe(0)
    await wall!.page.evaluate(() => (globalThis as never as { putBack(): void }).putBack())
    await ben!.isFine('the board of a quiz')
    await wall!.isFine('the board of a quiz')
    await ruth!.isFine('the board of a quiz')
    await ben!.page.emulateMedia({ colorScheme: 'dark' })
    await ben!.page.evaluate(() => { document.documentElement.dir = 'rtl' })
    await picture('end-phone-dark-rtl', ben!)
  })

  it('[LQ7] [LQ8] it stands after a reload and for who comes then, and goes when something else is asked', async () => {
    for (const one of [ben!, wall!]) await one.reloads()
    await ben!.sees('2nd place')
    await ben!.sees('0 of 3 right · 1 point')
    await wall!.sees('Who did best')
    const dan = await stage.learner('dan', calm)
    await dan.sees('Cyd')
    await dan.seesNot(/^\d(st|nd) place$/)
    await ruth!.asks('What was hard?')
    for (const one of [...room(), late!, dan]) { await one.sees('What was hard?'); await one.seesNot(/Who did best|The quiz has ended/) }
    await ruth!.presses('e')
    await ruth!.sees(/^Reopen/)
    await wall!.seesNot('Who did best')
    await ruth!.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await ruth!.presses('Shift+Q')
    await ruth!.sees('Run last in this class')
  })
})
