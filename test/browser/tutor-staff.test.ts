// The tutor for who teaches: questions that were passed on, the limits, and what a class asks, up to the prompt that comes of it.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

const LESSON = 'A thermistor is a resistor whose resistance changes with its temperature. The warmer it is, the better a thermistor conducts.'
const QUESTION = 'How does the resistance of a thermistor change with its temperature?'

inBrowsers('the tutor for who teaches', () => {
  let world: World
  let stage: Stage
  let ruth: Actor
  const picture = (name: string) => ruth.page.screenshot({ path: `test/.out/tutor-staff-${name}.png`, fullPage: true })
  const at = (part = '') => `/cohort/${world.cohortId}/tutor${part}`
  const settings = () => world.gets('GET', `/cohorts/${world.cohortId}/tutor`)
  const asks = async (person: Person, text: string): Promise<string> => {
    const { messageId } = await person.does('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text })
    await person.hears('tutor:done', (b) => b.messageId === messageId)
    return messageId
  }

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'What a sensor feels', markdown: LESSON })
    await upToDate(world.app.kernel, world.courseId)
    stage = await Stage.opens(world)
    ruth = await stage.has('ruth', 'laptop', { reducedMotion: 'reduce' })
    await ruth.walksIn(await stage.wayFor('ruth', at(), { role: 'instructor' }))
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[TS17] a question that is passed on comes by itself, and is answered where it stands, in two goes', async () => {
    await ruth.sees('Nobody has passed a question on.')
    await ruth.isFine('Passed on, none')
    const ada = await world.has('ada')
    const messageId = await asks(ada, 'Which football club won the cup in 1998?')
    await ada.does('tutor:pass_on', { messageId })
    await ruth.sees('1 question waits for you')
    await ruth.page.getByLabel(/^Your answer to/).fill('None of')
    await ruth.reloads()
    await expect.poll(() => ruth.page.getByLabel(/^Your answer to/).inputValue(), { timeout: PATIENCE }).toBe('None of')
    await ruth.page.getByLabel(/^Your answer to/).fill('None of this course.')
    await picture('passed')
    await ruth.isFine('Passed on, one')
    await ruth.taps('Send the answer')
    await ruth.sees('All are answered')
    expect(await ada.hears('tutor:replied', (b) => b.messageId === messageId)).toMatchObject({ answer: 'None of this course.' })
  })

  it('[TS18] the limits are set in one form that says what learners read; who sets them at the same time is told', async () => {
    await ruth.page.getByRole('link', { name: 'Limits' }).click()
    await ruth.sees(/You may ask 40 times a day/)
    await ruth.page.getByLabel('Times', { exact: true }).fill('0')
    await ruth.sees('Write a whole number from 1 to 1,000.')
    await ruth.page.getByLabel('Times', { exact: true }).fill('5')
    await ruth.sees(/You may ask 5 times a day/)
    await ruth.page.getByLabel('Rules of your own').fill('Answer in questions.')
    await picture('limits')
    await ruth.isFine('Limits')
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, askedMost: 500 })
    await ruth.taps(/^Save$/)
    await ruth.sees(/Somebody changed the limits meanwhile/)
    await ruth.taps(/^Save$/)
    await ruth.hears('The limits were saved')
    expect(await settings()).toMatchObject({ quota: 5, houseRules: 'Answer in questions.' })
  })

  it('[TS18] who observes reads the limits and changes none', async () => {
    const olga = await stage.has('olga', 'laptop', { reducedMotion: 'reduce' })
    await olga.walksIn(await stage.wayFor('olga', at('/limits'), { role: 'observer' }))
    await olga.sees(/You may ask 5 times a day/)
    expect(await olga.page.getByRole('button', { name: /^Save/ }).count()).toBe(0)
    expect(await olga.page.locator('main input:not([disabled]), main textarea:not([disabled]):not([readonly])').count()).toBe(0)
    await olga.page.screenshot({ path: 'test/.out/tutor-staff-observer.png', fullPage: true })
    await olga.isFine('Limits, observed')
  })

  it('[TS19] what enough learners ask is seen, and goes before the class as a prompt', async () => {
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, k: 2 })
    for (const who of ['cleo', 'dan', 'eve']) await asks(await world.has(who), QUESTION)
    await ruth.page.getByRole('link', { name: 'What is asked' }).click()
    const cluster = ruth.page.getByRole('article').filter({ hasText: 'thermistor' }).first()
    await cluster.waitFor()
    await picture('asked')
    await ruth.isFine('What is asked')
    const label = await cluster.getByRole('heading').innerText()
    await cluster.getByRole('button', { name: 'Ask the class this' }).click()
    await expect.poll(() => ruth.page.locator('#next').inputValue(), { timeout: PATIENCE }).toBe(label)
  })
})
