// One prompt, two learners in one room, each in their own language.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('a prompt in two languages', () => {
  let world: World
  let stage: Stage
  let [ruth, ada, eva]: Actor[] = []
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world)
    ruth = await stage.teacher('ruth', { reducedMotion: 'reduce' })
    ada = await stage.learner('ada', { locale: 'en-GB' })
    eva = await stage.learner('eva', { locale: 'es-ES', reducedMotion: 'reduce' })
  }, 60_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL73] the instructor writes it in both, and nothing covers anything on the way', async () => {
    await ruth!.sees('What do you ask the class?')
    const clear = async () => ruth!.page.evaluate(() => {
      const up = document.querySelector('.goes-up')!.getBoundingClientRect()
      return [...document.querySelectorAll('.composer .terms > div, .composer .sample')].filter((el) => { const r = el.getBoundingClientRect(); return el.checkVisibility({ contentVisibilityAuto: true }) && r.height > 0 && r.bottom > up.top + 1 && r.top < up.bottom - 1 }).length
    })
    expect(await clear()).toBe(0)
    await ruth!.page.locator('#next').fill('Which wood floats?')
    await ruth!.page.getByText('Choice', { exact: true }).click()
    await ruth!.page.getByRole('textbox', { name: /^Option A/ }).fill('Oak')
    await ruth!.page.getByRole('textbox', { name: /^Option B/ }).fill('Balsa')
    await ruth!.page.locator('.settings').evaluate((d) => { (d as HTMLDetailsElement).open = true })
    await ruth!.taps('In other languages')
    await ruth!.page.getByRole('combobox', { name: 'Add a language' }).selectOption('es')
    await ruth!.page.getByRole('textbox', { name: /^The question in / }).fill('¿Qué madera flota?')
    await ruth!.page.getByRole('textbox', { name: /^Option B in / }).fill('Balsa ligera')
    expect(await ruth!.barriers()).toEqual([])
    await ruth!.taps(/^Put it on the board/)
    await ruth!.page.getByRole('heading', { level: 1, name: 'Which wood floats?' }).waitFor()
  })

  it('[CL73] each learner reads theirs, also what was not translated, and the reveal is theirs too', async () => {
    await ada!.sees('Which wood floats?')
    await eva!.sees('¿Qué madera flota?')
    await eva!.sees('Balsa ligera')
    await eva!.sees('Oak') // nobody wrote this one in Spanish
    expect(await eva!.page.locator('#prompt').getAttribute('lang')).toBe('es')
    await eva!.seesNot('Which wood floats?')
    await eva!.page.getByRole('radio', { name: /Balsa ligera/ }).check()
    await eva!.taps(/^Hand in/)
    await eva!.sees(/Your answer is in, \d/)
    await ruth!.presses('Escape', 'r')
    await ruth!.sees(/Press again/)
    await ruth!.presses('r')
    await eva!.page.locator('.revealed').getByText('¿Qué madera flota?').waitFor()
    await ada!.page.locator('.revealed').getByText('Which wood floats?').waitFor()
    expect(await eva!.barriers()).toEqual([])
  })
})
