// The server is killed in the middle of a class, and comes back: the pages say so, and heal by themselves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

inBrowsers('a server that is killed', () => {
  let dir: string
  let stage: Stage
  let server: Running
  let port: number
  const begins = async () => { server = await starts({ DATA_DIR: dir, DEMO: 'true', DATABASE_URL: '', REDIS_URL: '' }, port) }
  beforeAll(async () => {
    pagesAreBuilt()
    dir = mkdtempSync(join(tmpdir(), 'lectern-heals-'))
    port = await freePort()
    await begins()
    stage = await Stage.opens(server.url)
  })
  afterAll(async () => {
    await stage?.ends()
    await server?.kill('SIGKILL').catch(() => null)
    rmSync(dir, { recursive: true, force: true })
  })

  it('[CL13] says so on every page, keeps what is written, and goes on by itself', async () => {
    await expect.poll(() => server.output(), { timeout: 10_000 }).toMatch(/\/join\//)
    const link = (of: RegExp) => of.exec(server.output())![1]!.slice(server.url.length)
    const [teacher, sam, wall] = await Promise.all([stage.has('teacher', 'laptop'), stage.has('sam'), stage.has('screen', 'wall')])
    await Promise.all([teacher.opens(link(/Teach.*?(http\S+)/)), sam.opens(link(/Learn,.*?(http\S+)/)), wall.opens(link(/projector\s+(http\S+)/))])
    await teacher.asks('What would you keep?')
    await Promise.all([sam.sees('What would you keep?'), wall.sees('What would you keep?')])

    await server.kill('SIGKILL')
    await sam.sees('Not connected')
    await Promise.all([teacher.sees('Not connected'), wall.sees('Not connected, it comes back by itself')])
    await sam.writes('The trees')
    await sam.handsIn()
    await sam.sees('your answer is kept here')

    await begins()
    await sam.sees(/Your answer is in, \d/, 25_000)
    await teacher.sees('The trees', 25_000)
    await wall.page.getByRole('img', { name: '1 of 1 answered' }).waitFor({ timeout: 25_000 })
    await Promise.all([sam, teacher, wall].map((one) => one.seesNot(/Not connected/)))
    await teacher.taps('Reveal all to the room')
    await wall.sees('The trees')
  }, 90_000)
})
