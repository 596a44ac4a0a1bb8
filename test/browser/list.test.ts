// What the instructor has under the eye: answers appear while there are few, wait once there are many, and are all there at
// the reveal; nothing moves under a finger.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('the answers under an instructor’s eye', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  let class_: Person[]
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world)
    teacher = await stage.teacher()
    class_ = []
    for (let n = 0; n < 20; n++) class_.push(await world.has(`l${n}`))
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  const answer = async (from: number, to: number) => {
    for (const one of class_.slice(from, to)) await one.does('coldcall:answer', { promptId: one.view.prompts[0]!.promptId, body: `Answer of ${one.who}` })
  }
  const rows = () => teacher.page.locator('.answers > li')

  it('[CL19] offers questions to begin with, until one was asked', async () => {
    await teacher.taps('What surprised you most in what you read?')
    expect(await teacher.page.locator('#next').inputValue()).toBe('What surprised you most in what you read?')
    expect((await teacher.focus()).id).toBe('next')
    await teacher.taps(/^Put it on the board/)
    await teacher.page.getByRole('heading', { level: 1, name: 'What surprised you most' }).waitFor()
    await teacher.seesNot('Or begin with one of these')
  })

  it('[CL20] shows answers as they come while there are few, keeps still under a finger and once there are many', async () => {
    await Promise.all(class_.map((one) => one.hears('coldcall:opened')))
    await answer(0, 3)
    await expect.poll(() => rows().count()).toBe(3)
    await rows().first().hover()
    await answer(3, 5)
    await teacher.sees('2 more came in')
    expect(await rows().count()).toBe(3)
    await teacher.page.mouse.move(4, 4)
    await expect.poll(() => rows().count()).toBe(5)
    await answer(5, 14)
    await expect.poll(() => rows().count()).toBeGreaterThanOrEqual(12)
    const before = await rows().allInnerTexts()
    await answer(14, 18)
    await teacher.sees(/\d more came in/)
    expect(await rows().allInnerTexts()).toEqual(before)
    await teacher.presses('n')
    await expect.poll(() => rows().count()).toBe(18)
    // What is off the screen is not drawn, so it is asked for its text and not for what is seen of it.
    await expect.poll(() => rows().first().textContent()).toContain('Answer of l17')
  })

  it('[CL20] shows all that came in at the reveal, and no filter that finds nothing', async () => {
    await answer(18, 20)
    await teacher.sees('2 more came in')
    await teacher.taps('Reveal all to the room')
    await expect.poll(() => rows().count()).toBe(20)
    await teacher.seesNot(/more came in/)
    expect(await teacher.page.getByRole('group', { name: 'Filter' }).getByRole('button').allInnerTexts()).toEqual(['All', expect.stringMatching(/^Pinned\s0$/)])
  })
})
