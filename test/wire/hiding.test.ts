// Hidden answers and the spotlight: what staff see, and what the class does not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let obi: Person
  let ada: Person
  let ben: Person
  let cal: Person
  let screen: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada')
    ben = await world.has('ben')
    cal = await world.has('cal')
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())

  /** A prompt with an answer of each; the ids by name. */
  async function answered(): Promise<{ promptId: string; of: Record<'ada' | 'ben' | 'cal', string> }> {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Well?' })
    const of = {} as Record<'ada' | 'ben' | 'cal', string>
    for (const p of [ada, ben, cal]) of[p.who as 'ada'] = (await p.does('coldcall:answer', { promptId, body: `${p.who} thinks` })).messageId
    await teacher.does('coldcall:close', { promptId })
    return { promptId, of }
  }
  const list = (p: Person, promptId: string) => p.view.prompts.find((q) => q.promptId === promptId)?.answers.map((a) => a.messageId)

  test('[CC46] while it is not revealed only staff hear of it, its author with the reveal', async () => {
    const { promptId, of } = await answered()
    const from = [ada, ben, screen].map((p) => p.ears.length)
    await teacher.does('coldcall:hide', { messageId: of.ada, hidden: true })
    await teacher.does('coldcall:hide', { messageId: of.ada, hidden: true })
    for (const p of [teacher, obi]) expect(await p.hears('coldcall:hidden', (b) => b.promptId === promptId)).toEqual({ promptId, messageId: of.ada, hidden: true, answer: null, after: null })
    for (const p of [ada, ben, screen]) {
      await p.hearsNoMore('coldcall:hidden')
      expect(JSON.stringify(p.ears.slice(from[[ada, ben, screen].indexOf(p)]))).not.toContain(of.ada)
    }
    expect((await ada.joins()).snapshot?.prompts[0]?.mine).toMatchObject({ hidden: false, revealed: false })
    expect((await teacher.isRefused('coldcall:reveal', { promptId, messageIds: [of.ada] })).code).toBe('nothing_to_reveal')
    expect(await teacher.does('coldcall:reveal', { promptId })).toEqual({ revealed: 2 })
    for (const p of [ben, screen]) {
      expect((await p.hears('coldcall:revealed', (b) => b.promptId === promptId)).answers.map((a: { messageId: string }) => a.messageId)).not.toContain(of.ada)
      expect((await p.does('coldcall:answers', { promptId })).answers).toHaveLength(2)
      expect(JSON.stringify((await p.joins()).snapshot)).not.toContain('ada thinks')
    }
    expect((await ada.hears('coldcall:mine', (b) => b.promptId === promptId && b.mine.revealed)).mine).toMatchObject({ hidden: true, revealed: true })
    expect((await teacher.does('coldcall:answers', { promptId })).answers.filter((a) => a.hidden).map((a) => a.messageId)).toEqual([of.ada])
    expect((await teacher.isRefused('coldcall:reveal', { promptId })).code).toBe('nothing_to_reveal')
  })

  test('[CC45] hidden it is gone to the class; shown again it stands where it stood, with its stars', async () => {
    const { promptId, of } = await answered()
    await teacher.does('coldcall:reveal', { promptId })
    await cal.hears('coldcall:revealed', (b) => b.promptId === promptId)
    const before = list(cal, promptId) as string[]
    const [, middle] = before as [string, string, string]
    const giver = [ada, ben, cal].find((p) => of[p.who as 'ada'] !== middle) as Person
    const other = [ada, ben, cal].find((p) => of[p.who as 'ada'] !== middle && p !== giver) as Person
    await giver.does('coldcall:star', { messageId: middle, on: true })
    await teacher.does('coldcall:hide', { messageId: middle, hidden: true })
    await cal.hears('coldcall:hidden', (b) => b.messageId === middle)
    expect(list(cal, promptId)).toEqual(before.filter((id) => id !== middle))
    if (other !== cal) await other.hears('coldcall:hidden', (b) => b.messageId === middle)
    expect((await other.isRefused('coldcall:star', { messageId: middle, on: true })).code).toBe('not_found')
    expect((await giver.joins()).snapshot?.prompts[0]?.myStars).toEqual([middle])
    await teacher.does('coldcall:star', { messageId: middle, on: true })
    await other.hearsNoMore('coldcall:starred')
    await teacher.does('coldcall:hide', { messageId: middle, hidden: false })
    const shown = await cal.hears('coldcall:hidden', (b) => b.messageId === middle && !b.hidden)
    expect(shown).toMatchObject({ after: before[0], answer: { stars: 1, instructorStar: true, revision: null, answeredAt: null } })
    expect(list(cal, promptId)).toEqual(before)
    expect((await cal.joins()).snapshot?.prompts[0]?.answers.map((a) => a.messageId)).toEqual(before)
    expect(await other.does('coldcall:star', { messageId: middle, on: true })).toMatchObject({ stars: 2 })
  })

  test('[CC45] the first of the list comes back first', async () => {
    const { promptId } = await answered()
    await teacher.does('coldcall:reveal', { promptId })
    await ben.hears('coldcall:revealed', (b) => b.promptId === promptId)
    const before = list(ben, promptId) as string[]
    for (const messageId of before) await teacher.does('coldcall:hide', { messageId, hidden: true })
    expect((await ben.does('coldcall:answers', { promptId })).answers).toEqual([])
    for (const messageId of [...before].reverse()) await teacher.does('coldcall:hide', { messageId, hidden: false })
    await ben.hears('coldcall:hidden', (b) => b.messageId === before[0] && !b.hidden && b.after === null)
    expect(list(ben, promptId)).toEqual(before)
  })

  test('[CC47] one revealed answer is large; hiding it takes it off', async () => {
    const { promptId, of } = await answered()
    expect((await teacher.isRefused('coldcall:spotlight', { promptId, messageId: of.ada })).code).toBe('conflict')
    await teacher.does('coldcall:reveal', { promptId, messageIds: [of.ada, of.ben] })
    expect((await teacher.isRefused('coldcall:spotlight', { promptId, messageId: of.cal })).code).toBe('conflict')
    expect((await teacher.isRefused('coldcall:spotlight', { promptId, messageId: aKey() })).code).toBe('not_found')
    for (const messageId of [of.ada, of.ben]) {
      await teacher.does('coldcall:spotlight', { promptId, messageId })
      expect(await screen.hears('coldcall:spotlit')).toEqual({ promptId, messageId })
      expect((await screen.joins()).snapshot?.prompts[0]?.spotlight).toBe(messageId)
    }
    await teacher.does('coldcall:hide', { messageId: of.ada, hidden: true })
    await screen.hearsNoMore('coldcall:spotlit')
    expect((await teacher.isRefused('coldcall:spotlight', { promptId, messageId: of.ada })).code).toBe('conflict')
    await teacher.does('coldcall:hide', { messageId: of.ben, hidden: true })
    expect(await screen.hears('coldcall:spotlit')).toEqual({ promptId, messageId: null })
    await teacher.does('coldcall:hide', { messageId: of.ben, hidden: false })
    await teacher.does('coldcall:spotlight', { promptId, messageId: of.ben })
    await teacher.does('coldcall:spotlight', { promptId, messageId: null })
    expect((await ada.joins()).snapshot?.prompts[0]?.spotlight).toBeNull()
    for (const p of [ada, obi]) {
      expect((await p.isRefused('coldcall:spotlight', { promptId, messageId: null })).code).toBe('forbidden')
      expect((await p.isRefused('coldcall:hide', { messageId: of.ben, hidden: true })).code).toBe('forbidden')
    }
  })

  test('[CC16] [CC28] of what was taken back nothing is hidden, and to a stranger there is no such answer', async () => {
    const { promptId, of } = await answered()
    const stranger = await world.has('tom', { cohortId: (await world.cohort({ name: 'Other' })).cohortId, role: 'instructor' })
    expect((await stranger.isRefused('coldcall:hide', { messageId: of.ada, hidden: true })).code).toBe('not_found')
    expect((await stranger.isRefused('coldcall:spotlight', { promptId, messageId: null })).code).toBe('not_found')
    await teacher.does('coldcall:cancel', { promptId })
    expect((await teacher.isRefused('coldcall:hide', { messageId: of.ada, hidden: true })).code).toBe('not_found')
  })
})
