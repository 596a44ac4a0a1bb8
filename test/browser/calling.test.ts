// The instructor's hour with all kinds of prompts, by keys: choices and numbers, batches side by side, hiding, the spotlight, a
// vote asked again, and calling on somebody.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('an instructor who calls on the class', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  let ada: Person
  let ben: Person
  let cleo: Person
  const calm = { reducedMotion: 'reduce' } as const
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld();
    [ada, ben, cleo] = [await world.has('ada', { name: 'Ada', batchNo: 1 }), await world.has('ben', { name: '=Ben()', batchNo: 2 }), await world.has('cleo', { name: 'Cleo', batchNo: 1 })]
    stage = await Stage.opens(world)
    teacher = await stage.teacher('ruth', calm)
    await teacher.sees('What do you ask the class?')
  }, 60_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  const options = () => teacher.page.getByRole('textbox', { name: /^Option / })
  const written = () => options().evaluateAll((fields) => fields.map((f) => (f as HTMLInputElement).value))
  const rows = () => teacher.page.locator('.answers > li')
  const heading = (name: string | RegExp) => teacher.page.getByRole('heading', { level: 1, name }).waitFor()
  /** What is open for somebody, once they have heard of it. */
  const openFor = async (one: Person, text: string) => {
    await expect.poll(() => one.view.prompts[0]?.text).toBe(text)
    return one.view.prompts[0]!.promptId
  }
  const gives = async (one: Person, promptId: string, given: object) => one.does('coldcall:answer', { promptId, ...given } as never)
  const pastes = (text: string) => options().first().evaluate((field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
  const unfolds = () => teacher.page.locator('.settings').evaluate((d) => { (d as HTMLDetailsElement).open = true })
  const chooses = (group: string, label: string) => teacher.page.getByRole('radiogroup', { name: group }).getByText(label, { exact: true }).click()

  it('[CL40] writes a choice by keys alone, and keeps it over a reload', async () => {
    await teacher.presses('o')
    await teacher.page.keyboard.type('Which wood floats?')
    await teacher.presses('Shift+Tab', 'ArrowRight', 'Tab', 'Tab')
    await teacher.page.keyboard.type('Oak')
    await teacher.presses('Enter')
    await teacher.page.keyboard.type('Elm')
    await teacher.presses('Enter', 'Enter')
    expect(await written()).toEqual(['Oak', 'Elm', '', ''])
    await teacher.presses('Backspace', 'Backspace')
    expect(await written()).toEqual(['Oak', 'Elm'])
    expect((await teacher.focus()).text, 'the focus is on the one before').toBe('Option B')
    await pastes('1. Oak\n2. Ebony\n3. Balsa')
    expect(await written()).toEqual(['Oak', 'Oak', 'Ebony', 'Balsa', 'Elm'])
    await teacher.sees('Two options are the same')
    await options().first().focus()
    await teacher.presses('Tab', 'Tab', 'Enter')
    expect(await written()).toEqual(['Oak', 'Ebony', 'Balsa', 'Elm'])
    await teacher.page.getByRole('checkbox', { name: 'Option C is right' }).focus()
    await teacher.presses('Space')
    await teacher.reloads()
    await teacher.sees('What do you ask the class?')
    expect([await teacher.page.locator('#next').inputValue(), await written()]).toEqual(['Which wood floats?', ['Oak', 'Ebony', 'Balsa', 'Elm']])
    expect(await teacher.page.getByRole('checkbox', { name: 'Option C is right' }).isChecked()).toBe(true)
    await teacher.isFine('a choice is written')
    await teacher.page.locator('#next').focus()
    await teacher.presses('Control+Enter')
    await heading('Which wood floats?')
    const promptId = await openFor(ada, 'Which wood floats?')
    const prompt = ada.view.prompts.find((p) => p.promptId === promptId)!
    expect([prompt.kind, prompt.options, prompt.correct, prompt.multiple]).toEqual(['choice', ['Oak', 'Ebony', 'Balsa', 'Elm'], null, false])
  })

  it('[CL41] counts a choice as it comes, and each bar leads to its answers', async () => {
    const { promptId } = ada.view.prompts[0]!
    await gives(ada, promptId, { choices: [0], body: 'Ships were made of it.' })
    await gives(ben, promptId, { choices: [2] })
    await gives(cleo, promptId, { choices: [0] })
    const bar = (letter: string) => teacher.page.getByRole('list', { name: 'How many chose each option' }).getByRole('button', { name: new RegExp(`^${letter} `) })
    await expect.poll(() => bar('A').innerText()).toMatch(/Oak\s+2\s+67%/)
    expect(await bar('C').textContent()).toContain('right')
    await bar('A').click()
    await expect.poll(() => rows().count()).toBe(2)
    await teacher.page.getByRole('group', { name: 'Who is asked' }).getByRole('button', { name: 'Batch 2' }).click()
    await teacher.sees('No answer matches.')
    await teacher.isFine('nothing matches')
    await teacher.taps('Show all answers')
    await expect.poll(() => rows().count()).toBe(3)
    await teacher.isFine('a choice comes in')
  })

  it('[CL42] hides an answer with H, brings it back with Z, and what is hidden is not revealed', async () => {
    const { promptId } = ada.view.prompts[0]!
    await rows().filter({ hasText: 'Ships were made of it.' }).focus()
    await teacher.presses('h')
    await teacher.sees('Hid one answer from the class')
    await teacher.hears('Hid one answer from the class')
    await teacher.sees('hidden from the class')
    await teacher.presses('z')
    await teacher.sees('The class may see the answer again')
    await teacher.seesNot('hidden from the class')
    await teacher.presses('h')
    await teacher.sees('hidden from the class')
    await teacher.presses('r', 'r')
    await expect.poll(() => ben.view.prompts.find((p) => p.promptId === promptId)!.answers.length).toBe(2)
    expect(JSON.stringify(ben.view.prompts)).not.toContain('Ships were made of it.')
    await teacher.isFine('an answer is hidden')
  })

  it('[CL42] a key that is pressed while the one before is on its way is not lost', async () => {
    const { promptId } = ada.view.prompts[0]!
    await teacher.isFarAway(150)
    await rows().filter({ hasText: 'Cleo' }).focus()
    await teacher.presses('l', 'g')
    await expect.poll(() => ada.view.prompts.find((p) => p.promptId === promptId)!.answers.some((a) => a.instructorStar)).toBe(true)
    await teacher.page.getByRole('button', { name: 'Off the spotlight' }).waitFor()
    await teacher.isFarAway(0)
    await teacher.taps('Off the spotlight')
    await expect.poll(() => ada.view.prompts.find((p) => p.promptId === promptId)!.spotlight).toBeNull()
    await rows().filter({ hasText: 'Cleo' }).focus()
    await teacher.presses('g')
    await expect.poll(() => ada.view.prompts.find((p) => p.promptId === promptId)!.answers.some((a) => a.instructorStar)).toBe(false)
  })

  it('[CL42] puts a revealed answer in the spotlight with L and takes it off again, and says why where it cannot', async () => {
    const { promptId } = ada.view.prompts[0]!
    const spotlight = () => ada.view.prompts.find((p) => p.promptId === promptId)!.spotlight
    await rows().filter({ hasText: 'Ships were made of it.' }).focus()
    await teacher.presses('l')
    await teacher.sees('This answer is hidden. Show it again first.')
    const cleo = rows().filter({ hasText: 'Cleo' })
    // The list may be drawn anew by what was just said: the focus is where it was put, or is put there again.
    await expect.poll(async () => { await cleo.focus(); return cleo.evaluate((row) => row.contains(document.activeElement)) }).toBe(true)
    await teacher.presses('l')
    await expect.poll(spotlight).not.toBeNull()
    await rows().filter({ hasText: 'Cleo' }).getByText('in the spotlight').waitFor()
    await teacher.isFine('the spotlight')
    await teacher.presses('l')
    await expect.poll(spotlight).toBeNull()
    await teacher.sees('The spotlight is off') // from then on there is a way back
    await teacher.presses('z')
    await expect.poll(spotlight).not.toBeNull()
    await teacher.taps('Off the spotlight')
    await expect.poll(spotlight).toBeNull()
  })

  it('[CL43] asks the vote again with V, which can be taken back at once, and shows before and after', async () => {
    const first = ada.view.prompts[0]!.promptId
    await teacher.presses('v')
    await expect.poll(() => ada.view.prompts[0]!.revoteOf).toBe(first)
    await teacher.sees('It is put to the vote again')
    await teacher.presses('z')
    await expect.poll(() => ada.view.prompts[0]!.state).toBe('cancelled')
    await teacher.sees('The prompt was taken back')
    await teacher.presses('v')
    await expect.poll(() => ada.view.prompts[0]!.state).toBe('open')
    const { promptId, options: same } = ada.view.prompts[0]!
    expect(same).toEqual(['Oak', 'Ebony', 'Balsa', 'Elm'])
    for (const [one, choice] of [[ada, 2], [ben, 2], [cleo, 0]] as const) await gives(one, promptId, { choices: [choice] })
    await teacher.page.getByRole('img', { name: '3 of 3 answered' }).waitFor()
    await teacher.presses('r', 'r')
    const shift = teacher.page.getByRole('region', { name: 'Before and after' })
    await expect.poll(() => shift.innerText()).toMatch(/Balsa[\s\S]*1 more[\s\S]*Elm/)
    await expect.poll(() => shift.innerText()).toContain('1 from A to C')
    await teacher.isFine('before and after')
  })

  it('[CL44] calls on somebody fairly with C, shows who passed, and calls another', async () => {
    await teacher.presses('c')
    await expect.poll(() => ada.view.pick?.member.displayName).toBeTruthy()
    const { pickId, member } = ada.view.pick!
    const name = teacher.page.locator('.caller')
    await expect.poll(() => name.innerText()).toBe(member.displayName)
    await teacher.hears(`${member.displayName} is called on`)
    const called = [ada, ben, cleo].find((p) => p.memberId === member.memberId)!
    await called.does('coldcall:pass', { pickId })
    await teacher.sees('Passed')
    await teacher.isFine('somebody passed')
    await teacher.presses('c')
    await expect.poll(() => name.innerText()).not.toBe(member.displayName)
    await teacher.seesNot('Passed')
    await teacher.taps('Heard')
    await expect.poll(() => name.count()).toBe(0)
  })

  it('[CL45] reports who was called: in words, sortable, the least called marked, and as a file without formulas', async () => {
    await teacher.presses('f')
    const report = teacher.page.getByRole('dialog', { name: 'Who was called, in this cohort' })
    await report.getByText('Some were never called, others once.').waitFor()
    const names = () => report.locator('tbody th').allInnerTexts()
    expect((await names())[0]).toMatch(/least called/)
    expect((await names()).filter((n) => /least called/.test(n))).toHaveLength(1)
    await report.getByRole('button', { name: 'Name' }).click()
    expect((await names()).map((n) => n.split(/\s/)[0])).toEqual(['=Ben()', 'Ada', 'Cleo'])
    await report.getByRole('button', { name: 'Name' }).click()
    expect((await names()).map((n) => n.split(/\s/)[0])).toEqual(['Cleo', 'Ada', '=Ben()'])
    await report.getByRole('button', { name: 'once' }).click()
    await expect.poll(async () => (await names()).length).toBe(2)
    await report.getByRole('button', { name: 'Show everybody' }).click()
    await teacher.isFine('the report')
    const [file] = await Promise.all([teacher.page.waitForEvent('download'), report.getByRole('button', { name: 'Save as CSV' }).click()])
    const text = readFileSync(await file.path(), 'utf8')
    expect(text).toMatch(/^\uFEFF?Name,Called,Passed,Here,Last called\r\n/)
    expect(text).toContain("'=Ben()")
    expect(text).not.toMatch(/^"?=/m)
    await teacher.presses('Escape')
    await report.waitFor({ state: 'detached' })
  })

  it('[CL46] tells names of an anonymous prompt to instructors alone, and how numbers lie', async () => {
    await world.lists([{ email: 'olaf@school.test', name: 'Olaf', role: 'observer' }])
    const observer = await stage.has('olaf', 'laptop', calm)
    await observer.walksIn(await stage.wayFor('olaf', stage.classPath, { role: 'observer' }))
    await observer.sees('Before and after')
    expect(await observer.page.locator('#next').count(), 'an observer asks nothing').toBe(0)
    await teacher.page.locator('#next').fill('How many rings has it?')
    await chooses('What is it answered with?', 'Number')
    await unfolds()
    await teacher.page.getByRole('checkbox', { name: /^No names/ }).check()
    await teacher.page.locator('#next').focus()
    await teacher.presses('Control+Enter')
    await heading('How many rings has it?')
    const promptId = await openFor(ada, 'How many rings has it?')
    for (const [one, number] of [[ada, 60], [ben, 58.5], [cleo, 900]] as const) await gives(one, promptId, { number })
    await teacher.sees('Names are for you alone: the class does not see names.')
    await expect.poll(() => rows().allInnerTexts(), { timeout: 8_000 }).toEqual(expect.arrayContaining([expect.stringContaining('Ada')]))
    await teacher.page.getByRole('list', { name: 'How the figures lie' }).getByRole('button', { name: '58.5: 1 answer' }).click()
    await expect.poll(() => rows().count()).toBe(1)
    await teacher.isFine('numbers come in')
    await observer.sees('Asked without names: only instructors see them.')
    await observer.sees('58.5')
    await observer.reloads()
    await observer.sees('58.5')
    expect(await observer.page.locator('.answers').innerText()).not.toMatch(/Ada|Cleo|Ben/)
    await observer.isFine('an observer')
    await teacher.presses('r', 'r')
    await teacher.sees('All 3 answers are shown')
    expect(await teacher.page.locator('.stage').innerText(), 'the board is what the room has').not.toMatch(/Ada|Cleo|Ben/)
    await teacher.page.getByRole('checkbox', { name: /^No names/ }).uncheck()
  })

  it('[CL47] asks two batches side by side, and the keys act on the one that is looked at', async () => {
    await unfolds()
    for (const batch of ['1', '2']) {
      await chooses('Who is asked', batch)
      await teacher.page.locator('#next').fill(`Only for ${batch}`)
      await teacher.page.locator('#next').focus()
      await teacher.presses('Control+Enter')
      await heading(`Only for ${batch}`)
      await openFor(ada, `Only for ${batch}`)
    }
    const byText = (text: string) => ada.view.prompts.find((p) => p.text === text)!
    await gives(ada, byText('Only for 1').promptId, { body: 'From the first' })
    await gives(ben, byText('Only for 2').promptId, { body: 'From the second' })
    await teacher.sees('From the second')
    await teacher.seesNot('From the first')
    await teacher.presses('b')
    await heading('Only for 1')
    await teacher.sees('From the first')
    await teacher.isFine('two batches')
    await teacher.presses('e')
    await expect.poll(() => byText('Only for 1').state).toBe('closed')
    expect(byText('Only for 2').state, 'the other batch goes on').toBe('open')
    await gives(ben, byText('Only for 2').promptId, { body: 'From the second, again' })
    await teacher.sees('From the first')
    await teacher.presses('r')
    await expect.poll(() => byText('Only for 1').state).toBe('revealed')
    await teacher.presses('e', 'x', 't')
    await teacher.presses('b')
    await heading('Only for 2')
    expect(byText('Only for 2').state, 'no key reached what was not seen').toBe('open')
    await teacher.sees('From the second, again')
  })
})

inBrowsers('a long list under an instructor’s eye', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  const many: Person[] = []
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world)
    teacher = await stage.teacher()
    for (let n = 0; n < 70; n++) many.push(await world.has(`l${n}`))
  }, 120_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL48] draws a long list as far as one goes, and finds and reveals all of it', async () => {
    const rows = teacher.page.locator('.answers > li')
    await teacher.asks('What is beneath?')
    for (const one of many) {
      await expect.poll(() => one.view.prompts.length).toBe(1)
      await one.does('coldcall:answer', { promptId: one.view.prompts[0]!.promptId, body: `Answer of ${one.who}.` })
    }
    await teacher.page.getByRole('heading', { level: 2, name: /^70 answers/ }).waitFor()
    await teacher.presses('n')
    await expect.poll(() => rows.count()).toBeGreaterThan(20)
    expect(await rows.count(), 'what nobody looks at is not drawn').toBeLessThan(70)
    await teacher.presses('/')
    await teacher.page.keyboard.type('of l0.')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Answer of l0.')])
    await teacher.presses('Escape')
    await expect.poll(() => rows.count()).toBeGreaterThan(20)
    await expect.poll(async () => { await teacher.presses('ArrowDown', 'ArrowDown', 'ArrowDown'); return (await teacher.focus()).text }, { interval: 20 }).toContain('Answer of l0.')
    expect(await rows.count()).toBe(70)
    await teacher.presses('r', 'r')
    await teacher.sees('All 70 answers are shown')
  })
})
