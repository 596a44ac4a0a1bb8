// An hour of class in a town: a course of ../shared/courses as the importer brings it in, three hundred people on the list and
// with the code, and browsers whose logs are judged as everybody's.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../server/app.ts'
import { walkInLink } from '../../server/features/accounts/index.ts'
import { Overheard } from '../browser/overheard.ts'
import { type Actor, pagesAreBuilt, Stage } from '../browser/stage.ts'
import { type Folk, gathers, type Row } from './folk.ts'
import { judge, type Log } from './history.ts'
import { readStored } from './history.stored.ts'
import { heardBy } from './history.streams.ts'
import { type Line, opensLine } from './line.ts'
import type { Regular } from './regular.ts'
import { opens, type Town } from './town.ts'

const [SHARED, OURS] = [join(ROOT, '../shared/courses/iot-for-beginners'), join(ROOT, 'server/demo/how-cities-breathe')]
const COURSE = existsSync(SHARED) ? SHARED : OURS
const IN_A_BATCH = 140
const GUESTS = 17
/** How long a drop is, and how long the line holds between two, in milliseconds. */
const [GONE, HOLDS] = [2_500, 20_000]

export type Browsing = { actor: Actor; heard: Overheard }
export type Hour = Awaited<ReturnType<typeof anHour>>

/** Opens the town and brings all in but those who are late. */
export async function anHour() {
  pagesAreBuilt()
  const town = await opens({ nodes: 2 })
  const line = await opensLine(Number(new URL(town.url).port))
  const stage = await Stage.opens(town.url)
  const closes = async () => {
    try { await stage.ends() } finally { await line.closes(); await town.closes() }
  }
  try {
    const report = await imported(town)
    const folk = await gathers(town, { learners: GUESTS, slug: basename(COURSE) })
    const [first, second] = [1, 2].map((batchNo) => Array.from({ length: IN_A_BATCH }, (_, n): Row => ({ email: `b${batchNo}-${n}@school.test`, name: `Batch ${batchNo} ${n}`, batchNo, ...(n % 20 === 19 && { timeFactor: 2 }) }))) as [Row[], Row[]]
    const listed = await folk.lists([...first, ...second])
    const staff = { role: 'instructor' }
    const ruth = await browses(town, folk, stage, { email: 'ruth@school.test', name: 'Ruth', ...staff }, 'laptop')
    const sam = await browses(town, folk, stage, { email: 'sam@school.test', name: 'Sam', ...staff }, 'laptop')
    const ada = await browses(town, folk, stage, { email: 'ada@school.test', name: 'Ada', batchNo: 1 }, 'phone', `http://127.0.0.1:${line.port}`)
    const screen = await browses(town, folk, stage, { email: 'ruth@school.test', name: 'Ruth', ...staff }, 'wall')
    const browsers = [ruth, sam, ada, screen]
    return {
      town, folk, line, report, ruth, sam, ada, screen, closes,
      first: listed.slice(0, IN_A_BATCH), second: listed.slice(IN_A_BATCH), guests: folk.learners.slice(0, GUESTS),
      logs: (): Log[] => [...folk.all.map((p) => p.log()), ...browsers.map((b) => b.heard.log())],
      verdict: async () => judge([...folk.all.map((p) => p.log()), ...browsers.map((b) => b.heard.log())], await readStored(town.sql)),
      /** Which of the browsers have not heard all that there is. */
      async behind(): Promise<string[]> {
        const heads = new Map((await town.sql<{ name: string; seq: string }>('SELECT name, seq FROM streams')).map((h) => [h.name, Number(h.seq)]))
        return browsers.filter(({ heard }) => {
          const { last } = heardBy(heard.log(), new Map(), [])
          return !heard.isIn || Object.entries(last).some(([s, seq]) => seq < (heads.get(s) ?? 0))
        }).map((b) => b.heard.who)
      },
    }
  } catch (error) {
    await closes().catch(() => {})
    throw error
  }
}

/** Runs `npm run import` on the town's database, while its nodes run; resolves with what it printed. */
async function imported(town: Town): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/cli/import.ts', COURSE], { cwd: ROOT, env: { ...process.env, NODE_ENV: '', DATABASE_URL: town.databaseUrl } })
  return stdout
}

/** Puts somebody on the list and before a page, over a line of their own where `url` says so. */
async function browses(town: Town, folk: Folk, stage: Stage, row: Row, size: 'laptop' | 'phone' | 'wall', url = town.url): Promise<Browsing> {
  await folk.rest('POST', `/cohorts/${folk.cohortId}/members`, { members: [row] }, folk.teacher.token)
  const { user } = await folk.rest('POST', '/auth/dev', { email: row.email, name: row.name })
  const actor = await stage.has(size === 'wall' ? 'the Screen' : row.name, size, { reducedMotion: 'reduce' }, url)
  const heard = new Overheard(actor.page, { who: actor.name, userId: user.userId, cohortId: folk.cohortId })
  const to = size === 'wall' ? `/screen/${folk.cohortId}` : `/class/${folk.cohortId}`
  await actor.walksIn(`/walk-in?to=${encodeURIComponent(to)}#${await walkInLink(town.sql as never, user.userId)}`)
  return { actor, heard }
}

/** The line drops again and again, until `ends` is called, which leaves it whole; resolves with how often it did. */
export function dropping(line: Line): { ends(): Promise<number> } {
  let drops = 0
  let isOver = false
  let wake = () => {}
  const pause = (ms: number) => new Promise<void>((done) => { const timer = setTimeout(done, ms); wake = () => { clearTimeout(timer); done() } })
  const going = (async () => {
    for (;;) {
      await pause(HOLDS)
      if (isOver) return drops
      await line.cuts()
      drops++
      await new Promise((done) => setTimeout(done, GONE))
      await line.mends()
    }
  })()
  return { ends() { isOver = true; wake(); return going } }
}

/** What each of them says to it, with an outcome; how many were taken. */
export async function allAnswer(people: readonly Regular[], promptId: string, says: (p: Regular, n: number) => object): Promise<number> {
  const acks = await Promise.all(people.map((p, n) => p.insists('coldcall:answer', { promptId, ...says(p, n) } as never)))
  return acks.filter((a) => a.ok).length
}
