// Signing in with a provider, and one's own account, in real browsers through the provider's own pages.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../helpers/process.ts'
import { TestProvider } from '../helpers/provider.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('signing in with a provider', () => {
  let world: World
  let provider: TestProvider
  let stage: Stage
  beforeAll(async () => {
    pagesAreBuilt()
    const port = await freePort()
    const site = `http://127.0.0.1:${port}`
    provider = await TestProvider.opens(`${site}/sign-in/back`)
    world = await aWorld('pglite', { env: { PORT: String(port), PUBLIC_URL: site, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.client.id, OIDC_CLIENT_SECRET: provider.client.secret, OIDC_NAME: 'Campus' } })
    stage = await Stage.opens(world)
  }, 60_000)
  afterAll(async () => { await stage?.ends(); await world?.ends(); await provider?.goes() })

  /** Through the provider's pages. */
  const logsIn = async (who: Actor, login: string) => {
    await who.page.getByPlaceholder('Enter any login').fill(login)
    await who.page.getByPlaceholder('and password').fill('x')
    await who.page.getByRole('button', { name: 'Sign-in' }).click()
    await who.page.getByRole('button', { name: 'Continue' }).click()
  }

  it('[AC22] [AC34] somebody goes from the door to the provider and back into their classes; the second time they are the same', async () => {
    await world.lists([{ email: 'ada@school.test', name: 'Ada' }])
    provider.has('ada', { name: 'Ada Lovelace' })
    const ada = await stage.has('ada')
    await ada.opens('/sign-in')
    await ada.button('Continue with Campus').waitFor()
    await ada.isFine('signing in with a provider')
    await ada.taps('Continue with Campus')
    await logsIn(ada, 'ada')
    await ada.sees('Hello, Ada Lovelace')
    await ada.sees('IoT for Beginners')
    expect(ada.page.url()).toBe(`${world.url}/`)
    const again = await stage.has('ada again', 'laptop')
    await again.opens('/sign-in')
    await again.taps('Continue with Campus')
    await logsIn(again, 'ada')
    await again.sees('Hello, Ada Lovelace')
    expect((await world.app.db.sql(`SELECT count(*) AS n FROM users WHERE email = 'ada@school.test'`))[0]?.n).toBe(1)

    await again.opens('/account')
    await again.sees('this one')
    await again.isFine('one\'s account')
    await again.page.getByRole('button', { name: /^Sign out / }).first().click()
    await again.hears(/is signed out/)
    await ada.opens('/account')
    await ada.sees('You were signed out. Come in again')
  })

  it('[AC25] who cancels is told so, and finds the way back; the end of a sign-in opens nothing in another window', async () => {
    const eve = await stage.has('eve')
    await eve.opens('/sign-in')
    await eve.taps('Continue with Campus')
    await eve.page.getByRole('link', { name: /Cancel/ }).click()
    await eve.sees('That did not sign you in')
    await eve.sees(/You did not let Campus say who you are/)
    await eve.isFine('a cancelled sign-in')
    expect(eve.page.url()).toBe(`${world.url}/sign-in/back`)
    await eve.page.getByRole('link', { name: 'Sign in' }).click()
    await eve.button('Continue with Campus').waitFor()
    const other = await stage.has('another window')
    await other.opens('/sign-in/back?code=x&state=y')
    await other.sees(/begun in another window/)
  })

  it('[AC27] [AC36] [AC37] one writes who one is, adds a provider, and downloads a copy', async () => {
    provider.has('ben', { email: 'ben@campus.test' })
    const ben = await stage.has('ben', 'laptop')
    await ben.walksIn(await stage.wayFor('ben', '/account'))
    await ben.page.getByLabel('A line about you').fill('Likes light')
    await ben.taps(/^Save$/)
    await ben.hears('Saved')
    await ben.taps('Add education')
    await ben.page.getByLabel('School or university').fill('Physikum')
    await ben.page.getByLabel('From').fill('2010-10-01')
    await ben.taps(/^Save$/)
    await ben.sees('since Oct 2010')
    await ben.taps('Add Campus')
    await logsIn(ben, 'ben')
    await ben.hears('From now on you can sign in with Campus')
    await ben.sees(/ben@campus\.test, added/)
    await ben.isFine('an account with everything')
    const [download] = await Promise.all([ben.page.waitForEvent('download'), ben.taps('Download it')])
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ auth: { profile: { headline: 'Likes light', education: [{ institution: 'Physikum' }] }, identities: [{ email: 'ben@campus.test' }] } })
  })

  it('[AC38] one closes one\'s account, having written what it is, and is nobody here', async () => {
    const cleo = await stage.has('cleo')
    await cleo.walksIn(await stage.wayFor('cleo', '/account'))
    await cleo.taps('Close it…')
    expect(await cleo.button('Close my account for good').getAttribute('aria-disabled')).toBe('true')
    await cleo.page.getByLabel(/Write cleo@school\.test/).fill('cleo@school.test')
    await cleo.isFine('before closing')
    await cleo.taps('Close my account for good')
    await cleo.hears('Your account is closed')
    await cleo.page.getByLabel('Your name').waitFor()
    await cleo.reloads()
    await cleo.page.getByLabel('Your name').waitFor()
  })

  it('[AC40] whoever views as somebody sees it on every screen, also after a reload, and is oneself again by a press', async () => {
    await world.lists([{ email: 'dora@school.test', name: 'Dora' }])
    const dora = await world.signsIn('dora@school.test', { name: 'Dora' })
    const boss = await stage.has('boss', 'laptop')
    await boss.walksIn(await stage.linkOf(world.owner, '/'))
    const view = await world.gets('POST', '/view-as', { userId: dora.user.userId, reason: 'She sees no class.', minutes: 20 })
    await boss.page.evaluate(([token, expiresAt, user]) => sessionStorage.setItem('lectern:as', JSON.stringify({ token, until: Date.parse(expiresAt as string), user })), [view.accessToken, view.expiresAt, dora.user] as const)
    for (const path of ['/', `/class/${world.cohortId}`, '/join']) {
      await boss.opens(path)
      await boss.sees('You see Lectern as Dora.')
      await boss.isFine(`viewing at ${path}`)
    }
    await boss.opens('/account')
    await boss.sees(/Only Dora may do this/)
    await boss.taps('Stop')
    await boss.hears('You are yourself again')
    await boss.seesNot('You see Lectern as Dora.')
    await boss.opens('/')
    await boss.sees('Hello, Olive Owner')
    expect((await world.asks('GET', '/me', undefined, view.accessToken)).status).toBe(401)
  })
})
