// Deadlines are the database's: each sees their own, the prompt closes by itself, also when everybody was away.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let ada: Person
  let ben: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    ben = await world.has('ben', { timeFactor: 2 })
  })
  afterAll(() => world.ends())

  const ms = (a: string | null, b: string) => new Date(a as string).getTime() - new Date(b).getTime()

  test('[CC10] [CC12] [CC13] extra time is one\'s own, is told to nobody else, and holds the door', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'How long?', seconds: 60 })
    const opened = await ada.hears('coldcall:opened')
    expect(ms(opened.closesAt, opened.opensAt)).toBe(60_000)
    expect(opened.extraUntil).toBeNull()
    expect(ms((await ben.hears('coldcall:mine')).closesAt, opened.opensAt)).toBe(120_000)
    const { extraUntil } = await teacher.hears('coldcall:extra')
    expect(ms(extraUntil, opened.opensAt)).toBe(120_000)
    await teacher.does('coldcall:extend', { promptId, seconds: 30 })
    expect(ms((await ada.hears('coldcall:extended')).closesAt, opened.opensAt)).toBe(90_000)
    expect(ms((await ben.hears('coldcall:mine')).closesAt, opened.opensAt)).toBe(180_000)
    await ada.does('coldcall:answer', { promptId, body: 'so long' })
    expect(await teacher.isRefused('coldcall:close', { promptId })).toMatchObject({ code: 'extra_time_running', details: { until: new Date(new Date(opened.opensAt).getTime() + 180_000).toISOString() } })
    expect((await teacher.isRefused('coldcall:reveal', { promptId })).code).toBe('extra_time_running')
    expect(await teacher.does('coldcall:reveal', { promptId, endExtraTime: true })).toEqual({ revealed: 1 })
    const heard = JSON.stringify(ada.wire)
    expect(heard).not.toContain(extraUntil)
    expect(heard).not.toContain('extra_time')
  })

  test('[CC11] [CC9] a prompt closes by itself a second after its deadline, and late answers are refused', async () => {
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Quick?', seconds: 5 })
    await ada.does('coldcall:answer', { promptId, body: 'quick' })
    // The clock is the database's: it is set on instead of waited for.
    await world.app.db.sql(`UPDATE cold_call_prompts SET closes_at = clock_timestamp() - interval '400 milliseconds', extra_until = clock_timestamp() - interval '400 milliseconds', due_at = clock_timestamp() + interval '600 milliseconds' WHERE prompt_id = $1`, [promptId])
    await world.app.db.sql(`UPDATE cold_call_deadlines SET closes_at = clock_timestamp() - interval '2 seconds' WHERE prompt_id = $1`, [promptId])
    expect((await ada.does('coldcall:answer', { promptId, body: 'within the grace' })).revision).toBe(2)
    expect((await ben.isRefused('coldcall:answer', { promptId, body: 'after it' })).code).toBe('prompt_closed')
    expect(await ada.hears('coldcall:closed', (b) => b.promptId === promptId)).toMatchObject({ answered: 1 })
    expect((await ada.isRefused('coldcall:answer', { promptId, body: 'too late' })).code).toBe('prompt_closed')
    expect(ada.view.prompts[0]?.state).toBe('closed')
  })
})
