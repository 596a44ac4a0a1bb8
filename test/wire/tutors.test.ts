// Applying to teach, being taken or refused, and who may open the classes of a course.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let root = ''
  let school = ''
  beforeAll(async () => {
    world = await aWorld(on)
    root = (await world.gets('GET', '/orgs')).orgs[0].rootId
    school = (await world.gets('POST', '/nodes', { parentId: root, name: 'School' })).nodeId
    await world.gets('PUT', `/nodes/${school}/opening`, { text: 'We look for teachers.', isOpen: true })
  })
  afterAll(() => world.ends())
  const asks = (method: string, path: string, body: unknown, by: Signed) => world.asks(method, path, body, by.accessToken)
  const applies = async (by: Signed) => (await world.gets('POST', `/openings/${school}/applications`, { about: 'I taught physics.' }, by.accessToken)).applicationId as string

  test('[TU1] one applies where a place takes applications, once at a time', async () => {
    const ann = await world.signsIn('ann@out.test')
    expect((await world.gets('GET', '/openings', undefined, ann.accessToken)).openings).toMatchObject([{ nodeId: school, place: 'School', text: 'We look for teachers.', mine: null }])
    const first = await applies(ann)
    expect((await asks('POST', `/openings/${school}/applications`, { about: 'Again' }, ann)).body.code).toBe('already_applied')
    expect((await asks('POST', `/openings/${root}/applications`, { about: 'There' }, ann)).body.code).toBe('not_found')
    expect((await world.gets('POST', `/applications/${first}/withdraw`, undefined, ann.accessToken)).status).toBe('withdrawn')
    await applies(ann)
    expect((await world.gets('GET', '/me/applications', undefined, ann.accessToken)).applications.map((a: { status: string }) => a.status)).toEqual(['pending', 'withdrawn'])
    const { cohortId, inviteCode } = await world.cohort({ entry: 'code' })
    const guest = await world.gets('POST', '/join', { code: inviteCode, name: 'Guest' }, undefined)
    expect(cohortId).toBe(guest.cohortId)
    expect((await asks('POST', `/openings/${school}/applications`, { about: 'Me' }, guest)).body.code).toBe('no_email')
    await world.gets('PUT', `/nodes/${school}/opening`, { text: 'Closed.', isOpen: false })
    expect((await asks('POST', `/openings/${school}/applications`, { about: 'Late' }, await world.signsIn('late@out.test'))).body.code).toBe('not_found')
    await world.gets('PUT', `/nodes/${school}/opening`, { text: 'Open again.', isOpen: true })
  })

  test('[TU2] approved: a tutor who may lead classes there; refused: with a reason; decided once', async () => {
    const [bea, cal] = [await world.signsIn('bea@out.test'), await world.signsIn('cal@out.test')]
    const [hers, his] = [await applies(bea), await applies(cal)]
    expect((await asks('POST', `/applications/${his}/refuse`, {}, world.owner)).status).toBe(400)
    expect(await world.gets('POST', `/applications/${his}/refuse`, { reason: 'Come back with a certificate.' })).toMatchObject({ status: 'refused', decidedBy: 'Olive Owner' })
    expect((await world.gets('GET', '/me/applications', undefined, cal.accessToken)).applications[0].reason).toBe('Come back with a certificate.')
    await world.gets('POST', `/applications/${hers}/approve`)
    expect((await asks('POST', `/applications/${hers}/refuse`, { reason: 'No.' }, world.owner)).body).toMatchObject({ code: 'already_decided', details: { status: 'approved' } })
    expect((await asks('POST', `/applications/${hers}/withdraw`, undefined, bea)).body.code).toBe('already_decided')
    expect((await world.gets('GET', `/nodes/${school}`, undefined, bea.accessToken)).may).toContain('cohort.teach')
    expect(await world.app.db.sql('SELECT 1 FROM tutors WHERE user_id = $1', [bea.user.userId])).toHaveLength(1)
    expect((await asks('GET', `/nodes/${root}`, undefined, bea)).status).toBe(404)
  })

  test('[TU3] who reviews at the place or above decides, nobody decides their own, and elsewhere it does not exist', async () => {
    const eve = await world.signsIn('eve@out.test')
    const application = await applies(eve)
    const other = (await world.gets('POST', '/nodes', { parentId: root, name: 'Other school' })).nodeId
    const otto = await world.signsIn('otto@out.test')
    await world.gets('POST', `/nodes/${other}/grants`, { email: 'otto@out.test', role: 'administrator' })
    for (const what of ['approve', 'refuse']) expect((await asks('POST', `/applications/${application}/${what}`, what === 'refuse' ? { reason: 'No.' } : undefined, otto)).body.code).toBe('not_found')
    expect((await asks('GET', `/nodes/${school}/applications`, undefined, otto)).status).toBe(404)
    expect((await world.gets('GET', `/nodes/${other}/applications`, undefined, otto.accessToken)).applications).toEqual([])
    await world.gets('POST', `/nodes/${school}/grants`, { email: 'eve@out.test', permission: 'tutor.review' })
    expect((await asks('POST', `/applications/${application}/approve`, undefined, eve)).body.code).toBe('forbidden')
    expect((await world.gets('GET', `/nodes/${root}/applications?status=pending`)).applications.map((a: { applicationId: string }) => a.applicationId)).toContain(application)
    const stranger = await world.signsIn('stranger@out.test')
    expect((await asks('POST', `/applications/${application}/withdraw`, undefined, stranger)).body.code).toBe('not_found')
  })

  test('[TU4] [TU5] a course that has tutors is opened by them only', async () => {
    const course = (await world.gets('POST', '/courses', { slug: `staffed-${on}`, name: 'Staffed', modules: [] })).courseId
    const { cohortId } = await world.gets('POST', `/courses/${course}/cohorts`, { name: 'Autumn' })
    const ruth = await world.has('ruth', { role: 'instructor', cohortId })
    const sam = await world.has('sam', { role: 'instructor', cohortId })
    const lea = await world.has('lea', { cohortId })
    await ruth.does('session:start', { cohortId })
    await ruth.does('session:end', { cohortId })
    expect((await world.asks('PUT', `/courses/${course}/tutors`, { email: 'nobody@out.test', role: 'lead' }, world.owner.accessToken)).body.code).toBe('no_account')
    await world.gets('PUT', `/courses/${course}/tutors`, { email: 'Sam@school.test', role: 'lead' })
    expect(await ruth.tries('session:start', { cohortId })).toMatchObject({ ok: false, error: { code: 'not_staffed' } })
    await sam.does('session:start', { cohortId })
    await sam.does('session:end', { cohortId })
    expect((await world.gets('GET', `/courses/${course}/tutors`, undefined, ruth.token))).toMatchObject({ mayStaff: false, tutors: [{ name: 'sam', role: 'lead' }] })
    expect((await world.asks('GET', `/courses/${course}/tutors`, undefined, lea.token)).status).toBe(403)
    expect((await world.asks('PUT', `/courses/${course}/tutors`, { email: 'ruth@school.test', role: 'assistant' }, ruth.token)).status).toBe(403)
    const owner = await world.has('owner', { cohortId })
    await owner.does('session:start', { cohortId })
    await owner.does('session:end', { cohortId })
    expect((await world.asks('DELETE', `/courses/${course}/tutors/${ruth.userId}`, undefined, world.owner.accessToken)).status).toBe(404)
    await world.gets('DELETE', `/courses/${course}/tutors/${sam.userId}`)
    await ruth.does('session:start', { cohortId })
  })
})
