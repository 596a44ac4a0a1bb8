// An hour of class: it starts, it ends, and who was there is counted as people.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import type { Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let second: Person
  let ada: Person
  let observer: Person
  let screen: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    second = await world.has('saul', { role: 'instructor' })
    ada = await world.has('ada')
    observer = await world.has('una', { role: 'observer' })
    screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
  })
  afterAll(() => world.ends())
  const again = (p: Person) => world.person(p.who, { accessToken: p.token, user: { userId: p.userId } } as Signed).comes()
  const at = () => ({ cohortId: world.cohortId })

  test('[SE1] starting is told to all once; starting again, also at once by two, is the class that runs', async () => {
    const [a, b] = await Promise.all([teacher.does('session:start', { ...at(), title: 'Sensors' }), second.does('session:start', at())])
    expect(a).toEqual(b)
    for (const p of [teacher, second, ada, observer, screen]) expect(await p.hears('session:started')).toMatchObject({ sessionId: a.sessionId, startedAt: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(await teacher.does('session:start', at())).toEqual(a)
    for (const p of [ada, observer, screen]) await p.hearsNoMore('session:started')
    const late = await again(ada)
    expect(late.view.session).toEqual(ada.view.session)
    expect((await world.gets('GET', '/cohorts')).cohorts.find((c: any) => c.cohortId === world.cohortId).live).toBe(true)
    late.leaves()
  })

  test('[SE2] who leads may; observers, learners and screens may not, and nothing happens', async () => {
    for (const p of [ada, observer, screen]) for (const name of ['session:start', 'session:end'] as const) expect((await p.isRefused(name, at())).code).toBe('forbidden')
    for (const p of [ada, observer, screen]) await p.hearsNoMore('session:ended')
    const oz = await world.person('oz', await world.signsIn('oz@school.test')).connects()
    expect((await oz.isRefused('session:start', at())).code).toBe('not_found')
  })

  test('[SE3] ending is told, closes open prompts, and counts learners who were there: people, not sockets', async () => {
    const ben = await world.has('ben')
    const phone = await again(ben)
    const cleo = await world.has('cleo')
    cleo.leaves()
    const { promptId } = await teacher.does('coldcall:open', { ...at(), text: 'Why?' })
    await ben.does('coldcall:answer', { promptId, body: 'So.' })
    await expect.poll(async () => (await world.app.db.sql('SELECT count(*) AS n FROM ilt_attendance'))[0]?.n).toBe(3)
    const [one, two] = await Promise.all([teacher.tries('session:end', at()), second.tries('session:end', at())])
    expect([one, two].filter((x) => x.ok)).toEqual([{ ok: true, data: { attended: 3 } }])
    expect([one, two].find((x) => !x.ok)).toMatchObject({ error: { code: 'not_live' } })
    expect(await ben.hears('coldcall:closed')).toEqual({ promptId, answered: 1 })
    await ada.hears('session:ended')
    expect(ada.view.session).toBeNull()
    expect((await ben.isRefused('coldcall:answer', { promptId, body: 'Late.' })).code).toBe('prompt_closed')
    for (const p of [ben, phone]) p.leaves()
  })

  test('[SE4] with no class running, ending is not_live', async () => {
    expect((await teacher.isRefused('session:end', at())).code).toBe('not_live')
    await ada.hearsNoMore('session:ended')
  })

  test('[SE5] the next class is another one, and counts anew', async () => {
    const first = await teacher.does('session:start', { ...at(), title: 'A' })
    expect(await teacher.does('session:end', at())).toEqual({ attended: 1 })
    const next = await teacher.does('session:start', { ...at(), title: 'B' })
    expect(next.sessionId).not.toBe(first.sessionId)
    expect(await teacher.does('session:end', at())).toEqual({ attended: 1 })
  })

  test('[CO12] presence: two devices are one learner; staff see who, a learner how many; staff and screens count as nobody', async () => {
    await expect.poll(() => teacher.view.presence).toEqual({ online: 1, members: [ada.memberId] })
    const phone = await again(ada)
    const dan = await world.has('dan')
    await expect.poll(() => teacher.view.presence).toEqual({ online: 2, members: [ada.memberId, dan.memberId].sort() })
    await expect.poll(() => ada.view.presence).toEqual({ online: 2 })
    phone.drops()
    dan.drops()
    await expect.poll(() => ada.view.presence).toEqual({ online: 1 })
    await expect.poll(() => teacher.view.presence.members).toEqual([ada.memberId])
    for (const [name, frame] of [...ada.ears, ...screen.ears]) if (name === 'cohort:presence') expect(frame.body).not.toHaveProperty('members')
  })

  test('[HU20] a learner has the streams cohort and user, staff also staff, a screen the cohort\'s alone', async () => {
    const [c, s] = [cohortStream(world.cohortId), staffStream(world.cohortId)]
    expect(Object.keys((await ada.joins()).streams).sort()).toEqual([c, userStream(ada.userId)].sort())
    for (const p of [teacher, observer]) expect(Object.keys((await p.joins()).streams).sort()).toEqual([c, s, userStream(p.userId)].sort())
    expect(Object.keys((await screen.joins()).streams)).toEqual([c])
    expect(screen.view.member).toBeNull()
  })
})
