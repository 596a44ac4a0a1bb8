// npx tsx test/bench/page.ts [--clients 1000] [--runs 3] [--over 10] [--trace file.json]: an instructor's page in Chromium
// while a class answers, once all in the same moment and once over so many seconds. Prints the longest frame, the 99th of a
// hundred, and how many took longer than 50 ms; and beside them the longest task of the page, by the clock and by what it had of the
// processor, since on a small machine the server, the database and the class take it from the page.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { walkInLink } from '../../server/features/accounts/index.ts'
import { pagesAreBuilt, Stage } from '../browser/stage.ts'
import { begin } from './asking.ts'
import { median } from './figures.ts'
import { type Ground, makeGround } from './ground.ts'

const SLOW = 50
const { values } = parseArgs({ options: { clients: { type: 'string', default: '1000' }, runs: { type: 'string', default: '3' }, over: { type: 'string', default: '10' }, trace: { type: 'string' } } })
const [clients, runs, over] = [values.clients, values.runs, values.over].map(Number) as [number, number, number]
if (![clients, runs, over].every((n) => n >= 1)) throw new Error('npx tsx test/bench/page.ts [--clients 1000] [--runs 3] [--over 10]')
type Frames = { longest: number; p99: number; slow: number; frames: number; task: number; tasks: number; own: number; rows: number }

pagesAreBuilt()
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}; ${clients} answers, ${runs} runs`)
const ground = await makeGround(clients)
try {
  for (const [name, ms] of [['all at once', 0], [`over ${over} s`, over * 1_000]] as const) {
    const all: Frames[] = []
    for (let i = 0; i < runs; i++) {
      const one = await measured(ground, ms)
      all.push(one)
      console.log(`${name} ${i + 1}/${runs}  ${line(one)}`)
    }
    console.log(`${name}, median  ${line(Object.fromEntries(Object.keys(all[0] as Frames).map((k) => [k, median(all.map((one) => one[k as keyof Frames]))])) as Frames)}\n`)
  }
} finally {
  await ground.drop()
}

function line({ longest, p99, slow, frames, task, tasks, own, rows }: Frames): string {
  return `longest frame ${longest.toFixed(0)} ms   p99 ${p99.toFixed(0)} ms   over ${SLOW} ms: ${slow} of ${frames}   longest task over ${SLOW} ms: ${task.toFixed(0)} ms, ${tasks} of them; the longest had ${own.toFixed(0)} ms of the processor   ${rows} rows drawn`
}

async function measured({ cohortId, cast, teacher, copy }: Ground, over: number): Promise<Frames> {
  const db = await copy()
  const server = await begin('lectern.ts', { databaseUrl: db.url, cohortId })
  const load = await begin('load.ts', {})
  const url = await server.ask<string>('where')
  const stage = await Stage.opens(url)
  try {
    const ruth = await stage.has('ruth', 'laptop')
    await ruth.walksIn(`/walk-in?to=${encodeURIComponent(`/class/${cohortId}`)}#${await walkInLink(db.sql as never, teacher.userId)}`)
    const auths = await server.ask<object[]>('tokens', { cast })
    await load.ask('come', { url, kind: 'socket.io', auths, join: { cohortId } })
    await ruth.sees(`of ${clients.toLocaleString('en-GB')}`)
    await ruth.asks('Why does the sensor sleep between two readings?')
    const [{ prompt_id: promptId }] = await db.sql(`SELECT prompt_id FROM cold_call_prompts WHERE state = 'open'`) as [{ prompt_id: string }]
    await ruth.page.evaluate('globalThis.__name = (named) => named') // what tsx puts around functions, and a page does not know
    await ruth.page.evaluate(watches, SLOW)
    await stage.browser.startTracing(ruth.page, { categories: ['toplevel', 'devtools.timeline', ...(values.trace ? ['disabled-by-default-v8.cpu_profiler'] : [])] })
    // Asked once, so that nobody but the page itself takes its time while it is watched.
    const seen = ruth.page.evaluate((all) => (globalThis as never as { seen(all: string): Promise<Omit<Frames, 'rows' | 'own'>> }).seen(all), clients.toLocaleString('en-GB'))
    await pause(500)
    await load.ask('answer', { promptId, over })
    const frames = await seen
    const trace = await stage.browser.stopTracing()
    if (values.trace) writeFileSync(values.trace, trace)
    return { ...frames, own: ownWork(JSON.parse(trace.toString()).traceEvents), rows: await ruth.page.locator('.answers > li').count() }
  } finally {
    await stage.ends()
    await load.end()
    await server.end()
    await db.drop()
  }
}

/** Runs in the page: each frame is timed, and each task that is long, until so many answers are counted on it. */
function watches(slow: number): void {
  const deltas: number[] = []
  const tasks: number[] = []
  const count = document.querySelector('.tools .big-n')
  const look = (all: string, done: (seen: object) => void) => {
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) tasks.push(entry.duration) }).observe({ type: 'longtask' })
    let last = 0
    let left = 30
    const tick = (now: number) => {
      if (last > 0) deltas.push(now - last)
      last = now
      if (count?.textContent === all) left-- // and what is drawn after the last of them
      if (left > 0) return void requestAnimationFrame(tick)
      const sorted = [...deltas].sort((a, b) => a - b)
      done({ longest: sorted.at(-1) ?? 0, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, slow: sorted.filter((d) => d > slow).length, frames: sorted.length, task: Math.max(0, ...tasks), tasks: tasks.length })
    }
    requestAnimationFrame(tick)
  }
  // What it took to ask is over by then.
  (globalThis as never as { seen: unknown }).seen = (all: string) => new Promise((done) => setTimeout(look, 100, all, done))
}

type Traced = { name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; tdur?: number }

/** The longest task of the page's main thread, in milliseconds of the processor; what we asked of it ourselves does not count. */
function ownWork(events: readonly Traced[]): number {
  const thread = (e: Traced) => `${e.pid} ${e.tid}`
  const calls = new Map<string, number>()
  for (const e of events) if (e.name === 'FunctionCall') calls.set(thread(e), (calls.get(thread(e)) ?? 0) + 1)
  const main = [...calls].sort((a, b) => b[1] - a[1])[0]?.[0]
  const mine = events.filter((e) => e.ph === 'X' && thread(e) === main)
  const ours = mine.filter((e) => e.name === 'EvaluateScript')
  const tasks = mine.filter((e) => e.name.endsWith('RunTask') && !ours.some((o) => o.ts >= e.ts && o.ts <= e.ts + (e.dur ?? 0)))
  return Math.max(0, ...tasks.map((e) => (e.tdur ?? 0) / 1_000))
}
