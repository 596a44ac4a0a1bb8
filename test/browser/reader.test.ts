// A course read in a real browser: in two languages and two voices, over reloads and out of reach, and found in the catalogue.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { firstLoad } from './first-load.ts'
import { type Actor, inBrowsers, pagesAreBuilt, PATIENCE, Stage } from './stage.ts'

const paragraphs = (words: string, count: number, long = 3) => Array.from({ length: count }, (_, n) => `${words} ${n + 1}. ${'It goes on for a while, so that a page has something to scroll. '.repeat(long)}`).join('\n\n')
const ENGLISH = `# What a sensor feels\n\n[To warmth](#warmth)\n\n${paragraphs('Sense', 20)}\n\n## Warmth\n\n![A hand](https://elsewhere.example/hand.png) ![A board](../images/board.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\`\`\`py\nprint('${'warm '.repeat(60)}')\n\`\`\`\n\n## Cold\n\n- [ ] shiver\n\n## Light\n\n${paragraphs('Light', 20)}`
const SPANISH = `# Lo que siente un sensor\n\n${paragraphs('Sentido', 20)}\n\n## Calor\n\n${paragraphs('Luz', 20)}`
const ARABIC = `# ما يشعر به\n\nالمستشعر يقيس الحرارة.\n\n## حرارة\n\n## ضوء\n\n## صوت`
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

