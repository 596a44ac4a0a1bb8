// A cohort as a whole: its days, its places, its end, who asks to join it, and what its batches work on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  beforeAll(async () => { world = await aWorld(on) })
  afterAll(() => world.ends())
  const show = (cohortId: string, by: Signed = world.owner) => world.gets('GET', `/cohorts/${cohortId}`, undefined, by.accessToken)
  const change = (cohortId: string, body: object, by: Signed = world.owner) => world.asks('PATCH', `/cohorts/${cohortId}`, body, by.accessToken)

  test('[CO28] the days are those of its zone, also where the clock changes', async () => {
    const { cohortId } = await world.cohort()
    expect((await change(cohortId, { startsOn: '2026-03-02', endsOn: '2026-03-29', tz: 'Europe/Berlin', rowVersion: 1 })).status).toBe(200)
    expect(await show(cohortId)).toMatchObject({ startsOn: '2026-03-02', endsOn: '2026-03-29', startsAt: '2026-03-01T23:00:00.000Z', endsAt: '2026-03-29T22:00:00.000Z', rowVersion: 2 })
    await change(cohortId, { tz: 'Asia/Tokyo', rowVersion: 2 })
    expect(await show(cohortId)).toMatchObject({ startsOn: '2026-03-02', endsOn: '2026-03-29', startsAt: '2026-03-01T15:00:00.000Z', endsAt: '2026-03-29T15:00:00.000Z' })
    expect((await change(cohortId, { startsOn: '2026-04-01', rowVersion: 3 })).body.code).toBe('bad_request')
    expect((await change(cohortId, { tz: 'Mars/Olympus', rowVersion: 3 })).body.code).toBe('bad_request')
    expect((await change(cohortId, { endsOn: '2026-02-30', rowVersion: 3 })).body.code).toBe('bad_request')
    expect((await change(cohortId, { startsOn: null, endsOn: null, rowVersion: 3 })).status).toBe(200)
    expect(await show(cohortId)).toMatchObject({ startsOn: null, endsOn: null, startsAt: null, endsAt: null })
  })

  test('[CO29] never fewer places than learners; a stale change changes nothing', async () => {
    const { cohortId } = await world.cohort()
    await world.lists([1, 2, 3].map((n) => ({ email: `l${n}@school.test` })), cohortId)
    expect((await change(cohortId, { capacity: 2, rowVersion: 1 })).body).toMatchObject({ code: 'too_few_places', details: { learners: 3 } })
    expect((await change(cohortId, { capacity: 3, name: 'Full', rowVersion: 1 })).status).toBe(200)
    const stale = await change(cohortId, { name: 'Old', rowVersion: 1 })
    expect(stale.body).toMatchObject({ status: 409, code: 'conflict', details: { cohort: { name: 'Full', rowVersion: 2 } } })
    expect((await show(cohortId)).name).toBe('Full')
  })

  test('[CO30] [CO34] archived: the class ends, everybody is out, nobody comes in, and it can be taken back', async () => {
    const { cohortId, inviteCode } = await world.cohort({ entry: 'code' })
    const ruth = await world.has('ruth', { role: 'instructor', cohortId })
    const ada = await world.has('ada', { cohortId })
    await ruth.does('session:start', { cohortId })
    await ruth.does('coldcall:open', { cohortId, text: 'Still here?' })
    expect((await world.asks('POST', `/cohorts/${cohortId}/archive`, undefined, ruth.token)).status).toBe(403)
    expect((await world.asks('POST', `/cohorts/${cohortId}/archive`, undefined, ada.token)).status).toBe(403)
    await world.gets('POST', `/cohorts/${cohortId}/archive`)
    await expect.poll(() => world.app.kernel.classes.hosted().includes(cohortId), { timeout: 5_000 }).toBe(false)
    expect(await ada.tries('cohort:join', { cohortId })).toMatchObject({ ok: false, error: { code: 'cohort_ended' } })
    expect((await world.asks('POST', '/join', { code: inviteCode, name: 'Late' })).body.code).toBe('cohort_ended')
    expect((await world.gets('GET', `/cohorts/${cohortId}/sessions`)).sessions[0].endedAt).not.toBeNull()
    expect(await world.app.db.sql(`SELECT 1 FROM cold_call_prompts WHERE cohort_id = $1 AND state = 'open'`, [cohortId])).toEqual([])
    expect((await show(cohortId)).archived).toBe(true)
    await world.gets('POST', `/cohorts/${cohortId}/unarchive`)
    expect((await ada.joins()).role).toBe('learner')
  })

  test('[CO31] one asks for a place with the code alone, once, and learns nothing of the list', async () => {
    const { cohortId, inviteCode } = await world.cohort()
    await world.lists([{ email: 'there@school.test' }], cohortId)
    const ask = (email: string, more: object = {}) => world.asks('POST', '/join/ask', { code: inviteCode, name: 'Zoe', email, ...more })
    const replies = [await ask('zoe@out.test'), await ask('Zoe@out.test', { message: 'Please.' }), await ask('there@school.test')]
    expect(replies.map((r) => [r.status, JSON.stringify(r.body)])).toEqual([[202, '{}'], [202, '{}'], [202, '{}']])
    expect((await world.gets('GET', `/cohorts/${cohortId}/requests`)).requests).toMatchObject([{ email: 'zoe@out.test', message: 'Please.', status: 'pending' }])
    expect((await show(cohortId)).asked).toBe(1)
    expect((await world.asks('POST', '/join/ask', { code: 'nothing-0000', name: 'Zoe', email: 'zoe@out.test' })).status).toBe(404)
    const there = await world.signsIn('there@school.test')
    expect((await world.asks('GET', `/cohorts/${cohortId}/requests`, undefined, there.accessToken)).status).toBe(403)
    expect((await show(cohortId, there)).asked).toBe(0)
  })

  test('[CO32] accepted: on the list, and in with the code; full: still waiting; decided once', async () => {
    const { cohortId, inviteCode } = await world.cohort({ capacity: 1 })
    for (const who of ['yan', 'kit']) await world.asks('POST', '/join/ask', { code: inviteCode, name: who, email: `${who}@out.test` })
    const [yan, kit] = (await world.gets('GET', `/cohorts/${cohortId}/requests`)).requests
    const decides = (request: { requestId: string }, what: string, body?: object) => world.asks('POST', `/cohorts/${cohortId}/requests/${request.requestId}/${what}`, body, world.owner.accessToken)
    expect((await decides(yan, 'accept', { batchNo: 2 })).body).toMatchObject({ status: 'accepted', decidedBy: 'Olive Owner' })
    expect((await world.gets('GET', `/cohorts/${cohortId}/members`)).members).toMatchObject([{ email: 'yan@out.test', displayName: 'yan', batchNo: 2, role: 'learner' }])
    expect((await world.asks('POST', '/join', { code: inviteCode, name: 'Yan', email: 'yan@out.test' })).status).toBe(200)
    expect((await decides(kit, 'accept')).body.code).toBe('cohort_full')
    expect((await decides(yan, 'refuse')).body.code).toBe('already_decided')
    expect((await decides(kit, 'refuse')).body.status).toBe('refused')
    expect((await world.asks('POST', '/join', { code: inviteCode, name: 'Kit', email: 'kit@out.test' })).body.code).toBe('not_listed')
    const other = await world.cohort()
    expect((await world.asks('POST', `/cohorts/${other.cohortId}/requests/${kit.requestId}/accept`, undefined, world.owner.accessToken)).status).toBe(404)
  })

  test('[CO33] a project is its batch\'s; who is moved reads the other one, also in the middle of a class', async () => {
    const { cohortId } = await world.cohort()
    const one = await world.has('one', { cohortId, batchNo: 1 })
    const none = await world.has('solo', { cohortId })
    const projects = async (token: string) => (await world.gets('GET', `/cohorts/${cohortId}/projects`, undefined, token)).projects
    const put = (batchNo: number, body: object, token = world.owner.accessToken) => world.asks('PUT', `/cohorts/${cohortId}/batches/${batchNo}/project`, body, token)
    expect((await put(1, { title: 'Nightlight', tagline: 'Light when it is dark', description: 'Build one.', notes: 'They need help with MQTT.' })).status).toBe(200)
    await put(2, { title: 'Fruit', tagline: '', description: 'Sort it.' })
    await one.hears('cohort:project')
    expect(await projects(one.token)).toEqual([{ batchNo: 1, title: 'Nightlight', tagline: 'Light when it is dark', description: 'Build one.', rowVersion: 1 }])
    expect(await projects(none.token)).toEqual([])
    expect(await projects(world.owner.accessToken)).toHaveLength(2)
    expect((await projects(world.owner.accessToken))[0].notes).toBe('They need help with MQTT.')
    const ruth = await world.has('ruth', { role: 'instructor', cohortId })
    await ruth.does('session:start', { cohortId })
    const [row] = (await world.gets('GET', `/cohorts/${cohortId}/members?q=one`)).members
    await world.gets('PATCH', `/cohorts/${cohortId}/members/${row.memberId}`, { batchNo: 2 })
    await one.hears('cohort:member')
    expect((await projects(one.token)).map((p: { title: string }) => p.title)).toEqual(['Fruit'])
    expect((await put(1, { title: 'Stale', tagline: '', description: 'x', rowVersion: 9 })).body).toMatchObject({ code: 'conflict', details: { project: { title: 'Nightlight' } } })
    expect((await put(1, { title: 'Again', tagline: '', description: 'x' })).body.code).toBe('conflict')
    expect((await put(1, { title: 'X', tagline: '', description: 'x', more: 1 })).status).toBe(400)
    expect((await put(1, { title: 'X', tagline: '', description: 'x' }, one.token)).status).toBe(403)
    await expect(world.app.db.sql(`UPDATE cohort_batch_projects SET payload = '{"title":"x"}'`)).rejects.toThrow(/check/)
    expect((await world.asks('DELETE', `/cohorts/${cohortId}/batches/2/project`, undefined, world.owner.accessToken)).status).toBe(204)
    expect((await world.asks('DELETE', `/cohorts/${cohortId}/batches/2/project`, undefined, world.owner.accessToken)).status).toBe(404)
  })
})
