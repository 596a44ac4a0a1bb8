// The hand of the instructor: for learners, a batch or everybody, and back again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AQuiz, aQuiz, attempt, rooms } from '../helpers/graded.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let [ruth, obi, ada, ben, cal] = [] as unknown as [Person, Person, Person, Person, Person]
  let [farm, two]: [AQuiz, AQuiz] = [] as never
  let cohortId: string
  const states = (moduleNo: number) => [ada, ben, cal].map((p) => p.view.modules.find((m) => m.moduleNo === moduleNo)?.state)
  const hand = (who: Person, name: 'unlock' | 'lock' | 'rule', moduleNo: number, more: object = {}) => who.does(`module:${name}`, { cohortId, moduleNo, ...more } as never) as Promise<any>
  /** Everybody has heard what was on its way. */
  const settled = async () => { for (const p of [ada, ben, cal]) await p.tries('cohort:leave', { cohortId: '00000000-0000-4000-8000-000000000000' }) }

  beforeAll(async () => {
    world = await aWorld(on, { rooms })
    cohortId = world.cohortId
    farm = await aQuiz(world, 1, 'Farm')
    two = await aQuiz(world, 2, 'Two')
    ruth = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada', { batchNo: 1 })
    ben = await world.has('ben', { batchNo: 1 })
    cal = await world.has('cal', { batchNo: 2 })
    await world.gets('PUT', `/courses/${world.courseId}/modules/2/rule`, { rule: { quizPassed: farm.quizId } })
    for (const p of [ada, ben, cal]) await p.hears('module:changed')
  })
  afterAll(() => world.ends())

  test('[PG8] for one learner, who hears by whom; for nobody else', async () => {
    expect(await hand(ruth, 'unlock', 2, { memberIds: [ada.memberId] })).toEqual({ unlocked: 1 })
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'instructor' })
    await ben.hearsNoMore('module:changed')
    expect(states(2)).toEqual(['unlocked', 'locked', 'locked'])
    const { modules } = await world.gets('GET', `/cohorts/${cohortId}/modules`, undefined, obi.token)
    expect(modules[1].hands).toEqual([{ open: true, memberId: ada.memberId, displayName: 'ada', batchNo: null, at: expect.any(String), by: 'ruth' }])
  })

  test('[PG8] the narrowest holds: learner before batch before cohort; and each is taken back by itself', async () => {
    expect(await hand(ruth, 'lock', 2, { memberIds: [ben.memberId] })).toEqual({ locked: 0 })
    expect(await ben.hears('module:changed')).toMatchObject({ moduleNo: 2, unmet: ['Your instructor holds it shut for now.'] })
    expect(await hand(ruth, 'unlock', 2)).toEqual({ unlocked: 1 })
    await settled()
    expect(states(2)).toEqual(['unlocked', 'locked', 'unlocked'])
    expect(await hand(ruth, 'lock', 2, { batchNo: 2 })).toEqual({ locked: 1 })
    await settled()
    expect(states(2)).toEqual(['unlocked', 'locked', 'locked'])
    await hand(ruth, 'rule', 2, { batchNo: 2 })
    await hand(ruth, 'rule', 2, { memberIds: [ben.memberId] })
    await settled()
    expect(states(2)).toEqual(['unlocked', 'unlocked', 'unlocked'])
    await hand(ruth, 'rule', 2)
    await settled()
    expect(states(2)).toEqual(['unlocked', 'locked', 'locked'])
    await hand(ruth, 'rule', 2, { memberIds: [ada.memberId] })
    await settled()
    expect(states(2)).toEqual(['locked', 'locked', 'locked'])
  })

  test('[PG8] in bulk, and with a key only once', async () => {
    const asked = { cohortId, moduleNo: 2, memberIds: [ada.memberId as string, cal.memberId as string], key: '6f3b1f0e-0000-4000-8000-00000000000a' }
    expect([await ruth.does('module:unlock', asked), await ruth.does('module:unlock', asked)]).toEqual([{ unlocked: 2 }, { unlocked: 2 }])
    expect(await hand(ruth, 'unlock', 2, { memberIds: [ada.memberId, ben.memberId] })).toEqual({ unlocked: 1 })
    await hand(ruth, 'rule', 2, { memberIds: [ada.memberId, ben.memberId, cal.memberId] })
    await settled()
    expect(states(2)).toEqual(['locked', 'locked', 'locked'])
  })

  test('[PG8] a hand on a batch holds for who comes into it, and no more for who goes', async () => {
    await hand(ruth, 'unlock', 2, { batchNo: 3 })
    await ben.forgets()
    await world.lists([{ email: 'ben@school.test', batchNo: 3 }])
    expect(await ben.hears('module:unlocked')).toMatchObject({ moduleNo: 2 })
    await world.lists([{ email: 'ben@school.test', batchNo: 1 }])
    expect(await ben.hears('module:changed', (b) => b.state === 'locked')).toMatchObject({ moduleNo: 2 })
    const dot = await world.has('dot', { batchNo: 3 })
    expect(dot.view.modules[1]?.state).toBe('unlocked')
    await hand(ruth, 'rule', 2, { batchNo: 3 })
  })

  test('[PG3] who has worked in a module is not shut out of it, by a hand or by a rule', async () => {
    await attempt(world, ada, two, null)
    await settled()
    expect(states(2)[0]).toBe('unlocked')
    expect(await hand(ruth, 'lock', 2)).toEqual({ locked: 0 })
    await settled()
    expect(states(2)).toEqual(['unlocked', 'locked', 'locked'])
    await hand(ruth, 'rule', 2)
    expect(await attempt(world, ben, farm, 90)).toEqual([2])
    expect(await attempt(world, ben, farm, 10)).toEqual([])
    await settled()
    expect(states(2)).toEqual(['unlocked', 'unlocked', 'locked'])
  })

  test('[PG14] practice is work in its module, and passes nothing', async () => {
    const tried = await aQuiz(world, 3, 'Try', { practice: true })
    await hand(ruth, 'lock', 3)
    await settled()
    expect(states(3)[2]).toBe('locked')
    await attempt(world, cal, tried, 100, { practice: true })
    await settled()
    expect(states(3)[2]).toBe('unlocked')
    await hand(ruth, 'rule', 3)
  })

  test('[PG8] only who teaches has a hand in it', async () => {
    expect((await obi.isRefused('module:unlock', { cohortId, moduleNo: 2 })).code).toBe('forbidden')
    for (const name of ['module:unlock', 'module:lock', 'module:rule'] as const) expect((await ada.isRefused(name, { cohortId, moduleNo: 2, memberIds: [ada.memberId as string] })).code).toBe('forbidden')
    const { cohortId: other } = await world.cohort({ name: 'Other' })
    const eve = await world.has('eve', { cohortId: other, role: 'instructor' })
    expect((await eve.isRefused('module:unlock', { cohortId, moduleNo: 2 })).code).toBe('not_found')
    expect((await eve.isRefused('module:unlock', { cohortId: other, moduleNo: 2, memberIds: [ada.memberId as string] })).code).toBe('not_found')
    expect((await ruth.isRefused('module:unlock', { cohortId, moduleNo: 9 })).code).toBe('no_such_module')
    expect((await ruth.isRefused('module:unlock', { cohortId, moduleNo: 2, memberIds: [ada.memberId as string], batchNo: 1 })).code).toBe('bad_request')
  })
})
