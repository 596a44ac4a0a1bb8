// One prompt in several languages: one frame for all, and what does not fit together is refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inMine } from '../../client/board.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('a prompt in several languages on %s', (on) => {
  let world: World
  let ruth: Person
  let ada: Person
  let promptId = ''
  const es = { language: 'es', text: '¿Qué madera flota?', options: ['Roble', 'Balsa'] }
  const asks = (more = {}) => ruth.tries('coldcall:open', { cohortId: world.cohortId, text: 'Which wood floats?', kind: 'choice', options: ['Oak', 'Balsa'], ...more })

  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
  }, 60_000)
  afterAll(() => world?.ends())

  it('[CC54] what does not fit is refused, and nothing is asked', async () => {
    for (const translations of [[{ ...es, options: ['Roble'] .concat('x', 'y') }], [{ language: 'es', text: 'x' }], [es, es], [{ ...es, language: 'english please' }]]) {
      expect((await asks({ translations })).ok, JSON.stringify(translations)).toBe(false)
    }
    expect((await ruth.tries('coldcall:open', { cohortId: world.cohortId, text: 'Why?', translations: [es] })).ok).toBe(false)
    expect(ada.view.prompts).toEqual([])
  })

  it('[CC54] everybody hears all of them, and reads theirs', async () => {
    promptId = ((await asks({ translations: [{ ...es, language: 'ES' }, { language: 'ar', text: 'أي خشب يطفو؟', options: ['بلوط', 'بلسا'] }] })) as any).data.promptId
    const heard = (await ada.hears('coldcall:opened')) as any
    expect(heard.translations.map((t: any) => t.language)).toEqual(['ar', 'es'])
    expect(inMine(heard, ['es-MX', 'en'])).toMatchObject({ text: '¿Qué madera flota?', options: ['Roble', 'Balsa'], language: 'es' })
    expect(inMine({ ...heard }, ['en', 'es']).text).toBe('Which wood floats?')
    expect(inMine({ ...heard }, ['de', 'ar']).options).toEqual(['بلوط', 'بلسا'])
    expect(inMine({ ...heard }, ['de']).text).toBe('Which wood floats?')
    ada.leaves()
    await ada.rejoins()
    expect(ada.view.prompts[0]).toMatchObject({ language: 'en', translations: heard.translations })
  })

  it('[CC54] the same words asked again bring their translations, other words do not', async () => {
    await ada.does('coldcall:answer', { promptId, choices: [1] })
    await ruth.does('coldcall:reveal', { promptId })
    const again = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Which wood floats?', revoteOf: promptId })
    await expect.poll(() => ada.view.prompts[0]!.promptId).toBe(again.promptId)
    expect(ada.view.prompts[0]!.translations?.length).toBe(2)
    await ruth.does('coldcall:cancel', { promptId: again.promptId })
    const other = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'And now?', revoteOf: promptId })
    await expect.poll(() => ada.view.prompts[0]!.promptId).toBe(other.promptId)
    expect(ada.view.prompts[0]!.translations).toBeUndefined()
  })
})
