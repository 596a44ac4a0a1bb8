// Signing in with an OpenID Connect provider: a real one, on loopback.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goesThrough, TestProvider } from '../helpers/provider.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

const SITE = 'http://127.0.0.1:9'
type Came = Signed & { merged: boolean }

describe.each(worlds)('on %s', (on) => {
  let world: World
  let provider: TestProvider
  beforeAll(async () => {
    provider = await TestProvider.opens(`${SITE}/sign-in/back`)
    world = await aWorld(on, { env: { PUBLIC_URL: SITE, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.client.id, OIDC_CLIENT_SECRET: provider.client.secret, OIDC_NAME: 'Campus' } })
  })
  afterAll(async () => { await world?.ends(); await provider?.goes() })

  const rows = (sql: string, params: unknown[] = []) => world.app.db.sql(sql, params)
  const begins = (body: object = {}) => world.gets('POST', '/auth/oidc', body, undefined) as Promise<{ url: string; flow: string; name: string }>
  const redeems = (body: object) => world.asks('POST', '/auth/oidc/redeem', body)
  const signsIn = async (login: string, more: object = {}): Promise<Came> => {
    const { url, flow } = await begins()
    const reply = await redeems({ ...(await goesThrough(url, login)), flow, ...more })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return reply.body
  }
  const refusal = async (body: object) => (({ status, body: b }) => [status, b.code, b.detail])(await redeems(body))

  test('[AC22] somebody comes with a provider, with state, nonce and PKCE; the second time they are the same person', async () => {
    provider.has('ada', { sub: 'a-1', name: 'Ada Lovelace' })
    expect((await world.asks('GET', '/auth/ways')).body).toEqual({ providers: [{ sso: null, name: 'Campus' }], byDomain: false })
    const { url, flow, name } = await begins({ email: 'ada@school.test' })
    const asked = Object.fromEntries(new URL(url).searchParams)
    expect(name).toBe('Campus')
    expect(asked).toMatchObject({ client_id: provider.client.id, response_type: 'code', redirect_uri: `${SITE}/sign-in/back`, code_challenge_method: 'S256', login_hint: 'ada@school.test' })
    for (const part of ['state', 'nonce', 'code_challenge']) expect(asked[part]).toMatch(/^[\w-]{43}$/)
    const back = await goesThrough(url, 'ada')
    const reply = await redeems({ ...back, flow })
    expect(reply.body).toMatchObject({ user: { name: 'Ada Lovelace', email: 'ada@school.test' }, merged: false })
    expect(reply.headers.get('set-cookie')).toMatch(/lectern_refresh=.*HttpOnly/)
    // The name at the provider is another one now, and so is the e-mail: it is the same person.
    provider.has('ada', { sub: 'a-1', name: 'Countess', email: 'countess@school.test' })
    expect((await signsIn('ada')).user).toEqual(reply.body.user)
    expect(await rows(`SELECT issuer, email FROM user_identities WHERE user_id = $1`, [reply.body.user.userId])).toEqual([{ issuer: provider.issuer, email: 'countess@school.test' }])
    const ben = await signsIn((provider.has('ben'), 'ben'))
    expect(ben.user.userId).not.toBe(reply.body.user.userId)
  })

  test('[AC22] an e-mail that the provider has verified is its person, whatever its case: their account, and their place on a list', async () => {
    const owner = await signsIn((provider.has('olive', { email: 'Owner@School.TEST' }), 'olive'))
    expect(owner.user).toEqual(world.owner.user)
    await world.lists([{ email: 'cleo@school.test', name: 'Cleo' }])
    const cleo = await signsIn((provider.has('cleo'), 'cleo'))
    expect((await world.person('cleo', cleo).comes()).role).toBe('learner')
  })

  test('[AC23] an e-mail that nobody verified is nobody\'s: it opens no account and makes none', async () => {
    await world.signsIn('victim@school.test', { name: 'Victim' })
    for (const [login, account] of [['mallory', { email: 'victim@school.test', email_verified: false }], ['mia', { email: 'new@school.test', email_verified: false }], ['nobody', { email: undefined }]] as const) {
      provider.has(login, account as object)
      const { url, flow } = await begins()
      expect((await refusal({ ...(await goesThrough(url, login)), flow })).slice(0, 2)).toEqual([409, 'email_unverified'])
    }
    expect(await rows(`SELECT 1 FROM users WHERE email = 'new@school.test'`)).toEqual([])
    expect(await rows(`SELECT 1 FROM user_identities WHERE subject IN ('mallory', 'mia', 'nobody')`)).toEqual([])
  })

  test('[AC24] a flow works once, for ten minutes, in the browser that began it, and with its own state', async () => {
    provider.has('dora')
    const { url, flow } = await begins()
    const back = await goesThrough(url, 'dora')
    const other = await begins()
    expect((await refusal({ ...back, flow: other.flow })).slice(0, 2)).toEqual([409, 'flow_mismatch'])
    expect((await refusal({ ...back, flow: 'x'.repeat(43) })).slice(0, 2)).toEqual([409, 'flow_unknown'])
    const both = await Promise.all([redeems({ ...back, flow }), redeems({ ...back, flow }), redeems({ ...back, flow })])
    expect(both.map((r) => r.body.code ?? 'in').sort()).toEqual(['flow_used', 'flow_used', 'in'])
    const late = await begins()
    const lateBack = await goesThrough(late.url, 'dora')
    await rows(`UPDATE oidc_flows SET expires_at = now() - interval '1 second' WHERE used_at IS NULL`)
    expect((await refusal({ ...lateBack, flow: late.flow })).slice(0, 2)).toEqual([409, 'flow_expired'])
    // A code that was used once is used up, also under another flow's name.
    const third = await begins()
    const state = new URL(third.url).searchParams.get('state') as string
    expect((await refusal({ ...back, state, flow: third.flow })).slice(0, 2)).toEqual([409, 'provider_refused'])
  })

  test('[AC24] no secret of a flow lies in the database', async () => {
    const { url, flow } = await begins()
    const dump = JSON.stringify(await rows('SELECT * FROM oidc_flows'))
    const { state, nonce } = Object.fromEntries(new URL(url).searchParams)
    for (const secret of [flow, state, nonce]) expect(dump).not.toContain(secret)
  })

  test('[AC25] who cancels at the provider, or comes back with an error, hears what it was; one without the state is not believed', async () => {
    provider.has('eve')
    const { url, flow } = await begins()
    const back = await goesThrough(url, 'eve', 'cancels')
    expect(back.error).toBe('access_denied')
    const [status, code, detail] = await refusal({ flow, error: back.error, state: back.state })
    expect([status, code]).toEqual([409, 'cancelled'])
    expect(detail).toContain('Campus')
    const second = await begins()
    expect((await refusal({ flow: second.flow, error: 'access_denied', state: 'forged' }))[1]).toBe('flow_mismatch')
    const third = await begins()
    const state = new URL(third.url).searchParams.get('state') as string
    expect((await refusal({ flow: third.flow, error: 'server_error', state }))[1]).toBe('provider_refused')
  })

  test('[AC25] a provider that is away is said to be away, before and after; and when it is back one comes in', async () => {
    provider.has('fay')
    const { url, flow } = await begins()
    const back = await goesThrough(url, 'fay')
    await provider.goes()
    const [status, code, detail] = await refusal({ ...back, flow })
    expect([status, code]).toEqual([409, 'provider_away'])
    expect(detail).toMatch(/Campus .* Try again/)
    await provider.comes()
    expect((await signsIn('fay')).user.name).toBe('Fay')
  })

  test('[AC25] a provider may change its keys: the next sign-in is checked with the new one', async () => {
    provider.has('gil')
    const first = await signsIn('gil')
    provider.changesKeys()
    expect((await signsIn('gil')).user).toEqual(first.user)
  })

  test('[AC26] a guest in class who signs in with a provider becomes that account, with all they did', async () => {
    const open = await world.cohort({ name: 'Open', entry: 'code' })
    const guest = await world.gets('POST', '/join', { code: open.inviteCode, name: 'Gus' }, undefined)
    const came = await signsIn((provider.has('gus', { name: 'Gustav' }), 'gus'), { guest: guest.refreshToken })
    expect(came).toMatchObject({ merged: true, user: { name: 'Gustav', email: 'gus@school.test' } })
    expect((await world.gets('GET', '/me', undefined, came.accessToken)).cohorts).toMatchObject([{ name: 'Open' }])
    expect((await world.asks('POST', '/auth/refresh', { refreshToken: guest.refreshToken })).status).toBe(401)
  })

  test('[AC27] one adds an identity, signs in with it, and removes it; never the last way in', async () => {
    const hal = await world.signsIn('hal@elsewhere.test', { name: 'Hal' })
    const adds = async (login: string, token: string) => {
      const { url, flow } = await world.gets('POST', '/me/identities', {}, token)
      return world.asks('POST', '/me/identities/redeem', { ...(await goesThrough(url, login)), flow }, token)
    }
    provider.has('hal', { email: 'hal@school.test', email_verified: false })
    const added = await adds('hal', hal.accessToken)
    expect(added).toMatchObject({ status: 201, body: { issuer: provider.issuer, email: null } })
    expect((await adds('hal', hal.accessToken)).body.identityId).toBe(added.body.identityId)
    const again = await signsIn('hal')
    expect(again.user).toEqual(hal.user)
    expect(await world.gets('GET', '/me/identities', undefined, hal.accessToken)).toMatchObject({ identities: [{ identityId: added.body.identityId }], byEmail: true })

    const ida = await world.signsIn('ida@elsewhere.test')
    expect((await adds('hal', ida.accessToken)).body.code).toBe('identity_taken')
    expect((await world.asks('DELETE', `/me/identities/${added.body.identityId}`, undefined, ida.accessToken)).status).toBe(404)

    expect((await world.asks('DELETE', `/me/identities/${added.body.identityId}`, undefined, hal.accessToken)).status).toBe(204)
    expect((await world.asks('GET', '/me', undefined, again.accessToken)).status).toBe(401)
    expect((await world.asks('GET', '/me', undefined, hal.accessToken)).status).toBe(200)
    const { url, flow } = await begins()
    expect((await refusal({ ...(await goesThrough(url, 'hal')), flow }))[1]).toBe('email_unverified')

    const guest = await world.gets('POST', '/join', { code: (await world.cohort({ name: 'Door', entry: 'code' })).inviteCode, name: 'Ivy' }, undefined)
    const only = await adds((provider.has('ivy'), 'ivy'), guest.accessToken)
    expect((await world.asks('DELETE', `/me/identities/${only.body.identityId}`, undefined, guest.accessToken)).body.code).toBe('last_way_in')
  })

  test('[AC27] a flow that adds an identity signs in nobody, is its person\'s, and a flow that signs in adds none', async () => {
    const [joe, kim] = [await world.signsIn('joe@school.test'), await world.signsIn('kim@school.test')]
    provider.has('joes')
    const { url, flow } = await world.gets('POST', '/me/identities', {}, joe.accessToken)
    const back = await goesThrough(url, 'joes')
    expect((await refusal({ ...back, flow }))[1]).toBe('flow_unknown')
    expect((await world.asks('POST', '/me/identities/redeem', { ...back, flow }, kim.accessToken)).body.code).toBe('flow_unknown')
    const other = await begins()
    expect((await world.asks('POST', '/me/identities/redeem', { ...(await goesThrough(other.url, 'joes')), flow: other.flow }, kim.accessToken)).body.code).toBe('flow_unknown')
    expect(await rows(`SELECT 1 FROM user_identities WHERE subject = 'joes'`)).toEqual([])
  })

  test('[AC28] who came with a class code and an e-mail from the list has proven nothing: they add no way in, and see nothing that is personal', async () => {
    await world.lists([{ email: 'lea@school.test', name: 'Lea' }])
    const thief = await world.gets('POST', '/join', { code: world.inviteCode, name: 'Lea', email: 'lea@school.test' }, undefined)
    for (const [method, path, body] of [['POST', '/me/identities', {}], ['GET', '/me/identities'], ['GET', '/me/sessions'], ['DELETE', '/me/sessions'], ['GET', '/me/profile'], ['GET', '/me/export'], ['DELETE', '/me', { confirm: 'lea@school.test' }]] as const) {
      expect((await world.asks(method, path, body, thief.accessToken)).body.code, path).toBe('proof_first')
    }
    const lea = await signsIn((provider.has('lea'), 'lea'))
    expect(lea.user.userId).toBe(thief.user.userId)
    expect((await world.gets('GET', '/me/sessions', undefined, lea.accessToken)).sessions).toHaveLength(2)
  })

  test('[AC24] begun too often from one address, it waits', async () => {
    await rows(`INSERT INTO sign_in_tries (try_id, what, at) SELECT gen_random_uuid(), what, now() FROM (SELECT what FROM sign_in_tries ORDER BY at DESC LIMIT 1) w, generate_series(1, 600)`)
    const reply = await world.asks('POST', '/auth/oidc', {})
    expect([reply.status, reply.body.code]).toEqual([429, 'rate_limited'])
  })
})
