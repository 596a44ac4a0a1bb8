// What learners are offered to ask, as authors write it: added, said otherwise, moved, what follows, deleted.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('What one might ask', () => {
  let world: World
  let stage: Stage
  let owner: Actor
  let topicId: string
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: 'Soil moisture is measured by a sensor.' })).topicId
    stage = await Stage.opens(world)
    owner = await stage.has('olive', 'laptop', { reducedMotion: 'reduce' })
    await owner.walksIn(await stage.linkOf(world.owner, `/course/${world.courseId}/write/${topicId}`))
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })
  const all = () => world.gets('GET', `/topics/${topicId}/suggestions`).then(({ suggestions }) => suggestions.map((s: { prompt: string; position: number; parentId: string | null }) => [s.prompt, s.position, s.parentId !== null]))

  it('[TR18] authors write trees of questions on the page of their topic', async () => {
    await owner.sees('Nothing yet: learners are offered the headings of the lesson.')
    for (const text of ['What is soil moisture?', 'Why does soil dry?']) {
      await owner.page.getByLabel('A question to offer').fill(text)
      await owner.presses('Enter')
      await owner.sees(text)
    }
    await owner.taps('Move “Why does soil dry?” up')
    await expect.poll(all).toEqual([['Why does soil dry?', 1, false], ['What is soil moisture?', 2, false]])
    await owner.taps('Then ask… after “What is soil moisture?”')
    await owner.page.getByRole('textbox', { name: 'Then ask… after “What is soil moisture?”' }).fill('How is it measured?')
    await owner.presses('Enter')
    await owner.sees('How is it measured?')
    await owner.taps('Change “How is it measured?”')
    await owner.page.getByRole('textbox', { name: 'Change “How is it measured?”' }).fill('With which sensor?')
    await owner.presses('Enter')
    await expect.poll(all).toContainEqual(['With which sensor?', 1, true])
    await owner.isFine('suggestions')
    await owner.page.locator('.suggested').screenshot({ path: 'test/.out/suggested.png' })
    await owner.taps('Delete “What is soil moisture?”, with what follows it')
    await owner.taps('Delete, with what follows?')
    await expect.poll(all).toEqual([['Why does soil dry?', 1, false]])
  })
})
