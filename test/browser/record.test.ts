// The page of a class afterwards: what was asked, who was there, an instructor's correction, as CSV.
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { csv } from '../../client/record/csv.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('the record of a class', () => {
  let world: World
  let stage: Stage
  let ruth: Actor
  let sessionId: string
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    const lead = await world.has('ruth', { role: 'instructor', name: 'Ruth' })
    const learners = await Promise.all(['ada', 'ben', 'cleo'].map((who) => world.has(who, { name: who === 'cleo' ? '=HYPERLINK("x")' : who })))
    await world.lists([{ email: 'dora@school.test', name: 'dora' }])
    sessionId = (await lead.does('session:start', { cohortId: world.cohortId, title: 'The water cycle' })).sessionId
    const first = await lead.does('coldcall:open', { cohortId: world.cohortId, text: 'Where does the rain come from?', kind: 'choice', options: ['The sea', 'The sky', 'A tap'], correct: [0] })
    for (const [i, p] of learners.entries()) await p.does('coldcall:answer', { promptId: first.promptId, choices: [i % 2], body: `Because ${i}.` })
    await lead.does('coldcall:reveal', { promptId: first.promptId })
    const second = await lead.does('coldcall:open', { cohortId: world.cohortId, text: 'What surprised you today?' })
    await learners[0]?.does('coldcall:answer', { promptId: second.promptId, body: 'That it never ends.' })
    await lead.does('session:end', { cohortId: world.cohortId })
    stage = await Stage.opens(world)
    ruth = await stage.has('ruth', 'laptop', { acceptDownloads: true })
    await ruth.walksIn(await stage.wayFor('ruth', `/cohort/${world.cohortId}/sessions`, { role: 'instructor' }))
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL80] the list leads to the class; prompts, bars and answers are there, and it is fine in every look', async () => {
    await ruth.sees('The water cycle')
    await ruth.isFine('Classes held')
    await ruth.page.getByRole('link', { name: /The water cycle/ }).click()
    await ruth.sees('2 prompts were asked')
    await ruth.sees('Where does the rain come from?')
    await ruth.page.getByRole('button', { name: 'Show the answers' }).first().click()
    await ruth.sees('Because 0.')
    await ruth.isFine('Session')
    mkdirSync('test/.out', { recursive: true })
    await ruth.page.screenshot({ path: 'test/.out/session.png', fullPage: true })
    await ruth.page.setViewportSize({ width: 360, height: 740 })
    await ruth.isFine('Session on a phone')
    await ruth.page.screenshot({ path: 'test/.out/session-360.png', fullPage: true })
    await ruth.page.setViewportSize({ width: 1440, height: 900 })
  })

  it('[CL81] an instructor says otherwise with a reason, by keyboard, and takes it back', async () => {
    const row = ruth.page.getByRole('row', { name: /dora/ })
    await row.getByRole('button', { name: /Say otherwise/ }).press('Enter')
    await ruth.page.keyboard.press('Enter')
    await ruth.sees('Say why')
    await row.getByLabel('Reason').fill('Was ill; sent her notes.')
    await ruth.page.keyboard.press('Enter')
    await row.getByText('Was ill; sent her notes.').waitFor()
    expect(await row.textContent()).toContain('Excused')
    expect((await world.gets('GET', `/sessions/${sessionId}/attendance`)).learners.find((l: any) => l.displayName === 'dora')).toMatchObject({ status: 'excused', correction: { reason: 'Was ill; sent her notes.' } })
    await row.getByRole('button', { name: /Change/ }).click()
    await row.getByRole('button', { name: 'As reckoned' }).click()
    await row.getByText('Absent').waitFor()
  })

  it('[CL82] both lists come as files that a spreadsheet cannot be tricked with', async () => {
    const fileOf = async (name: string) => {
      const [file] = await Promise.all([ruth.page.waitForEvent('download'), ruth.page.getByRole('button', { name }).click()])
      const chunks: Buffer[] = []
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
      return [file.suggestedFilename(), Buffer.concat(chunks).toString('utf8')] as const
    }
    const [name, attendance] = await fileOf('Attendance as CSV')
    expect(name).toMatch(/^attendance-\d{4}-\d\d-\d\d\.csv$/)
    expect(attendance).toContain(`"'=HYPERLINK(""x"")"`)
    expect(attendance.trim().split('\r\n')).toHaveLength(5)
    const [, answers] = await fileOf('Answers as CSV')
    expect(answers).toContain('That it never ends.')
    expect(answers.trim().split('\r\n')).toHaveLength(5)
    expect(csv([['+1', '-1', '@x', '\tx', 'a"b', -1, null, true]])).toBe(`\uFEFF'+1,'-1,'@x,'\tx,"a""b",-1,,true\r\n`)
  })

  it('[CL83] who does not teach is told so', async () => {
    const ada = await stage.has('ada')
    await ada.walksIn(await stage.wayFor('ada', `/session/${sessionId}`))
    await ada.sees('This class is for those who teach it')
    await ada.isFine('Session, refused')
  })
})
