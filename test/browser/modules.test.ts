// The instructor's hand on modules, in real browsers: opened for a batch, and a learner's page says so at once; taken back whole; chosen
// learners, from a list and from the picture; who only looks has no buttons, and who does not belong sees none of it.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Signed } from '../helpers/world.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { aBoard, Room } from './boards.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

inBrowsers('The hand on modules', () => {
  let world: World
  let stage: Stage
  let ruth: Actor
  let [ada, ben, cal] = [] as unknown as [Signed, Signed, Signed]
  const calm = { reducedMotion: 'reduce' } as const
  const at = (rest = '/modules') => `/cohort/${world.cohortId}/dashboard${rest}`
  const picture = (name: string, of = ruth, fullPage = false) => of.page.screenshot({ path: `test/.out/modules-${name}.png`, fullPage })
  const card = (name: string, of = ruth) => of.page.getByRole('region', { name })
  const stands = async () => (await world.gets('GET', `/cohorts/${world.cohortId}/modules`)).modules
  const stateOf = async (who: Signed, moduleNo: number) => (await world.gets('GET', `/cohorts/${world.cohortId}/modules`, undefined, who.accessToken)).modules[moduleNo - 1].state
  const hands = async (moduleNo: number) => (await stands())[moduleNo - 1].hands.map((h: any) => [h.open, h.displayName ?? h.batchNo])
  const learns = async (who: string, batchNo: number) => {
    await world.lists([{ email: `${who}@school.test`, name: who, batchNo }])
    return world.signsIn(`${who}@school.test`, { name: who })
  }
  const has = async (who: string, role: string, path = at(), size: 'laptop' | 'phone' = 'laptop', more = {}) => {
    const actor = await stage.has(who, size, { ...calm, ...more })
    await actor.walksIn(await stage.wayFor(who, path, { role }))
    return actor
  }

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    await world.gets('PUT', `/courses/${world.courseId}/modules/2/rule`, { rule: { all: [{ sessionsHeld: 1 }, { daysAfterStart: 900 }] } })
    await world.gets('PUT', `/courses/${world.courseId}/modules/3/rule`, { rule: { byHand: true } })
    ada = await learns('ada', 1)
    ben = await learns('ben', 2)
    cal = await learns('cal', 2)
    stage = await Stage.opens(world)
    ruth = await has('ruth', 'instructor')
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[DS11] says of each module what it asks and how many stand how', async () => {
    await ruth.page.getByRole('heading', { level: 1, name: 'Modules' }).waitFor()
    await ruth.sees('It asks for nothing: it is open to everybody.')
    await card('2 Module 2').getByText('3 locked').waitFor()
    await ruth.isFine('modules')
    await picture('modules')
  })

  it('[DS12] opened for a batch, a learner’s page says so at once; the others hear nothing; undo restores what stood before', async () => {
    const home = await stage.has('ben', 'phone', calm)
    await home.walksIn(await stage.linkOf(ben, stage.classPath))
    const other = await stage.has('ada', 'phone', calm)
    await other.walksIn(await stage.linkOf(ada, stage.classPath))
    await home.page.waitForLoadState('networkidle')
    await card('2 Module 2').getByLabel('For').selectOption('2')
    await card('2 Module 2').getByRole('button', { name: 'Open', exact: true }).click()
    await ruth.sees('Module 2 is open for 2 who could not enter')
    await home.sees('Module unlocked')
    await picture('learner', home)
    await card('2 Module 2').getByText('Open for Batch 2').waitFor()
    await card('2 Module 2').getByText('2 open, not begun').waitFor()
    await picture('opened')
    await ruth.isFine('a hand lies on it')
    expect(await hands(2)).toEqual([[true, 2]])
    await other.seesNot('Module unlocked')
    await ruth.page.locator('body').press('z')
    await ruth.sees('Module 2 is as it was before')
    await expect.poll(() => hands(2)).toEqual([])
    expect(await stateOf(ben, 2)).toBe('locked')
    await card('2 Module 2').getByText('3 locked').waitFor()
    for (const actor of [home, other]) await actor.page.close()
  })

  it('[DS12] undo puts back each hand that lay there, and a hand is taken back by itself', async () => {
    const rows: any[] = (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members ?? []
    const idOf = (name: string) => rows.find((m) => m.displayName === name)?.memberId as string
    const obi = await world.has('ruth', { role: 'instructor' })
    await obi.does('module:unlock', { cohortId: world.cohortId, moduleNo: 3, memberIds: [idOf('ada')] } as never)
    await obi.does('module:lock', { cohortId: world.cohortId, moduleNo: 3, memberIds: [idOf('ben')] } as never)
    await card('3 Module 3').getByText('Held shut for ben').waitFor()
    await card('3 Module 3').getByRole('button', { name: 'Choose learners…' }).click()
    await ruth.page.getByLabel('Search by name').fill('zzz')
    await ruth.sees('Nobody is called that. Search for a part of the name.')
    await ruth.page.getByLabel('Search by name').fill('')
    await ruth.isFine('choosing')
    await ruth.page.getByRole('checkbox', { name: 'ada' }).focus()
    await ruth.presses('Space', 'End', 'Shift+Space')
    await ruth.sees('3 chosen')
    await picture('choosing')
    await ruth.page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
    await ruth.sees('Module 3 is open for 2 who could not enter')
    expect((await hands(3)).map((h: any) => h[0])).toEqual([true, true, true])
    await ruth.taps(/^Undo/)
    await expect.poll(async () => (await hands(3)).sort((a: any, b: any) => (a[1] < b[1] ? -1 : 1))).toEqual([[true, 'ada'], [false, 'ben']])
    await ruth.taps('Let the rule decide again: Module 3, ben')
    await ruth.sees('The rule decides again on Module 3 for ben')
    await expect.poll(() => hands(3)).toEqual([[true, 'ada']])
    await ruth.taps(/^Undo/)
    await expect.poll(() => hands(3)).toHaveLength(2)
  })

  it('[DS13] from the picture: squares chosen by keys, and the module opened for them', async () => {
    await ruth.opens(at('?batch=2'))
    await ruth.sees(/^Choose learners to open a module/)
    await ruth.page.getByRole('checkbox', { name: 'Choose ben' }).focus()
    await ruth.presses('ArrowRight', 'ArrowRight', 'Space', 'ArrowDown', 'Shift+Space')
    await ruth.sees('2 learners chosen')
    await picture('picked')
    await ruth.isFine('learners chosen')
    await ruth.taps('Open')
    await ruth.sees('Module 2 is open for 2 who could not enter')
    expect(await stateOf(cal, 2)).toBe('unlocked')
    expect(await stateOf(ada, 2)).toBe('locked')
    await ruth.taps(/^Undo/)
    await expect.poll(() => stateOf(cal, 2)).toBe('locked')
    await ruth.presses('Escape')
    await ruth.page.getByRole('button', { name: 'ben, 2: Locked' }).click()
    await ruth.page.locator('.dash-lay').getByText('ben', { exact: true }).waitFor()
  })

  it('[DS14] who only looks has no buttons; learners and instructors of other classes see none of it', async () => {
    const obi = await has('obi', 'observer')
    await card('3 Module 3', obi).getByText('Held shut for ben').waitFor()
    for (const name of ['Open', 'Hold shut', 'Choose learners…']) expect(await obi.page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
    expect(await obi.page.getByRole('button', { name: /Let the rule/ }).count()).toBe(0)
    await obi.opens(at('?batch=2'))
    await obi.sees('Batch 2')
    expect(await obi.page.getByRole('checkbox').count()).toBe(0)
    await obi.isFine('an observer')
    const learner = await stage.has('ben', 'phone', calm)
    await learner.walksIn(await stage.linkOf(ben, at()))
    await learner.sees('This is for those who teach here')
    expect(learner.frames.join('')).not.toContain('"hands"')
    const { cohortId } = await world.cohort({ name: 'Spring' })
    await world.lists([{ email: 'sue@school.test', name: 'sue', role: 'instructor' }], cohortId)
    const sue = await stage.has('sue', 'laptop', calm)
    await sue.walksIn(await stage.linkOf(await world.signsIn('sue@school.test', { name: 'sue' }), at()))
    await sue.page.locator('main.notice').waitFor()
    await sue.seesNot('Module 2')
    for (const actor of [obi, learner, sue]) await actor.page.close()
  })

  it('[DS15] without a net nothing can be pressed, and it says why', async () => {
    await ruth.opens(at())
    await card('2 Module 2').waitFor()
    await ruth.goesOffline()
    await ruth.sees(/^Not connected: modules can be opened/)
    expect(await card('2 Module 2').getByRole('button', { name: 'Open', exact: true }).getAttribute('aria-disabled')).toBe('true')
    await ruth.comesBack()
    await ruth.seesNot(/^Not connected: modules/)
  })

  it('[DS15] a course without modules, by night, on a phone and from right to left', async () => {
    const night = await has('ruth', 'instructor', at(), 'laptop', { colorScheme: 'dark' })
    await night.sees('It asks')
    await picture('dark', night)
    await night.opens(at('/modules?dir=rtl'))
    await night.sees('It asks')
    await picture('rtl', night)
    const phone = await has('ruth', 'instructor', at(), 'phone')
    await phone.sees('It asks')
    await picture('phone', phone, true)
    await phone.page.getByRole('button', { name: 'Choose learners…' }).first().click()
    await picture('phone-choosing', phone)
    const bare = await world.gets('POST', '/courses', { slug: 'bare', name: 'Bare', modules: [] })
    const { cohortId } = await world.gets('POST', `/courses/${bare.courseId}/cohorts`, { name: 'Bare' })
    await world.lists([{ email: 'ruth@school.test', name: 'Ruth', role: 'instructor' }], cohortId)
    await night.opens(`/cohort/${cohortId}/dashboard/modules`)
    await night.sees('This course has no modules yet')
    await night.isFine('no modules')
    const plain = await world.gets('POST', '/courses', { slug: 'plain', name: 'Plain', modules: [{ moduleNo: 1, title: 'One' }] })
    const unruled = (await world.gets('POST', `/courses/${plain.courseId}/cohorts`, { name: 'Plain' })).cohortId
    await world.lists([{ email: 'ruth@school.test', name: 'Ruth', role: 'instructor' }], unruled)
    await night.opens(`/cohort/${unruled}/dashboard/modules`)
    await night.sees(/^No module asks for anything yet/)
    for (const actor of [night, phone]) await actor.page.close()
  })

  it('[DS13] a thousand learners to choose from, with no more drawn than are in sight', async () => {
    const crowd = new Room(aBoard(1_000), world.cohortId)
    const many = await stage.has('many', 'laptop', calm)
    await crowd.serves(many)
    await many.walksIn(await stage.wayFor('ruth', at(), { role: 'instructor' }))
    await many.page.getByRole('button', { name: 'Choose learners…' }).nth(1).click()
    await many.sees('1,000 learners')
    expect(await many.page.locator('.dash-picks label').count()).toBeLessThan(60)
    await many.page.locator('.dash-picks input').first().focus()
    await many.presses('Space', 'End', 'Shift+Space')
    await many.sees('1,000 chosen')
    await picture('thousand', many)
    await many.page.getByLabel('Search by name').fill('Ilić')
    await expect.poll(() => many.page.locator('.dash-picks label').count(), { timeout: PATIENCE }).toBeGreaterThan(5)
    await many.page.close()
  })
})
