// A whole class by keyboard alone, as one story: no mouse, no finger. Letters where there are some, Tab and Enter everywhere.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { hasNoMouse, tabsTo } from './keyboard.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const WHY = 'Ships were made of it.'
const WHICH = 'Which wood floats?'

inBrowsers('a whole class by keyboard alone', () => {
  let world: World
  let stage: Stage
  let ruth: Actor
  let ada: Actor
  let cleo: Person
  let untouched: (() => Promise<void>)[]
  const calm = { reducedMotion: 'reduce' } as const
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    Object.assign(world, await world.cohort({ name: 'Evening', entry: 'code' }))
    cleo = await world.has('cleo', { name: 'Cleo' })
    stage = await Stage.opens(world);
    [ruth, ada] = [await stage.has('ruth', 'laptop', calm), await stage.has('ada', 'phone', calm)]
    untouched = [await hasNoMouse(ruth), await hasNoMouse(ada)]
  }, 60_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  const types = (one: Actor, text: string) => one.page.keyboard.type(text)
  const prompt = (text = WHICH) => cleo.view.prompts.find((p) => p.text === text)!
  const rows = () => ruth.page.locator('.answers > li')
  /** Goes up the list, and down it, to the answer that says this. */
  const goesTo = async (what: string) => {
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await ruth.presses(key)
      if ((await ruth.focus()).text.includes(what)) return
    }
    throw new Error(`no key leads to "${what}", the focus is on ${JSON.stringify(await ruth.focus())}`)
  }
  const fine = async () => { for (const one of [ruth, ada]) expect(await one.barriers(), one.name).toEqual([]) }

  it('[CL70] the instructor comes in and starts the class, and a learner with the code', async () => {
    await ruth.walksIn(await stage.wayFor('ruth', '/', { role: 'instructor' }))
    await ruth.sees('Evening')
    await tabsTo(ruth, /^A# [\s\S]*Evening/)
    await ruth.presses('Enter')
    await ruth.sees('What do you ask the class?')
    await tabsTo(ruth, /^INPUT#/)
    await types(ruth, 'Woods')
    await ruth.presses('Enter')
    await ruth.sees('Live')
    await ada.opens('/join')
    await expect.poll(async () => (await ada.focus()).tag).toBe('INPUT')
    await types(ada, world.inviteCode)
    await ada.presses('Enter')
    await tabsTo(ada, /^INPUT#/)
    await types(ada, 'Ada')
    await ada.presses('Enter')
    await ada.sees('No prompt is open')
    await fine()
  })

  it('[CL70] asks a choice with its options, and the learner answers and changes it', async () => {
    await ruth.presses('o')
    await types(ruth, WHICH)
    await tabsTo(ruth, /^INPUT# Words/, 'Shift+Tab')
    await ruth.presses('ArrowRight')
    await tabsTo(ruth, /^INPUT# Option A/)
    await types(ruth, 'Oak')
    await ruth.presses('Enter')
    await types(ruth, 'Elm')
    await ruth.presses('Enter')
    await types(ruth, 'Balsa')
    await tabsTo(ruth, /^INPUT# Option C is right/)
    await ruth.presses('Space', 'Control+Enter')
    await ruth.page.getByRole('heading', { level: 1, name: WHICH }).waitFor()
    await ada.sees('Balsa')
    await fine()
    await ada.presses('b')
    await tabsTo(ada, /^TEXTAREA#/)
    await types(ada, WHY)
    await tabsTo(ada, /^BUTTON# Hand in/)
    await ada.presses('Enter')
    await ada.sees(/Your answer is in, \d/)
    await tabsTo(ada, /^BUTTON# Change it/)
    await ada.presses('Enter')
    await expect.poll(async () => (await ada.focus()).tag).toBe('INPUT')
    await ada.presses('a', 'Enter')
    await ada.sees(/Your answer is in, \d/)
    await cleo.does('coldcall:answer', { promptId: prompt().promptId, choices: [2], body: 'It is the lightest.' })
    await ruth.sees('It is the lightest.')
    await expect.poll(() => rows().count()).toBe(2)
    await fine()
  })

  it('[CL70] closes, reveals a part and then the rest, hides, and puts one in the spotlight', async () => {
    await ruth.presses('e')
    await expect.poll(() => prompt().state).toBe('closed')
    await goesTo('It is the lightest.')
    await ruth.presses('p')
    await ruth.page.getByRole('button', { name: /^Pinned 1/ }).waitFor()
    await ruth.presses('Shift+R')
    await expect.poll(() => prompt().state).toBe('revealed')
    await ada.sees('It is the lightest.')
    await ada.sees('1 of 2 are shown. More may follow.')
    await fine()
    await ruth.presses('r')
    await ada.sees(WHY)
    await ada.seesNot('More may follow')
    await goesTo('It is the lightest.')
    await ruth.presses('h')
    await ada.seesNot('It is the lightest.')
    await ruth.sees('Hid one answer from the class')
    await ruth.presses('z')
    await ada.sees('It is the lightest.')
    await goesTo('It is the lightest.')
    await ruth.presses('l')
    await ada.sees('Large on the Screen')
    await fine()
  })

  it('[CL70] the learner goes over what was said and stars one, and takes the star back', async () => {
    await tabsTo(ada, /^LI#/)
    await expect.poll(async () => { await ada.presses('ArrowDown'); return (await ada.focus()).text }, { interval: 20 }).toContain('It is the lightest.')
    await ada.presses('s')
    const star = ada.page.getByRole('button', { name: /^Star Cleo/ })
    await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true')
    await ruth.sees(/1 star/)
    await ada.presses('s')
    await expect.poll(() => star.getAttribute('aria-pressed')).toBe('false')
  })

  it('[CL70] calls on somebody, who passes', async () => {
    const here = () => world.app.kernel.presence.learners(world.cohortId).length
    cleo.leaves() // so that there is one to call
    await expect.poll(here).toBe(1)
    await ruth.presses('c')
    await ada.sees('You are called on')
    await expect.poll(async () => (await ada.focus()).text).toBe('You are called on')
    await fine()
    await tabsTo(ada, /^BUTTON# Pass/)
    await ada.presses('Enter')
    await ada.sees('One pass is left in this class.')
    await ruth.sees('Passed')
    await tabsTo(ada, /^BUTTON# Put it away/)
    await ada.presses('Enter')
    await ada.seesNot('One pass is left')
    await cleo.rejoins()
  })

  it('[CL70] the vote is put again, and both see who moved', async () => {
    await ruth.presses('Escape', 'v')
    await expect.poll(() => cleo.view.prompts[0]!.revoteOf).not.toBeNull()
    await ada.sees('The first time you said A')
    await ada.presses('c')
    await tabsTo(ada, /^BUTTON# Hand in/)
    await ada.presses('Enter')
    await ada.sees(/Your answer is in, \d/)
    await cleo.does('coldcall:answer', { promptId: cleo.view.prompts[0]!.promptId, choices: [2] })
    await ruth.page.getByRole('img', { name: '2 of 2 answered' }).waitFor()
    await ruth.presses('r')
    await ruth.sees('Press again within 5 seconds')
    await ruth.presses('r')
    await ada.sees(/You went from A to C/)
    await ruth.page.getByRole('region', { name: 'Before and after' }).waitFor()
    await fine()
  })

  it('[CL70] the class is ended, and its record is read; no mouse was there', async () => {
    await tabsTo(ruth, /^BUTTON# End class/)
    await ruth.presses('Enter')
    await ruth.sees('Press again to end')
    await ruth.presses('Enter')
    await ruth.sees(/Class ended, 2 learners were here/)
    await ada.sees('The class has ended')
    await tabsTo(ada, /^BUTTON# See what was said/)
    await ada.presses('Enter')
    await ada.sees(/You went from A to C/)
    await tabsTo(ruth, /^A# People/)
    await ruth.presses('Enter')
    await ruth.sees('Cleo')
    await tabsTo(ruth, /^A# Classes held/)
    await ruth.presses('Enter')
    await ruth.sees('Woods')
    await tabsTo(ruth, /^A# Woods/)
    await ruth.presses('Enter')
    await ruth.sees(WHICH)
    await tabsTo(ruth, /^BUTTON# Show the answers/)
    await ruth.presses('Enter')
    await ruth.sees(WHY)
    await fine()
    for (const check of untouched) await check()
  })
})
