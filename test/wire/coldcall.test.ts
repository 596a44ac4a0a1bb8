// A blind cold call on the wire: what each role hears, does and is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let omar: Person
  let obi: Person
  let ada: Person
  let ben: Person
  let screen: Person
  let n = 0

  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    omar = await world.has('omar', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())

  const all = () => [teacher, omar, obi, ada, ben, screen]
  /** Asks a fresh question, whatever was open before; everybody has heard it. */
  async function asks(more: object = {}): Promise<string> {
    const open = teacher.view.prompts.find((p) => p.state === 'open')
    if (open) await teacher.tries('coldcall:close', { promptId: open.promptId, endExtraTime: true })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: `Question ${++n}?`, ...more })
    for (const p of all()) await p.hears('coldcall:opened', (b) => b.promptId === promptId)
    return promptId
  }
  const says = (p: Person, promptId: string, body = `${p.who} says so`, more: object = {}) => p.does('coldcall:answer', { promptId, body, ...more })

  test('[CC6] [CC4] staff hear answers as they are committed; the class only how many', async () => {
    const promptId = await asks()
    const from = [ada, ben, screen].map((p) => p.wire.length)
    const mine = await says(ada, promptId, 'A secret of Ada')
    for (const p of [teacher, omar, obi]) {
      const [answer] = (await p.hears('coldcall:answered', (b) => b.promptId === promptId)).answers
      expect(answer).toMatchObject({ messageId: mine.messageId, body: 'A secret of Ada', author: { displayName: 'ada' }, revealed: false })
    }
    for (const p of [ben, screen]) {
      expect(await p.hears('coldcall:progress', (b) => b.promptId === promptId && b.answered === 1)).toMatchObject({ online: 2 })
      const heardSince = JSON.stringify(p.wire.slice(from[[ada, ben, screen].indexOf(p)]))
      for (const secret of ['secret', mine.messageId, ada.memberId as string, ada.userId]) expect(heardSince).not.toContain(secret)
    }
  })

  test('[CC7] a later answer replaces the earlier one and counts once', async () => {
    const promptId = await asks()
    const first = await says(ada, promptId, 'first')
    const second = await says(ada, promptId, 'second')
    expect(second).toMatchObject({ messageId: first.messageId, revision: 2 })
    await teacher.does('coldcall:reveal', { promptId })
    const shown = await ben.hears('coldcall:revealed', (b) => b.promptId === promptId)
    expect(shown).toMatchObject({ answered: 1, answers: [{ body: 'second', messageId: first.messageId }] })
  })

  test('[CC8] an answer that replaces another than it saw is a conflict that shows what stands', async () => {
    const promptId = await asks()
    await says(ada, promptId, 'on the phone')
    await says(ada, promptId, 'on the laptop', { replaces: 1 })
    const refused = await ada.isRefused('coldcall:answer', { promptId, body: 'on the phone again', replaces: 1 })
    expect(refused).toMatchObject({ code: 'conflict', details: { mine: { body: 'on the laptop', revision: 2 } } })
    expect((await teacher.does('coldcall:answers', { promptId })).answers).toMatchObject([{ body: 'on the laptop', revision: 2 }])
  })

  test('[CC3] one prompt is open at a time', async () => {
    const promptId = await asks()
    expect(await omar.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Another?' })).toMatchObject({ code: 'already_open', details: { promptId } })
  })

  test('[CC3] of twenty that open at once exactly one does', async () => {
    const open = teacher.view.prompts.find((p) => p.state === 'open')
    if (open) await teacher.does('coldcall:close', { promptId: open.promptId })
    const acks = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? teacher : omar).tries('coldcall:open', { cohortId: world.cohortId, text: `Race ${i}` })))
    expect(acks.filter((a) => a.ok)).toHaveLength(1)
    expect(acks.filter((a) => !a.ok).every((a) => !a.ok && a.error.code === 'already_open')).toBe(true)
    await ben.hears('coldcall:opened', (b) => b.text.startsWith('Race'))
  })

  test('[CC2] [CC32] who may not is refused, and nothing happens', async () => {
    const promptId = await asks()
    const from = teacher.forgets().ears.length
    for (const p of [ada, obi]) {
      for (const [name, body] of [['open', { cohortId: world.cohortId, text: 'x' }], ['extend', { promptId, seconds: 30 }], ['close', { promptId }], ['reopen', { promptId }], ['cancel', { promptId }], ['reveal', { promptId }]] as const) {
        expect((await p.isRefused(`coldcall:${name}` as 'coldcall:open', body as never)).code, `${p.who} ${name}`).toBe('forbidden')
      }
    }
    for (const p of [teacher, obi]) expect((await p.isRefused('coldcall:answer', { promptId, body: 'x' })).code).toBe('not_addressed')
    expect((await screen.isRefused('coldcall:answer', { promptId, body: 'x' })).code).toBe('forbidden')
    expect((await obi.isRefused('coldcall:star', { messageId: aKey(), on: true })).code).toBe('not_found')
    await teacher.hearsNoMore()
    expect(teacher.ears.slice(from).filter((t) => t[0].startsWith('coldcall:') && t[0] !== 'coldcall:progress')).toEqual([])
  })

  test('[CC28] to a stranger there is no such prompt', async () => {
    const promptId = await asks()
    const { messageId } = await says(ada, promptId)
    const other = await world.cohort({ name: 'Other' })
    const stranger = await world.has('sue', { cohortId: other.cohortId })
    const tutor = await world.has('tom', { cohortId: other.cohortId, role: 'instructor' })
    for (const p of [stranger, tutor]) {
      for (const [name, body] of [['answer', { promptId, body: 'x' }], ['close', { promptId }], ['reveal', { promptId }], ['answers', { promptId }], ['star', { messageId, on: true }], ['extend', { promptId, seconds: 9 }], ['cancel', { promptId }], ['reopen', { promptId }]] as const) {
        expect((await p.isRefused(`coldcall:${name}` as 'coldcall:close', body as never)).code, name).toBe('not_found')
      }
    }
  })

  test('[CC14] closed takes none, reopened takes them again without a deadline', async () => {
    const promptId = await asks({ seconds: 60 })
    await says(ada, promptId)
    expect(await teacher.does('coldcall:close', { promptId })).toEqual({ answered: 1 })
    await ben.hears('coldcall:closed', (b) => b.promptId === promptId)
    expect((await ben.isRefused('coldcall:answer', { promptId, body: 'late' })).code).toBe('prompt_closed')
    await teacher.does('coldcall:reopen', { promptId })
    expect(await ben.hears('coldcall:reopened')).toMatchObject({ promptId, closesAt: null })
    expect((await says(ben, promptId)).revision).toBe(1)
    expect(await teacher.does('coldcall:close', { promptId })).toEqual({ answered: 2 })
  })

  test('[CC27] [CC17] of two instructors who close and reveal at once, each hears the state the other left', async () => {
    const promptId = await asks()
    await says(ada, promptId)
    const acks = await Promise.all([teacher.tries('coldcall:reveal', { promptId }), omar.tries('coldcall:reveal', { promptId }), omar.tries('coldcall:close', { promptId })])
    expect(acks.filter((a) => a.ok)).toHaveLength(1)
    const places = await Promise.all(all().map(async (p) => {
      await p.hears('coldcall:revealed', (b) => b.promptId === promptId)
      return p.ears.find((t) => t[0] === 'coldcall:revealed' && t[1].body.promptId === promptId)?.[1]
    }))
    expect(new Set(places.map((f) => `${f?.stream} ${f?.seq}`)).size).toBe(1)
  })

  test('[CC15] [CC18] a revealed prompt is over', async () => {
    const promptId = await asks()
    expect((await teacher.isRefused('coldcall:reveal', { promptId })).code).toBe('nothing_to_reveal')
    expect(teacher.view.prompts[0]?.state).toBe('open')
    await says(ada, promptId)
    expect(await teacher.does('coldcall:reveal', { promptId })).toEqual({ revealed: 1 })
    expect((await teacher.isRefused('coldcall:reopen', { promptId })).code).toBe('already_revealed')
    expect((await teacher.isRefused('coldcall:cancel', { promptId })).code).toBe('already_revealed')
    expect((await teacher.isRefused('coldcall:reveal', { promptId })).code).toBe('nothing_to_reveal')
  })

  test('[CC16] what was taken back is never shown', async () => {
    const promptId = await asks()
    const { messageId } = await says(ada, promptId, 'never to be seen')
    await teacher.does('coldcall:cancel', { promptId })
    for (const p of [ada, ben, screen]) await p.hears('coldcall:cancelled', (b) => b.promptId === promptId)
    for (const p of [teacher, ben, ada]) expect((await p.isRefused('coldcall:answers', { promptId })).code).toBe('prompt_not_revealed')
    expect((await teacher.isRefused('coldcall:reveal', { promptId })).code).toBe('nothing_to_reveal')
    expect((await teacher.isRefused('coldcall:star', { messageId, on: true })).code).toBe('not_found')
    for (const p of [teacher, ada, ben]) {
      await p.joins()
      expect(JSON.stringify(p.view)).not.toContain('never to be seen')
    }
  })

  test('[CC19] a partial reveal shows just those, the next one the rest', async () => {
    const promptId = await asks()
    const a = await says(ada, promptId, 'of ada')
    const b = await says(ben, promptId, 'of ben')
    expect((await teacher.isRefused('coldcall:reveal', { promptId, messageIds: [a.messageId, aKey()] })).code).toBe('not_found')
    expect((await ben.isRefused('coldcall:answers', { promptId })).code).toBe('prompt_not_revealed')
    expect(await teacher.does('coldcall:reveal', { promptId, messageIds: [a.messageId] })).toEqual({ revealed: 1 })
    await ben.hears('coldcall:revealed', (x) => x.promptId === promptId)
    expect((await ben.does('coldcall:answers', { promptId })).answers.map((x) => x.body)).toEqual(['of ada'])
    expect((await ada.isRefused('coldcall:star', { messageId: b.messageId, on: true })).code).toBe('not_found')
    expect(await teacher.does('coldcall:reveal', { promptId })).toEqual({ revealed: 1 })
    expect((await ben.does('coldcall:answers', { promptId })).answers.map((x) => x.body)).toEqual(['of ada', 'of ben'])
  })

  test('[CC22] [CC21] answers are read by staff at any time, by the class once shown, and then without their times', async () => {
    const promptId = await asks()
    await says(ada, promptId)
    for (const p of [ada, ben, screen]) expect((await p.isRefused('coldcall:answers', { promptId })).code).toBe('prompt_not_revealed')
    expect((await obi.does('coldcall:answers', { promptId })).answers).toMatchObject([{ revision: 1, revealed: false }])
    await teacher.does('coldcall:reveal', { promptId })
    for (const p of [ada, ben, screen]) expect((await p.does('coldcall:answers', { promptId })).answers).toMatchObject([{ revision: null, answeredAt: null, revealed: true }])
    expect((await ben.isRefused('coldcall:answers', { promptId, cursor: 'nonsense' })).code).toBe('bad_request')
  })

  test('[CC23] [CC24] [CC26] stars: not one\'s own, once each, and no more than there are', async () => {
    const promptId = await asks({ starBudget: 1 })
    const a = await says(ada, promptId)
    const b = await says(ben, promptId)
    expect((await ben.isRefused('coldcall:star', { messageId: a.messageId, on: true })).code).toBe('not_found')
    await teacher.does('coldcall:reveal', { promptId })
    expect((await ada.isRefused('coldcall:star', { messageId: a.messageId, on: true })).code).toBe('self_star')
    const twice = await Promise.all([ben, ben, ben].map((p) => p.does('coldcall:star', { messageId: a.messageId, on: true })))
    expect(twice).toEqual(Array(3).fill({ stars: 1, left: 0 }))
    const cal = await world.has('cal')
    expect(await cal.does('coldcall:star', { messageId: b.messageId, on: true })).toEqual({ stars: 1, left: 0 })
    expect((await cal.isRefused('coldcall:star', { messageId: a.messageId, on: true })).code).toBe('no_stars_left')
    expect(await cal.does('coldcall:star', { messageId: b.messageId, on: false })).toEqual({ stars: 0, left: 1 })
    expect(await cal.does('coldcall:star', { messageId: a.messageId, on: true })).toEqual({ stars: 2, left: 0 })
    await ada.hears('coldcall:starred', (s) => s.stars[a.messageId] === 2)
    expect(ada.view.prompts[0]?.mine?.stars).toBe(2)
  })

  test('[CC25] an instructor\'s star costs nothing, and is heard of with the reveal', async () => {
    const promptId = await asks({ starBudget: 0 })
    const a = await says(ada, promptId)
    await ada.hears('coldcall:mine', (b) => b.promptId === promptId)
    expect(await teacher.does('coldcall:star', { messageId: a.messageId, on: true })).toMatchObject({ stars: 0 })
    await omar.hears('coldcall:noted', (b) => b.instructorStars.includes(a.messageId))
    await ada.hearsNoMore('coldcall:starred')
    await ada.hearsNoMore('coldcall:mine')
    await teacher.does('coldcall:reveal', { promptId })
    expect((await ben.hears('coldcall:revealed', (b) => b.promptId === promptId)).answers).toMatchObject([{ instructorStar: true, stars: 0 }])
    await ada.hears('coldcall:mine', (b) => b.promptId === promptId && b.mine.instructorStar)
  })

  test('[CC30] ending the class closes what is open', async () => {
    const promptId = await asks()
    await teacher.does('session:start', { cohortId: world.cohortId })
    await says(ada, promptId)
    await teacher.does('session:end', { cohortId: world.cohortId })
    await ben.hears('session:ended')
    expect(await ben.hears('coldcall:closed', (b) => b.promptId === promptId)).toEqual({ promptId, answered: 1 })
  })

  test('[CC33] texts have their lengths, in code points', async () => {
    const promptId = await asks()
    expect((await says(ada, promptId, '𝄞'.repeat(4_000))).revision).toBe(1)
    for (const body of ['', '   ', '𝄞'.repeat(4_001)]) expect((await ada.isRefused('coldcall:answer', { promptId, body })).code).toBe('bad_request')
    for (const text of ['', 'x'.repeat(2_001)]) expect((await teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text })).code).toBe('bad_request')
  })

  test('[CC34] who was removed answers no more, and what they said stays', async () => {
    const dan = await world.has('dan')
    const promptId = await asks()
    await says(dan, promptId, 'dan was here')
    await world.asks('DELETE', `/cohorts/${world.cohortId}/members/${dan.memberId}`, undefined, world.owner.accessToken)
    await dan.hears('cohort:removed')
    expect((await dan.isRefused('coldcall:answer', { promptId, body: 'again' })).code).toBe('not_found')
    await teacher.does('coldcall:reveal', { promptId })
    expect((await ben.hears('coldcall:revealed', (b) => b.promptId === promptId)).answers.map((a: { body: string }) => a.body)).toContain('dan was here')
    await dan.hearsNoMore('coldcall:revealed')
  })
})
