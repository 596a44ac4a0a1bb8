// The list of a cohort, and that every door gives the same verdict.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cohortStream, staffStream } from '#kernel/streams'
import type { Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
  })
  afterAll(() => world.ends())
  const row = async (email: string) => (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members.find((m: any) => m.email === email)
  const says = (cohortId: string) => world.app.hub.push(cohortStream(cohortId), ['test:said', { at: '', body: {} }])

  test('[CO8] rows that are wrong are named, the others are on the list; twice is updated', async () => {
    const members = [{ email: 'ada@school.test', name: 'Ada' }, { email: 'nonsense' }, { email: 'ben@school.test', role: 'owner' }, { email: 'ADA@school.test' }, { email: 'cleo@school.test', batchNo: 2, timeFactor: 1.5 }, { email: 'dan@school.test', timeFactor: 9 }]
    const first = await world.lists(members)
    expect(first).toMatchObject({ added: 2, updated: 0 })
    expect(first.failed.map((f: any) => f.row)).toEqual([2, 3, 4, 6])
    for (const f of first.failed) expect(f.message).toMatch(/\.$/)
    expect(await world.lists(members)).toMatchObject({ added: 0, updated: 2 })
    expect(await row('cleo@school.test')).toMatchObject({ displayName: 'cleo', batchNo: 2, timeFactor: 1.5, role: 'learner', signedIn: false })
    await world.lists([{ email: 'cleo@school.test', name: 'Cleo' }])
    expect(await row('cleo@school.test'), 'what was left out stays').toMatchObject({ displayName: 'Cleo', batchNo: 2, timeFactor: 1.5 })
    expect((await world.asks('POST', `/cohorts/${world.cohortId}/members`, { members: [] }, world.owner.accessToken)).status).toBe(400)
  })

  test('[CO8] a thousand rows are one request, and ten at once are no trouble', async () => {
    const many = await world.cohort()
    const rows = Array.from({ length: 1_000 }, (_, i) => ({ email: `p${i}@school.test` }))
    expect(await world.lists(rows, many.cohortId)).toMatchObject({ added: 1_000, failed: [] })
    const again = await Promise.all(Array.from({ length: 5 }, () => world.lists(rows.slice(0, 50), many.cohortId)))
    for (const a of again) expect(a).toMatchObject({ added: 0, updated: 50 })
    const seen: string[] = []
    for (let cursor = ''; cursor !== null;) {
      const page = await world.gets('GET', `/cohorts/${many.cohortId}/members${cursor && `?cursor=${encodeURIComponent(cursor)}`}`)
      expect(page.members.length).toBeLessThanOrEqual(200)
      seen.push(...page.members.map((m: any) => m.email))
      cursor = page.next
    }
    expect(new Set(seen).size).toBe(1_000)
    expect(seen).toHaveLength(1_000)
  })

  test('[CO9] who is listed before they ever signed in finds their place when they do', async () => {
    await world.lists([{ email: 'early@school.test', name: 'Early', timeFactor: 2 }])
    const early = await world.person('early', await world.signsIn('early@school.test')).comes()
    expect(early.view.member).toMatchObject({ displayName: 'Early', timeFactor: 2 })
    expect(await row('early@school.test')).toMatchObject({ signedIn: true })
    early.leaves()
  })

  test('[CO10] a change of role is told, and puts one out of the old audience at once', async () => {
    const ada = await world.has('eve', { role: 'observer' })
    expect(Object.keys(ada.last)).toContain(staffStream(world.cohortId))
    await world.lists([{ email: 'eve@school.test', role: 'learner' }])
    expect(await ada.hears('cohort:member')).toMatchObject({ cohortId: world.cohortId, role: 'learner' })
    ada.forgets()
    world.app.hub.push(staffStream(world.cohortId), ['test:staff', { at: '', body: {} }])
    says(world.cohortId)
    await teacher.hears('test:said')
    await ada.hearsNoMore()
    expect((await ada.joins()).role).toBe('learner')
    expect(Object.keys(ada.last)).not.toContain(staffStream(world.cohortId))
    expect((await ada.isRefused('session:start', { cohortId: world.cohortId })).code).toBe('forbidden')
    const heard = ada.ears.length
    await world.lists([{ email: 'eve@school.test', role: 'learner' }])
    says(world.cohortId)
    await ada.hears('test:said')
    expect(ada.ears.slice(heard).map(([n]) => n), 'saying it again changes nothing').not.toContain('cohort:member')
    ada.leaves()
  })

  test('[CO11] who is taken off hears it, and then nothing more on any device; answers stay', async () => {
    const finn = await world.has('finn')
    const phone = await world.person('finn', { accessToken: finn.token, user: { userId: finn.userId } } as Signed).comes()
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Why?' })
    const { messageId } = await finn.does('coldcall:answer', { promptId, body: 'Because.' })
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${finn.memberId}`)
    for (const p of [finn, phone]) {
      expect(await p.hears('cohort:removed')).toEqual({ cohortId: world.cohortId })
      p.forgets()
    }
    await teacher.does('coldcall:reveal', { promptId })
    const shown = await teacher.hears('coldcall:revealed')
    expect(shown.answers).toMatchObject([{ messageId, body: 'Because.', author: { displayName: 'finn' } }])
    for (const p of [finn, phone]) await p.hearsNoMore()
    for (const [name, body] of [['cohort:join', { cohortId: world.cohortId }], ['coldcall:answer', { promptId, body: 'x' }], ['coldcall:answers', { promptId }], ['coldcall:star', { messageId, on: true }]] as const) {
      expect((await finn.isRefused(name, body as never)).code, name).toBe('not_found')
    }
    expect((await world.asks('DELETE', `/cohorts/${world.cohortId}/members/${finn.memberId}`, undefined, world.owner.accessToken)).status, 'twice is not found').toBe(404)
    await world.lists([{ email: 'finn@school.test' }])
    const { role, snapshot } = await finn.joins()
    expect({ role, member: snapshot?.member?.memberId }, 'back on the list one is who one was').toEqual({ role: 'learner', member: finn.memberId })
    for (const p of [finn, phone]) p.leaves()
  })

  test('[CO13] list, detail, roster, join and commands give each the same verdict', async () => {
    const other = await world.cohort()
    const people: Record<string, Person> = {
      owner: await world.has('owner'), instructor: teacher, observer: await world.has('una', { role: 'observer' }), learner: await world.has('lee'),
      learnerElsewhere: await world.has('mia', { cohortId: other.cohortId }), instructorElsewhere: await world.has('noel', { cohortId: other.cohortId, role: 'instructor' }),
      outsider: await world.person('oz', await world.signsIn('oz@school.test')).connects(),
    }
    const { cohortId } = world
    const verdicts: Record<string, unknown> = {}
    for (const [who, p] of Object.entries(people)) {
      const rest = async (method: string, path: string, body?: unknown) => (await world.asks(method, path, body, p.token)).status
      const code = async (name: any, body: any) => p.tries(name, body).then((a) => (a.ok ? 'ok' : a.error.code))
      verdicts[who] = [
        (await world.asks('GET', '/cohorts', undefined, p.token)).body.cohorts.some((c: any) => c.cohortId === cohortId),
        await rest('GET', `/cohorts/${cohortId}`), await rest('GET', `/cohorts/${cohortId}/members`), await rest('POST', `/cohorts/${cohortId}/members`, { members: [{ email: 'nonsense' }] }),
        await rest('DELETE', `/cohorts/${cohortId}/members/${randomUUID()}`), await code('cohort:join', { cohortId }), await code('cohort:join', { cohortId, as: 'screen' }).then(async (x) => { await p.tries('cohort:leave', { cohortId }); return x }),
        await code('session:end', { cohortId }), await code('cohort:leave', { cohortId }),
      ]
    }
    const leads = [true, 200, 200, 200, 404, 'ok', 'ok', 'not_live', 'ok']
    const nobody = [false, 404, 404, 404, 404, 'not_found', 'not_found', 'not_found', 'not_found']
    expect(verdicts).toEqual({
      owner: leads, instructor: leads, observer: [true, 200, 200, 403, 403, 'ok', 'ok', 'forbidden', 'ok'], learner: [true, 200, 403, 403, 403, 'ok', 'forbidden', 'forbidden', 'ok'],
      learnerElsewhere: nobody, instructorElsewhere: nobody, outsider: nobody,
    })
    const code = async (p: Person) => (await world.gets('GET', `/cohorts/${cohortId}`, undefined, p.token)).inviteCode
    expect(await code(people.observer as Person)).toBe(world.inviteCode)
    expect(await code(people.learner as Person), 'a learner is not shown the code').toBeNull()
  })
})
