// Two classes that differ only in what the others answer: what one learner hears before the reveal is the same, byte by
// byte, but for how many are in.
import { afterAll, describe, expect, test } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'

type Script = { bens: string[]; cals: string[] }

describe.each(worlds)('on %s', (on) => {
  const made: World[] = []
  afterAll(() => Promise.all(made.map((w) => w.ends())))

  /** Plays the class; returns everything that Ada and the screen heard before the reveal, ids and times named alike. */
  async function played({ bens, cals }: Script): Promise<{ ada: string; screen: string }> {
    const world = await aWorld(on)
    made.push(world)
    const teacher = await world.has('ruth', { role: 'instructor' })
    const [ben, cal] = [await world.has('ben'), await world.has('cal')]
    const ada = await world.has('ada')
    const screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
    await ada.hears('cohort:presence', (b) => b.online === 3)
    await screen.hears('cohort:presence', (b) => b.online === 3)
    const from = [ada.wire.length, screen.wire.length]
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Blind?', seconds: 600 })
    await ada.hears('coldcall:opened')
    for (const body of bens) await ben.does('coldcall:answer', { promptId, body })
    for (const body of cals) await cal.does('coldcall:answer', { promptId, body, confidence: 3 })
    await ada.does('coldcall:answer', { promptId, body: 'mine', confidence: 2 })
    await ada.tries('coldcall:answers', { promptId })
    await ada.tries('coldcall:star', { messageId: '00000000-0000-4000-8000-000000000001', on: true })
    await ada.joins(true)
    await ada.joins()
    await screen.joins()
    await ada.hears('coldcall:progress', (b) => b.answered === new Set([bens.length && 'b', cals.length && 'c', 'a'].filter(Boolean)).size)
    await teacher.does('coldcall:close', { promptId })
    await ada.hears('coldcall:closed')
    await screen.hears('coldcall:closed')
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

  test('[CC5] [CC4] what the others do does not show', async () => {
    const nobody = await played({ bens: [], cals: [] })
    const few = await played({ bens: ['short'], cals: [] })
    const many = await played({ bens: ['a long answer '.repeat(200), 'changed', 'changed again'], cals: ['x', 'y'] })
    expect(few).toEqual(nobody)
    expect(many).toEqual(nobody)
    expect(nobody.ada).toContain('"body":"mine"')
  })
})
