// Who a page is: by a link, by a code, in two tabs of one browser, and when a token runs out in class.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('who one is', () => {
  let world: World
  let stage: Stage
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    Object.assign(world, await world.cohort({ name: 'Evening', entry: 'code' }))
    stage = await Stage.opens(world)
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL14] walks in by a link, leaves no token in the address, and stays over a reload', async () => {
    const ada = await stage.learner('ada')
    await ada.sees('The class has not begun')
    expect(ada.page.url()).toBe(world.url + stage.classPath)
    await ada.reloads()
    await ada.sees('The class has not begun')
    await ada.opens('/')
    await ada.sees('Hello, Ada')
  })

  it('[CL14] says so where a link does not open any more', async () => {
    const nobody = await stage.has('nobody')
    await nobody.opens('/walk-in#not-a-link')
    await nobody.sees('This link does not open any more')
    await nobody.page.getByRole('link', { name: 'Enter with a code' }).waitFor()
  })

  it('[CL15] lets two people in two tabs of one browser stay themselves', async () => {
    const ada = await stage.learner('ada')
    const ben = await stage.sits('ben', ada.context)
    await ben.opens(await stage.wayFor('ben', stage.classPath))
    await ben.sees('The class has not begun')
    for (const one of [ada, ben]) await one.reloads()
    const teacher = await world.has('teacher', { role: 'instructor' })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Who are you?' })
    await ada.answers('I am Ada')
    await ben.answers('I am Ben')
    const { answers } = await teacher.does('coldcall:answers', { promptId })
    expect(answers.map((a) => [a.author?.displayName, a.body]).sort()).toEqual([['Ada', 'I am Ada'], ['Ben', 'I am Ben']])
    for (const one of [ada, ben]) await one.opens('/')
    await Promise.all([ada.sees('Hello, Ada'), ben.sees('Hello, Ben')])
  })

  it.each(['as on the Screen', 'in one small word', 'as a pasted link', 'with a dash'])('[CL16] takes the code %s', async (how) => {
    const [word, figures] = world.inviteCode.split(' ') as [string, string]
    const typed = { 'as on the Screen': world.inviteCode, 'in one small word': (word + figures).toLowerCase(), 'as a pasted link': `https://class.example.org/join/${word}${figures}?from=mail`, 'with a dash': `${word}-${figures} ` }[how]!
    const guest = await stage.has(`guest ${how}`)
    await guest.opens('/')
    await guest.page.getByLabel('Class code').fill(typed)
    await guest.page.getByLabel('Your name').fill('Gil')
    await guest.presses('Enter')
    await guest.sees('Who are you?')
  })

  it('[CL16] says in words what is wrong with a code', async () => {
    const guest = await stage.has('lost')
    await guest.opens('/join/NOSUCH1234')
    expect(await guest.page.getByLabel('Class code').inputValue()).toBe('NOSUCH 1234')
    await guest.page.getByLabel('Your name').fill('Gil')
    await guest.presses('Enter')
    await guest.sees('No class has this code')
  })

  it('[CL17] renews a token that is about to end, in class, unnoticed', async () => {
    const short = await aWorld('pglite', { tokenSeconds: 62 })
    const there = await Stage.opens(short)
    const ada = await there.learner('ada')
    await ada.sees('The class has not begun')
    await expect.poll(() => ada.frames.some((f) => f.includes('auth:expiring')), { timeout: 10_000 }).toBe(true)
    await expect.poll(() => ada.sent.some((f) => f.includes('auth:renew')), { timeout: 10_000 }).toBe(true)
    await expect.poll(() => ada.frames.some((f) => /"ok":true,"data":\{"expiresAt"/.test(f)), { timeout: 10_000 }).toBe(true)
    await ada.seesNot('Not connected')
    await there.ends()
    await short.ends()
  })
})
