// Choices, numbers, batches, calls: what a learner's phone and the Screen make of them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const OPTIONS = ['The newest reading', 'All sixty, oldest first', 'The average of the hour', 'Nothing at all']
const WHY = 'It only needs to know how dark it is now.'
const BENS = 'Whoever draws the graph wants every one of them.'

inBrowsers('kinds of prompts', () => {
  let world: World
  let stage: Stage
  let lead: Person
  let ben: Person
  let cleo: Person
  let ada: Actor
  let wall: Actor
  const calm = { reducedMotion: 'reduce' } as const
  const comes = async (who: string, row: object = {}) => {
    await world.lists([{ email: `${who}@school.test`, name: who, ...row }])
    const actor = await stage.has(who, 'phone', calm)
    await actor.walksIn(await stage.linkOf(await world.signsIn(`${who}@school.test`, { name: who }), stage.classPath))
    return actor
  }
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    Object.assign(world, await world.cohort({ name: 'Evening', entry: 'code' }))
    lead = await world.has('lead', { role: 'instructor' });
    [ben, cleo] = await Promise.all([world.has('ben', { batchNo: 1 }), world.has('cleo', { batchNo: 2 })])
    stage = await Stage.opens(world);
    [ada, wall] = await Promise.all([comes('ada', { batchNo: 1 }), stage.screen(calm)])
    await lead.does('session:start', { cohortId: world.cohortId, title: 'Monday' })
    await Promise.all([ada.sees('No prompt is open'), wall.sees('Monday')])
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  const asks = async (body: object): Promise<string> => (await lead.does('coldcall:open', { cohortId: world.cohortId, text: 'What does the lamp need?', ...body } as never) as { promptId: string }).promptId
  const choice = (more: object = {}) => asks({ kind: 'choice', options: OPTIONS, correct: [0], ...more })
  const option = (n: number) => ada.page.getByRole('radio', { name: OPTIONS[n]! })
  const bars = (one: Actor) => one.page.locator('.bars > li')
  const stored = async (promptId: string) => (await lead.does('coldcall:answers', { promptId })).answers.map(({ author, choices, number, body, revision }) => [author?.displayName, choices ?? number, body, revision])
  let first: string

  it('[CL60] a choice is picked by its letter or with a tap, handed in with its reason, and changed until it closes', async () => {
    first = await choice()
    await ada.sees(OPTIONS[3]!)
    for (const one of [ada, wall]) await one.isFine('a choice')
    await ada.handsIn()
    await ada.sees('Choose one at least')
    await ada.presses('b')
    expect(await option(1).isChecked()).toBe(true)
    await option(0).click()
    await ada.page.getByLabel('Why, in a few words').fill(WHY)
    await ada.isFine('picked')
    await ada.handsIn()
    await ada.sees(/Your answer is in, \d/)
    await Promise.all([ada.sees(OPTIONS[0]!), ada.sees(WHY)])
    expect(await stored(first)).toEqual([['ada', [0], WHY, 1]])
    await ada.taps('Change it')
    expect(await option(0).isChecked(), 'what is in lies open again').toBe(true)
    expect(await ada.focus()).toMatchObject({ tag: 'INPUT' })
    await ada.presses('c', 'a', 'Enter')
    await ada.sees(/Your answer is in, \d/)
    expect((await stored(first))[0]?.slice(1)).toEqual([[0], WHY, 2])
  })

  it('[CL63] the reveal has bars with figures, one\'s own and the right one by name; before it there is nothing of them', async () => {
    await ben.does('coldcall:answer', { promptId: first, choices: [1], body: BENS })
    await cleo.does('coldcall:answer', { promptId: first, choices: [1] })
    await wall.page.getByRole('img', { name: '3 of 3 answered' }).waitFor()
    for (const one of [ada, wall]) {
      const heard = one.frames.join('\n') + (await one.page.content())
      expect(heard).toContain(OPTIONS[1])
      expect(heard).not.toMatch(/Whoever draws|"tally":\[|"correct":\[|"choices":\[1\]/)
    }
    await lead.does('coldcall:reveal', { promptId: first })
    await bars(ada).first().waitFor()
    expect(await bars(ada).allInnerTexts()).toEqual([expect.stringMatching(/33%[\s\S]*1[\s\S]*Yours[\s\S]*Right/), expect.stringMatching(/67%[\s\S]*2/), expect.stringMatching(/0%/), expect.stringMatching(/0%/)])
    await ada.sees(BENS)
    await bars(wall).first().waitFor()
    expect(await bars(wall).first().innerText()).toMatch(/33%[\s\S]*Right/)
    await Promise.all([ada, wall].map((one) => one.isFine('bars')))
    await wall.presses('ArrowRight')
    await wall.sees(BENS)
  })

  it('[CL68] one answer stands alone on the Screen until it is taken off', async () => {
    const { answers } = await lead.does('coldcall:answers', { promptId: first })
    const { messageId } = answers.find((a) => a.body === BENS)!
    await lead.does('coldcall:spotlight', { promptId: first, messageId })
    await wall.page.locator('article.lit', { hasText: BENS }).waitFor()
    await wall.seesNot(WHY)
    await ada.sees('Large on the Screen')
    await Promise.all([ada, wall].map((one) => one.isFine('spotlight')))
    await lead.does('coldcall:spotlight', { promptId: first, messageId: null })
    await wall.sees(WHY)
    await ada.seesNot('Large on the Screen')
  })

  it('[CL64] what is taken off the board leaves its place, so that nothing moves', async () => {
    const slip = ada.page.locator('li.slip.mine')
    const { messageId } = (await lead.does('coldcall:answers', { promptId: first })).answers.find((a) => a.body === BENS)!
    const before = await ada.page.evaluate(() => document.documentElement.scrollHeight)
    const at = await slip.boundingBox()
    await lead.does('coldcall:hide', { messageId, hidden: true })
    await ada.sees('Taken off the board')
    await Promise.all([ada.seesNot(BENS), wall.seesNot(BENS)])
    expect([await ada.page.evaluate(() => document.documentElement.scrollHeight), await slip.boundingBox()]).toEqual([before, at])
    expect(await ada.page.content()).not.toContain(BENS)
    await lead.does('coldcall:hide', { messageId, hidden: false })
    await Promise.all([ada.sees(BENS), wall.sees(BENS)])
  })

  it('[CL67] asked again: what one said first is said, and the reveal has both votes and who moved', async () => {
    const promptId = await asks({ text: 'And now?', revoteOf: first })
    await ada.sees('The first time you said A')
    await ada.presses('b')
    await ada.handsIn()
    await ada.sees(/Your answer is in, \d/)
    await ben.does('coldcall:answer', { promptId, choices: [0] })
    await cleo.does('coldcall:answer', { promptId, choices: [0] })
    await lead.does('coldcall:reveal', { promptId })
    await ada.sees(/3 changed their answers\. 2 came to a right one\. You went from A to B/)
    expect(await bars(ada).first().innerText()).toMatch(/33%\s*→\s*67%/)
    await expect.poll(() => bars(wall).first().innerText()).toMatch(/33%\s*→\s*67%/)
    await Promise.all([ada, wall].map((one) => one.isFine('asked again')))
  })

  it('[CL61] what is picked is kept over a reload and out of reach, and handed in by itself when time is up', async () => {
    const promptId = await choice()
    await option(2).click()
    await ada.reloads()
    await expect.poll(() => option(2).isChecked()).toBe(true)
    await ada.goesOffline()
    await ada.sees('Not connected')
    await ada.handsIn()
    await ada.sees('Not handed in yet')
    const [button, tabs] = await Promise.all([ada.button('Try now').boundingBox(), ada.page.locator('.tabs').boundingBox()])
    expect(button!.y + button!.height, '[CL69] nothing lies over the way back').toBeLessThanOrEqual(Math.min(740, tabs!.y))
    await ada.comesBack()
    await ada.sees(/Your answer is in, \d/)
    expect(await stored(promptId)).toEqual([['ada', [2], null, 1]])
    await lead.does('coldcall:close', { promptId })
    const short = await choice({ seconds: 5, multiple: true })
    for (const n of [3, 1]) await ada.page.getByRole('checkbox', { name: OPTIONS[n]! }).click()
    await ada.sees('It was handed in by itself when time was up.')
    expect(await stored(short)).toEqual([['ada', [1, 3], null, 1]])
    await lead.does('coldcall:close', { promptId: short }).catch(() => undefined)
  })

  it('[CL62] a number is taken as one\'s language writes it, said back as understood, and shown among the others', async () => {
    const dora = await stage.has('dora', 'phone', { ...calm, locale: 'de-DE' })
    await world.lists([{ email: 'dora@school.test', name: 'Dora' }])
    await dora.walksIn(await stage.linkOf(await world.signsIn('dora@school.test', { name: 'Dora' }), stage.classPath))
    const promptId = await asks({ kind: 'number', text: 'How many a year?' })
    for (const [one, typed, wrong] of [[ada, '1,234.5', '12 apples'], [dora, '1.234,5', '1..2']] as const) {
      const field = one.page.getByLabel('Your answer, a number')
      expect(await field.getAttribute('inputmode')).toBe('decimal')
      await field.fill(wrong)
      await one.sees('This is not a number yet')
      await field.fill(typed)
      await one.sees(`Understood as ${typed}`)
      await one.page.getByRole('button', { name: 'Change the sign' }).click()
      await one.sees(`Understood as -${typed}`)
    }
    await ada.isFine('a number')
    for (const one of [ada, dora]) { await one.handsIn(); await one.sees(/Your answer is in, \d/) }
    for (const [n, one] of [ben, cleo].entries()) await one.does('coldcall:answer', { promptId, number: n })
    expect((await stored(promptId)).map((a) => a[1]).sort()).toEqual([-1234.5, -1234.5, 0, 1])
    await lead.does('coldcall:reveal', { promptId })
    await ada.sees('Half said -617.25 or less. You said -1,234.5.')
    await ada.page.locator('.column.mine', { hasText: 'You' }).waitFor()
    await wall.page.locator('.columns').waitFor()
    await Promise.all([ada, wall].map((one) => one.isFine('numbers')))
  })

  it('[CL67] of numbers that were asked again both lie side by side, with one\'s own first and second', async () => {
    const first = await asks({ kind: 'number', text: 'How long is the night?' })
    const numbers = async (promptId: string, mine: string, theirs: readonly number[]) => {
      await ada.page.getByLabel('Your answer, a number').fill(mine)
      await ada.handsIn()
      await ada.sees(/Your answer is in, \d/)
      for (const [n, one] of [ben, cleo].entries()) await one.does('coldcall:answer', { promptId, number: theirs[n]! })
      await lead.does('coldcall:reveal', { promptId })
    }
    await numbers(first, '10', [11, 12])
    await ada.sees('Half said 11 or less. You said 10.')
    const second = await asks({ kind: 'number', text: 'How long is the night?', revoteOf: first })
    await ada.sees(/The first time you said/)
    await numbers(second, '12', [12, 12])
    await ada.sees('Half said 12 or less. The first time half said 11 or less. You went from 10 to 12.')
    await wall.sees('Half said 12 or less. The first time half said 11 or less.')
    expect(await ada.page.locator('.lie table tr').allInnerTexts()).toEqual([expect.stringMatching(/The first time\s+Now/), ...[[10, 1, 0], [11, 1, 0], [12, 1, 3]].map((row) => expect.stringMatching(new RegExp(row.join('\\s+'))))])
    await Promise.all([ada, wall].map((one) => one.isFine('numbers asked again')))
    if (process.env.SHOTS) for (const [one, name] of [[ada, 'ada'], [wall, 'wall']] as const) await one.page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
  })

  it('[CL64] of an answer without a name none is said, and a reveal in part says that more may follow', async () => {
    const promptId = await asks({ text: 'What was hard?', anonymous: true })
    await ada.sees('Without names: only the instructor knows whose it is')
    for (const [one, body] of [[ben, 'The first night'], [cleo, 'The second']] as const) await one.does('coldcall:answer', { promptId, body })
    const { answers } = await lead.does('coldcall:answers', { promptId })
    await lead.does('coldcall:reveal', { promptId, messageIds: [answers.find((a) => a.body === 'The second')!.messageId] })
    await Promise.all([ada.sees('The second'), ada.sees('No name'), ada.sees('1 of 2 are shown. More may follow.'), wall.sees('No name')])
    await ada.seesNot('The first night')
    await lead.does('coldcall:reveal', { promptId })
    await ada.sees('The first night')
    await ada.seesNot('More may follow')
  })

  it('[CL65] a prompt for another batch is read and not answered; of two that are open one\'s own comes first', async () => {
    const theirs = await asks({ text: 'For the second batch?', batchNo: 2 })
    await ada.sees('This one is for batch 2')
    expect(await ada.page.locator('textarea, input').count()).toBe(0)
    await wall.sees('For batch 2')
    await Promise.all([ada, wall].map((one) => one.isFine('another batch')))
    await asks({ text: 'For the first batch?', batchNo: 1 })
    await ada.sees('For your batch, 1')
    await ada.writes('Mine')
    await wall.sees(/Also asked, batch 2/)
    await cleo.does('coldcall:answer', { promptId: theirs, body: 'Theirs' })
    await lead.does('coldcall:reveal', { promptId: theirs })
    await wall.sees('Theirs')
    expect(await ada.page.getByLabel('Your answer').inputValue(), 'nobody is taken from what they write').toBe('Mine')
    await ada.taps('To the prompt of batch 2')
    await ada.sees('Theirs')
    await ada.isFine('beside')
    await ada.taps('To your own prompt')
    await ada.handsIn()
    await ada.sees(/Your answer is in, \d/)
  })

  it('[CL66] who is called on cannot miss it and may pass; the others and the room have the name', async () => {
    const calls = async (who: string) => { for (let n = 0; n < 9; n++) if ((await lead.does('coldcall:pick', { cohortId: world.cohortId })).member.displayName === who) return }
    await calls('ben')
    await ada.sees('ben is called on')
    await wall.page.locator('.called-name', { hasText: 'ben' }).waitFor()
    await Promise.all([ada, wall].map((one) => one.isFine('another is called on')))
    ben.leaves()
    cleo.leaves()
    await calls('ada')
    await ada.sees('You are called on')
    await ada.hears('You are called on')
    expect((await ada.focus()).text).toBe('You are called on')
    await ada.isFine('called on')
    await ada.taps('Pass')
    await ada.sees('One pass is left in this class.')
    await ada.isFine('passed')
    await ada.reloads()
    await ada.sees('Thanks, you passed')
    await ada.taps('Put it away')
    await ada.seesNot('Thanks, you passed')
    await asks({ text: 'Something new?', batchNo: 2 })
    await wall.sees('Something new?')
    expect(await wall.page.locator('.called-name').count(), 'a call is over when something new is asked').toBe(0)
  })

  it('[CL69] at the end one has one\'s sums', async () => {
    await lead.does('session:end', { cohortId: world.cohortId })
    await ada.sees(/You answered 8 of 9 and took 0 stars\./)
    await ada.isFine('ended')
  })
})
