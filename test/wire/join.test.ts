// Walking in with a code.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  beforeAll(async () => void (world = await aWorld(on)))
  afterAll(() => world.ends())
  const enters = (body: object, headers = {}) => world.asks('POST', '/join', body, undefined, headers)
  const code = () => world.inviteCode

  test('[CO3] who is on the list walks in with the code and their e-mail, whatever the case and spaces', async () => {
    await world.lists([{ email: 'ada@school.test', name: 'Ada Lovelace' }])
    const first = await enters({ code: code(), name: 'Somebody', email: 'ada@school.test' })
    expect(first.body).toMatchObject({ cohortId: world.cohortId, user: { name: 'Ada Lovelace', email: 'ada@school.test' } })
    for (const typed of [code().toLowerCase(), code().replace(' ', ''), ` ${code().replace(' ', '-')} `]) {
      const again = await enters({ code: typed, name: 'Ada', email: ' ADA@School.Test ' })
      expect(again.body).toMatchObject({ memberId: first.body.memberId, user: first.body.user })
    }
    const ada = await world.person('ada', first.body).comes()
    expect(ada.role).toBe('learner')
    expect(ada.view.member).toMatchObject({ memberId: first.body.memberId, displayName: 'Ada Lovelace' })
    ada.leaves()
  })

  test('[CO3] who is not on the list is not_listed; removed, they are not either', async () => {
    for (const email of ['oz@school.test', undefined]) expect((await enters({ code: code(), name: 'Oz', email })).body).toMatchObject({ status: 409, code: 'not_listed' })
    await world.lists([{ email: 'gone@school.test' }])
    const { memberId } = (await enters({ code: code(), name: 'G', email: 'gone@school.test' })).body
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${memberId}`)
    expect((await enters({ code: code(), name: 'G', email: 'gone@school.test' })).body.code).toBe('not_listed')
  })

  test('[CO4] a code and an e-mail sign in nobody who may do more than learn, here or anywhere', async () => {
    const other = await world.cohort({ entry: 'code' })
    await world.lists([{ email: 'ruth@school.test', role: 'instructor' }, { email: 'owner@school.test' }, { email: 'both@school.test' }])
    await world.lists([{ email: 'both@school.test', role: 'observer' }, { email: 'ruth@school.test' }], other.cohortId)
    for (const email of ['ruth@school.test', 'owner@school.test', 'both@school.test']) {
      expect((await enters({ code: code(), name: 'X', email })).body.code, email).toBe('not_listed')
      const guest = await enters({ code: other.inviteCode, name: 'X', email })
      expect(guest.body.user, 'a guest, and not they').toMatchObject({ name: 'X', email: null })
      expect(guest.body.user.userId).not.toBe(world.owner.user.userId)
      expect((await world.gets('GET', '/me', undefined, guest.body.accessToken)).grants).toEqual([])
    }
  })

  test('[CO5] where the code is enough, anybody comes in as a guest under the name they give', async () => {
    const open = await world.cohort({ entry: 'code' })
    const [a, b] = await Promise.all([enters({ code: open.inviteCode, name: 'Sam' }), enters({ code: open.inviteCode, name: 'Sam' })])
    expect(a.body.user).toMatchObject({ name: 'Sam', email: null })
    expect(a.body.user.userId).not.toBe(b.body.user.userId)
    expect((await world.gets('GET', '/me', undefined, a.body.accessToken)).cohorts).toHaveLength(1)
    for (const name of ['', '   ', 'x'.repeat(121), 'a\0']) expect((await enters({ code: open.inviteCode, name })).status).toBe(400)
  })

  test('[CO6] fifty who come at once for twenty places: exactly twenty are in', async () => {
    const full = await world.cohort({ entry: 'code', capacity: 20 })
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => enters({ code: full.inviteCode, name: `G${i}` })))
    expect(all.filter((r) => r.status === 200)).toHaveLength(20)
    for (const r of all) if (r.status !== 200) expect(r.body).toMatchObject({ status: 409, code: 'cohort_full' })
    expect((await world.app.db.sql('SELECT count(*) AS n FROM cohort_members WHERE cohort_id = $1', [full.cohortId]))[0]?.n).toBe(20)
    const listed = await world.gets('POST', `/cohorts/${full.cohortId}/members`, { members: [{ email: 'late@school.test' }, { email: 'staff@school.test', role: 'observer' }] })
    expect(listed).toMatchObject({ added: 1, failed: [{ row: 1, message: expect.stringContaining('full') }] })
    const [one] = (await world.gets('GET', `/cohorts/${full.cohortId}/members`)).members.filter((m: any) => m.role === 'learner')
    await world.gets('DELETE', `/cohorts/${full.cohortId}/members/${one.memberId}`)
    expect((await enters({ code: full.inviteCode, name: 'Next' })).status).toBe(200)
  })

  test('[CO7] a cohort that has ended lets nobody in, by the code or by the socket, and is still seen', async () => {
    const past = await world.cohort({ entry: 'code' })
    const ana = (await enters({ code: past.inviteCode, name: 'Ana' })).body
    await world.app.db.sql(`UPDATE cohorts SET starts_at = now() - interval '2 days', ends_at = now() - interval '1 second' WHERE cohort_id = $1`, [past.cohortId])
    expect((await enters({ code: past.inviteCode, name: 'Bo' })).body).toMatchObject({ status: 409, code: 'cohort_ended' })
    const person = await world.person('ana', ana, past.cohortId).connects()
    expect((await person.isRefused('cohort:join', { cohortId: past.cohortId })).code).toBe('cohort_ended')
    const oz = await world.person('oz', await world.signsIn('oz@school.test')).connects()
    expect((await oz.isRefused('cohort:join', { cohortId: past.cohortId })).code).toBe('not_found')
    expect((await world.asks('GET', `/cohorts/${past.cohortId}`, undefined, ana.accessToken)).status).toBe(200)
  })
})

describe.each(worlds)('wrong tries, on %s', (on) => {
  let world: World
  beforeAll(async () => void (world = await aWorld(on, { env: { NODE_ENV: 'development' } })))
  afterAll(() => world.ends())
  const enters = (body: object) => world.asks('POST', '/join', body)

  test('[CO1] only wrong tries count: a school of sixty behind one address comes in', async () => {
    const open = await world.cohort({ entry: 'code' })
    const all = await Promise.all(Array.from({ length: 60 }, (_, i) => enters({ code: open.inviteCode, name: `P${i}` })))
    expect(all.every((r) => r.status === 200)).toBe(true)
    for (let i = 0; i < 20; i++) expect((await enters({ code: '', name: '' })).status, 'what is not understood is no try').toBe(400)
  })

  test('[CO1] forty wrong codes at once: ten are looked at, the rest and the next are rate_limited, with when to come again', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, (_, i) => enters({ code: `APPLE ${2000 + i}`, name: 'x' })))
    expect(all.filter((r) => r.body.code === 'not_found').length).toBeLessThanOrEqual(10)
    const refused = all.filter((r) => r.body.code === 'rate_limited')
    expect(refused.length).toBeGreaterThanOrEqual(30)
    const next = await enters({ code: world.inviteCode, name: 'x' })
    expect(next.body).toMatchObject({ status: 429, code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } })
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(next.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })
})
