// Two classes that differ only in what the others answer: what one learner hears before the reveal is the same, byte by
// byte, but for how many are in.
import { afterAll, describe, expect, test } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'

/** What the others say, to each kind of prompt, one after the other; nothing where they are silent. */
type Says = Record<'text' | 'choice' | 'number', { ben: object[]; cal: object[] }>
const SILENT: Says = { text: { ben: [], cal: [] }, choice: { ben: [], cal: [] }, number: { ben: [], cal: [] } }
const FEW: Says = { text: { ben: [{ body: 'short' }], cal: [] }, choice: { ben: [{ choices: [0] }], cal: [] }, number: { ben: [{ number: 1 }], cal: [] } }
const MANY: Says = {
  text: { ben: ['a long answer '.repeat(200), 'changed', 'changed again'].map((body) => ({ body })), cal: ['x', 'y'].map((body) => ({ body, confidence: 3 })) },
  choice: { ben: [{ choices: [2] }, { choices: [0, 1, 2], body: 'because '.repeat(300) }], cal: [{ choices: [1], confidence: 1 }] },
  number: { ben: [{ number: 1e300 }], cal: [{ number: -0.125 }, { number: 12345678, body: 'about' }] },
}

describe.each(worlds)('on %s', (on) => {
  const made: World[] = []
  afterAll(() => Promise.all(made.map((w) => w.ends())))

  /** Plays the class; returns everything that Ada and the screen heard before the reveals, ids and times named alike. */
  async function played(says: Says): Promise<{ ada: string; screen: string }> {
    const world = await aWorld(on)
    made.push(world)
    const { cohortId } = world
    const teacher = await world.has('ruth', { role: 'instructor' })
    const [ben, cal] = [await world.has('ben', { batchNo: 2 }), await world.has('cal', { batchNo: 2 })]
    const ada = await world.has('ada', { batchNo: 1 })
    const screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
    for (const p of [ada, screen]) await expect.poll(() => p.view.presence.online).toBe(3)
    // One that only Ada answered is shown and large all the while.
    const shown = await teacher.does('coldcall:open', { cohortId, text: 'Before?', batchNo: 1 })
    const { messageId: large } = await ada.does('coldcall:answer', { promptId: shown.promptId, body: 'shown' })
    await teacher.does('coldcall:reveal', { promptId: shown.promptId })
    for (const p of [ada, screen]) await p.hears('coldcall:revealed')
    const from = [ada.wire.length, screen.wire.length]

    async function asks(kind: keyof Says, more: object, mine: object, isAsked = true) {
      const { promptId } = await teacher.does('coldcall:open', { cohortId, text: 'Blind?', seconds: 600, ...more } as never)
      for (const p of [ada, screen]) await p.hears('coldcall:opened', (b) => b.promptId === promptId)
      const ids = new Set<string>()
      for (const [p, list] of [[ben, says[kind].ben], [cal, says[kind].cal]] as const) for (const said of list) ids.add((await p.does('coldcall:answer', { promptId, ...said } as never)).messageId)
      await ada.tries('coldcall:answer', { promptId, ...mine } as never)
      if (isAsked) await ada.hears('coldcall:mine', (b) => b.promptId === promptId)
      // What instructors do with what the class has not seen.
      for (const messageId of ids) {
        await teacher.does('coldcall:star', { messageId, on: true })
        await teacher.does('coldcall:hide', { messageId, hidden: true })
        await teacher.isRefused('coldcall:spotlight', { promptId, messageId })
      }
      for (const messageId of [large, null]) {
        await teacher.does('coldcall:spotlight', { promptId: shown.promptId, messageId })
        for (const p of [ada, screen]) await p.hears('coldcall:spotlit', (b) => b.messageId === messageId)
      }
      await teacher.does('coldcall:pick', { cohortId, promptId: shown.promptId })
      for (const p of [ada, screen]) await p.hears('coldcall:picked')
      await ada.tries('coldcall:answers', { promptId })
      await ada.tries('coldcall:shift', { promptId })
      await ada.tries('coldcall:fairness', { cohortId })
      await screen.tries('coldcall:answers', { promptId })
      await ada.tries('coldcall:star', { messageId: '00000000-0000-4000-8000-000000000001', on: true })
      await ada.joins(true)
      await ada.joins()
      await screen.joins()
      await ada.hears('coldcall:progress', (b) => b.promptId === promptId && b.answered === ids.size + (isAsked ? 1 : 0))
      await teacher.does('coldcall:close', { promptId })
      for (const p of [ada, screen]) await p.hears('coldcall:closed', (b) => b.promptId === promptId)
      return promptId
    }
    await asks('text', {}, { body: 'mine', confidence: 2 })
    await asks('text', { anonymous: true }, { body: 'mine, unnamed' })
    const choice = await asks('choice', { kind: 'choice', options: ['a', 'b', 'c'], correct: [1], multiple: true }, { choices: [1], body: 'mine, chosen' })
    await asks('choice', { text: 'Once more?', revoteOf: choice }, { choices: [0] })
    await asks('number', { kind: 'number' }, { number: 42 })
    await asks('text', { batchNo: 2 }, { body: 'not asked' }, false)
    const named = (list: unknown[]) => alike(JSON.stringify(list.filter((w) => !isLevel(w)).map(withoutLevels)))
    return { ada: named(ada.wire.slice(from[0])), screen: named(screen.wire.slice(from[1])) }
  }

  const isLevel = (w: unknown) => Array.isArray(w) && w[0] === 'push' && withoutLevels(w)[1].length === 0
  const withoutLevels = (w: any): any => (w[0] === 'push' ? ['push', w[1].filter((t: [string]) => !['coldcall:progress', 'cohort:presence', 'cohort:head'].includes(t[0]))] : w)
  /** Ids and times in the order of their first appearance; the count of those who are in is public. */
  function alike(text: string): string {
    const names = new Map<string, string>()
    return text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => names.get(id) ?? (names.set(id, `id${names.size}`), names.get(id) as string))
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
      .replace(/"answered":\d+/g, '"answered":n')
  }

  test('[CC5] [CC4] [CC36] [CC38] [CC46] what the others do does not show', async () => {
    const nobody = await played(SILENT)
    const few = await played(FEW)
    const many = await played(MANY)
    expect(few).toEqual(nobody)
    expect(many).toEqual(nobody)
    for (const mine of ['"body":"mine"', 'mine, unnamed', 'mine, chosen', '"number":42', 'not_addressed']) expect(nobody.ada).toContain(mine)
  })
})
