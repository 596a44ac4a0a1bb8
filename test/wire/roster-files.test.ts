// Lists as files, a look at them beforehand, and the list as staff change it by hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffStream } from '#kernel/streams'
import type { Person } from '../helpers/person.ts'
import { watchesTurns } from '../helpers/turns.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let path: string
  beforeAll(async () => {
    world = await aWorld(on)
    teacher = await world.has('ruth', { role: 'instructor' })
    path = `/cohorts/${world.cohortId}/members`
  })
  afterAll(() => world.ends())

  const sends = (text: string | Buffer, to = path, token = teacher.token) => fetch(`${world.url}/api/v1${to}`, {
    method: 'POST', headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` }, body: text as BodyInit,
  }).then(async (r) => ({ status: r.status, body: (await r.json()) as any }))
  const list = (sift = '') => world.gets('GET', `${path}${sift}`, undefined, teacher.token)
  const row = async (email: string, sift = '') => (await list(`?q=${encodeURIComponent(email)}${sift}`)).members.find((m: any) => m.email === email)
  const changes = (memberId: string, body: object, token = teacher.token) => world.asks('PATCH', `${path}/${memberId}`, body, token)

  test('[CO20] a file is put on the list, and each row that is wrong is named by its number in the file', async () => {
    const { status, body } = await sends('\ufeffName;Mail;Batch;Extra time\nAda;ADA@school.test;1;50 %\nBen;ben@school;1;\n\nCleo;cleo@school.test;first;\nAda again;ada@School.test;2;\nDan;dan@school.test;2;much\nEve;eve@school.test;2;\n')
    expect(status).toBe(200)
    expect(body).toMatchObject({ added: 2, updated: 0, changed: 0 })
    expect(body.failed).toEqual([
      { row: 3, field: 'email', message: '"ben@school" is not an e-mail address.' },
      { row: 5, field: 'batchNo', message: 'The batch must be a number from 1 to 1,000.' },
      { row: 6, field: 'email', message: 'ada@school.test is there twice; row 2 counts.' },
      { row: 7, field: 'timeFactor', message: 'The time factor must be from 1 to 3: write 1.5, 150 % or +50 %.' },
    ])
    expect(await row('ada@school.test')).toMatchObject({ displayName: 'Ada', batchNo: 1, timeFactor: 1.5, role: 'learner' })
    expect((await sends(Buffer.from('\ufeffemail\tname\nzoe@school.test\tZoë', 'utf16le'))).body).toMatchObject({ added: 1, failed: [] })
    expect(await row('zoe@school.test')).toMatchObject({ displayName: 'Zoë' })
  })

  test('[CO20] what is no list is refused with a sentence, and nothing else takes a file', async () => {
    for (const text of ['', 'Name,Role\nAda,learner', 'email\n"a@b.cd']) expect(await sends(text)).toMatchObject({ status: 400, body: { code: 'bad_request', detail: expect.stringMatching(/\.$/) } })
    expect(await sends(`email\n${'a'.repeat(2 * 1024 * 1024)}`)).toMatchObject({ status: 413, body: { code: 'too_large' } })
    expect(await sends(`email\n${'a@b.cd\n'.repeat(5_001)}`)).toMatchObject({ status: 413, body: { code: 'too_large', detail: 'A list is at most 5,000 rows; this one has 5001.' } })
    expect(await sends('a,b', '/courses')).toMatchObject({ status: 400, body: { code: 'bad_request' } })
    expect((await world.asks('POST', path, {}, teacher.token)).body).toMatchObject({ code: 'bad_request', detail: 'Send a list as text/csv, or JSON with "members".' })
  })

  test('[CO21] a look beforehand says what each row would do and changes nothing; the deed does that', async () => {
    await world.lists([{ email: 'gil@school.test', name: 'Gil', batchNo: 1 }, { email: 'hal@school.test', name: 'Hal' }, { email: 'gone@school.test', name: 'Gone' }])
    await world.gets('DELETE', `${path}/${(await row('gone@school.test')).memberId}`)
    const text = 'e-mail,name,batch,time factor,phone\ngil@school.test,Gilbert,2,1.25,1\nhal@school.test,Hal,,,2\nGONE@school.test,,,,3\nida@school.test,Ida,,,4\nnobody,,,,5\n'
    const before = await list()
    const { status, body } = await sends(text, `${path}/check`)
    expect(status).toBe(200)
    expect(body.ignored).toEqual(['phone'])
    expect(body.rows.map((r: any) => [r.row, r.does, r.field])).toEqual([[2, 'change', null], [3, 'keep', null], [4, 'return', null], [5, 'add', null], [6, 'refuse', 'email']])
    expect(body.rows[0]).toMatchObject({
      cells: { email: 'gil@school.test', name: 'Gilbert', role: '', batchNo: '2', timeFactor: '1.25' },
      changes: [{ field: 'name', from: 'Gil', to: 'Gilbert' }, { field: 'batchNo', from: 1, to: 2 }, { field: 'timeFactor', from: 1, to: 1.25 }],
    })
    expect(await list(), 'nothing was changed').toEqual(before)
    const again = body.rows.map((r: any) => ({ row: r.row, email: r.cells.email, ...(r.cells.name && { name: r.cells.name }), ...(r.cells.batchNo && { batchNo: r.cells.batchNo }), ...(r.cells.timeFactor && { timeFactor: r.cells.timeFactor }) }))
    expect((await world.gets('POST', `${path}/check`, { members: again }, teacher.token)).rows, 'typed again it is the same').toEqual(body.rows)
    expect(await world.gets('POST', path, { members: again }, teacher.token)).toMatchObject({ added: 1, updated: 3, changed: 2, failed: [{ row: 6, field: 'email' }] })
    expect((await sends(text, `${path}/check`)).body.rows.map((r: any) => r.does), 'done').toEqual(['keep', 'keep', 'keep', 'keep', 'refuse'])
  })

  test('[CO22] somebody who walked in before they had an e-mail is the one whom a list names by it', async () => {
    const open = await world.cohort({ name: 'Open', entry: 'code' })
    const guest = await world.gets('POST', '/join', { code: open.inviteCode, name: 'Mia' }, undefined)
    await world.app.db.sql(`UPDATE users SET email = 'mia@school.test' WHERE user_id = $1`, [guest.user.userId])
    expect(await world.lists([{ email: 'MIA@school.test', batchNo: 4 }], open.cohortId)).toMatchObject({ added: 0, updated: 1, changed: 1 })
    const { members } = await world.gets('GET', `/cohorts/${open.cohortId}/members`)
    expect(members).toMatchObject([{ memberId: guest.memberId, displayName: 'Mia', email: 'mia@school.test', batchNo: 4 }])
  })

  test('[CO23] one is changed at a time; in class they hear it, and what cannot be is refused with its cell', async () => {
    const lee = await world.has('lee')
    const memberId = lee.memberId as string
    expect((await changes(memberId, { name: 'Leonora', batchNo: '3', timeFactor: '50 %' })).body).toMatchObject({ memberId, displayName: 'Leonora', batchNo: 3, timeFactor: 1.5, role: 'learner', signedIn: true, removed: false })
    expect(await lee.hears('cohort:member')).toMatchObject({ member: { displayName: 'Leonora', batchNo: 3, timeFactor: 1.5 } })
    expect((await changes(memberId, { batchNo: null })).body).toMatchObject({ batchNo: null, displayName: 'Leonora' })
    for (const [body, field] of [[{ name: ' ' }, 'name'], [{ role: 'owner' }, 'role'], [{ batchNo: 0 }, 'batchNo'], [{ timeFactor: '9' }, 'timeFactor']] as const) {
      expect(await changes(memberId, body)).toMatchObject({ status: 400, body: { code: 'bad_request', detail: expect.stringMatching(/\.$/), details: { field } } })
    }
    lee.forgets()
    expect((await changes(memberId, { role: 'observer' })).body).toMatchObject({ role: 'observer' })
    expect(await lee.hears('cohort:member')).toMatchObject({ role: 'observer' })
    await lee.joins()
    expect(Object.keys(lee.last), 'an observer hears what staff hear').toContain(staffStream(world.cohortId))
    const heard = lee.ears.length
    expect((await changes(memberId, { role: 'observer', name: 'Leonora' })).status).toBe(200)
    await teacher.does('session:start', { cohortId: world.cohortId })
    await lee.hears('session:started')
    expect(lee.ears.slice(heard).map(([n]) => n), 'the same again is nothing').not.toContain('cohort:member')
    await teacher.does('session:end', { cohortId: world.cohortId })
    lee.leaves()
  })

  test('[CO24] the only instructor cannot take that from themselves by hand, by a file, or by leaving the list', async () => {
    const { memberId, token } = teacher
    const says = 'You are the only instructor of this cohort. Make somebody else an instructor first.'
    expect(await changes(memberId as string, { role: 'learner' }, token)).toMatchObject({ status: 409, body: { code: 'last_instructor', detail: says } })
    expect((await sends('email,role\nruth@school.test,learner')).body).toMatchObject({ changed: 0, failed: [{ row: 2, field: 'role', message: says }] })
    expect(await world.asks('DELETE', `${path}/${memberId}`, undefined, token)).toMatchObject({ status: 409, body: { code: 'last_instructor' } })
    expect((await row('ruth@school.test')).role).toBe('instructor')
    await world.lists([{ email: 'tom@school.test', role: 'instructor' }])
    const tom = await world.person('tom', await world.signsIn('tom@school.test')).comes()
    const both = await Promise.all([teacher, tom].map((t) => changes(t.memberId as string, { role: 'observer' }, t.token)))
    expect(both.map((b) => b.status).sort(), 'both at once: one of them stays').toEqual([200, 409])
    await world.lists([{ email: 'ruth@school.test', role: 'instructor' }, { email: 'tom@school.test', role: 'observer' }])
    await teacher.joins()
    tom.leaves()
  })

  test('[CO25] somebody who is removed in mid-class is put back with everything they had', async () => {
    const nia = await world.has('nia', { batchNo: 2, timeFactor: 2 })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Who?' })
    const { messageId } = await nia.does('coldcall:answer', { promptId, body: 'Me.' })
    await world.gets('DELETE', `${path}/${nia.memberId}`, undefined, teacher.token)
    await nia.hears('cohort:removed')
    expect(await row('nia@school.test')).toBeUndefined()
    expect(await row('nia@school.test', '&removed=true')).toMatchObject({ memberId: nia.memberId, removed: true })
    expect((await changes(nia.memberId as string, { name: 'N' })).status, 'nobody changes who is not there').toBe(404)
    const back = await world.asks('POST', `${path}/${nia.memberId}/back`, {}, teacher.token)
    expect(back).toMatchObject({ status: 200, body: { memberId: nia.memberId, batchNo: 2, timeFactor: 2, role: 'learner', removed: false, signedIn: true } })
    expect((await world.asks('POST', `${path}/${nia.memberId}/back`, {}, teacher.token)).status, 'twice is once').toBe(200)
    await nia.joins()
    expect(nia.view.prompts.find((p) => p.promptId === promptId)?.mine?.messageId, 'with their answer').toBe(messageId)
    await teacher.does('coldcall:close', { promptId, endExtraTime: true })
    nia.leaves()
  })

  test('[CO25] where the place was given to another meanwhile, it is said', async () => {
    const small = await world.cohort({ name: 'Small', capacity: 1 })
    await world.lists([{ email: 'ola@school.test' }], small.cohortId)
    const [{ memberId }] = (await world.gets('GET', `/cohorts/${small.cohortId}/members`)).members
    await world.gets('DELETE', `/cohorts/${small.cohortId}/members/${memberId}`)
    await world.lists([{ email: 'pia@school.test' }], small.cohortId)
    expect(await world.asks('POST', `/cohorts/${small.cohortId}/members/${memberId}/back`, {}, world.owner.accessToken)).toMatchObject({ status: 409, body: { code: 'cohort_full', detail: 'The cohort is full: it takes one learner.' } })
  })

  test('[CO27] the list is searched, sifted and counted, and says who was seen when', async () => {
    const fresh = await world.cohort({ name: 'Sifted' })
    await world.lists([{ email: 'ada@x.org', name: 'Ada Übel', batchNo: 1 }, { email: 'ben@x.org', name: 'Ben 100% _x', batchNo: 2 }, { email: 'cleo@y.org', name: 'Cleo' }, { email: 'obi@x.org', name: 'Obi', role: 'observer' }], fresh.cohortId)
    await world.signsIn('ada@x.org')
    const names = async (sift: string) => (await world.gets('GET', `/cohorts/${fresh.cohortId}/members?${sift}`)).members.map((m: any) => m.displayName)
    expect(await names('q=X.ORG')).toEqual(['Ada Übel', 'Ben 100% _x', 'Obi'])
    expect(await names(`q=${encodeURIComponent('übel')}`)).toEqual(['Ada Übel'])
    expect([await names(`q=${encodeURIComponent('%')}`), await names('q=_')], 'no letter is a pattern').toEqual([['Ben 100% _x'], ['Ben 100% _x']])
    expect([await names('role=observer'), await names('batch=2'), await names('batch=0'), await names('signedIn=true'), await names('signedIn=false&role=learner')]).toEqual([['Obi'], ['Ben 100% _x'], ['Cleo', 'Obi'], ['Ada Übel'], ['Ben 100% _x', 'Cleo']])
    const { members, counts } = await world.gets('GET', `/cohorts/${fresh.cohortId}/members`)
    expect(counts).toEqual({ learners: 3, instructors: 0, observers: 1, unseen: 3, removed: 0, batches: [1, 2] })
    expect(Date.now() - Date.parse(members[0].lastSeenAt)).toBeLessThan(60_000)
    expect(members[1].lastSeenAt).toBeNull()
    expect((await world.asks('GET', `/cohorts/${fresh.cohortId}/members?role=owner`, undefined, world.owner.accessToken)).status).toBe(400)
  })

  // Other tests run beside it, which only ever adds to the delay: what holds once holds.
  test('[CO26] a thousand rows hold nobody up', { retry: 2 }, async () => {
    const many = await world.cohort({ name: 'Many' })
    const text = `email,name,batch\n${Array.from({ length: 1_000 }, (_, i) => `n${i}@many.test,"Name ${i}",${(i % 4) + 1}`).join('\n')}`
    for (const [what, to] of [['looked at', '/check'], ['put there', ''], ['put there again, otherwise', '']] as const) {
      const longest = watchesTurns()
      const { status, body } = await sends(what.endsWith('otherwise') ? text.replaceAll('Name', 'N.') : text, `/cohorts/${many.cohortId}/members${to}`, world.owner.accessToken)
      const held = longest()
      expect([status, body.failed ?? []], what).toEqual([200, []])
      expect(held, what).toBeLessThan(250)
    }
    expect((await world.gets('GET', `/cohorts/${many.cohortId}/members?batch=4`)).members).toHaveLength(200)
  })
})
