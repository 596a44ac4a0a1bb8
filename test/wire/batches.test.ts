// Batches: a prompt is for all or for one batch; everybody sees it, those asked answer it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let ada: Person
  let ben: Person
  let cal: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada', { batchNo: 1 })
    ben = await world.has('ben', { batchNo: 2, timeFactor: 3 })
    cal = await world.has('cal')
  })
  afterAll(() => world.ends())

  const opens = (more: object = {}) => teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Which?', ...more })
  const isNotOpened = (more: object = {}) => teacher.isRefused('coldcall:open', { cohortId: world.cohortId, text: 'Which?', ...more })
  async function closesAll() {
    for (const p of (await teacher.joins()).snapshot?.prompts ?? []) if (p.state === 'open') await teacher.does('coldcall:close', { promptId: p.promptId, endExtraTime: true })
  }

  test('[CC39] seen by all, answered by that batch', async () => {
    const { promptId } = await opens({ batchNo: 1 })
    for (const p of [ada, ben, cal]) expect(await p.hears('coldcall:opened', (b) => b.promptId === promptId)).toMatchObject({ batchNo: 1 })
    await ada.does('coldcall:answer', { promptId, body: 'mine' })
    for (const p of [ben, cal, teacher]) expect((await p.isRefused('coldcall:answer', { promptId, body: 'too' })).code, p.who).toBe('not_addressed')
    await teacher.does('coldcall:reveal', { promptId })
    expect((await cal.hears('coldcall:revealed', (b) => b.promptId === promptId)).answers).toHaveLength(1)
  })

  test('[CC40] two batches are asked at once; one for all excludes every other', async () => {
    await closesAll()
    const one = await opens({ batchNo: 1 })
    const two = await opens({ batchNo: 2 })
    expect(await isNotOpened()).toMatchObject({ code: 'already_open' })
    expect(await isNotOpened({ batchNo: 2 })).toMatchObject({ code: 'already_open', details: { promptId: two.promptId } })
    await teacher.does('coldcall:close', { promptId: one.promptId })
    await teacher.does('coldcall:close', { promptId: two.promptId })
    const all = await opens()
    expect(await isNotOpened({ batchNo: 1 })).toMatchObject({ code: 'already_open', details: { promptId: all.promptId } })
    expect(await teacher.isRefused('coldcall:reopen', { promptId: one.promptId })).toMatchObject({ code: 'already_open', details: { promptId: all.promptId } })
    await teacher.does('coldcall:close', { promptId: all.promptId })
    await teacher.does('coldcall:reopen', { promptId: one.promptId })
    await teacher.does('coldcall:reopen', { promptId: two.promptId })
    expect(await teacher.isRefused('coldcall:reopen', { promptId: all.promptId })).toMatchObject({ code: 'already_open' })
  })

  test('[CC41] each count is of those addressed who are here, and neither overwrites the other', async () => {
    await closesAll()
    const one = await opens({ batchNo: 1 })
    const two = await opens({ batchNo: 2 })
    await ada.does('coldcall:answer', { promptId: one.promptId, body: 'one' })
    await ben.does('coldcall:answer', { promptId: two.promptId, body: 'two' })
    for (const [p, { promptId }] of [[cal, one], [teacher, two]] as const) expect(await p.hears('coldcall:progress', (b) => b.promptId === promptId && b.answered === 1)).toEqual({ promptId, answered: 1, online: 1 })
    const late = await world.has('dan', { batchNo: 1 })
    for (const { promptId } of [one, two]) await late.hears('coldcall:progress', (b) => b.promptId === promptId)
    await late.does('coldcall:answer', { promptId: one.promptId, body: 'also one' })
    expect(await cal.hears('coldcall:progress', (b) => b.answered === 2)).toEqual({ promptId: one.promptId, answered: 2, online: 2 })
    late.leaves()
  })

  test('[CC39] who changes batch is asked with the new one, and what they said stays', async () => {
    await closesAll()
    const { promptId } = await opens({ batchNo: 1 })
    await ada.does('coldcall:answer', { promptId, body: 'as one' })
    await world.lists([{ email: 'ada@school.test', batchNo: 2 }, { email: 'cal@school.test', batchNo: 1 }])
    expect((await ada.isRefused('coldcall:answer', { promptId, body: 'changed' })).code).toBe('not_addressed')
    expect((await cal.does('coldcall:answer', { promptId, body: 'new here' })).revision).toBe(1)
    expect(await teacher.hears('coldcall:progress', (b) => b.promptId === promptId && b.answered === 2)).toMatchObject({ online: 1 })
    expect((await teacher.does('coldcall:answers', { promptId })).answers.map((a) => a.body).sort()).toEqual(['as one', 'new here'])
    await world.lists([{ email: 'ada@school.test', batchNo: 1 }])
    expect((await ada.does('coldcall:answer', { promptId, body: 'back' })).revision).toBe(2)
  })

  test('[CC42] extra time of another batch holds no door', async () => {
    await closesAll()
    const { promptId } = await opens({ batchNo: 1, seconds: 60 })
    await ben.hears('coldcall:opened', (b) => b.promptId === promptId)
    await ben.hearsNoMore('coldcall:mine')
    expect((await teacher.joins()).snapshot?.prompts[0]).toMatchObject({ extraUntil: null })
    await teacher.does('coldcall:close', { promptId })
    const theirs = await opens({ batchNo: 2, seconds: 60 })
    expect((await teacher.isRefused('coldcall:close', { promptId: theirs.promptId })).code).toBe('extra_time_running')
  })

  test('[CC30] ending the class closes every open prompt', async () => {
    await closesAll()
    const ids = [(await opens({ batchNo: 1 })).promptId, (await opens({ batchNo: 2 })).promptId].sort()
    await teacher.does('session:start', { cohortId: world.cohortId })
    await teacher.does('session:end', { cohortId: world.cohortId })
    for (const promptId of ids) await cal.hears('coldcall:closed', (b) => b.promptId === promptId)
    expect((await cal.joins()).snapshot?.prompts.filter((p) => p.state === 'open')).toEqual([])
  })

  test('[CC40] of ten that open for one batch at once exactly one does', async () => {
    await closesAll()
    const acks = await Promise.all(Array.from({ length: 10 }, () => teacher.tries('coldcall:open', { cohortId: world.cohortId, text: 'Race', batchNo: 2 })))
    expect(acks.filter((a) => a.ok)).toHaveLength(1)
  })
})
