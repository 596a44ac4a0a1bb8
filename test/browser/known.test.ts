// What the tutor knows, on the page where a course is written: empty, read, a question that it answers and one that it does not.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

inBrowsers('what the tutor knows', () => {
  let world: World
  let stage: Stage
  let olive: Actor
  const known = () => olive.page.getByRole('region', { name: 'What the tutor knows' })
  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld('pglite')
    stage = await Stage.opens(world)
    olive = await stage.has('olive', 'laptop', { reducedMotion: 'reduce' })
    await olive.walksIn(await stage.linkOf(world.owner, `/course/${world.courseId}/write`))
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[KN14] says that there is nothing to read yet', async () => {
    await known().getByText('Nothing yet: the course has no topics.').waitFor()
    await olive.isFine('the tutor knows nothing')
  })

  it('[KN14] [KN6] shows how far it has read, and reads by itself', async () => {
    for (const [i, markdown] of ['## Moisture\n\nThe moisture of soil is measured by a capacitive sensor.', 'A windmill grinds grain in the valley.'].entries())
      await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: i + 1, topicName: ['Soil', 'Grain'][i], markdown })
    await olive.reloads()
    await known().getByText('It has read 2 topics in 2 passages.').waitFor({ timeout: PATIENCE * 2 })
    expect(await known().getByText('no model compares meanings').count()).toBe(1)
  })

  it('[KN14] tries a question by keys, and says whether it would be answered', async () => {
    const asks = async (text: string) => {
      await known().getByLabel('Try a question').fill(text)
      await olive.presses('Enter')
    }
    await asks('Which sensor measures the moisture of soil?')
    await olive.hears('The tutor would answer from these passages.')
    await known().getByText('Soil › Moisture').waitFor()
    await olive.isFine('a question that is answered')
    await known().screenshot({ path: 'test/.out/known.png' })
    await olive.page.emulateMedia({ colorScheme: 'dark' })
    await known().screenshot({ path: 'test/.out/known-dark.png' })
    await olive.page.emulateMedia({ colorScheme: 'light' })
    const size = olive.page.viewportSize() as { width: number; height: number }
    await olive.page.setViewportSize({ width: 360, height: 740 })
    await olive.page.evaluate(() => { document.documentElement.dir = 'rtl' })
    await known().screenshot({ path: 'test/.out/known-360-rtl.png' })
    await olive.page.evaluate(() => { document.documentElement.dir = 'ltr' })
    await olive.page.setViewportSize(size)
    await asks('zanzibar')
    await olive.hears('Nothing comes near')
    await known().getByText('Nothing comes near').waitFor()
  })

  it('[KN14] says what went wrong where the question does not get there', async () => {
    await olive.goesOffline()
    await known().getByLabel('Try a question').fill('moisture')
    await olive.presses('Enter')
    await known().getByRole('alert').waitFor()
    await olive.comesBack()
    await known().getByRole('button', { name: 'See what it finds' }).click()
    await known().getByText('Soil › Moisture').waitFor()
    expect(await known().getByRole('alert').count()).toBe(0)
  })
})
