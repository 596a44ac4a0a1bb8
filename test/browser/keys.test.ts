// By keyboard alone: the instructor asks and reveals, the learner answers and stars, and the focus is always to be seen.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { isSeen, tabsTo } from './keyboard.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('by keyboard alone', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  let ada: Actor
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world);
    [teacher, ada] = await Promise.all([stage.teacher(), stage.learner('ada')])
    await Promise.all([teacher.sees('What do you ask the class?'), ada.sees('The class has not begun')])
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL10] asks, answers, reveals and stars, each with keys', async () => {
    const cleo = await world.has('cleo')
    await teacher.presses('o')
    expect((await teacher.focus()).id).toBe('next')
    await teacher.page.keyboard.type('Which way does the wind blow?')
    await teacher.presses('Control+Enter')
    await teacher.page.getByRole('heading', { level: 1, name: 'Which way' }).waitFor()

    await ada.sees('Which way does the wind blow?')
    await tabsTo(ada, /^TEXTAREA/)
    await ada.page.keyboard.type('From the west')
    await tabsTo(ada, /^INPUT/)
    await ada.presses('ArrowRight')
    await tabsTo(ada, /^BUTTON# Hand in/)
    await ada.presses('Enter')
    await ada.sees(/Your answer is in, \d/)
    await cleo.does('coldcall:answer', { promptId: cleo.view.prompts[0]!.promptId, body: 'Wherever it likes' })
    await teacher.sees('Wherever it likes')

    await teacher.presses('Escape', 'ArrowDown', 'p')
    expect((await teacher.focus()).tag).toBe('LI')
    await teacher.page.getByRole('button', { name: /^Pinned 1/ }).waitFor()
    await teacher.presses('r')
    await teacher.sees('Press again within 5 seconds')
    await ada.seesNot('Wherever it likes')
    await teacher.presses('r')
    await ada.sees('Wherever it likes')

    await expect.poll(async () => (await ada.focus()).tag, { message: 'the reveal takes the focus to its heading' }).toBe('H1')
    await ada.presses('ArrowDown', 'ArrowDown')
    expect((await ada.focus()).text).toContain('Wherever it likes')
    expect(await isSeen(ada)).toBe(true)
    await ada.presses('s')
    await expect.poll(() => ada.page.getByRole('button', { name: /^Star cleo/ }).getAttribute('aria-pressed')).toBe('true')
    await ada.presses('ArrowUp', 's')
    await ada.sees('2 left')
  })

  it('[CL11] lists the keys under ?, gives the focus back, and lets them be turned off', async () => {
    await teacher.presses('?')
    const sheet = teacher.page.getByRole('dialog', { name: 'Keys' })
    await sheet.waitFor()
    await teacher.presses('o')
    expect(await teacher.page.evaluate(() => document.activeElement?.closest('dialog') !== null), 'a letter does nothing while the sheet is open').toBe(true)
    await teacher.presses('Escape')
    await teacher.page.locator('dialog').waitFor({ state: 'detached' })
    await teacher.presses('?')
    await teacher.taps('Turn letters off')
    await teacher.taps('Done')
    await teacher.page.locator('dialog').waitFor({ state: 'detached' })
    await teacher.presses('o')
    expect((await teacher.focus()).id).not.toBe('next')
    await teacher.presses('?')
    await teacher.taps('Turn letters on')
    await teacher.presses('Escape')
    await teacher.page.locator('dialog').waitFor({ state: 'detached' })
    await teacher.presses('o')
    expect((await teacher.focus()).id).toBe('next')
  })

  it('[CL12] comes to everything by Tab, and shows where it is', async () => {
    await teacher.page.mouse.click(0, 0)
    await tabsTo(teacher, /^A# Lectern/)
    await tabsTo(teacher, /Open the Screen/)
    await tabsTo(teacher, /Search answers/)
    await tabsTo(teacher, /^LI/)
    await tabsTo(teacher, /^TEXTAREA#next/)
  })
})
