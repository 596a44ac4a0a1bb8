// Keys of programs, and seeing Lectern as somebody else does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let root = ''
  let here = ''
  beforeAll(async () => {
    world = await aWorld(on)
    root = (await world.gets('GET', '/orgs')).orgs[0].rootId
    here = (await world.gets('POST', '/nodes', { parentId: root, name: 'Here' })).nodeId
  })
  afterAll(() => world.ends())
  const codeOf = async (method: string, path: string, body: unknown, token: string) => ((r) => r.body?.code ?? r.status)(await world.asks(method, path, body, token))
  const makes = (nodeId: string, body: object) => world.gets('POST', `/nodes/${nodeId}/keys`, body)

  test('[PM10] a key is shown once, kept as a hash, and may what its scopes say, at its place and below', async () => {
    const key = await makes(here, { name: 'Timetable', scopes: ['node.read', 'node.write'] })
    expect(key.secret).toMatch(/^lk_[a-z0-9]{10}_[\w-]{43}$/)
    const dump = JSON.stringify(await world.app.db.sql('SELECT * FROM api_keys'))
    expect(dump).not.toContain(key.secret.split('_').slice(2).join('_'))
    const below = await world.gets('POST', '/nodes', { parentId: here, name: 'Made by a program' }, key.secret)
    expect(await codeOf('GET', `/nodes/${below.nodeId}`, undefined, key.secret)).toBe(200)
    expect(await codeOf('GET', `/nodes/${root}`, undefined, key.secret)).toBe('not_found')
    expect(await codeOf('POST', `/nodes/${here}/grants`, { email: 'x@x.test', role: 'observer' }, key.secret)).toBe('forbidden')
    expect(await codeOf('POST', `/nodes/${here}/keys`, { name: 'More', scopes: ['node.read'] }, key.secret)).toBe('forbidden')
    expect((await world.app.db.sql<{ name: string }>(`SELECT u.full_name AS name FROM facts f JOIN users u ON u.user_id = f.actor_id WHERE f.type = 'node.added' AND f.about = $1`, [below.nodeId]))[0]?.name).toBe('Timetable')
    await expect.poll(async () => (await world.gets('GET', `/nodes/${here}/keys`)).keys.find((k: { keyId: string }) => k.keyId === key.keyId).lastUsedAt).not.toBeNull()
    for (const wrong of [`${key.secret}x`, key.secret.slice(0, -1), `${key.secret.slice(0, -1)}${key.secret.endsWith('A') ? 'B' : 'A'}`, 'lk_', `lk_aaaaaaaaaa_${'a'.repeat(43)}`]) expect(await codeOf('GET', '/me', undefined, wrong), wrong).toBe('unauthenticated')
  })

  test('[PM10] nobody makes a key that may more than they', async () => {
    const kim = await world.signsIn('kim@school.test')
    await world.gets('POST', `/nodes/${here}/grants`, { email: 'kim@school.test', permission: 'key.write' })
    expect(await codeOf('POST', `/nodes/${here}/keys`, { name: 'K', scopes: ['course.write'] }, kim.accessToken)).toBe('more_rights')
    expect(await codeOf('POST', `/nodes/${here}/keys`, { name: 'K', scopes: ['key.write'] }, kim.accessToken)).toBe(201)
    expect(await codeOf('POST', `/nodes/${here}/keys`, { name: 'K', scopes: ['world.rule'] }, kim.accessToken)).toBe('bad_request')
    expect(await codeOf('POST', `/nodes/${here}/keys`, { name: 'K', scopes: ['key.write'], expiresAt: '2020-01-01T00:00:00.000Z' }, kim.accessToken)).toBe('bad_request')
    expect(await codeOf('GET', `/nodes/${root}/keys`, undefined, kim.accessToken)).toBe('not_found')
  })

  test('[PM10] a program watches a class by its key, and is out the moment that the key is ended', async () => {
    const key = await makes(root, { name: 'Board', scopes: ['cohort.observe'] })
    const program = { accessToken: key.secret, refreshToken: '', user: { userId: '', name: 'Board', email: null } } satisfies Signed
    const board = await world.person('board', program).comes()
    expect(board.view.session).toBeNull()
    expect(await board.tries('coldcall:open', { cohortId: world.cohortId, text: 'May I?' })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await world.gets('DELETE', `/keys/${key.keyId}`)
    await expect.poll(() => board.socket.connected, { timeout: 3_000 }).toBe(false)
    expect(await codeOf('GET', '/me', undefined, key.secret)).toBe('unauthenticated')
    await expect(world.person('board', program).connects()).rejects.toThrow()
  })

  test('[PM11] an administrator sees what a learner sees; both names stand on what is done; it can be stopped', async () => {
    const ada = await world.has('ada')
    const boss = await world.signsIn('boss@school.test', { name: 'Boss' })
    await world.gets('POST', `/nodes/${root}/grants`, { email: 'boss@school.test', role: 'administrator' })
    const view = await world.gets('POST', '/view-as', { userId: ada.userId, reason: 'She cannot find her class.', minutes: 5 }, boss.accessToken)
    const me = await world.gets('GET', '/me', undefined, view.accessToken)
    expect(me).toMatchObject({ user: { userId: ada.userId }, viewedBy: { userId: boss.user.userId, name: 'Boss' } })
    const asAda = { accessToken: view.accessToken, refreshToken: '', user: { userId: ada.userId, name: 'ada', email: null } } satisfies Signed
    const seen = await world.person('as ada', asAda).comes()
    const ruth = await world.has('ruth', { role: 'instructor' })
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Who writes this?' })
    const { messageId } = await seen.does('coldcall:answer', { promptId, body: 'Boss, for ada' })
    const [fact] = await world.app.db.sql<{ actor: string; behalf: string }>(`SELECT actor_id AS actor, on_behalf_of AS behalf FROM facts WHERE type = 'coldcall.answered' AND about IN ($1, $2)`, [messageId, promptId])
    expect(fact).toEqual({ actor: boss.user.userId, behalf: ada.userId })
    expect(await codeOf('POST', '/view-as', { userId: ruth.userId, reason: 'Deeper.' }, view.accessToken)).toBe('forbidden')
    expect(await codeOf('POST', '/view-as', { userId: ruth.userId, reason: 'Both.' }, boss.accessToken)).toBe('already_viewing')
    expect(await codeOf('POST', '/view-as/stop', undefined, view.accessToken)).toBe(204)
    await expect.poll(() => seen.socket.connected, { timeout: 3_000 }).toBe(false)
    expect(await codeOf('GET', '/me', undefined, view.accessToken)).toBe('unauthenticated')
    expect(ada.socket.connected).toBe(true)
    expect((await world.gets('GET', '/me/views', undefined, ada.token)).views).toMatchObject([{ name: 'Boss', reason: 'She cannot find her class.' }])
  })

  test('[PM11] never as somebody with more rights, a stranger, a program or oneself', async () => {
    const north = (await world.gets('POST', '/nodes', { parentId: root, name: 'North' })).nodeId
    const ned = await world.signsIn('ned@school.test')
    await world.gets('POST', `/nodes/${north}/grants`, { email: 'ned@school.test', role: 'administrator' })
    const views = (userId: string, by: Signed) => codeOf('POST', '/view-as', { userId, reason: 'Only looking.' }, by.accessToken)
    const eli = await world.has('eli')
    expect(await views(eli.userId, ned)).toBe('not_found') // of a class that is not his
    expect(await views(world.owner.user.userId, ned)).toBe('not_found')
    const nan = await world.signsIn('nan@school.test')
    await world.gets('POST', `/nodes/${north}/grants`, { email: 'nan@school.test', role: 'administrator' })
    await world.gets('POST', `/nodes/${north}/grants`, { email: 'nan@school.test', permission: 'org.create' })
    expect(await views(nan.user.userId, ned)).toBe('more_rights')
    expect(await views(ned.user.userId, ned)).toBe('not_found')
    expect(await views(aKey(), ned)).toBe('not_found')
    const key = await makes(north, { name: 'P', scopes: ['node.read'] })
    const [{ id }] = (await world.app.db.sql('SELECT user_id AS id FROM api_keys WHERE key_id = $1', [key.keyId])) as [{ id: string }]
    expect(await views(id, world.owner)).toBe('not_found')
    const learner = await world.signsIn('lea@school.test')
    await world.lists([{ email: 'lea@school.test' }])
    expect(await views(eli.userId, learner)).toBe('not_found')
  })

  test('[PM11] it runs out by itself, and ends when its viewer signs out', async () => {
    const fay = await world.has('fay')
    const max = await world.signsIn('max@school.test')
    await world.gets('POST', `/nodes/${root}/grants`, { email: 'max@school.test', role: 'administrator' })
    const first = await world.gets('POST', '/view-as', { userId: fay.userId, reason: 'To look.' }, max.accessToken)
    await world.app.db.sql(`UPDATE impersonation_sessions SET started_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' WHERE ended_at IS NULL AND target_id = $1`, [fay.userId])
    expect(await codeOf('GET', '/me', undefined, first.accessToken)).toBe('unauthenticated')
    const second = await world.gets('POST', '/view-as', { userId: fay.userId, reason: 'Again.' }, max.accessToken)
    const seen = await world.person('as fay', { accessToken: second.accessToken, refreshToken: '', user: { userId: fay.userId, name: 'fay', email: null } }).comes()
    await world.gets('POST', '/auth/sign-out', { refreshToken: max.refreshToken })
    await expect.poll(() => seen.socket.connected, { timeout: 3_000 }).toBe(false)
    expect(await codeOf('GET', '/me', undefined, second.accessToken)).toBe('unauthenticated')
  })
})
