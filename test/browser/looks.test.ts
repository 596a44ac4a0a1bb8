// For everybody: every page and state in light and dark, as narrow as a phone gets, and from right to left.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft https://example.org/a/very/long/address/that/nobody/would/ever/type/by/hand?and=it&goes=on'

inBrowsers('pages for everybody', () => {
  let world: World
  let stage: Stage
  let lead: Person
  let cleo: Person
  let teacher: Actor
  let ada: Actor
  let wall: Actor
  const calm = { reducedMotion: 'reduce' } as const
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    Object.assign(world, await world.cohort({ name: 'Evening', entry: 'code' }))
    lead = await world.has('lead', { role: 'instructor' })
    cleo = await world.has('cleo', { name: 'Cleopatra Papadimitriou-Wolfeschlegelsteinhausen' })
    stage = await Stage.opens(world);
    [teacher, ada, wall] = await Promise.all([stage.teacher('ruth', calm), stage.learner('ada', calm), stage.screen(calm)])
    await Promise.all([teacher.sees('What do you ask the class?'), ada.sees('The class has not begun'), wall.sees(world.inviteCode)])
  })
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[CL18] Enter, and what it refuses', async () => {
    const guest = await stage.has('guest', 'phone', calm)
    await guest.opens('/')
    await guest.sees('Come in')
    await guest.isFine('Enter')
    await guest.page.getByLabel('Class code').fill('NOSUCH 1')
    await guest.page.getByLabel('Your name').fill('Gil')
    await guest.presses('Enter')
    await guest.sees('No class has this code')
    await guest.isFine('Enter, refused')
    for (const [path, says] of [['/nowhere', 'There is no such page'], ['/walk-in#no', 'This link does not open any more']] as const) {
      await guest.opens(path)
      await guest.sees(says)
      await guest.isFine(path)
    }
  })

  it('[CL18] Home, a course and a lesson', async () => {
    const { topicId } = await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'The first night', markdown: `# The first night\n\nSome **text** with [a link](https://example.org), \`code\` and ${LONG}.\n\n| a | b | c |\n|---|---|---|\n| ${'wide '.repeat(30)} | x | ${'1234567890'.repeat(8)} |\n\n\`\`\`\nlet veryLong = ${'x'.repeat(200)}\n\`\`\`\n\n> said\n\n![A picture](https://example.org/x.png)\n` })
    const reader = await stage.learner('ada', calm)
    await reader.opens('/')
    await reader.sees('Hello, Ada')
    await reader.sees('Evening')
    await reader.isFine('Home')
    await reader.opens(`/course/${world.courseId}`)
    await reader.sees('The first night')
    await reader.isFine('Course')
    await reader.opens(`/course/${world.courseId}/topic/${topicId}`)
    await reader.sees('Some text')
    expect(await reader.page.getByText('The first night', { exact: true }).count(), 'the title stands once').toBe(1)
    await reader.isFine('Lesson')
  })

  it('[CL18] before and at the beginning of a class', async () => {
    await ada.isFine('before class')
    await teacher.isFine('before class')
    await wall.isFine('before class')
    await lead.does('session:start', { cohortId: world.cohortId, title: `A long evening about ${LONG}` })
    await Promise.all([ada.sees('No prompt is open'), teacher.sees('End class')])
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('class has begun')))
  })

  it('[CL18] a prompt that is open, and each state of an answer', async () => {
    const { promptId } = await lead.does('coldcall:open', { cohortId: world.cohortId, text: `Why? ${LONG}`, seconds: 7200 })
    await Promise.all([ada, teacher, wall].map((one) => one.sees('Why?')))
    await ada.isFine('open')
    await wall.isFine('open')
    await ada.writes(`Because ${LONG}`)
    await ada.isFine('writing')
    await ada.goesOffline()
    await ada.handsIn()
    await ada.sees('your answer is kept here')
    await ada.isFine('kept here')
    await ada.comesBack()
    await ada.sees(/Your answer is in, \d/)
    await ada.isFine('in')
    await cleo.does('coldcall:answer', { promptId, body: `Why not? ${LONG}`, confidence: 3 })
    await teacher.sees('Why not?')
    await teacher.isFine('answers come')
    await teacher.presses('?')
    await teacher.page.getByRole('dialog').waitFor()
    await teacher.isFine('keys')
    await teacher.presses('Escape')

    await ada.taps('Change it')
    await ada.writes('Something else')
    const phone = await world.person('ada', await world.signsIn('ada@school.test')).comes()
    await phone.does('coldcall:answer', { promptId, body: 'From elsewhere', replaces: 1 })
    await ada.handsIn()
    await ada.sees('Another answer of yours is in')
    await ada.isFine('two versions')
    await ada.taps('Keep this one')
    await lead.does('coldcall:close', { promptId })
    await ada.sees('Closed. The answers come with the reveal')
    await teacher.sees('Nothing is shown yet')
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('closed')))
  })

  it('[CL18] the reveal, in part and of all', async () => {
    const prompt = lead.view.prompts[0]!
    const { promptId } = prompt
    const [first] = (await lead.does('coldcall:answers', { promptId })).answers
    await lead.does('coldcall:reveal', { promptId, messageIds: [first!.messageId] })
    await teacher.sees('1 of 2 answers are shown')
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('revealed in part')))
    await lead.does('coldcall:reveal', { promptId })
    await ada.sees('Why not?')
    await ada.page.getByRole('button', { name: /^Star Cleopatra/ }).click()
    await ada.sees('2 left')
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('revealed')))
  })

  it('[CL18] refused, missed, lost, ended and removed', async () => {
    const { promptId } = await lead.does('coldcall:open', { cohortId: world.cohortId, text: 'Quick?' })
    await ada.sees('Quick?')
    await ada.writes('Not handed in')
    await ada.sees('Quick?')
    await lead.does('coldcall:close', { promptId })
    await ada.sees('What you wrote was not handed in')
    await ada.isFine('missed')
    for (const one of [ada, teacher, wall]) await one.goesOffline()
    await Promise.all([ada, teacher, wall].map((one) => one.sees('Not connected')))
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('lost')))
    for (const one of [ada, teacher, wall]) await one.comesBack()
    await lead.does('session:end', { cohortId: world.cohortId })
    await ada.sees('The class has ended')
    await Promise.all([ada, teacher, wall].map((one) => one.isFine('ended')))
    const { members } = await world.gets('GET', `/cohorts/${world.cohortId}/members`)
    const { memberId } = members.find((m: { displayName: string }) => m.displayName === 'Ada')
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${memberId}`)
    await ada.sees('You were taken off this class’s list')
    await ada.isFine('removed')
  })
})