inBrowsers('reading a course', () => {
  let world: World
  let stage: Stage
  let ada: Actor
  let [first, second, third]: string[] = []
  const foreign: string[] = []
  const calm = { reducedMotion: 'reduce' } as const
  const says = (topicId: string, key: string, body: object) => world.gets('PUT', `/topics/${topicId}/assets/${key}`, { contentType: 'text', ...body })
  const adds = async (moduleNo: number, topicNumber: number, topicName: string, markdown: string): Promise<string> => (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo, topicNumber, topicName, markdown })).topicId
  const at = (topicId = '', query = '') => `/course/${world.courseId}${topicId && `/topic/${topicId}`}${query}`
  const learner = async (who: string, path: string, size: 'phone' | 'laptop' = 'phone') => {
    const actor = await stage.has(who, size, calm)
    actor.page.on('request', (r) => { if (!r.url().startsWith(world.url) && !r.url().startsWith('data:')) foreign.push(r.url()) })
    await actor.walksIn(await stage.wayFor(who, path))
    return actor
  }
  const top = (of: Actor) => of.page.evaluate(() => Math.round(scrollY))
  const seen = (text: RegExp, of: Actor) => expect.poll(() => of.page.getByText(text).first().evaluate((e) => { const r = e.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0 }), { timeout: PATIENCE }).toBe(true)
  const percent = async (topicId: string, who = 'ada') => (await world.gets('GET', `/topics/${topicId}`, undefined, (await world.signsIn(`${who}@school.test`)).accessToken)).percent
  /** What her device knows and the server may not yet. */
  const noted = (topicId: string): Promise<number> => ada.page.evaluate((id) => Object.entries(localStorage).filter(([k]) => k.startsWith('lectern:read:')).map(([, v]) => JSON.parse(v)[id]?.percent ?? 0)[0] ?? 0, topicId)
  const told = (of: Actor) => of.page.waitForResponse((r) => r.url().endsWith('/progress') && r.ok())
  const picture = (name: string, of: Actor) => of.page.screenshot({ path: `test/.out/reader-${name}.png` })

  beforeAll(async () => {
    pagesAreBuilt()
    mkdirSync('test/.out', { recursive: true })
    world = await aWorld()
    first = await adds(1, 1, 'What a sensor feels', ENGLISH)
    second = await adds(1, 2, 'From volts to figures', '# From volts to figures\n\nShort.')
    third = await adds(2, 1, 'What is done with it', `Begin.\n\n${paragraphs('Do', 30)}`)
    await says(first, 'text', { language: 'es', status: 'ai', payload: { markdown: SPANISH } })
    await says(first, 'text', { language: 'ar', status: 'reviewed', payload: { markdown: ARABIC } })
    await world.gets('PUT', `/topics/${first}/names/es`, { topicName: 'Lo que siente un sensor' })
    await says(third, 'text', { narrator: 'cooking', payload: { markdown: `Begin.\n\n${paragraphs('Stir', 30, 7)}` } })
    await says(second, 'film', { contentType: 'video', payload: { src: 'https://elsewhere.example/film', title: 'The office hour' } })
    await says(second, 'photo', { contentType: 'image', payload: { src: 'https://elsewhere.example/photo.png', alt: 'A volt', caption: 'Seen from above' } })
    const { rowVersion, blocks, topicName } = await world.gets('GET', `/topics/${second}/source`)
    await world.gets('PUT', `/topics/${second}/layout`, { rowVersion, topicName, blocks: [...blocks, { contentKey: 'later', type: 'text' }, { contentKey: 'ending', type: 'text' }] })
    await says(second, 'ending', { payload: { markdown: '# The end\n\nIt is read too.\n\n![A lost one](/api/v1/files/00000000-0000-4000-8000-000000000000?pass=none)' } })
    const put = await fetch(`${world.url}/api/v1/courses/${world.courseId}/files?name=dot.png`, { method: 'POST', headers: { 'content-type': 'image/png', authorization: `Bearer ${world.owner.accessToken}` }, body: Buffer.from(DOT, 'base64') })
    await says(second, 'dot', { contentType: 'image', payload: { fileId: ((await put.json()) as { fileId: string }).fileId, alt: 'A dot', caption: 'As large as it gets' } })
    await world.gets('PUT', `/courses/${world.courseId}/names/es`, { title: 'Internet de las cosas' })
    stage = await Stage.opens(world)
    ada = await learner('ada', at())
  }, 90_000)
  afterAll(async () => { await stage?.ends(); await world?.ends() })

  it('[RD11] [RD9] a course begins where nothing is read yet', async () => {
    await ada.sees('0 of 3 read')
    await ada.page.getByRole('link', { name: 'Begin: What a sensor feels' }).waitFor()
    expect(await ada.page.getByRole('link', { name: 'Write' }).count()).toBe(0)
    await ada.isFine('Course')
  })

  it('[RD2] who comes back finds the place where she left off, within one long text', async () => {
    await ada.page.getByRole('link', { name: 'Begin: What a sensor feels' }).click()
    await ada.page.getByRole('heading', { name: 'What a sensor feels', level: 1 }).waitFor()
    expect(await ada.page.getByText('What a sensor feels').count(), 'the title is said once').toBe(1)
    await ada.page.getByText(/^Sense 12\./).evaluate((e) => e.scrollIntoView({ block: 'end' }))
    await told(ada)
    expect(await percent(first!)).toBeGreaterThan(15)
    await ada.reloads()
    await ada.sees('You left off here')
    await seen(/^Sense 12\./, ada)
    await picture('left-off', ada)
    expect(await ada.barriers()).toEqual([])
    await ada.taps('To the top')
    await expect.poll(() => top(ada), { timeout: PATIENCE }).toBe(0)
    await ada.seesNot('You left off here')
    await ada.opens(at())
    await ada.page.getByRole('link', { name: 'Continue: What a sensor feels' }).waitFor()
    await ada.page.getByRole('link', { name: /What a sensor feels \d+% read/ }).waitFor()
  })

  it('[RD1] she reads it in Spanish, also after a reload, and knows that a machine wrote it', async () => {
    await ada.page.getByRole('link', { name: 'Continue: What a sensor feels' }).click()
    await ada.page.getByLabel('Language').selectOption({ label: 'español' })
    await ada.page.getByRole('heading', { name: 'Lo que siente un sensor', level: 1 }).waitFor()
    expect(await ada.page.getByText('Translated by machine, not yet checked.').count()).toBe(1)
    expect(await ada.page.locator('.lesson').first().getAttribute('lang')).toBe('es')
    await ada.reloads()
    await ada.page.getByRole('heading', { name: 'Lo que siente un sensor', level: 1 }).waitFor()
    await says(first!, 'text', { payload: { markdown: ENGLISH.replace('Sense 1.', 'Sense one.') } })
    await ada.reloads()
    await ada.page.getByText('The original has changed since this was translated.').waitFor()
    await ada.page.getByLabel('Language').selectOption({ label: 'العربية' })
    await ada.page.getByRole('heading', { name: 'حرارة' }).waitFor()
    expect(await ada.page.locator('.lesson').first().evaluate((e) => getComputedStyle(e).direction), 'from right to left in an English page').toBe('rtl')
    await ada.isFine('Topic, in Arabic')
    await ada.opens(at(second))
    await ada.sees('There is no Arabic of this part yet.')
    expect(await ada.page.getByText('There is no Arabic of this part yet.').count()).toBe(1)
    await ada.page.getByLabel('Language').selectOption('')
    await ada.seesNot('There is no Arabic of this part yet.')
  })

  it('[RD5] what is not written yet says so, and what stands elsewhere is a link', async () => {
    await ada.sees('Not written yet')
    await ada.page.getByRole('heading', { name: 'The end', level: 2 }).waitFor()
    const film = ada.page.getByRole('link', { name: 'The office hour' })
    expect([await film.getAttribute('href'), await film.getAttribute('target'), await film.innerText()]).toEqual(['https://elsewhere.example/film', '_blank', expect.stringContaining('elsewhere.example')])
    await ada.sees('Seen from above')
    await ada.sees('As large as it gets')
    await ada.page.getByAltText('A dot').scrollIntoViewIfNeeded()
    await expect.poll(() => ada.page.getByAltText('A dot').evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBe(1)
    expect(await ada.page.locator('.picture', { hasText: 'A lost one' }).count(), 'a picture that is not there is its words').toBe(1)
    await ada.isFine('Topic with files elsewhere')
    await ada.opens(at(first))
    await ada.page.getByText('A hand').waitFor()
    expect(await ada.page.locator('.lesson img').count()).toBe(0)
    expect(foreign).toEqual([])
  })

  it('[RD3] whose end one has seen is read, and the course goes on after it', async () => {
    await ada.page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await told(ada)
    await ada.sees('You have read this lesson.')
    expect(await percent(first!)).toBe(100)
    await ada.page.getByRole('link', { name: 'To the course' }).click()
    await ada.sees(/of 3 read/)
    await ada.page.getByRole('link', { name: /What a sensor feels Read$/ }).waitFor()
    await picture('course', ada)
  })

  it('[RD2] what she read last counts, though she leaves at once', async () => {
    await ada.opens(at(third))
    await ada.page.getByText(/^Do 3\./).evaluate((e) => e.scrollIntoView({ block: 'end' }))
    await told(ada)
    const puts: string[] = []
    ada.page.on('request', (r) => { if (r.method() === 'PUT') puts.push(r.url()) })
    for (const n of [5, 7, 9]) {
      await ada.page.getByText(new RegExp(`^Do ${n}\\.`)).evaluate((e) => e.scrollIntoView({ block: 'end' }))
      await expect.poll(() => noted(third!)).toBeGreaterThanOrEqual(Math.floor((100 * (n + 1)) / 31))
    }
    expect(puts, 'at most every ten seconds').toEqual([])
    await ada.opens('/')
    await expect.poll(() => percent(third!)).toBe(Math.floor(1000 / 31))
    await ada.opens(at(third))
    await ada.sees('You left off here')
    await seen(/^Do 9\./, ada)
  })

  it('[RD4] in another voice the same place says something else, in her other page too', async () => {
    const beside = await stage.sits('ada beside', ada.context)
    await beside.opens(at(third))
    await ada.opens(at(third))
    const place = () => ada.page.getByText(/^(Do|Stir) 14\./).first().evaluate((e) => Math.round(e.getBoundingClientRect().top))
    await ada.page.getByText(/^Do 14\./).evaluate((e) => e.scrollIntoView({ block: 'start' }))
    await told(ada)
    const before = await place()
    await beside.page.getByLabel('Told').selectOption({ label: 'with cooking' })
    await beside.page.getByText(/^Stir 1\./).waitFor()
    await ada.page.getByText(/^Stir 14\./).waitFor()
    expect(Math.abs(await place() - before)).toBeLessThan(4)
    await beside.page.getByLabel('Told').selectOption({ label: 'as it is' })
    await ada.page.getByText(/^Do 14\./).waitFor()
    await beside.page.close()
  })

  it('[RD12] what another device or her instructor changes of how she reads is there at once, outside of class too', async () => {
    const told = await world.signsIn('ada@school.test')
    const narrates = (narrator: string) => world.asks('PUT', `/courses/${world.courseId}/personalisation`, { narrator }, told.accessToken)
    await ada.opens(at(third))
    await ada.page.getByText(/^Do 1\./).waitFor()
    await expect.poll(() => ada.frames.some((f) => /^43\d+\[\{"ok":true,"data":\{\}\}\]/.test(f)), { timeout: PATIENCE }).toBe(true)
    await narrates('cooking')
    await ada.page.getByText(/^Stir 1\./).waitFor()
    await narrates('normal')
    await ada.page.getByText(/^Do 1\./).waitFor()
    expect(world.app.kernel.presence.online(world.cohortId), 'nobody is in class for it').toBe(0)
  })

  it('[RD3] what she reads out of reach is kept, and told once she is back', async () => {
    const before = await percent(third!)
    await ada.goesOffline()
    await ada.sees(/^You are offline. What you have read here stays/)
    await ada.page.getByText(/^Do 29\./).evaluate((e) => e.scrollIntoView({ block: 'end' }))
    await expect.poll(() => noted(third!)).toBeGreaterThan(before)
    expect(await percent(third!)).toBe(before)
    const heard = told(ada)
    await ada.comesBack()
    await heard
    expect(await percent(third!)).toBeGreaterThan(before)
    await ada.seesNot(/^You are offline/)
  })

  it('[RD8] from lesson to lesson by keys, and not where a key means something else', async () => {
    const ruth = await learner('ruth', at(first), 'laptop')
    const is = (name: string) => ruth.page.getByRole('heading', { name, level: 1 }).waitFor()
    await is('What a sensor feels')
    await expect.poll(async () => (await ruth.focus()).tag, { message: 'the title is read' }).toBe('H1')
    await ruth.presses('j')
    await is('From volts to figures')
    await ruth.presses('ArrowRight')
    await is('What is done with it')
    await ruth.presses('k')
    await is('From volts to figures')
    await ruth.presses('ArrowLeft')
    await is('What a sensor feels')
    await ruth.page.locator('.lesson pre').focus()
    await ruth.presses('ArrowRight')
    await ruth.page.getByRole('navigation', { name: 'In this lesson' }).getByRole('link', { name: 'Light' }).click()
    await seen(/^Light$/, ruth)
    expect(new URL(ruth.page.url()).hash).toBe('#light')
    await is('What a sensor feels')
    await ruth.isFine('Topic, wide')
    await ruth.opens('/')
    await ruth.page.getByRole('link', { name: 'Catalogue' }).click()
    await ruth.page.getByRole('heading', { name: 'IoT for Beginners' }).waitFor()
    await ruth.presses('/')
    expect((await ruth.focus()).tag).toBe('INPUT')
    await ruth.page.keyboard.type('thermo')
    await ruth.sees('Nothing has these words: thermo')
    await ruth.presses('Escape')
    await ruth.page.getByRole('link', { name: 'IoT for Beginners' }).focus()
    await ruth.presses('Enter')
    await ruth.sees('0 of 3 read')
  })

  it('[RD7] the catalogue is searched as she types, and says how one gets in', async () => {
    const root = (await world.gets('GET', '/nodes')).nodes[0].nodeId
    const { productId } = await world.gets('POST', '/products', { type: 'book', slug: 'guide', title: 'A field guide', summary: 'Plants by the way', language: 'es' })
    await world.gets('PUT', `/products/${productId}/nodes/${root}`)
    await ada.opens('/catalogue')
    await ada.sees('A field guide')
    await ada.sees('Ask your school for a place.')
    expect(await ada.page.getByRole('link', { name: 'A field guide' }).count()).toBe(0)
    await ada.isFine('Catalogue')
    await picture('catalogue', ada)
    await ada.page.getByLabel('Search titles and lessons').fill('volts')
    await ada.seesNot('A field guide')
    await ada.hears('One found')
    await expect.poll(() => new URL(ada.page.url()).search).toBe('?search=volts')
    await ada.reloads()
    await ada.page.getByRole('link', { name: 'IoT for Beginners' }).waitFor()
    await ada.page.getByLabel('Search titles and lessons').fill('zebra')
    await ada.sees('Nothing has these words: zebra')
    await ada.isFine('Catalogue, nothing found')
    await ada.taps('Show everything')
    await ada.page.getByLabel('What', { exact: true }).selectOption({ label: 'Books' })
    await ada.seesNot('IoT for Beginners')
    await ada.page.getByLabel('What', { exact: true }).selectOption('')
    await ada.page.getByLabel('Language').selectOption({ label: 'español' })
    await expect.poll(() => ada.page.getByRole('article').count()).toBe(2)
    await ada.goesOffline()
    await ada.page.getByLabel('Search titles and lessons').fill('field')
    await ada.page.getByRole('alert').waitFor()
    await ada.comesBack()
    await ada.taps('Try again')
    await expect.poll(() => ada.page.getByRole('article').count()).toBe(1)
  })

  it('[RD7] [RD9] pages of the catalogue come as one scrolls, and only who writes sees what is archived', async () => {
    for (let n = 0; n < 60; n++) await world.gets('POST', '/products', { type: 'path', slug: `path-${n}`, title: `Path ${String(n).padStart(2, '0')}` })
    await world.gets('PUT', `/products/${(await world.gets('GET', '/products?search=guide')).products[0].productId}/archived`, { archived: true })
    const olive = await stage.has('olive', 'laptop', calm)
    await olive.walksIn(await stage.linkOf(world.owner, '/catalogue'))
    await olive.sees('Path 00')
    await expect.poll(async () => { await olive.page.mouse.wheel(0, 4_000); return olive.page.getByText('Path 59').count() }, { timeout: PATIENCE }).toBe(1)
    await olive.taps('Archived')
    await olive.sees('A field guide')
    await ada.opens('/catalogue')
    await ada.page.getByRole('link', { name: 'IoT for Beginners' }).waitFor()
    expect(await ada.button('Archived').count()).toBe(0)
    await olive.opens(at())
    await olive.page.getByRole('link', { name: 'Write' }).waitFor()
    await olive.sees('As it is written now')
    await olive.isFine('Course, of who writes it')
  })

  it('[RD9] what one may not read is refused in a sentence', async () => {
    const eve = await stage.has('eve', 'phone', calm)
    await eve.walksIn(await stage.linkOf(await world.signsIn('eve@school.test'), at(first)))
    await eve.sees('The lesson cannot be read now')
    expect(await eve.barriers()).toEqual([])
    await eve.opens(at())
    await eve.sees('The course cannot be read now')
    await eve.opens('/catalogue')
    await eve.sees(/^Nothing is offered to you yet/)
    await eve.isFine('Catalogue, empty')
  })

  it('[RD10] a learner in class carries none of it', () => {
    const dist = join(ROOT, 'client/dist')
    const says = (file: string) => /Translated by machine|Search titles and lessons|uponSanitizeAttribute/.test(readFileSync(file, 'utf8'))
    const all = readdirSync(join(dist, 'assets')).filter((f) => f.endsWith('.js')).map((f) => join(dist, 'assets', f))
    expect(all.filter(says).length, 'it is somewhere').toBeGreaterThan(0)
    expect(firstLoad(dist).scripts.filter(says)).toEqual([])
  })
})
