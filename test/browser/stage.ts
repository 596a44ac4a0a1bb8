// A class in real browsers: pages of the built client, served by a real server, opened by people who do what people do.
// teacher.asks(…), ada.answers(…), ada.sees(…). What a page heard over its socket is kept in `frames`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { walkInLink } from '../../server/features/accounts/index.ts'
import { type Signed, type World } from '../helpers/world.ts'

export const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((f) => f && existsSync(f))
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const PATIENCE = 15_000

/** Stories that need a browser; where there is none they are skipped, and their name says so. */
export const inBrowsers = (name: string, stories: () => void) =>
  describe.skipIf(!CHROMIUM)(CHROMIUM ? name : `NOT TESTED, no Chromium here (test/services.sh installs it): ${name}`, stories)

export const SIZES = { laptop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 }, wall: { width: 1920, height: 1080 } } as const

/** A browser with people in it. */
export class Stage {
  readonly browser: Browser
  readonly url: string
  readonly #world: World | null
  readonly #actors: Actor[] = []
  private constructor(browser: Browser, url: string, world: World | null) {
    this.browser = browser
    this.url = url
    this.#world = world
  }

  /** Builds the pages if they are not as their sources are, and starts a browser. `on`: a world, or where a server listens. */
  static async opens(on: World | string): Promise<Stage> {
    const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ARGS })
    return typeof on === 'string' ? new Stage(browser, on, null) : new Stage(browser, on.url, on)
  }

  /** Somebody with a device of their own; nothing is opened yet. */
  async has(name: string, size: keyof typeof SIZES = 'phone', more: BrowserContextOptions = {}, url = this.url): Promise<Actor> {
    const context = await this.browser.newContext({ viewport: SIZES[size], locale: 'en-GB', timezoneId: 'UTC', serviceWorkers: 'block', ...more })
    return this.sits(name, context, url)
  }

  /** Somebody at one more tab of a device. `url`: where their line begins. */
  async sits(name: string, context: BrowserContext, url = this.url): Promise<Actor> {
    const actor = new Actor(name, await context.newPage(), url)
    this.#actors.push(actor)
    return actor
  }

  /** Puts somebody on the list and signs them in; resolves with a path that walks them in. */
  async wayFor(who: string, to: string, row: { role?: string; timeFactor?: number } = {}): Promise<string> {
    const world = this.#world as World
    await world.lists([{ email: `${who}@school.test`, name: nameOf(who), ...row }])
    return this.linkOf(await world.signsIn(`${who}@school.test`, { name: nameOf(who) }), to)
  }

  /** A link that walks this person in. */
  async linkOf({ user }: Signed, to: string): Promise<string> {
    return `/walk-in?to=${encodeURIComponent(to)}#${await walkInLink((this.#world as World).app.db.sql, user.userId)}`
  }

  get classPath(): string { return `/class/${(this.#world as World).cohortId}` }
  get screenPath(): string { return `/screen/${(this.#world as World).cohortId}` }

  /** Somebody who is on the list, in class. */
  async learner(who: string, more: BrowserContextOptions = {}, row: { timeFactor?: number } = {}): Promise<Actor> {
    const actor = await this.has(who, 'phone', more)
    await actor.walksIn(await this.wayFor(who, this.classPath, row))
    return actor
  }

  async teacher(who = 'ruth', more: BrowserContextOptions = {}): Promise<Actor> {
    const actor = await this.has(who, 'laptop', more)
    await actor.walksIn(await this.wayFor(who, this.classPath, { role: 'instructor' }))
    return actor
  }

  async screen(more: BrowserContextOptions = {}): Promise<Actor> {
    const actor = await this.has('screen', 'wall', more)
    await actor.walksIn(await this.wayFor('ruth', this.screenPath, { role: 'instructor' }))
    return actor
  }

  /** Closes the browser. Throws what went wrong in any page and was not seen: errors, and what its policy had to stop. */
  async ends(): Promise<void> {
    await this.browser.close()
    expect(this.#actors.flatMap((a) => a.troubles)).toEqual([])
  }
}

const nameOf = (who: string) => who[0]!.toUpperCase() + who.slice(1)

