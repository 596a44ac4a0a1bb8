// What is one's own: sign-ins, profile, a copy of everything, and closing the account.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

const PHONE = { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0' }

describe.each(worlds)('on %s', (on) => {
  let world: World
  let root = ''
  beforeAll(async () => {
    world = await aWorld(on)
    root = (await world.gets('GET', '/orgs')).orgs[0].rootId
  })
  afterAll(() => world.ends())
  const rows = (sql: string, params: unknown[] = []) => world.app.db.sql(sql, params)
  const as = (who: Signed) => (method: string, path: string, body?: object) => world.asks(method, path, body, who.accessToken)
  const onPhone = async (email: string): Promise<Signed> => (await world.asks('POST', '/auth/dev', { email }, undefined, PHONE)).body

  test('[AC34] one sees where one is signed in: with what, how, from where roughly, since when, and which is this one', async () => {
    const [laptop, phone] = [await world.signsIn('ada@school.test'), await onPhone('ada@school.test')]
    await world.signsIn('ben@school.test')
    const { sessions } = await world.gets('GET', '/me/sessions', undefined, laptop.accessToken)
    expect(sessions).toMatchObject([{ isThis: true, device: 'A program', how: 'dev', network: '127.0.0.0/24', provider: null }, { isThis: false, device: 'Firefox on Android', how: 'dev' }])
    const before = sessions[1].lastUsedAt
    await world.gets('POST', '/auth/refresh', { refreshToken: phone.refreshToken }, undefined)
    const [, after] = (await world.gets('GET', '/me/sessions', undefined, laptop.accessToken)).sessions
    expect(after.lastUsedAt > before).toBe(true)
    expect(after).toMatchObject({ startedAt: sessions[1].startedAt, device: 'A program' })
  })

  test('[AC35] nothing keeps the address or what the browser calls itself', async () => {
    const gil = await onPhone('gil@school.test')
    await as(gil)('DELETE', '/me/sessions')
    const dump = JSON.stringify([await rows('SELECT * FROM sign_ins'), await rows('SELECT * FROM user_sessions'), await rows('SELECT * FROM facts')])
    expect(dump).toContain('Firefox on Android')
    for (const part of ['Mozilla', 'Gecko', '127.0.0.1']) expect(dump).not.toContain(part)
  })

  test('[AC34] ending one sign-in ends its tokens and its sockets at once, and no other', async () => {
    const ada = await world.has('cleo')
    const here = await world.signsIn('cleo@school.test')
    const { sessions } = await world.gets('GET', '/me/sessions', undefined, here.accessToken)
    expect((await as(here)('DELETE', `/me/sessions/${sessions[1].sessionId}`)).status).toBe(204)
    await ada.hears('auth:revoked')
    await expect.poll(() => ada.socket.connected).toBe(false)
    expect((await world.asks('GET', '/me', undefined, ada.token)).status).toBe(401)
    expect((await world.gets('GET', '/me/sessions', undefined, here.accessToken)).sessions).toMatchObject([{ isThis: true }])
    expect((await as(here)('DELETE', `/me/sessions/${sessions[1].sessionId}`)).status).toBe(404)
  })

  test('[AC34] nobody ends the sign-in of somebody else; all others of one\'s own end together', async () => {
    const [dora, eve] = [await world.signsIn('dora@school.test'), await world.signsIn('eve@school.test')]
    const [mine] = (await world.gets('GET', '/me/sessions', undefined, dora.accessToken)).sessions
    expect((await as(eve)('DELETE', `/me/sessions/${mine.sessionId}`)).status).toBe(404)
    const more = [await world.signsIn('dora@school.test'), await world.signsIn('dora@school.test')]
    expect((await as(dora)('DELETE', '/me/sessions')).status).toBe(204)
    for (const other of more) expect((await as(other)('GET', '/me')).status).toBe(401)
    for (const stays of [dora, eve]) expect((await as(stays)('GET', '/me')).status).toBe(200)
  })

  test('[AC28] a program, and who views as somebody, come to nothing that is personal', async () => {
    await world.has('viv')
    const viv = await world.signsIn('viv@school.test')
    const key = await world.gets('POST', `/nodes/${root}/keys`, { name: 'K', scopes: ['node.read'] })
    const view = await world.gets('POST', '/view-as', { userId: viv.user.userId, reason: 'A test of it.' })
    for (const token of [key.secret, view.accessToken]) {
      for (const [method, path, body] of [['GET', '/me/sessions'], ['DELETE', '/me/sessions'], ['GET', '/me/profile'], ['PATCH', '/me/profile', { rowVersion: 0 }], ['GET', '/me/identities'], ['POST', '/me/identities', {}], ['GET', '/me/export'], ['DELETE', '/me', { confirm: 'viv@school.test' }]] as const) {
        expect((await world.asks(method, path, body, token)).status, path).toBe(403)
      }
    }
    await world.gets('POST', '/view-as/stop', {}, view.accessToken)
  })

  test('[AC36] one says who one is; two devices do not undo each other', async () => {
    const fay = await world.signsIn('fay@school.test', { name: 'Fay' })
    await world.lists([{ email: 'fay@school.test', name: 'Fay of the list' }])
    const me = as(fay)
    expect((await me('GET', '/me/profile')).body).toEqual({ name: 'Fay', email: 'fay@school.test', locale: null, tz: null, headline: null, rowVersion: 0, education: [], experiences: [] })
    const saved = await me('PATCH', '/me/profile', { name: 'Fay Wray', locale: 'pt-br', tz: 'america/sao_paulo', headline: 'Teaches physics', rowVersion: 0 })
    expect(saved.body).toMatchObject({ name: 'Fay Wray', locale: 'pt-BR', tz: 'America/Sao_Paulo', headline: 'Teaches physics', rowVersion: 1 })
    expect((await me('PATCH', '/me/profile', { headline: 'Another', rowVersion: 0 })).body).toMatchObject({ code: 'conflict', details: { profile: { rowVersion: 1, headline: 'Teaches physics' } } })
    expect((await me('PATCH', '/me/profile', { headline: null, rowVersion: 1 })).body).toMatchObject({ name: 'Fay Wray', locale: 'pt-BR', headline: null, rowVersion: 2 })
    for (const wrong of [{ tz: 'Mars/Olympus' }, { locale: 'x y' }, { name: '' }, { name: 'x'.repeat(121) }]) expect((await me('PATCH', '/me/profile', { ...wrong, rowVersion: 2 })).status).toBe(400)
    expect((await world.gets('GET', '/me', undefined, fay.accessToken)).user.name).toBe('Fay Wray')
    // The list is the instructor's.
    const { members } = await world.gets('GET', `/cohorts/${world.cohortId}/members`)
    expect(members.map((m: { displayName: string }) => m.displayName)).toContain('Fay of the list')
  })

  test('[AC36] education and experience: said, said anew, said no more; a company is one, whatever the case; each is its person\'s own', async () => {
    const [hal, ida] = [as(await world.signsIn('hal@school.test')), as(await world.signsIn('ida@school.test'))]
    const school = { institution: 'Physikum', degree: 'MSc', field: null, startsOn: '2010-10-01', endsOn: '2015-03-31' }
    const job = { company: 'Acme', title: 'Engineer', startsOn: '2015-04-01', endsOn: null }
    const { educationId } = (await hal('POST', '/me/education', school)).body
    const { experienceId } = (await hal('POST', '/me/experiences', job)).body
    await ida('POST', '/me/experiences', { ...job, company: 'ACME' })
    expect(await rows(`SELECT name FROM companies WHERE lower(name) = 'acme'`)).toEqual([{ name: 'Acme' }])
    for (const body of [{ ...school, endsOn: '2010-09-30' }, { ...school, startsOn: '2010-02-30' }, { ...school, institution: '' }, { ...school, startsOn: '2010' }]) expect((await hal('POST', '/me/education', body)).status).toBe(400)
    expect((await hal('PATCH', `/me/education/${educationId}`, { ...school, degree: 'PhD' })).body).toMatchObject({ educationId, degree: 'PhD' })
    expect((await hal('PATCH', `/me/experiences/${experienceId}`, { ...job, company: 'Umbrella', endsOn: '2020-01-01' })).body).toMatchObject({ company: 'Umbrella', endsOn: '2020-01-01' })
    expect((await hal('PATCH', `/me/experiences/${experienceId}`, { ...job, endsOn: '2014-01-01' })).status).toBe(400)
    for (const path of [`/me/education/${educationId}`, `/me/experiences/${experienceId}`]) {
      expect((await ida('PATCH', path, path.includes('education') ? school : job)).status).toBe(404)
      expect((await ida('DELETE', path)).status).toBe(404)
    }
    expect((await hal('GET', '/me/profile')).body).toMatchObject({ education: [{ degree: 'PhD' }], experiences: [{ company: 'Umbrella' }] })
    for (const path of [`/me/education/${educationId}`, `/me/experiences/${experienceId}`]) expect((await hal('DELETE', path)).status).toBe(204)
    expect((await hal('GET', '/me/profile')).body).toMatchObject({ education: [], experiences: [] })
    const many = await Promise.all(Array.from({ length: 52 }, () => ida('POST', '/me/education', school)))
    expect(many.filter((r) => r.body.code === 'enough')).toHaveLength(2)
  })

  test('[AC37] a copy has all that is one\'s own, of every room, and nothing that is somebody else\'s', async () => {
    const teacher = await world.has('ruth', { role: 'instructor' })
    const [joe, kim] = [await world.has('joe', { timeFactor: 1.5 }), await world.has('kim')]
    await teacher.does('session:start', { cohortId: world.cohortId })
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'What is light?', starBudget: 2 })
    await joe.does('coldcall:answer', { promptId, body: 'Joe says waves' })
    const { messageId } = await kim.does('coldcall:answer', { promptId, body: 'Kim says particles' })
    const copy = () => world.gets('GET', '/me/export', undefined, joe.token)
    expect((await copy()).coldcall.answers).toMatchObject([{ promptId, prompt: 'What is light?', body: 'Joe says waves', stars: null }])
    await teacher.does('coldcall:close', { promptId })
    await teacher.does('coldcall:reveal', { promptId })
    await joe.does('coldcall:star', { messageId, on: true })
    joe.leaves()
    await expect.poll(async () => (await copy()).attendance.inClass.length).toBeGreaterThan(0)
    const all = await copy()
    expect(all).toMatchObject({
      userId: joe.userId,
      auth: { profile: { name: 'joe', email: 'joe@school.test' }, identities: [], sessions: [{ how: 'dev' }] },
      cohort: { memberships: [{ cohort: 'Autumn', displayName: 'joe', timeFactor: 1.5, isActive: true }] },
      coldcall: { answers: [{ body: 'Joe says waves', stars: 0 }], starsGiven: [{ promptId, messageIds: [messageId] }] },
    })
    for (const other of ['Kim', 'kim', 'ruth', 'owner@']) expect(JSON.stringify(all)).not.toContain(other)
    await teacher.does('session:end', { cohortId: world.cohortId })
  })

  test('[AC38] closing an account ends it everywhere at once; what was answered stays, unnamed, on the board too', async () => {
    const teacher = await world.has('tess', { role: 'instructor' })
    const mia = await world.has('mia', { name: 'Mia Muster' })
    const signed = await world.signsIn('mia@school.test')
    await as(signed)('PATCH', '/me/profile', { headline: 'Secret headline', rowVersion: 0 })
    await as(signed)('POST', '/me/experiences', { company: 'Secret Company', title: 'T', startsOn: '2020-01-01', endsOn: null })
    await world.gets('PUT', `/nodes/${root}/opening`, { text: 'Come and teach', isOpen: true })
    expect((await as(signed)('POST', `/openings/${root}/applications`, { about: 'Secret of an application' })).status).toBe(201)
    expect((await world.gets('GET', '/me/export', undefined, signed.accessToken)).tutors.applications).toMatchObject([{ about: 'Secret of an application' }])
    await world.gets('POST', '/join/ask', { code: (await world.cohort({ name: 'Later' })).inviteCode, name: 'Mia Muster', email: 'mia@school.test', message: 'Secret wish' }, undefined)
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Who stays?' })
    const { messageId } = await mia.does('coldcall:answer', { promptId, body: 'what I said' })
    await teacher.does('coldcall:close', { promptId })
    await teacher.does('coldcall:reveal', { promptId, messageIds: [messageId] })
    await teacher.hears('coldcall:revealed')
    const close = (confirm: string) => as(signed)('DELETE', '/me', { confirm })
    for (const wrong of ['mia@school', 'Mia Muster', 'yes']) expect((await close(wrong)).body.code).toBe('not_confirmed')
    expect((await close('MIA@school.test')).status).toBe(204)

    await mia.hears('auth:revoked')
    await expect.poll(() => mia.socket.connected).toBe(false)
    for (const token of [mia.token, signed.accessToken]) expect((await world.asks('GET', '/me', undefined, token)).status).toBe(401)
    expect((await world.asks('POST', '/auth/refresh', { refreshToken: signed.refreshToken })).status).toBe(401)
    expect(await teacher.hears('coldcall:authored')).toMatchObject({ promptId, messageId, author: { displayName: 'Former member' } })
    const fresh = await world.has('tess', { role: 'instructor' })
    const answer = fresh.view.prompts.find((p) => p.promptId === promptId)?.answers.find((a) => a.messageId === messageId)
    expect(answer).toMatchObject({ body: 'what I said', author: { displayName: 'Former member' } })
    const { members } = await world.gets('GET', `/cohorts/${world.cohortId}/members`)
    expect(members.some((m: { email: string }) => m.email === 'mia@school.test')).toBe(false)

    const tables = await rows(`SELECT quote_ident(table_name) AS t FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('frames', 'idempotency_keys')`)
    for (const { t } of tables) {
      const text = JSON.stringify(await rows(`SELECT to_jsonb(x)::text AS row FROM ${t} x`))
      for (const trace of ['mia@school.test', 'Mia Muster', 'Secret headline', 'Secret of an application', 'Secret wish']) expect(text.includes(trace), `${t} ${trace}`).toBe(false)
    }
    const again = await world.signsIn('mia@school.test')
    expect(again.user.userId).not.toBe(signed.user.userId)
    expect(await world.gets('GET', '/me', undefined, again.accessToken)).toMatchObject({ grants: [], cohorts: [] })
    expect((await world.gets('GET', '/me/export', undefined, again.accessToken))).toMatchObject({ cohort: { memberships: [] }, coldcall: { answers: [], starsGiven: [], calls: [] }, attendance: { inClass: [] } })
  })

  test('[AC39] the only owner of an organisation stays until there is another; two do not leave at once; grants end with the account', async () => {
    const nora = await world.signsIn('nora@school.test')
    await world.gets('POST', `/nodes/${root}/grants`, { email: 'nora@school.test', permission: 'org.create' })
    const { rootId } = (await as(nora)('POST', '/orgs', { slug: 'noras', name: 'Nora\'s' })).body
    const close = (who: Signed) => as(who)('DELETE', '/me', { confirm: who.user.email as string })
    expect((await close(nora)).body).toMatchObject({ code: 'last_owner', detail: expect.stringContaining('Nora\'s') })
    expect((await as(nora)('GET', '/me')).status).toBe(200)
    const otto = await world.signsIn('otto@school.test')
    await world.gets('POST', `/nodes/${rootId}/grants`, { email: 'otto@school.test', role: 'owner' }, nora.accessToken)
    const both = await Promise.all([close(nora), close(otto)])
    expect(both.map((r) => r.body.code ?? r.status).sort()).toEqual([204, 'last_owner'])
    const [gone] = both[0]?.status === 204 ? [nora] : [otto]
    expect(await rows('SELECT 1 FROM user_role_permission WHERE user_id = $1 AND valid @> now()', [gone.user.userId])).toEqual([])
  })

  test('[AC39] a guest closes theirs with their name', async () => {
    const door = await world.cohort({ name: 'Door', entry: 'code' })
    const guest = await world.gets('POST', '/join', { code: door.inviteCode, name: 'Gus' }, undefined)
    expect((await as(guest)('DELETE', '/me', { confirm: 'Gustav' })).body.code).toBe('not_confirmed')
    expect((await as(guest)('DELETE', '/me', { confirm: 'Gus' })).status).toBe(204)
    expect((await world.gets('GET', `/cohorts/${door.cohortId}/members?removed=true`)).members).toMatchObject([{ displayName: 'Former member', email: null }])
    expect((await as(world.owner)('DELETE', `/me/sessions/${randomUUID()}`)).status).toBe(404)
  })

  test('[AC37] the copy of many years is written as it is read, and others are answered meanwhile', async () => {
    const lea = await world.has('lea')
    const N = 12_000
    await rows(`INSERT INTO cold_call_prompts (prompt_id, cohort_id, text, star_budget, state, opened_by, opens_at) SELECT gen_random_uuid(), $1, 'Old question ' || n, 0, 'closed', $2, now() - interval '2 years' FROM generate_series(1, ${N}) n`, [world.cohortId, world.owner.user.userId])
    await rows(`INSERT INTO cold_call_messages (message_id, prompt_id, member_id, body, revision, answered_at) SELECT gen_random_uuid(), prompt_id, $1, repeat('long ', 60), 1, opens_at FROM cold_call_prompts WHERE cohort_id = $2 AND text LIKE 'Old question%'`, [lea.memberId, world.cohortId])
    let asked = 0
    let isDone = false
    const others = (async () => {
      while (!isDone) {
        expect((await fetch(`${world.url}/healthz`)).status).toBe(200)
        asked++
      }
    })()
    const reply = await fetch(`${world.url}/api/v1/me/export`, { headers: { authorization: `Bearer ${lea.token}` } })
    const text = await reply.text()
    isDone = true
    await others
    expect(reply.headers.get('content-type')).toContain('application/json')
    expect(reply.headers.get('content-length')).toBeNull()
    const { answers } = JSON.parse(text).coldcall
    expect(new Set(answers.map((a: { promptId: string }) => a.promptId)).size).toBe(N)
    expect(asked).toBeGreaterThan(N / 500)
  }, 60_000)
})
