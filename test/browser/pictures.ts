// Pictures of a class as it is, for the documents: npm run pictures. A demonstration class in a process of its own, a crowd of
// sixty that really answers, and what an instructor, a phone and the projector see of it at the reveal, on one canvas.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { ROOT } from '../../server/app.ts'
import { crowd } from '../crowd.ts'
import { freePort, starts } from '../helpers/process.ts'
import { CHROMIUM, pagesAreBuilt } from './stage.ts'

const QUESTION = 'A street near you gets ten degrees hotter than the park beside it. What would you change first, and who would you ask?'
const MINE = 'Shade before anything else: two rows of trees, and the bus stop under them. I would ask the people who wait there.'
/** The address that stands on the wall; the browser of these pictures knows the way to it. */
const HOUSE = 'http://class.example.org'
const TO = join(ROOT, 'docs/images')

async function takes(): Promise<void> {
  pagesAreBuilt()
  const dir = mkdtempSync(join(tmpdir(), 'lectern-pictures-'))
  const port = await freePort()
  const server = await starts({ DATA_DIR: dir, DEMO: 'true', DATABASE_URL: '', REDIS_URL: '', PUBLIC_URL: HOUSE }, port)
  const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--hide-scrollbars', `--host-resolver-rules=MAP ${new URL(HOUSE).host} 127.0.0.1:${port}`] })
  try {
    for (let n = 0; n < 100 && !/\/join\//.test(server.output()); n++) await new Promise((wake) => setTimeout(wake, 100))
    const link = (of: RegExp) => of.exec(server.output())![1] as string
    const opens = async (url: string, width: number, height: number, deviceScaleFactor = 1): Promise<Page> => {
      const page = await (await browser.newContext({ viewport: { width, height }, deviceScaleFactor, reducedMotion: 'reduce', locale: 'en-GB', serviceWorkers: 'block' })).newPage()
      await page.goto(url)
      return page
    }
    const [desk, phone, wall] = await Promise.all([opens(link(/Teach.*?(http\S+)/), 1440, 900), opens(link(/Learn,.*?(http\S+)/), 360, 740, 2), opens(link(/projector\s+(http\S+)/), 1920, 1080)])
    await desk.getByLabel(/today’s class called/).fill('Monday evening')
    await desk.getByRole('button', { name: 'Start class' }).click()
    const people = await crowd({ url: server.url, code: link(/\/join\/(\S+)/), learners: 59, answerWithin: 6, seed: 12 })
    await desk.locator('#next').fill(QUESTION)
    await desk.getByRole('button', { name: /^Put it on the board/ }).click()
    await phone.getByLabel('Your answer').fill(MINE)
    await phone.getByRole('button', { name: /^Hand in/ }).click()
    await desk.getByRole('img', { name: '60 of 60 answered' }).waitFor({ timeout: 20_000 })
    await keep(desk, 'answers')
    const shown = desk.getByText('All 60 answers are shown')
    await desk.getByRole('button', { name: /^Reveal all/ }).click()
    await desk.getByRole('button', { name: /again/ }).click({ timeout: 500 }).catch(() => undefined)
    await shown.waitFor()
    // The class reads, and gives its stars.
    await new Promise((wake) => setTimeout(wake, 13_000))
    await desk.getByRole('button', { name: 'Most starred' }).click()
    await phone.getByRole('button', { name: /^Star / }).first().click()
    await phone.evaluate(() => scrollTo(0, 0))
    await wall.keyboard.press('s')
    await new Promise((wake) => setTimeout(wake, 1_500))
    await desk.keyboard.press('n')
    await new Promise((wake) => setTimeout(wake, 800))
    await canvas(await browser.newPage({ viewport: { width: 1400, height: 940 } }), await desk.screenshot(), await phone.screenshot(), await wall.screenshot())
    await people.leave()
  } finally {
    await browser.close()
    await server.kill('SIGTERM')
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A picture for the eye of who works on it; not for the documents. */
const keep = (page: Page, name: string) => (process.env.PICTURES_ALL ? page.screenshot({ path: join(process.env.PICTURES_ALL, `${name}.png`) }) : undefined)

/** The three side by side, as they stand in a room: the wall behind, the laptop before it, the phone in the hand. */
async function canvas(page: Page, desk: Buffer, phone: Buffer, wall: Buffer): Promise<void> {
  const img = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`
  await page.setContent(`<style>
    body { margin: 0; width: 1400px; height: 940px; background: #e6eae4; position: relative; overflow: hidden }
    figure { margin: 0; position: absolute; overflow: hidden; box-shadow: 0 0 0 1px rgb(21 32 27 / .16) } img { display: block; width: 100% }
    .wall { width: 820px; left: 548px; top: 32px; border-radius: 4px } .desk { width: 900px; left: 32px; top: 346px; border-radius: 10px } .phone { width: 254px; left: 1092px; top: 360px; border-radius: 26px; border: 7px solid #15201b }
  </style><figure class="wall"><img src="${img(wall)}"></figure><figure class="desk"><img src="${img(desk)}"></figure><figure class="phone"><img src="${img(phone)}"></figure>`)
  mkdirSync(TO, { recursive: true })
  const path = join(TO, 'class.png')
  await page.screenshot({ path })
  const kb = Math.round(statSync(path).size / 1024)
  process.stdout.write(`docs/images/class.png: ${kb} KB\n`)
  if (kb >= 400) throw new Error('a picture for the README is under 400 KB')
}

if (!CHROMIUM) { process.stderr.write('There is no Chromium here: test/services.sh installs it.\n'); process.exit(1) }
await takes()
process.exit(0)
