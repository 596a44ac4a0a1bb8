// Modules open by what a learner did, and all their devices hear of it at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AQuiz, aQuiz, attempt, rooms } from '../helpers/graded.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let ada: Person
  let ben: Person
  let farm: AQuiz
  beforeAll(async () => {
    world = await aWorld(on, { rooms })
    farm = await aQuiz(world, 1, 'Farm')
    ruth = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
    ben = await world.has('ben')
  })
  afterAll(() => world.ends())

  const ruled = (moduleNo: number, rule: unknown, more: object = {}) => world.asks('PUT', `/courses/${world.courseId}/modules/${moduleNo}/rule`, { rule, ...more }, world.owner.accessToken)
  const seen = (p: Person, moduleNo: number) => p.view.modules.find((m) => m.moduleNo === moduleNo)

  test('[PG1] who passes the quiz gets into the next module, on every device, and staff hear of it', async () => {
    expect(seen(ada, 2)).toMatchObject({ state: 'unlocked', unmet: [] })
    expect(await ruled(2, { quizPassed: farm.quizId })).toMatchObject({ status: 200, body: { rowVersion: 1 } })
    expect(await ada.hears('module:changed')).toEqual({ cohortId: world.cohortId, moduleNo: 2, state: 'locked', unmet: ['Pass the quiz “Farm”: 70 is needed.'] })
    const phone = await world.person('ada', { accessToken: ada.token, refreshToken: '', user: { userId: ada.userId, name: 'ada', email: null } }).comes()
    expect(seen(phone, 2)).toEqual({ moduleNo: 2, title: 'Module 2', state: 'locked', unmet: ['Pass the quiz “Farm”: 70 is needed.'] })
    await ruth.hears('module:moved')

    expect(await attempt(world, ada, farm, 40)).toEqual([])
    expect(await ada.hears('module:changed')).toMatchObject({ moduleNo: 2, unmet: ['Pass the quiz “Farm”: 70 is needed, your best is 40.'] })
    await ruth.hears('module:moved', (b) => b.members.some((m: any) => m.moduleNo === 1 && m.state === 'begun'))

    expect(await attempt(world, ada, farm, 80)).toEqual([2])
    for (const device of [ada, phone]) {
      expect(await device.hears('module:changed', (b) => b.moduleNo === 1)).toMatchObject({ state: 'passed' })
      expect(await device.hears('module:changed', (b) => b.moduleNo === 2)).toMatchObject({ state: 'unlocked', unmet: [] })
      expect(await device.hears('module:unlocked')).toEqual({ cohortId: world.cohortId, courseId: world.courseId, moduleNo: 2, cause: 'quiz' })
      expect(seen(device, 2)?.state).toBe('unlocked')
    }
    const { members } = await ruth.hears('module:moved', (b) => b.members.some((m: any) => m.moduleNo === 2))
    expect(members).toEqual([{ memberId: ada.memberId, moduleNo: 1, state: 'passed' }, { memberId: ada.memberId, moduleNo: 2, state: 'unlocked' }])
    expect(seen(ben, 2)?.state).toBe('locked')
    await ben.forgets().hearsNoMore('module:unlocked')
    expect(seen(ruth, 2)).toMatchObject({ state: 'unlocked', unmet: [] })
  })
})
