// Calling on people: fair over all sessions, passed quietly, seen by all.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let classes = 0
  beforeAll(async () => { world = await aWorld(on) })
  afterAll(() => world.ends())

  async function aClass(...who: [string, object?][]) {
    const { cohortId } = await world.cohort({ name: 'Calls' })
    const n = ++classes
    const teacher = await world.has(`ruth${n}`, { role: 'instructor', cohortId })
    const learners: Person[] = []
    for (const [name, more] of who) learners.push(await world.has(`${name}${n}`, { cohortId, name, ...more }))
    await expect.poll(() => teacher.view.presence.online).toBe(who.length)
    return { cohortId, teacher, learners }
  }
  const called = (p: Person, cohortId: string, more: object = {}) => p.does('coldcall:pick', { cohortId, ...more })

  test('[CC48] [CC52] each is called once before anybody is called twice, over sessions too', async () => {
    const { cohortId, teacher, learners } = await aClass(['ada'], ['ben'], ['cal'])
    const names: string[] = []
    for (let n = 0; n < 7; n++) {
      if (n % 2 === 0) await teacher.does('session:start', { cohortId })
      names.push((await called(teacher, cohortId)).member.displayName)
      if (n % 2 === 1) await teacher.does('session:end', { cohortId })
    }
    expect(names.slice(0, 3).sort()).toEqual(['ada', 'ben', 'cal'])
    expect(names.slice(3, 6).sort()).toEqual(['ada', 'ben', 'cal'])
    const { members, spread } = await teacher.does('coldcall:fairness', { cohortId })
    expect(members.map((m) => m.called).sort()).toEqual([2, 2, 3])
    expect(members.every((m) => m.present && m.passed === 0 && m.lastCalledAt !== null)).toBe(true)
    expect(spread).toBe(1)
    learners[0]?.leaves()
    await teacher.hears('cohort:presence', (b) => b.online === 2)
    expect((await teacher.does('coldcall:fairness', { cohortId })).members.find((m) => m.displayName === 'ada')).toMatchObject({ present: false })
    for (const p of learners.slice(1)) expect((await p.isRefused('coldcall:fairness', { cohortId })).code).toBe('forbidden')
  })

  test('[CC51] everybody hears who is called, and who comes later sees it', async () => {
    const { cohortId, teacher, learners: [ada] } = await aClass(['ada'])
    const { promptId } = await teacher.does('coldcall:open', { cohortId, text: 'Who knows?' })
    const { pickId, member } = await called(teacher, cohortId, { promptId })
    expect(member).toEqual({ memberId: ada?.memberId, displayName: 'ada' })
    const screen = await world.has('sam', { role: 'instructor', as: 'screen', cohortId })
    expect(await ada?.hears('coldcall:picked')).toEqual({ pickId, member, promptId })
    for (const p of [ada, teacher, screen]) expect(p?.view.pick, p?.who).toEqual({ pickId, member, promptId })
    await teacher.does('session:start', { cohortId })
    await ada?.hears('session:started')
    expect(ada?.view.pick).toBeNull()
    expect((await ada?.joins())?.snapshot?.pick).toBeNull()
    const again = await called(teacher, cohortId)
    expect((await screen.joins()).snapshot?.pick).toMatchObject({ pickId: again.pickId, promptId: null })
    await teacher.does('session:end', { cohortId })
    expect((await screen.joins()).snapshot?.pick).toBeNull()
  })

  test('[CC49] nobody here, nobody of the batch, no such prompt', async () => {
    const { cohortId, teacher, learners: [ada] } = await aClass(['ada', { batchNo: 1 }], ['ben', { batchNo: 2 }])
    const one = await teacher.does('coldcall:open', { cohortId, text: 'One?', batchNo: 1 })
    for (let n = 0; n < 3; n++) expect((await called(teacher, cohortId, { promptId: one.promptId })).member.displayName).toBe('ada')
    ada?.leaves()
    await teacher.hears('cohort:presence', (b) => b.online === 1)
    expect((await teacher.isRefused('coldcall:pick', { cohortId, promptId: one.promptId })).code).toBe('nobody_here')
    expect((await teacher.isRefused('coldcall:pick', { cohortId, promptId: aKey() })).code).toBe('not_found')
    const elsewhere = await aClass(['ada'])
    expect((await elsewhere.teacher.isRefused('coldcall:pick', { cohortId: elsewhere.cohortId, promptId: one.promptId })).code).toBe('not_found')
    await teacher.does('coldcall:cancel', { promptId: one.promptId })
    expect((await teacher.isRefused('coldcall:pick', { cohortId, promptId: one.promptId })).code).toBe('conflict')
  })

  test('[CC49] those who are called at once are different people, and the same key calls once', async () => {
    const { cohortId, teacher } = await aClass(['ada'], ['ben'], ['cal'], ['dee'])
    const key = aKey()
    const acks = await Promise.all([called(teacher, cohortId, { key }), called(teacher, cohortId, { key }), called(teacher, cohortId), called(teacher, cohortId), called(teacher, cohortId)])
    expect(acks[0]).toEqual(acks[1])
    expect(new Set(acks.map((a) => a.member.memberId)).size).toBe(4)
  })

  test('[CC50] a pass counts as a call, is told to staff only, and there are two a session', async () => {
    const { cohortId, teacher, learners } = await aClass(['ada'], ['ben'])
    const obi = await world.has('obi', { role: 'observer', cohortId })
    const [ada, ben] = learners as [Person, Person]
    await teacher.does('session:start', { cohortId })
    const picks = { ada: [] as string[], ben: [] as string[] }
    for (let n = 0; n < 6; n++) {
      const { pickId, member } = await called(teacher, cohortId)
      picks[member.displayName as 'ada' | 'ben'].push(pickId)
    }
    const [first, second, third] = picks.ada as [string, string, string]
    expect((await ben.isRefused('coldcall:pass', { pickId: first })).code).toBe('not_called')
    expect((await obi.isRefused('coldcall:pass', { pickId: first })).code).toBe('forbidden')
    expect((await ada.isRefused('coldcall:pass', { pickId: aKey() })).code).toBe('not_found')
    expect(await ada.does('coldcall:pass', { pickId: first })).toEqual({ passesLeft: 1 })
    expect(await ada.does('coldcall:pass', { pickId: first })).toEqual({ passesLeft: 1 })
    expect(await ada.does('coldcall:pass', { pickId: second })).toEqual({ passesLeft: 0 })
    expect((await ada.isRefused('coldcall:pass', { pickId: third })).code).toBe('no_passes_left')
    for (const p of [teacher, obi]) expect(await p.hears('coldcall:passed')).toEqual({ pickId: first, member: { memberId: ada.memberId, displayName: 'ada' } })
    await ben.hearsNoMore('coldcall:passed')
    expect((await teacher.does('coldcall:fairness', { cohortId })).members).toMatchObject([{ displayName: 'ada', called: 3, passed: 2 }, { displayName: 'ben', called: 3, passed: 0 }])
    await teacher.does('session:end', { cohortId })
    expect((await ada.isRefused('coldcall:pass', { pickId: third })).code).toBe('not_called')
    await teacher.does('session:start', { cohortId })
    for (;;) {
      const { pickId, member } = await called(teacher, cohortId)
      if (member.displayName !== 'ada') continue
      expect(await ada.does('coldcall:pass', { pickId })).toEqual({ passesLeft: 1 })
      break
    }
  })

  test('[CC50] without a session it is two a day', async () => {
    const { cohortId, teacher, learners: [ada] } = await aClass(['ada'])
    const passes = async () => ada?.tries('coldcall:pass', { pickId: (await called(teacher, cohortId)).pickId })
    expect(await passes()).toMatchObject({ data: { passesLeft: 1 } })
    expect(await passes()).toMatchObject({ data: { passesLeft: 0 } })
    expect(await passes()).toMatchObject({ error: { code: 'no_passes_left' } })
    const old = (await called(teacher, cohortId)).pickId
    await world.app.db.sql(`UPDATE cold_call_picks SET picked_at = picked_at - interval '1 day' WHERE cohort_id = $1`, [cohortId])
    expect(await ada?.tries('coldcall:pass', { pickId: old })).toMatchObject({ error: { code: 'not_called' } })
    expect((await ada?.joins())?.snapshot?.pick).toBeNull()
    expect(await passes()).toMatchObject({ data: { passesLeft: 1 } })
  })

  test('[CC28] [CC2] a stranger finds no call, a learner calls nobody', async () => {
    const { cohortId, teacher, learners: [ada] } = await aClass(['ada'])
    const { pickId } = await called(teacher, cohortId)
    const stranger = (await aClass(['sue'])).learners[0] as Person
    expect((await stranger.isRefused('coldcall:pass', { pickId })).code).toBe('not_found')
    expect((await stranger.isRefused('coldcall:pick', { cohortId })).code).toBe('not_found')
    expect((await ada?.isRefused('coldcall:pick', { cohortId }))?.code).toBe('forbidden')
  })
})
