// The answers of a class in groups, as staff have them at the reveal: looked at, put right, undone, on two devices and on a phone.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const SAID = [
  'To save battery', 'saves battery power', 'it saves the battery', 'to save the batery', 'so the battery lasts longer', 'battery lasts longer', 'longer battery life', 'To save battery!',
  'So it does not overheat', 'it would overheat otherwise', 'to stop it overheating', 'prevents overheating',
  'soil moisture changes slowly', 'the moisture of the soil changes slowly', 'because soil moisture does not change fast',
  'I do not know', 'i don’t know', 'para ahorrar batería', 'My cat is purple', 'Because the teacher said so, and the book on page twelve has a picture of it that I did not understand',
]

inBrowsers('answers in groups', () => {
  let world: World
  let stage: Stage
  let lead: Person
  let teacher: Actor
  let second: Actor
  let class_: Person[]
  const calm = { reducedMotion: 'reduce' } as const
  const cards = (who: Actor) => who.page.locator('.grp')
  const card = (who: Actor, text: string) => cards(who).filter({ hasText: text }).first()
  const picture = (who: Actor, name: string) => who.page.screenshot({ path: `test/.out/groups-${name}.png` })
  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    stage = await Stage.opens(world)
    lead = await world.has('lead', { role: 'instructor' })
    teacher = await stage.teacher('ruth', calm)
    class_ = await Promise.all(SAID.map((_, n) => world.has(`l${n}`)))
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  const asks = async (text: string, said: readonly string[]) => {
    const { promptId } = await lead.does('coldcall:open', { cohortId: world.cohortId, text })
    for (const [n, body] of said.entries()) await class_[n]!.does('coldcall:answer', { promptId, body })
    await lead.does('coldcall:reveal', { promptId })
  }

  it('[GR8] three answers are too few, and the list is there', async () => {
    await asks('Ready?', ['yes', 'no', 'maybe'])
    await teacher.taps('Groups')
    await teacher.sees('Three answers are too few to group.')
    await teacher.taps('List')
    await teacher.sees('maybe')
  })

  it('[GR8] shows groups at the reveal, the largest first, with examples, and all that was said', async () => {
    await asks('Why does a sensor sleep?', SAID)
    await teacher.sees('Why does a sensor sleep?')
    await teacher.taps('Groups')
    await teacher.sees(/answers in \d groups/)
    const sizes = (await cards(teacher).locator('.big-n').allInnerTexts()).map(Number)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    await teacher.sees('Like no other')
    await teacher.sees('My cat is purple')
    const heat = card(teacher, 'overheat')
    const inIt = Number(await heat.locator('.big-n').innerText())
    expect(inIt).toBeGreaterThan(1)
    await heat.getByRole('button', { name: `Show all ${inIt} answers` }).click()
    expect(await heat.getByRole('list', { name: /^Answers in/ }).getByRole('checkbox').count()).toBe(inIt)
    await picture(teacher, 'laptop')
    await teacher.isFine('groups')
  })

  it('[GR4] [GR7] [GR8] are renamed, merged and split, undone, and a second device follows', async () => {
    second = await stage.teacher('ruth', { ...calm, viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await second.taps('Groups')
    await second.sees(/answers in \d groups/)
    const before = await cards(teacher).count()
    const heat = card(teacher, 'overheat')
    await heat.getByRole('button', { name: /^Rename/ }).click()
    await teacher.page.getByLabel('Name of the group').fill('It gets hot')
    await teacher.presses('Enter')
    await card(second, 'It gets hot').waitFor()
    await teacher.hears('It gets hot')

    await card(teacher, 'soil').getByRole('button', { name: /^Merge/ }).focus()
    await teacher.presses('Enter')
    await picture(teacher, 'merge')
    await card(teacher, 'soil').getByRole('group', { name: 'Into which group?' }).getByRole('button', { name: /^It gets hot/ }).click()
    await expect.poll(() => cards(second).count()).toBe(before - 1)
    expect((await teacher.focus()).text).toContain('It gets hot')
    await teacher.taps('Undo')
    await expect.poll(() => cards(second).count()).toBe(before)

    await card(teacher, 'soil').locator('.grp-top').dragTo(card(teacher, 'It gets hot').locator('.grp-top'))
    await expect.poll(() => cards(second).count()).toBe(before - 1)
    await teacher.taps('Undo')
    await expect.poll(() => cards(second).count()).toBe(before)

    await teacher.page.getByRole('checkbox', { name: 'My cat is purple' }).check()
    await teacher.page.getByRole('checkbox', { name: /^Because the teacher/ }).check()
    await teacher.page.getByLabel('Its name, if you like').fill('Besides the point')
    await picture(teacher, 'selected')
    await teacher.presses('Enter')
    await card(second, 'Besides the point').waitFor()
    await expect.poll(() => teacher.page.locator('.grp-picked').count()).toBe(0)
  })

  it('[GR7] [GR8] on a phone too; what the other changed is not undone unseen', async () => {
    await card(second, 'It gets hot').getByRole('button', { name: /^Rename/ }).click()
    await second.page.getByLabel('Name of the group').fill('Heat')
    await second.presses('Enter')
    await card(teacher, 'Heat').waitFor()
    await teacher.seesNot(/^Undo$/)
    await second.page.evaluate(() => document.querySelector('.grp')?.scrollIntoView())
    await picture(second, 'phone-dark')
    await second.isFine('groups on a phone')
    await teacher.page.emulateMedia({ colorScheme: 'dark' })
    await teacher.page.evaluate(() => { document.documentElement.dir = 'rtl' })
    await picture(teacher, 'rtl-dark')
    await teacher.page.evaluate(() => { document.documentElement.dir = 'ltr' })
    await teacher.taps('Group again')
    await teacher.taps('Undo all by hand: press again')
    await teacher.seesNot('Besides the point')
    await teacher.taps('Undo')
    await card(second, 'Besides the point').waitFor()
  })

  it('[GR8] who observes only looks', async () => {
    const observer = await stage.has('olga', 'laptop', calm)
    await observer.walksIn(await stage.wayFor('olga', stage.classPath, { role: 'observer' }))
    await observer.taps('Groups')
    await card(observer, 'Heat').waitFor()
    expect(await observer.page.getByRole('button', { name: /Rename|Merge|Group again/ }).count()).toBe(0)
    expect(await observer.page.locator('.grps input').count()).toBe(0)
  })
})
