// The child's end: a process of the bench answers what the run asks it over IPC. With BENCH_PROF=folder it leaves a CPU
// profile there, from the first reading of its CPU on.
import { mkdirSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { basename, join } from 'node:path'

const FOLDER = process.env.BENCH_PROF

/** Milliseconds of the clock that all processes of one machine share. */
export const nowMs = () => Number(process.hrtime.bigint()) / 1e6

/** The setting that the run began this process with. */
export const setting = <T>(): T => JSON.parse(process.argv[2] as string) as T

/** Answers by verb. Every process also tells its `cpu` (user + system, in ms; `collect`: after a garbage collection) and its `heap`
 *  (bytes that are in use after everything that can be collected is), and `end`s. */
export function answers(verbs: Record<string, (asked: any) => unknown>): void {
  let profiled: (() => void) | undefined
  const all: typeof verbs = {
    cpu({ collect }: { collect: boolean }) {
      if (collect) globalThis.gc?.()
      if (FOLDER) profiled ??= profile(FOLDER)
      const { userCPUTime, systemCPUTime } = process.resourceUsage()
      return (userCPUTime + systemCPUTime) / 1000
    },
    async heap() {
      // What a collection lets go of may hold more: it is asked for until nothing goes any more.
      for (let last = Number.POSITIVE_INFINITY, i = 0; i < 10; i++) {
        globalThis.gc?.()
        await new Promise((next) => setTimeout(next, 50))
        const { heapUsed } = process.memoryUsage()
        if (heapUsed > last - 10_000) break
        last = heapUsed
      }
      globalThis.gc?.()
      return process.memoryUsage().heapUsed
    },
    end() {
      profiled?.()
      setTimeout(() => process.exit(0), 20)
    },
    ...verbs,
  }
  process.on('message', async ({ id, verb, asked }: { id: number; verb: string; asked: unknown }) => {
    const reply = await Promise.resolve().then(() => all[verb]?.(asked)).then((value) => ({ value }), (error) => ({ error: String(error?.stack ?? error) }))
    process.send?.({ id, ...reply })
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ id: 0, value: null })
}

/** Begins a profile; what it returns writes it down. */
function profile(folder: string): () => void {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: 200 })
  session.post('Profiler.start')
  return () => session.post('Profiler.stop', (_error, { profile }) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${basename(process.argv[1] as string, '.ts')}-${process.pid}.cpuprofile`), JSON.stringify(profile))
  })
}
