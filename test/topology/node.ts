// One node of a town: a Lectern in a process of its own, with its own lines to the database and to Redis.
import { freePort, launched } from '../helpers/process.ts'
import { type Child, until } from './children.ts'
import type { Line } from './line.ts'

export type Node = Awaited<ReturnType<typeof opensNode>>

/** A node that is not started yet. `env`: its settings; `lines`: what its addresses go through, where they do. */
export async function opensNode(name: string, env: Record<string, string>, lines: { database?: Line | undefined; redis?: Line | undefined }) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let running: Child | undefined
  let before = ''
  const get = (path: string) => fetch(url + path, { signal: AbortSignal.timeout(3_000) })

  const node = {
    name, url, port, lines,
    /** Starts it, or starts it again on the same port; resolves once it is ready for traffic. `more`: settings for this time. */
    async starts(more: Record<string, string> = {}) {
      before += running?.output() ?? ''
      const started = (running = launched({ ...env, ...more }, port))
      await until(`${name} is ready`, async () => {
        if (!started.isAlive()) throw new Error(`${name} ended at start:\n${started.output()}`)
        return node.isReady()
      }, 60_000, 50).catch((error) => { throw new Error(`${error.message}\n${started.output()}`) })
    },
    /** The power goes: SIGKILL. */
    dies: async () => void (await running?.kill('SIGKILL')),
    /** Asked to stop: SIGTERM. Resolves with the exit code, which is 0 where all went well. */
    retires: () => running?.kill('SIGTERM') ?? Promise.resolve(null),
    /** Stands still with its sockets open: SIGSTOP. */
    hangs: () => running?.hangs(),
    goesOn: () => running?.goesOn(),
    isAlive: () => running?.isAlive() ?? false,
    isReady: () => get('/readyz').then((r) => r.ok, () => false),
    /** What it has said in all its lives. */
    output: () => before + (running?.output() ?? ''),
    /** A meter of /metrics, summed over the labels that are not given: `meter('lectern_joins_total', { with: 'replay' })`. */
    async meter(meter: string, labels: Record<string, string> = {}): Promise<number> {
      const lines = (await (await get('/metrics')).text()).split('\n').filter((line) => line.startsWith(`${meter} `) || line.startsWith(`${meter}{`))
      const mine = lines.filter((line) => Object.entries(labels).every(([k, v]) => line.includes(`${k}="${v}"`)))
      return mine.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    },
  }
  return node
}
