// Who somebody is: signing in, and what one was granted.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { walkInLink } from '../../server/features/accounts/index.ts'
import { aWorld, type World } from '../helpers/world.ts'

let world: World
beforeAll(async () => void (world = await aWorld()))
afterAll(() => world.ends())
const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString())

test('[AC1] an e-mail is one person, whatever its case; the name they had stays', async () => {
  const first = await world.signsIn('Ada@School.TEST', { name: 'Ada' })
  const again = await world.signsIn('ada@school.test', { name: 'Somebody' })
  expect(again.user).toEqual(first.user)
  expect(first.user).toMatchObject({ name: 'Ada', email: 'ada@school.test' })
  expect(again.refreshToken).not.toBe(first.refreshToken)
  const ten = await Promise.all(Array.from({ length: 10 }, () => world.signsIn('New@school.test')))
  expect(new Set(ten.map((t) => t.user.userId)).size).toBe(1)
})

test('[AC1] an access token says who, which sign-in, and lasts fifteen minutes', async () => {
  const { accessToken, user } = await world.signsIn('ada@school.test')
  expect(claims(accessToken)).toMatchObject({ sub: user.userId, fam: expect.any(String) })
  expect(claims(accessToken).exp - claims(accessToken).iat).toBe(900)
})

test('[AC2] without AUTH_DEV nobody signs in by e-mail alone', async () => {
  const strict = await aWorld('pglite', { env: { AUTH_DEV: 'false' } }).catch((e) => e as Error)
  expect(String(strict)).toContain('404')
})

test('[AC9] a printed link signs its person in for a week, and nobody after that', async () => {
  const { user } = await world.signsIn('ada@school.test')
  const token = await walkInLink(world.app.db.sql, user.userId)
  expect((await world.gets('POST', '/auth/link', { token })).user).toEqual(user)
  for (const wrong of ['x', token.slice(1), token.toUpperCase()]) expect((await world.asks('POST', '/auth/link', { token: wrong })).status).toBe(401)
  await world.app.db.sql(`UPDATE walk_in_links SET expires_at = now() - interval '1 second'`)
  expect((await world.asks('POST', '/auth/link', { token })).status).toBe(401)
})

test('[AC10] me says who one is, one\'s grants and one\'s cohorts, and nobody else\'s', async () => {
  await world.lists([{ email: 'ben@school.test', name: 'Ben' }])
  const ben = await world.signsIn('ben@school.test')
  expect(await world.gets('GET', '/me', undefined, ben.accessToken)).toEqual({
    user: ben.user, viewedBy: null, grants: [], cohorts: [{ cohortId: world.cohortId, name: 'Autumn', courseName: 'IoT for Beginners', role: 'learner', live: false }],
  })
  const owner = await world.gets('GET', '/me')
  expect(owner.grants).toMatchObject([{ role: 'owner', cohortId: null }])
  expect(owner.cohorts).toMatchObject([{ role: 'instructor' }])
  for (const token of [undefined, 'x', `${ben.accessToken}x`]) expect((await world.asks('GET', '/me', undefined, token)).body.code).toBe('unauthenticated')
})

test('[OR1] an owner is granted once, however often they sign in as one', async () => {
  for (let i = 0; i < 3; i++) await world.signsIn('owner@school.test', { owner: true })
  expect((await world.gets('GET', '/me')).grants).toHaveLength(1)
  expect((await world.app.db.sql(`SELECT count(*) AS n FROM facts WHERE type = 'org.granted'`))[0]?.n).toBe(1)
})

test('[OR2] a grant holds while it is valid, and for its place only', async () => {
  const olga = await world.signsIn('olga@school.test', { owner: true })
  const sees = async () => (await world.asks('GET', `/cohorts/${world.cohortId}`, undefined, olga.accessToken)).status
  expect(await sees()).toBe(200)
  await world.app.db.sql(`UPDATE user_role_permission SET valid = tstzrange(now() - interval '2 days', now() - interval '1 day') WHERE user_id = $1`, [olga.user.userId])
  expect(await sees()).toBe(404)
  expect((await world.gets('GET', '/me', undefined, olga.accessToken)).grants).toEqual([])
  expect((await world.asks('POST', '/courses', { slug: 'x', name: 'X', modules: [] }, olga.accessToken)).body.code).toBe('forbidden')
})

test('[OR3] the default organisation is made once', async () => {
  expect(await world.app.db.sql('SELECT slug FROM org')).toEqual([{ slug: 'home' }])
  expect((await world.app.db.sql('SELECT count(*) AS n FROM organization_node'))[0]?.n).toBe(1)
})
