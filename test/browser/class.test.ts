// A whole class in browsers, from the first code to the end.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const ADAS = 'Keep them in a queue with the time of each, and send the newest first.'
const BENS = 'Throw the old ones away; a lamp needs to know how dark it is now.'
const CLEOS = 'Average them by the hour, and say how many are missing.'

for (const on of worlds) inBrowsers(`a class on ${on}`, () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  let ada: Actor
  let ben: Actor
  let wall: Actor
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld(on)
    Object.assign(world, await world.cohort({ name: 'Evening', entry: 'code' }))
    stage = await Stage.opens(world)
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL1] lets a guest in with the code, a learner by a link, and shows the way on the Screen', async () => {
    [teacher, ada, wall] = await Promise.all([stage.teacher('ruth'), stage.learner('ada'), stage.screen()])
    await wall.sees(world.inviteCode)
    await ada.sees('The class has not begun')
    ben = await stage.has('ben')
    await ben.opens(`/join/${world.inviteCode.replace(/\s/g, '')}`)
    await ben.page.getByLabel('Your name').fill('Ben')
    await ben.presses('Enter')
    await ben.sees('The class has not begun')
    await wall.sees(/2 of \d are here/)
    await teacher.page.getByLabel(/today’s class called/).fill('Monday evening')
    await teacher.taps('Start class')
    await Promise.all([ada.sees('Monday evening'), ben.sees('No prompt is open'), wall.sees('Monday evening'), teacher.sees('Live')])
  })

  it('[CL2] takes answers, says so once they are in, and shows nobody another’s', async () => {
    const cleo = await world.has('cleo')
    await teacher.asks('What should it do with sixty readings it could not send?', { stars: 1 })
    await Promise.all([ada, ben, wall].map((one) => one.sees('What should it do with sixty readings')))
    await ada.hears('New prompt: What should it do')
    await ada.answers(ADAS)
    await ada.hears(/Your answer is in/)
    await wall.page.getByRole('img', { name: '1 of 3 answered' }).waitFor()
    await ben.answers(BENS)
    const { promptId } = cleo.view.prompts[0]!
    await cleo.does('coldcall:answer', { promptId, body: CLEOS })
    await ada.page.getByRole('img', { name: '3 of 3 answered' }).waitFor()
    await Promise.all([ADAS, BENS, CLEOS].map((words) => teacher.sees(words)))

    expect(teacher.frames.join('\n'), 'what is heard is listened to').toContain(BENS.slice(0, 24))
    const others = { ada: [BENS, CLEOS], ben: [ADAS, CLEOS], screen: [ADAS, BENS, CLEOS] }
    for (const one of [ada, ben, wall]) {
      const heard = one.frames.join('\n') + (await one.page.content())
      expect(one.frames.length, `${one.name} has a socket that was listened to`).toBeGreaterThan(1)
      for (const words of others[one.name as 'ada']) expect(heard, `${one.name} knows another’s answer`).not.toContain(words.slice(0, 24))
    }
    expect(ada.frames.join('\n'), 'who has answered').not.toMatch(/"Ben"|"cleo"/)
  })

  it('[CL3] reveals to all at once', async () => {
    await teacher.taps('Reveal all to the room')
    for (const one of [ada, ben, wall]) for (const words of [ADAS, BENS, CLEOS]) await one.sees(words)
    await ada.hears(/Answers are revealed, 3/)
    await teacher.sees('All 3 answers are shown')
  })

  it('[CL4] gives stars up to the budget, and each can be taken back', async () => {
    const star = (name: string) => ada.page.getByRole('button', { name: new RegExp(`^Star ${name}’s answer`) })
    await star('Ben').click()
    await ada.sees('0 left')
    await expect.poll(() => star('Ben').getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => star('Ben').innerText()).toBe('1')
    await star('cleo').click()
    await ada.sees('Your star is given. Take it back to give it here.')
    expect(await star('cleo').getAttribute('aria-pressed')).toBe('false')
    await star('Ben').click()
    await ada.sees('1 left')
    await star('cleo').click()
    await wall.page.locator('li', { hasText: CLEOS }).getByText('1 star').waitFor({ state: 'attached' })
    expect(await ada.page.locator('li.mine').getByRole('button').count(), 'no star for oneself').toBe(0)
  })

  it('[CL5] goes on to the next prompt and to the end', async () => {
    await teacher.asks('And if it were a smoke alarm?')
    for (const one of [ada, ben, wall]) await one.sees('And if it were a smoke alarm?')
    await ada.seesNot(BENS)
    await ada.answers('Then the oldest first.')
    await teacher.taps('End class')
    await teacher.taps('Press again to end')
    await teacher.sees(/Class ended, 3 learners were here/)
    await ada.sees('The class has ended')
    await ada.taps('See what was said')
    await ada.sees(BENS)
  })
})
