// Tokens in class: said before they end, carried on, ended; and never kept as they are.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walkInLink } from '../../server/features/accounts/index.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

const gone = (p: Person) => new Promise<string>((done) => p.socket.once('disconnect', done))

describe('short tokens', () => {
  let world: World
  beforeAll(async () => void (world = await aWorld('pglite', { tokenSeconds: 4 })))
  afterAll(() => world.ends())
  const has = async (who: string): Promise<[Person, Signed]> => {
    const signed = await world.signsIn(`${who}@school.test`)
    return [await world.person(who, signed).connects(), signed]
  }

  test('[AC7] one is told before the token ends, with when; at its end the socket is closed, and the sign-in lives on', async () => {
    const [ada, signed] = await has('ada')
    const ended = gone(ada)
    const { expiresAt } = await ada.hears('auth:expiring')
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now())
    await ended
    expect(Date.now()).toBeGreaterThanOrEqual(new Date(expiresAt).getTime())
    expect(ada.ears.map(([n]) => n)).not.toContain('auth:revoked')
    const why = await ada.connects().catch((e) => e.code)
    expect(why).toBe('unauthenticated')
    expect((await world.asks('GET', '/me', undefined, signed.accessToken)).status).toBe(401)
    const fresh = await world.gets('POST', '/auth/refresh', { refreshToken: signed.refreshToken })
    await ada.connects({ token: fresh.accessToken, wire: 1 })
    ada.leaves()
  })

  test('[AC8] with a fresh token one carries on past the end of the first; somebody else\'s is refused', async () => {
    const [ben, signed] = await has('ben')
    const { expiresAt } = await ben.hears('auth:expiring')
    const other = await world.signsIn('cleo@school.test')
    const again = await world.signsIn('ben@school.test')
    for (const token of [other.accessToken, again.accessToken, 'x', signed.refreshToken, `${signed.accessToken}x`]) expect((await ben.isRefused('auth:renew', { token })).code).toBe('unauthenticated')
    await new Promise<void>((done) => setTimeout(done, 1_100 - (Date.now() % 1_000))) // tokens count whole seconds
    const fresh = await world.gets('POST', '/auth/refresh', { refreshToken: signed.refreshToken })
    const renewed = await ben.does('auth:renew', { token: fresh.accessToken })
    expect(new Date(renewed.expiresAt).getTime()).toBeGreaterThan(new Date(expiresAt).getTime())
    const told = await ben.hears('auth:expiring')
    expect(told.expiresAt).toBe(renewed.expiresAt)
    await expect.poll(() => Date.now() > new Date(expiresAt).getTime() && ben.socket.connected, { timeout: 5_000 }).toBe(true)
    ben.leaves()
  })
})