/** Somebody before a page. */
export class Actor {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  readonly url: string
  /** Every frame that this page heard over its sockets, and that it sent. */
  readonly frames: string[] = []
  readonly sent: string[] = []
  readonly troubles: string[] = []
  constructor(name: string, page: Page, url: string) {
    this.name = name
    this.page = page
    this.context = page.context()
    this.url = url
    page.setDefaultTimeout(PATIENCE)
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.frames.push(String(payload)))
      socket.on('framesent', ({ payload }) => this.sent.push(String(payload)))
    })
    page.on('pageerror', (error) => this.troubles.push(`${name}: ${error.message}`))
    page.on('console', (said) => { if (/Content Security Policy|Minified React error|unique "key"/.test(said.text())) this.troubles.push(`${name}: ${said.text()}`) })
  }

  async opens(path: string): Promise<void> { await this.page.goto(this.url + path) }
  /** Opens a link that signs in, and is through. */
  async walksIn(path: string): Promise<void> {
    await this.opens(path)
    await this.page.waitForURL((url) => url.pathname !== '/walk-in')
  }
  async reloads(): Promise<void> { await this.page.reload() }

  /** Whoever looks sees this: not what is only said aloud. */
  text(what: string | RegExp): Locator {
    return this.page.getByText(what).and(this.page.locator(':not([aria-live])')).filter({ visible: true }).first()
  }

  async sees(what: string | RegExp, within = PATIENCE): Promise<void> {
    await this.text(what).waitFor({ timeout: within }).catch(async () => {
      throw new Error(`${this.name} does not see ${what}. The page says:\n${await this.page.locator('body').innerText()}`)
    })
  }

  async seesNot(what: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(what).count(), { timeout: PATIENCE, message: `${this.name} sees ${what}` }).toBe(0)
  }

  /** What is said aloud, in either region. */
  async hears(what: string | RegExp): Promise<void> {
    await this.page.locator('[aria-live]').filter({ hasText: what }).first().waitFor({ state: 'attached' })
  }

  button(name: string | RegExp): Locator { return this.page.getByRole('button', { name }).first() }
  async taps(name: string | RegExp): Promise<void> { await this.button(name).click() }
  async presses(...keys: string[]): Promise<void> { for (const key of keys) await this.page.keyboard.press(key) }

  async writes(text: string): Promise<void> { await this.page.getByLabel('Your answer').fill(text) }
  async handsIn(): Promise<void> { await this.taps(/^Hand in/) }
  /** Writes and hands in, and waits until the page says that it is in. */
  async answers(text: string): Promise<void> {
    await this.writes(text)
    await this.handsIn()
    await this.sees(/Your answer is in, \d/)
  }

  /** An instructor's prompt, from the field to the board. */
  async asks(text: string, { seconds, stars }: { seconds?: string; stars?: number } = {}): Promise<void> {
    await this.page.locator('#next').fill(text)
    if (seconds) await this.page.getByRole('radiogroup', { name: 'Time' }).getByText(seconds, { exact: true }).click()
    if (stars !== undefined) await this.page.getByRole('radiogroup', { name: 'Stars each may give' }).getByText(String(stars), { exact: true }).click()
    await this.taps(/^Put it on the board/)
    await this.page.getByRole('heading', { level: 1, name: text }).waitFor()
  }

  async goesOffline(): Promise<void> { await this.context.setOffline(true) }
  async comesBack(): Promise<void> { await this.context.setOffline(false) }

  /** The line to the class is gone while the rest of the net is there: nothing reaches its socket, over any transport. */
  async losesTheLine(): Promise<void> {
    await this.context.routeWebSocket(/\/socket\.io\//, (socket) => socket.close())
    await this.context.route('**/socket.io/**', (route) => route.abort())
  }
  async hasTheLineAgain(): Promise<void> { await this.context.unrouteAll(); await this.context.routeWebSocket(/\/socket\.io\//, (socket) => void socket.connectToServer()) }

  /** Every message to the server takes this long from the next time the page is opened. */
  async isFarAway(ms: number): Promise<void> {
    await this.context.routeWebSocket(/\/socket\.io\//, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage((said) => void setTimeout(() => server.send(said), ms))
    })
    await this.page.reload()
  }

  /** What has the focus, as one would name it. */
  focus(): Promise<{ tag: string; text: string; id: string; ring: string; outlined: boolean }> {
    return this.page.evaluate(() => {
      const el = document.activeElement as HTMLElement
      const ring = getComputedStyle(el).boxShadow
      return { tag: el.tagName, text: (el.innerText || el.getAttribute('aria-label') || (el as HTMLInputElement).labels?.[0]?.innerText || '').trim(), id: el.id, ring, outlined: ring !== 'none' }
    })
  }

  /** What axe finds that is serious or worse. What comes while it looks is still fading in and has not the colours it will have:
   *  so what it finds is looked for again. */
  async barriers(): Promise<string[]> {
    let found = await this.look()
    for (let again = 0; found.length > 0 && again < 2; again++) found = await this.look()
    return found
  }

  private async look(): Promise<string[]> {
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(axe.source)
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => undefined))))
    // What is out of sight and not drawn yet has no ground that axe could find.
    const { violations } = await this.page.evaluate(async () => {
      const drawn = new CSSStyleSheet()
      drawn.replaceSync('* { content-visibility: visible !important }')
      document.adoptedStyleSheets.push(drawn)
      try { return await (globalThis as never as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }) } finally { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== drawn) }
    })
    return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).slice(0, 4).join(' | ')}`)
  }

  /** How far the page runs over its window sideways, and what does it. */
  async overflow(): Promise<string | null> {
    return this.page.evaluate(() => {
      const root = document.documentElement
      if (Math.max(root.scrollWidth, document.body.scrollWidth) <= root.clientWidth) return null
      const wide = [...document.querySelectorAll<HTMLElement>('body *')].filter((e) => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.right > root.clientWidth + 1 || r.left < -1) && !e.closest('.sr') })
      return `${root.scrollWidth} in ${root.clientWidth}: ${wide.slice(0, 3).map((e) => `${e.tagName}.${e.className} "${e.innerText?.slice(0, 30)}"`).join(', ')}`
    })
  }

  /** Light and dark, left to right and right to left, and as narrow as a phone gets: nothing is barred, nothing runs over. */
  async isFine(state: string): Promise<void> {
    const found: string[] = []
    const before = this.page.viewportSize()!
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme })
      for (const barrier of await this.barriers()) found.push(`${colorScheme}: ${barrier}`)
    }
    for (const width of before.width > 1_500 ? [800, 1280, 1920] : [320, 360, 768, 1024, 1440]) {
      await this.page.setViewportSize({ width, height: before.height })
      for (const dir of ['rtl', 'ltr']) {
        await this.page.evaluate((d) => { document.documentElement.dir = d }, dir)
        const over = await this.overflow()
        if (over) found.push(`${width} px, ${dir}: ${over}`)
      }
      if (width === 320) for (const barrier of await this.barriers()) found.push(`dark, 320 px: ${barrier}`)
    }
    await this.page.emulateMedia({ colorScheme: 'light' })
    await this.page.setViewportSize(before)
    expect(found, `${this.name}, ${state}`).toEqual([])
  }
}

const SOURCES = ['client', 'server/wire.ts', 'server/views.ts', 'server/kernel/contract.ts', 'server/kernel/view.ts', 'server/features', 'package-lock.json']
const DIST = join(ROOT, 'client/dist')

/** Builds the pages once if a source is newer than what was built; two test files that ask at once build once. */
export function pagesAreBuilt(): void {
  const lock = join(ROOT, 'node_modules/.cache/lectern-building')
  mkdirSync(join(lock, '..'), { recursive: true })
  for (const end = Date.now() + 50_000; ; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)) {
    if (isBuilt()) return
    try { mkdirSync(lock); break } catch { if (Date.now() > end) rmSync(lock, { recursive: true, force: true }) }
  }
  try {
    const made = join(ROOT, `node_modules/.cache/lectern-pages-${process.pid}`)
    const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn', '--outDir', made], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } })
    if (status !== 0) throw new Error(`the pages could not be built:\n${stdout}${stderr}`)
    const away = `${made}-old`
    if (existsSync(DIST)) renameSync(DIST, away)
    renameSync(made, DIST)
    rmSync(away, { recursive: true, force: true })
  } finally {
    rmdirSync(lock)
  }
}

function isBuilt(): boolean {
  const index = join(DIST, 'index.html')
  return existsSync(index) && SOURCES.every((place) => newest(join(ROOT, place)) < statSync(index).mtimeMs)
}

function newest(place: string): number {
  if (!statSync(place).isDirectory()) return statSync(place).mtimeMs
  return Math.max(0, ...readdirSync(place).filter((name) => !/^(dist|node_modules)$/.test(name)).map((name) => newest(join(place, name))))
}
