// The page about a cohort: its days, who asks for a place, what its batches work on, its end; and what learners see of it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('a cohort as a whole', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world)
    teacher = await stage.teacher()
    const [{ rootId }] = (await world.gets('GET', '/orgs')).orgs
    await world.gets('POST', `/nodes/${rootId}/grants`, { email: 'ruth@school.test', role: 'administrator' })
    await teacher.page.goto(`${world.url}/cohort/${world.cohortId}`)
    await teacher.sees('About this cohort')
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })
  const card = (name: string) => teacher.page.locator('.card', { has: teacher.page.getByRole('heading', { name }) })

  it('[PE12] its name, days and places are changed, and a change of somebody else is not overwritten', async () => {
    const details = card('Name and days')
    await details.getByLabel('First day').fill('2026-12-01')
    await details.getByLabel('Last day').fill('2026-12-20')
    await details.getByLabel('Time zone').fill('Europe/Berlin')
    await details.getByLabel('Places for learners').fill('30')
    await details.getByRole('button', { name: 'Save' }).click()
    await teacher.sees('Saved.')
    expect(await world.gets('GET', `/cohorts/${world.cohortId}`)).toMatchObject({ startsOn: '2026-12-01', endsOn: '2026-12-20', tz: 'Europe/Berlin', capacity: 30, startsAt: '2026-11-30T23:00:00.000Z' })
    await world.gets('PATCH', `/cohorts/${world.cohortId}`, { name: 'Winter', rowVersion: 2 })
    await details.getByLabel('Places for learners').fill('40')
    await details.getByRole('button', { name: 'Save' }).click()
    await teacher.sees('Somebody changed it meanwhile')
    await expect.poll(() => details.getByLabel('Name', { exact: true }).inputValue()).toBe('Winter')
    expect((await world.gets('GET', `/cohorts/${world.cohortId}`)).capacity).toBe(30)
  })

  it('[PE13] who is not on the list asks for a place where they are refused, is put on it, and comes in', async () => {
    const phone = await stage.has('zoe')
    await phone.page.goto(`${world.url}/join/${encodeURIComponent(world.inviteCode)}`)
    await phone.page.locator('input[autocomplete="name"]').fill('Zoe')
    await phone.page.locator('button[type=submit]').first().click()
    await phone.page.locator('input[type=email]').first().fill('zoe@out.test')
    await phone.page.locator('button[type=submit]').first().click()
    await phone.taps('Ask for a place')
    await phone.sees('You asked for a place')
    await teacher.page.reload()
    const asking = card('Who asks for a place')
    await asking.getByText('zoe@out.test').waitFor()
    await asking.getByLabel('Batch').fill('2')
    await asking.getByRole('button', { name: 'Put on the list' }).click()
    await asking.getByText('On the list').waitFor()
    await phone.page.locator('button[type=submit]').first().click()
    await phone.page.waitForURL('**/class/**')
  })

  it('[PE14] a batch sees what it works on, without the notes, and nobody else does', async () => {
    await teacher.taps('Add a project')
    const write = teacher.page.locator('.write-project')
    await write.getByLabel('Batch').fill('2')
    await write.getByLabel('Title').fill('Nightlight')
    await write.getByLabel('In a line').fill('Light when it is dark')
    await write.getByLabel('What it is about').fill('Build one that sleeps by day.')
    await write.getByLabel('Notes, for staff only').fill('They need MQTT.')
    await write.getByRole('button', { name: 'Save' }).click()
    await card('What the batches work on').getByText('Nightlight').waitFor()
    const phone = await stage.has('zoe')
    await phone.page.goto(`${world.url}/join/${encodeURIComponent(world.inviteCode)}`)
    await phone.page.locator('input[autocomplete="name"]').fill('Zoe')
    await phone.page.locator('button[type=submit]').first().click()
    await phone.page.locator('input[type=email]').first().fill('zoe@out.test')
    await phone.page.locator('button[type=submit]').first().click()
    await phone.page.locator('.batch-project summary').click()
    await phone.sees('Build one that sleeps by day.')
    expect(await phone.page.content()).not.toContain('MQTT')
    await phone.isFine('a learner before class')
  })

  it('[PE15] archived in two presses, and taken back', async () => {
    await teacher.isFine('the page about a cohort')
    await teacher.taps('Archive')
    await teacher.taps('Archive it now')
    await teacher.sees('Take it back from the archive')
    expect((await world.gets('GET', `/cohorts/${world.cohortId}`)).archived).toBe(true)
    await teacher.taps('Take it back from the archive')
    await teacher.sees('End this cohort')
    expect((await world.gets('GET', `/cohorts/${world.cohortId}`)).archived).toBe(false)
  })
})