describe.each(worlds)('on %s', (on) => {
  let world: World
  beforeAll(async () => void (world = await aWorld(on)))
  afterAll(() => world.ends())
  const refresh = (refreshToken: string) => world.asks('POST', '/auth/refresh', { refreshToken })
  const opens = (signed: Signed, token = signed.accessToken) => world.person('x', signed).connects({ token, wire: 1 }).then((p) => { p.leaves(); return 'in' }, (e) => e.code)

  test('[AC6] signing out ends every socket and token of that sign-in, with auth:revoked, and no other', async () => {
    const ada = await world.has('ada')
    const signed = await world.signsIn('ada@school.test')
    const phone = await world.person('ada', signed).comes()
    const tablet = await world.person('ada', signed).comes()
    const ended = [phone, tablet].map(gone)
    expect((await world.asks('POST', '/auth/sign-out', { refreshToken: signed.refreshToken })).status).toBe(204)
    await Promise.all([phone.hears('auth:revoked'), tablet.hears('auth:revoked'), ...ended])
    expect(await opens(signed)).toBe('unauthenticated')
    expect((await world.asks('GET', '/me', undefined, signed.accessToken)).status).toBe(401)
    expect((await refresh(signed.refreshToken)).body.code).toBe('unauthenticated')
    await ada.hearsNoMore('auth:revoked')
    expect((await world.asks('GET', '/me', undefined, ada.token)).status).toBe(200)
    expect((await world.asks('POST', '/auth/sign-out', { refreshToken: signed.refreshToken })).status, 'again is once').toBe(204)
    expect((await world.asks('POST', '/auth/sign-out', { refreshToken: 'nobody' })).status).toBe(204)
  })

  test('[AC5] a refresh token is changed for its successor; used again at once it gives the same one', async () => {
    const signed = await world.signsIn('eve@school.test')
    const first = await refresh(signed.refreshToken)
    expect(first.status).toBe(200)
    expect(first.body.refreshToken).not.toBe(signed.refreshToken)
    const again = await Promise.all([refresh(signed.refreshToken), refresh(signed.refreshToken), refresh(signed.refreshToken)])
    for (const a of again) expect(a.body.refreshToken).toBe(first.body.refreshToken)
    expect((await refresh(first.body.refreshToken)).status).toBe(200)
  })

  test('[AC5] two tabs that refresh at the same moment get one successor, and nobody is signed out', async () => {
    const signed = await world.signsIn('tabs@school.test')
    const both = await Promise.all([1, 2, 3, 4].map(() => refresh(signed.refreshToken)))
    expect(new Set(both.map((b) => b.body.refreshToken)).size).toBe(1)
    expect(await opens(signed, both[0]?.body.accessToken)).toBe('in')
  })

  test('[AC5] used again after its successor was used it is stolen: the sign-in and its sockets end', async () => {
    const signed = await world.signsIn('finn@school.test')
    const finn = await world.person('finn', signed).connects()
    const ended = gone(finn)
    const first = (await refresh(signed.refreshToken)).body
    const second = (await refresh(first.refreshToken)).body
    expect((await refresh(signed.refreshToken)).body.code).toBe('unauthenticated')
    await finn.hears('auth:revoked')
    await ended
    for (const token of [first.refreshToken, second.refreshToken]) expect((await refresh(token)).status).toBe(401)
    for (const token of [signed.accessToken, second.accessToken]) expect(await opens(signed, token)).toBe('unauthenticated')
    expect(await opens(await world.signsIn('finn@school.test')), 'a new sign-in is another').toBe('in')
  })

  test('[AC5] used again after 30 s it is stolen, though its successor was never used', async () => {
    const signed = await world.signsIn('gus@school.test')
    const first = (await refresh(signed.refreshToken)).body
    await world.app.db.sql(`UPDATE user_sessions SET replaced_at = replaced_at - interval '31 seconds' WHERE user_id = $1 AND replaced_at IS NOT NULL`, [signed.user.userId])
    expect((await refresh(signed.refreshToken)).status).toBe(401)
    expect((await refresh(first.refreshToken)).status).toBe(401)
  })

  test('[AC5] one that is unknown, empty or expired is unauthenticated and ends nothing', async () => {
    const signed = await world.signsIn('hal@school.test')
    expect((await refresh('x'.repeat(43))).status).toBe(401)
    expect((await refresh(signed.accessToken.slice(0, 400))).status).toBe(401)
    expect((await world.asks('POST', '/auth/refresh', {})).status).toBe(401)
    expect(await opens(signed)).toBe('in')
    await world.app.db.sql(`UPDATE user_sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [signed.user.userId])
    expect((await refresh(signed.refreshToken)).status).toBe(401)
  })

  test('[AC4] a browser keeps the refresh token in a cookie that scripts cannot read, and that goes nowhere else', async () => {
    const reply = await world.asks('POST', '/auth/dev', { email: 'ivy@school.test' })
    const cookie = reply.headers.get('set-cookie') as string
    expect(cookie).toMatch(/^lectern_refresh=[\w-]+;/)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/auth']) expect(cookie).toContain(part)
    const carried = await world.asks('POST', '/auth/refresh', {}, undefined, { cookie: cookie.split(';')[0] as string })
    expect(carried.status).toBe(200)
    const next = carried.headers.get('set-cookie')?.split(';')[0] as string
    const out = await world.asks('POST', '/auth/sign-out', {}, undefined, { cookie: next })
    expect(out.headers.get('set-cookie')).toMatch(/^lectern_refresh=;/)
    expect((await world.asks('POST', '/auth/refresh', {}, undefined, { cookie: next })).status).toBe(401)
    expect((await world.asks('GET', '/me', undefined, undefined, { cookie: next })).status, 'a cookie alone signs in nobody').toBe(401)
  })

  test('[AC3] no secret is in the database as it is: only hashes', async () => {
    const secrets: string[] = []
    const signed = await world.signsIn('jo@school.test')
    const next = (await refresh(signed.refreshToken)).body
    const link = await walkInLink(world.app.db.sql, signed.user.userId)
    const walked = await world.gets('POST', '/auth/link', { token: link })
    expect(walked.user.userId).toBe(signed.user.userId)
    secrets.push(signed.refreshToken, next.refreshToken, walked.refreshToken, link, ...[signed, next, walked].map((s) => s.accessToken.split('.')[2] as string))
    const columns = await world.app.db.sql(`SELECT c.table_schema AS s, c.table_name AS t, c.column_name AS c FROM information_schema.columns c JOIN information_schema.tables b USING (table_schema, table_name) WHERE b.table_type = 'BASE TABLE' AND c.table_schema IN ('public', 'pgboss')`)
    expect(columns.length).toBeGreaterThan(50)
    for (const { s, t, c } of columns) {
      const found = await world.app.db.sql(`SELECT 1 FROM "${s}"."${t}" WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS x WHERE strpos("${c}"::text, x) > 0) LIMIT 1`, [secrets])
      expect(found, `${s}.${t}.${c}`).toEqual([])
    }
  })
})
