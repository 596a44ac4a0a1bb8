// The tutor in a real browser: asked on a phone and a laptop, stopped, found again, over a line that breaks, by keyboard and by ear.
// The model is a real endpoint that the test speaks for, piece by piece.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { aHand, asking, type Line } from '../helpers/model.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { firstLoad } from './first-load.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

const LESSON = '# What a sensor feels\n\n## Thermistors\n\nA **thermistor** is a resistor whose resistance changes with its temperature. The warmer it is, the better a thermistor conducts, so that a voltage divider makes a voltage of the temperature.\n\n## Photoresistors\n\n- A photoresistor conducts better the more light falls on it.\n- At night its resistance is several megaohms.'
const QUESTION = 'How does the resistance of a thermistor change with temperature?'

inBrowsers('the tutor', () => {
  let world: World
  let stage: Stage
  let hand: Awaited<ReturnType<typeof aHand>>
  let ada: Actor
  let topicId: string
  const calm: BrowserContextOptions = { reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] }
  const picture = (name: string, of = ada) => of.page.screenshot({ path: `test/.out/tutor-${name}.png` })
  const at = (query = '') => `/course/${world.courseId}/tutor?cohort=${world.cohortId}${query}`
  const field = (of = ada) => of.page.getByRole('textbox', { name: /^Ask about/ })
  const asks = async (text: string, of = ada) => { await field(of).fill(text); await of.taps(/^Ask$/) }
  const answers = (of = ada) => of.page.locator('article.answer')
  const last = (of = ada) => answers(of).last()
  const says = (what: string | RegExp, of = ada) => expect.poll(() => last(of).innerText(), { timeout: PATIENCE }).toMatch(what)
  /** The next line on which the model is to say an answer; what else it is asked between is of no use here. */
  const asked = async (): Promise<Line> => {
    for (;;) {
      const line = await hand.next()
      if (line.body.stream) return line
      line.replies('')
    }
  }
  /** Asks, and hands over the line on which the model is asked. */
  const begins = async (text: string, of = ada): Promise<Line> => { const [line] = await Promise.all([asked(), asks(text, of)]); return line }

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    hand = await aHand()
    world = await aWorld('pglite', { env: asking(hand.base) })
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'What a sensor feels', markdown: LESSON })).topicId
    await upToDate(world.app.kernel, world.courseId)
    await world.gets('POST', `/topics/${topicId}/suggestions`, { prompt: 'How does the resistance of a thermistor change?' })
    stage = await Stage.opens(world)
    ada = await stage.has('ada', 'phone', calm)
    await ada.walksIn(await stage.wayFor('ada', `/class/${world.cohortId}`))
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends(); await hand?.close() })

  it('[TS1] stands beside Class and Course, and says before anything is asked what it keeps to', async () => {
    await ada.page.getByRole('link', { name: 'Tutor' }).click()
    await ada.sees('What would you like to know?')
    await ada.sees('It answers from your course only')
    await ada.sees(/40 of 40 left today/)
    await ada.page.getByRole('button', { name: 'How does the resistance of a thermistor change?' }).waitFor()
    await picture('empty')
    await ada.isFine('Tutor, empty')
    await ada.taps('How it works')
    await ada.sees(/Answers are put into words by a language model \(test-model\)/)
    await ada.sees('It leads you to the answer of an exercise and does not hand it over')
    await picture('keeps')
    await ada.isFine('Tutor, what it keeps to')
    await ada.presses('Escape')
    await ada.seesNot('What the tutor keeps to')
  })

  it('[TS3] [TS6] an answer grows as it is made, what is whole stands still, and it is said aloud once', async () => {
    const line = await begins(QUESTION)
    await ada.sees('Looking in the course…')
    await picture('looking')
    line.says('The **warmer** it is, the better it conducts [1].\n\n')
    await says('the better it conducts')
    await last().locator('.lesson').first().evaluate((e) => { (e as HTMLElement & { kept?: boolean }).kept = true })
    await ada.page.locator('.ask-foot').getByRole('button', { name: /^Stop/ }).waitFor()
    line.says('In code:\n\n```py\nprint(1)\n```\n\n').says('As a formula $R(T)$ it falls [')
    await says('it falls')
    expect(await last().innerText(), 'half a mark').not.toContain('[')
    await picture('grows')
    expect(await last().locator('.lesson').first().evaluate((e) => (e as HTMLElement & { kept?: boolean }).kept), 'the first block is the same').toBe(true)
    expect(await last().locator('strong').innerText()).toBe('warmer')
    line.says('1].').ends()
    await ada.sees('Did this help?')
    await ada.hears(/^The tutor answers: The warmer it is, the better it conducts\. .* One source\./)
    expect(await ada.page.locator('[aria-live]').evaluateAll((all) => all.map((e) => e.textContent?.match(/The warmer/g)?.length ?? 0)).then((n) => Math.max(...n))).toBe(1)
    await expect.poll(() => last().locator('math mi').allTextContents()).toEqual(['R', 'T'])
    await last().getByRole('button', { name: 'Copy' }).first().click()
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe('print(1)\n')
    await ada.sees(/39 of 40 left today/)
    await picture('answer')
    await ada.isFine('Tutor, an answer')
  })

  it('[TS5] a mark opens the passage with the quote marked, and the focus goes there and back', async () => {
    await last().getByRole('button', { name: /^Source 1/ }).first().click()
    const passage = ada.page.getByRole('complementary')
    await passage.getByRole('heading', { name: 'What a sensor feels' }).waitFor()
    await expect.poll(() => passage.locator('mark').allInnerTexts(), { timeout: PATIENCE }).toEqual([expect.stringMatching(/thermistor|warmer/)])
    expect((await ada.focus()).id).toBe('passage')
    await picture('passage')
    await ada.isFine('Tutor, a passage')
    await ada.presses('Escape')
    await expect.poll(() => passage.count()).toBe(0)
    expect((await ada.focus()).text).toContain('1')
  })

  it('[TS7] Escape ends an answer and keeps what was said; a question that follows goes on in the same talk', async () => {
    const line = await begins('And what does a photoresistor do in light?')
    line.says('It conducts better')
    await says('It conducts better')
    await field().focus()
    await ada.presses('Escape')
    await line.closed
    await ada.sees('You stopped it here.')
    expect((await ada.focus()).tag, 'one goes on writing').toBe('TEXTAREA')
    expect(await answers().count()).toBe(2)
    expect(new URL(ada.page.url()).searchParams.get('chat')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('[TS7] what breaks off is kept and asked again; what the model does not answer the course does, and says why', async () => {
    const line = await begins('Does a thermistor conduct the better the warmer it is?')
    line.says('It conducts bet')
    await says('It conducts bet')
    line.cuts()
    await ada.sees(/The answer broke off/)
    await says('It conducts bet')
    await picture('broke')
    const [again] = await Promise.all([asked(), ada.taps('Ask again')])
    again.refuses(401, 'no')
    await ada.sees('Answered in the words of the course.')
    await ada.sees(/these are sentences of the course/)
    await says(/The warmer it is, the better a thermistor conducts/)
    await picture('extractive')
  })

  it('[TS8] who has scrolled up stays where they are, and is told that there is more below', async () => {
    const box = ada.page.locator('.talk')
    const line = await begins('Which resistance of a thermistor changes with its temperature?')
    line.says('It begins. ')
    await says('It begins.')
    await box.evaluate((e) => { e.scrollTop = 0; e.dispatchEvent(new Event('scroll')) })
    line.says(`${'And so it goes on. '.repeat(30)}\n\n`)
    await ada.page.getByRole('button', { name: 'New text below' }).waitFor()
    expect(await box.evaluate((e) => e.scrollTop)).toBe(0)
    line.ends()
    await ada.taps('New text below')
    await expect.poll(() => box.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight), { timeout: PATIENCE }).toBeLessThan(4)
    await ada.seesNot('New text below')
  })

  it('[TS9] out of reach a question is kept and goes by itself; what was being said is heard to its end', async () => {
    const line = await begins('Does a voltage divider make a voltage of the temperature of a thermistor?')
    line.says('Because a resistance ')
    await says('Because a resistance')
    await ada.goesOffline()
    await ada.sees('Reconnecting… your question is kept here.')
    line.says('is no voltage [1]. ')
    await field().fill('A draft')
    await picture('offline')
    await ada.comesBack()
    await says('Because a resistance is no voltage')
    line.says('So.').ends()
    await says(/no voltage\s*⁠?1\. So\./)
    await ada.seesNot('Reconnecting… your question is kept here.')
    await ada.reloads()
    await ada.sees('Did this help?')
    expect(await field().inputValue(), 'the draft is kept').toBe('A draft')
    await ada.goesOffline()
    await asks('Is it a thermistor whose resistance changes with its temperature?')
    await ada.sees('Reconnecting… your question is kept here.')
    await ada.page.locator('.asked.waits').waitFor()
    const [kept] = await Promise.all([asked(), ada.comesBack()])
    kept.says('They feel it.').ends()
    await says('They feel it.')
    expect(await ada.page.locator('.asked', { hasText: 'Is it a thermistor whose resistance changes with its temperature?' }).count(), 'asked once').toBe(1)
  })

  it('[TS11] what the course does not say goes to the teacher if one likes, and their reply comes here', async () => {
    await asks('Which football club won the cup in 1998?')
    await ada.sees(/not in what this course says/)
    await picture('not-there')
    await ada.taps('Ask your teacher')
    await ada.sees(/Passed on to your teacher/)
    await ada.isFine('Tutor, passed on')
    const { questions } = await world.gets('GET', `/cohorts/${world.cohortId}/tutor/questions`)
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor/questions/${questions[0].messageId}`, { answer: 'Ask me after class.' })
    await ada.sees('Ask me after class.')
    await ada.hears('Your teacher replied')
    await picture('replied')
  })

  it('[TS12] one says whether it helped, and takes it back; all one’s devices show it', async () => {
    const other = await stage.sits('ada', ada.context)
    await other.opens(ada.page.url().slice(ada.url.length))
    await last(other).waitFor()
    await last().getByRole('button', { name: 'Yes' }).click()
    await expect.poll(() => last(other).getByRole('button', { name: 'Yes' }).getAttribute('aria-pressed'), { timeout: PATIENCE }).toBe('true')
    await last(other).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => last().getByRole('button', { name: 'Yes' }).getAttribute('aria-pressed'), { timeout: PATIENCE }).toBe('false')
    const line = await begins('Is a thermistor a resistor whose resistance changes with temperature?', other)
    line.says('Yes [1].').ends()
    await says('Yes')
    await other.page.close()
  })

  it('[TS13] a suggestion is asked with one press, and one chooses how one is spoken to', async () => {
    await ada.page.getByRole('link', { name: 'New talk' }).or(ada.button('Earlier talks')).filter({ visible: true }).first().click()
    await ada.page.getByRole('link', { name: 'New talk' }).click()
    await ada.sees('What would you like to know?')
    const [line] = await Promise.all([asked(), ada.taps('How does the resistance of a thermistor change?')])
    line.says('A resistor [1].').ends()
    await says('A resistor')
    await ada.taps('How it works')
    await ada.page.getByLabel('How should it speak to you?').selectOption({ label: 'In short and simple sentences' })
    await ada.hears('It will speak to you so from the next answer on')
    const about = await world.gets('GET', `/courses/${world.courseId}/tutor`, undefined, (await world.signsIn('ada@school.test')).accessToken)
    expect(about).toMatchObject({ persona: 'english_hesitant', personaBy: 'chosen' })
    await ada.presses('Escape')
  })

  it('[TS14] earlier talks are found by what was said in them, opened, and deleted with a second press', async () => {
    await ada.taps('Earlier talks')
    const chats = ada.page.getByRole('region', { name: 'Earlier talks' })
    await chats.getByRole('link', { name: /How does the resistance of a thermistor change\?/ }).waitFor()
    await picture('chats')
    await ada.isFine('Tutor, earlier talks')
    await chats.getByRole('searchbox').fill('football')
    await chats.getByText('football club').first().waitFor()
    await chats.getByRole('link', { name: /football/ }).first().click()
    await ada.sees('Ask me after class.')
    await ada.taps('Earlier talks')
    await chats.getByRole('searchbox').fill('')
    await chats.getByRole('button', { name: 'Delete: How does the resistance of a thermistor change?' }).click()
    await chats.getByRole('button', { name: 'Delete for good: How does the resistance of a thermistor change?' }).click()
    await expect.poll(() => chats.getByRole('link', { name: /How does the resistance of a thermistor change\?/ }).count(), { timeout: PATIENCE }).toBe(0)
    await ada.hears('The talk was deleted')
  })

  it('[TS15] from a lesson one asks about it; a laptop shows talks, talk and passage side by side, in both directions and in the dark', async () => {
    const bea = await stage.has('bea', 'laptop', calm)
    await bea.walksIn(await stage.wayFor('bea', `/course/${world.courseId}/topic/${topicId}?cohort=${world.cohortId}`))
    await bea.page.getByRole('link', { name: 'Ask the tutor' }).click()
    await bea.sees('Ask about the whole course')
    const line = await begins(QUESTION, bea)
    line.says('## Less resistance\n\n- The warmer it is, the better it conducts [1].\n- $$R = R_0 e^{-T}$$\n').ends()
    await bea.sees('Did this help?')
    await last(bea).getByRole('button', { name: /^Source 1/ }).first().click()
    await bea.page.getByRole('complementary').waitFor()
    await picture('laptop', bea)
    await bea.isFine('Tutor on a laptop')
    await bea.page.emulateMedia({ colorScheme: 'dark' })
    await picture('laptop-dark', bea)
    await bea.page.evaluate(() => { document.documentElement.dir = 'rtl' })
    await picture('laptop-rtl', bea)
  })

  it('[TS16] who has used up what they may ask reads when they can again; a tutor that is off says so', async () => {
    const settings = () => world.gets('GET', `/cohorts/${world.cohortId}/tutor`)
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, quota: 1 })
    const cleo = await stage.has('cleo', 'phone', calm)
    await cleo.walksIn(await stage.wayFor('cleo', at()))
    await cleo.sees('1 of 1 left today')
    const line = await begins(QUESTION, cleo)
    line.says('Less.').ends()
    await cleo.sees('0 of 1 left today')
    await cleo.sees(/You have asked once\. You can ask again from/)
    await picture('used', cleo)
    await cleo.isFine('Tutor, used up')
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, quota: 5 })
    await cleo.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))) // as when one comes back to the page
    await cleo.sees('4 of 5 left today')
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, isOn: false })
    await asks(QUESTION, cleo)
    await cleo.sees('Your teacher has switched the tutor off in this class.')
    await expect.poll(() => field(cleo).count(), { timeout: PATIENCE }).toBe(0)
    await says('Less.', cleo)
    await picture('off', cleo)
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: (await settings()).version, isOn: true, quota: 40 })
  })

  it('[TS16] of a module that is locked it says what opens it, and the question is kept', async () => {
    const dee = await stage.has('dee', 'phone', calm)
    await dee.walksIn(await stage.wayFor('dee', at(`&topic=${topicId}`)))
    await dee.sees(/40 of 40 left today/)
    await world.gets('PUT', `/courses/${world.courseId}/modules/1/rule`, { rule: { byHand: true } })
    await asks('What is locked?', dee)
    await dee.page.getByRole('alert').filter({ hasText: /locked/i }).waitFor()
    expect(await field(dee).inputValue()).toBe('What is locked?')
    await picture('locked', dee)
    await dee.isFine('Tutor, locked')
    await world.gets('PUT', `/courses/${world.courseId}/rules`, { preset: 'none' })
    const line = await begins(QUESTION, dee)
    line.says('This.').ends()
    await says('This.', dee)
  })

  it('[TS10] nothing of it is in what a phone loads first', () => {
    const { scripts } = firstLoad(join(ROOT, 'client/dist'))
    expect(scripts.join()).not.toMatch(/Tutor/)
  })
})
