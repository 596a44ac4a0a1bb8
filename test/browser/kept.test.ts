// What a learner writes is never lost and never doubled: out of reach, over a reload, on two devices, at the deadline.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('what was written', () => {
  let world: World
  let stage: Stage
  let teacher: Person
  let n = 0
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    teacher = await world.has('teacher', { role: 'instructor' })
    stage = await Stage.opens(world)
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  /** A fresh prompt; resolves with its id. */
  async function asks(seconds?: number): Promise<string> {
    const open = teacher.view.prompts.find((p) => p.state === 'open')
    if (open) await teacher.does('coldcall:close', { promptId: open.promptId })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: `Question ${++n}?`, ...(seconds && { seconds }) })
    return promptId
  }
  /** What the database has of a prompt, by author. */
  async function stored(promptId: string) {
    const { answers } = await teacher.does('coldcall:answers', { promptId })
    return answers.map((a) => [a.author?.displayName, a.body, a.revision])
  }

  it('[CL6] keeps an answer while the line is gone, says so, and hands it in once when it is back', async () => {
    const promptId = await asks()
    const ada = await stage.learner('ada')
    await ada.sees('Question 1?')
    await ada.goesOffline()
    await ada.sees('Not connected')
    await ada.hears('Reconnecting, your answer is kept here')
    await ada.writes('Written in a tunnel')
    await ada.handsIn()
    await ada.sees(/Reconnecting…\s+your answer is kept here/)
    await ada.sees('Not handed in yet')
    await ada.seesNot(/Your answer is in/)
    expect(await stored(promptId)).toEqual([])
    await ada.comesBack()
    await ada.sees(/Your answer is in, \d/)
    expect(await stored(promptId)).toEqual([['Ada', 'Written in a tunnel', 1]])
    await ada.reloads()
    await ada.sees(/Your answer is in, \d/)
    await ada.sees('Written in a tunnel')
    expect(await stored(promptId)).toEqual([['Ada', 'Written in a tunnel', 1]])
  })

  it('[CL7] keeps it over a reload out of reach, and hands it in by itself afterwards', async () => {
    const promptId = await asks()
    const bea = await stage.learner('bea')
    await bea.sees('Question 2?')
    await bea.goesOffline()
    await bea.writes('Before the battery died')
    await bea.handsIn()
    await bea.sees('your answer is kept here')
    await bea.reloads().catch(() => undefined)
    await bea.comesBack()
    await bea.losesTheLine()
    await bea.reloads()
    await bea.sees('The class cannot be reached')
    await bea.reloads()
    await bea.hasTheLineAgain()
    await bea.sees(/Your answer is in, \d/)
    expect(await stored(promptId)).toEqual([['Bea', 'Before the battery died', 1]])
  })

  it('[CL7] keeps a draft over a reload', async () => {
    await asks()
    const cem = await stage.learner('cem')
    await cem.writes('Half a thou')
    await cem.reloads()
    await cem.sees('Question 3?')
    await expect.poll(() => cem.page.getByLabel('Your answer').inputValue()).toBe('Half a thou')
  })

  it.each(['two devices', 'two tabs'] as const)('[CL8] shows both versions where one person answers on %s', async (where) => {
    const promptId = await asks()
    const who = where === 'two tabs' ? 'dan' : 'dora'
    const phone = await stage.learner(who)
    const tablet = where === 'two tabs' ? await stage.sits(who, phone.context) : await stage.has(who)
    await tablet.opens(await stage.wayFor(who, stage.classPath))
    for (const one of [phone, tablet]) await one.sees(`Question ${n}?`)
    await tablet.writes('From the tablet')
    await phone.answers('From the phone')
    await tablet.handsIn()
    await tablet.sees('Another answer of yours is in')
    await tablet.sees('From the phone')
    await tablet.sees('From the tablet')
    expect((await stored(promptId)).map((a) => a[1])).toEqual(['From the phone'])
    await tablet.taps('Hand this one in instead')
    await tablet.sees(/Your answer is in, \d/)
    await phone.sees('From the tablet')
    expect((await stored(promptId)).map(([, ...a]) => a)).toEqual([['From the tablet', 2]])
  })

  it('[CL9] hands in what stands there when time is up; what comes later is refused, and the text stays', async () => {
    const [eva, finn] = await Promise.all([stage.learner('eva'), stage.learner('finn')])
    const promptId = await asks(5)
    for (const one of [eva, finn]) await one.sees(`Question ${n}?`)
    await finn.goesOffline()
    await finn.writes('Too far away')
    await finn.handsIn()
    await eva.writes('Just in ti')
    await eva.sees('What stands here is handed in when time is up.')
    await eva.sees(/Your answer is in, \d/)
    await eva.sees('It was handed in by itself when time was up.')
    await expect.poll(() => teacher.view.prompts[0]!.state, { timeout: 9_000 }).toBe('closed')
    await finn.comesBack()
    await finn.sees(/The prompt closed at \d/)
    await finn.sees('Too far away')
    await finn.seesNot(/Your answer is in/)
    expect(await stored(promptId)).toEqual([['Eva', 'Just in ti', 1]])
  })
})
