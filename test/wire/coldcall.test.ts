// A blind cold call on the wire: what each role hears, and does not hear.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let ada: Person
  let ben: Person
  let screen: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())

  test('a class asks, answers blind, reveals and stars', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Why is the sky blue?', seconds: 60 })
    await ada.hears('coldcall:opened', (p) => p.promptId === promptId)
    const mine = await ada.does('coldcall:answer', { promptId, body: 'Because of scattering.' })
    expect(mine.revision).toBe(1)
    await teacher.hears('coldcall:answered')
    await ben.hears('coldcall:progress', (p) => p.answered === 1)
    expect(JSON.stringify(ben.wire)).not.toContain('scattering')
    expect(JSON.stringify(screen.wire)).not.toContain('scattering')
    expect(await teacher.does('coldcall:reveal', { promptId })).toEqual({ revealed: 1 })
    const shown = await ben.hears('coldcall:revealed')
    expect(shown.answers[0].body).toBe('Because of scattering.')
    expect(await ben.does('coldcall:star', { messageId: mine.messageId, on: true })).toEqual({ stars: 1, left: 2 })
    await ada.hears('coldcall:starred')
    expect(ada.view.prompts[0]?.mine?.stars).toBe(1)
  })
})
