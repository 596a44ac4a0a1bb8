// Providers of organisations: who sets them up, whose people they speak for, and what nobody can do with one.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NameServer } from '../helpers/dns.ts'
import { goesThrough, TestProvider } from '../helpers/provider.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

const SITE = 'http://127.0.0.1:9'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let school: TestProvider
  let evil: TestProvider
  let dns: NameServer
  let root = ''
  let here = ''
  let admin: Signed
  beforeAll(async () => {
    [school, evil, dns] = await Promise.all([TestProvider.opens(`${SITE}/sign-in/back`), TestProvider.opens(`${SITE}/sign-in/back`), NameServer.opens()])
    world = await aWorld(on, { env: { PUBLIC_URL: SITE, DNS_SERVERS: dns.address } })
    root = (await world.gets('GET', '/orgs')).orgs[0].rootId
    here = (await world.gets('POST', '/nodes', { parentId: root, name: 'School' })).nodeId
    await world.gets('POST', `/nodes/${here}/grants`, { email: 'admin@host.test', role: 'administrator' })
    admin = await world.signsIn('admin@host.test')
  })
  afterAll(async () => { await world?.ends(); dns?.ends(); await Promise.all([school?.goes(), evil?.goes()]) })

  const rows = (sql: string, params: unknown[] = []) => world.app.db.sql(sql, params)
  const asAdmin = (method: string, path: string, body?: object) => world.asks(method, path, body, admin.accessToken)
  const about = (p: TestProvider, domains: string[], more: object = {}) => ({ name: 'School', issuer: p.issuer, client: p.client.id, secret: p.client.secret, domains, ...more })
  const makes = async (p: TestProvider, domains: string[], more: object = {}, as = admin.accessToken) => world.asks('POST', `/nodes/${here}/sso`, about(p, domains, more), as)
  /** A provider whose domains are proven. */
  const stands = async (p: TestProvider, domains: string[], more: object = {}) => {
    const made = (await makes(p, domains, more)).body
    for (const { domain, record } of made.domains) {
      dns.says(record)
      expect((await asAdmin('POST', `/sso/${made.ssoId}/prove`, { domain })).status).toBe(200)
    }
    return made
  }
  const comes = async (login: string, to: object) => {
    const begun = await world.asks('POST', '/auth/oidc', to)
    if (begun.status !== 200) return begun
    return world.asks('POST', '/auth/oidc/redeem', { ...(await goesThrough(begun.body.url, login)), flow: begun.body.flow })
  }
  const gone = async () => { for (const { sso_id } of await rows('SELECT sso_id FROM sso_configs')) await asAdmin('DELETE', `/sso/${sso_id}`) }

  test('[AC29] a provider is chosen by the e-mail\'s domain once the domain\'s own DNS says so, and its people come in, with a role at the place', async () => {
    const made = await makes(school, ['Uni.test'], { role: 'observer' })
    expect(made).toMatchObject({ status: 201, body: { nodeId: here, role: 'observer', enabled: true, rowVersion: 1, redirectUri: `${SITE}/sign-in/back`, domains: [{ domain: 'uni.test', provenAt: null, record: { name: '_lectern.uni.test' } }] } })
    const { ssoId, domains: [{ record }] } = made.body
    school.has('ada', { email: 'Ada@Uni.test', name: 'Ada' })
    expect((await comes('ada', { email: 'ada@uni.test' })).body.code).toBe('no_provider')
    expect((await comes('ada', { sso: ssoId })).body.code).toBe('not_your_domain')
    expect((await asAdmin('POST', `/sso/${ssoId}/prove`, { domain: 'uni.test' })).body).toMatchObject({ code: 'not_proven', details: { record } })
    dns.says({ name: record.name, value: 'v=spf1 -all' })
    expect((await asAdmin('POST', `/sso/${ssoId}/prove`, { domain: 'uni.test' })).body.code).toBe('not_proven')
    dns.says(record)
    expect((await asAdmin('POST', `/sso/${ssoId}/prove`, { domain: 'UNI.test' })).body.domains[0].provenAt).toMatch(/^20/)
    expect((await world.asks('GET', '/auth/ways?domain=UNI.test')).body).toEqual({ providers: [{ sso: ssoId, name: 'School' }], byDomain: true })
    expect((await world.asks('GET', '/auth/ways?domain=host.test')).body).toEqual({ providers: [], byDomain: true })
    const ada = await comes('ada', { email: 'ADA@uni.TEST' })
    expect(ada.body.user).toMatchObject({ name: 'Ada', email: 'ada@uni.test' })
    expect((await world.gets('GET', '/me', undefined, ada.body.accessToken)).grants).toMatchObject([{ nodeId: here, role: 'observer' }])
    await gone()
  })

  test('[AC29] what was taken back is not given again, however often they come', async () => {
    await stands(school, ['once.test'], { role: 'observer' })
    school.has('bea', { email: 'bea@once.test' })
    const bea = (await comes('bea', { email: 'bea@once.test' })).body
    const [{ grantId }] = (await world.gets('GET', '/me', undefined, bea.accessToken)).grants
    await world.gets('DELETE', `/grants/${grantId}`)
    const { identities: [{ identityId }] } = await world.gets('GET', '/me/identities', undefined, bea.accessToken)
    await world.gets('DELETE', `/me/identities/${identityId}`, undefined, bea.accessToken)
    const again = (await comes('bea', { email: 'bea@once.test' })).body
    expect(again.user).toEqual(bea.user)
    expect((await world.gets('GET', '/me', undefined, again.accessToken)).grants).toEqual([])
    await gone()
  })

  test('[AC30] whoever runs a provider signs in nobody with an e-mail of a domain that is not proven: no account is taken, none is made', async () => {
    await world.signsIn('boss@bigcorp.test', { name: 'Boss' })
    const made = (await makes(evil, ['bigcorp.test', 'gmail.test'])).body
    for (const email of ['boss@bigcorp.test', 'somebody@gmail.test', 'owner@school.test', 'admin@host.test']) {
      evil.has(`as ${email}`, { email, email_verified: true })
      expect((await comes(`as ${email}`, { email })).body.code, email).toBe('no_provider')
      expect((await comes(`as ${email}`, { sso: made.ssoId })).body.code, email).toBe('not_your_domain')
    }
    expect(await rows(`SELECT 1 FROM users WHERE email = 'somebody@gmail.test'`)).toEqual([])
    expect(await rows(`SELECT 1 FROM user_identities WHERE issuer = $1`, [evil.issuer])).toEqual([])
    await gone()
  })

  test('[AC30] a proof is for one issuer: pointed elsewhere, the provider speaks for nobody, and its secret does not go along', async () => {
    const { ssoId, rowVersion } = await stands(school, ['moved.test'])
    await world.signsIn('boss@moved.test')
    evil.has('boss', { email: 'boss@moved.test' })
    expect((await asAdmin('PATCH', `/sso/${ssoId}`, { issuer: evil.issuer, rowVersion })).body).toMatchObject({ code: 'bad_request', detail: expect.stringContaining('secret') })
    const moved = (await asAdmin('PATCH', `/sso/${ssoId}`, { issuer: evil.issuer, client: evil.client.id, secret: evil.client.secret, rowVersion })).body
    expect(moved.domains).toMatchObject([{ domain: 'moved.test', provenAt: null }])
    expect((await asAdmin('POST', `/sso/${ssoId}/prove`, { domain: 'moved.test' })).body.code).toBe('not_proven')
    expect((await comes('boss', { sso: ssoId })).body.code).toBe('not_your_domain')
    await gone()
  })

  test('[AC30] a domain is one provider\'s; claiming it without proof keeps nobody from it', async () => {
    const squatter = (await makes(evil, ['popular.test'])).body
    await stands(school, ['popular.test'])
    dns.says(squatter.domains[0].record)
    expect((await asAdmin('POST', `/sso/${squatter.ssoId}/prove`, { domain: 'popular.test' })).body.code).toBe('domain_taken')
    expect((await asAdmin('POST', `/sso/${squatter.ssoId}/prove`, { domain: 'other.test' })).body.code).toBe('bad_request')
    dns.silent = true
    expect((await asAdmin('POST', `/sso/${squatter.ssoId}/prove`, { domain: 'popular.test' })).status).toBe(503)
    dns.silent = false
    await gone()
  })

  test('[AC30] an unverified e-mail in a proven domain signs in nobody, and one whose e-mail left the domain neither', async () => {
    await stands(school, ['left.test'])
    school.has('cy', { email: 'cy@left.test', email_verified: false })
    expect((await comes('cy', { email: 'cy@left.test' })).body.code).toBe('email_unverified')
    school.has('cy', { email: 'cy@left.test' })
    expect((await comes('cy', { email: 'cy@left.test' })).status).toBe(200)
    school.has('cy', { email: 'cy@elsewhere.test' })
    expect((await comes('cy', { email: 'cy@left.test' })).body.code).toBe('not_your_domain')
    await gone()
  })

  test('[AC31] off or removed, nobody comes in with it, also who was on the way; who is in stays', async () => {
    const { ssoId, rowVersion } = await stands(school, ['off.test'])
    school.has('di', { email: 'di@off.test' })
    const di = (await comes('di', { email: 'di@off.test' })).body
    const begun = (await world.asks('POST', '/auth/oidc', { email: 'di@off.test' })).body
    const back = await goesThrough(begun.url, 'di')
    const changed = await asAdmin('PATCH', `/sso/${ssoId}`, { enabled: false, rowVersion })
    expect(changed.body).toMatchObject({ enabled: false, rowVersion: 2 })
    expect((await world.asks('POST', '/auth/oidc/redeem', { ...back, flow: begun.flow })).body.code).toBe('provider_refused')
    expect((await comes('di', { email: 'di@off.test' })).body.code).toBe('no_provider')
    expect((await comes('di', { sso: ssoId })).body.code).toBe('no_provider')
    expect((await world.asks('GET', '/me', undefined, di.accessToken)).status).toBe(200)
    expect((await asAdmin('PATCH', `/sso/${ssoId}`, { enabled: true, rowVersion })).body).toMatchObject({ code: 'conflict', details: { sso: { rowVersion: 2 } } })
    await gone()
    expect((await asAdmin('DELETE', `/sso/${ssoId}`)).status).toBe(404)
  })

  test('[AC32] set up by who may at the place and nobody else; it gives no role that they could not give', async () => {
    const made = (await makes(school, [])).body
    const stranger = await world.signsIn('stranger@host.test')
    const watcher = await world.signsIn('watcher@host.test')
    await world.gets('POST', `/nodes/${here}/grants`, { email: 'watcher@host.test', role: 'observer' })
    for (const [who, status] of [[stranger, 404], [watcher, 403]] as const) {
      for (const [method, path, body] of [['GET', `/nodes/${here}/sso`], ['POST', `/nodes/${here}/sso`, about(school, [])], ['PATCH', `/sso/${made.ssoId}`, { rowVersion: 1 }], ['POST', `/sso/${made.ssoId}/prove`, { domain: 'x.test' }], ['DELETE', `/sso/${made.ssoId}`]] as const) {
        expect((await world.asks(method, path, body, who.accessToken)).status, `${method} ${path}`).toBe(status)
      }
    }
    expect((await world.asks('GET', `/nodes/${root}/sso`, undefined, admin.accessToken)).status).toBe(404)
    expect((await world.gets('GET', `/nodes/${root}/sso`)).sso).toMatchObject([{ ssoId: made.ssoId }])
    expect((await makes(school, [], { role: 'owner' })).body.code).toBe('more_rights')
    expect((await makes(school, [], { role: 'king' })).body.code).toBe('bad_request')
    await world.gets('POST', `/nodes/${here}/grants`, { email: 'watcher@host.test', permission: 'sso.write' })
    expect((await makes(school, [], { role: 'observer' }, watcher.accessToken)).body.code).toBe('more_rights')
    await gone()
  })

  test('[AC32] the secret is sealed, and shown to nobody; the facts do not have it', async () => {
    const made = await makes(school, [])
    const shown = JSON.stringify([made.body, (await asAdmin('GET', `/nodes/${here}/sso`)).body, await rows('SELECT * FROM sso_configs'), await rows(`SELECT * FROM facts WHERE type LIKE 'sso.%'`)])
    expect(shown).toContain(school.client.id)
    expect(shown).not.toContain(school.client.secret)
    await gone()
  })

  test.each(['ftp://idp.test', 'http://idp.test', 'https://user@idp.test', 'https://idp.test/?a=b', 'nonsense'])('[AC33] %s is no issuer', async (issuer) => {
    const reply = await makes(school, [], { issuer })
    expect([reply.status, reply.body.code]).toEqual([400, 'bad_request'])
  })

  test('[AC33] where nobody answers as the issuer, that is said before it is kept', async () => {
    for (const issuer of [`${school.issuer}/else`, 'http://127.0.0.1:1']) expect((await makes(school, [], { issuer })).body.code).toBe('provider_away')
    expect(await rows('SELECT 1 FROM sso_configs')).toEqual([])
    expect((await asAdmin('PATCH', `/sso/${randomUUID()}`, { rowVersion: 1 })).status).toBe(404)
  })
})
