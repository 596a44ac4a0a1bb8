// A Lectern as its own process, to be killed.
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { ROOT } from '../../server/app.ts'
import { type Child, child } from '../topology/children.ts'

const given = new Set<number>()

/** A port that is free now, below the range that outgoing sockets take; no port twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (given.has(port)) continue
    given.add(port)
    const probe = createServer()
    const free = await new Promise<boolean>((done) => probe.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)))
    if (free) {
      await new Promise((done) => probe.close(done))
      return port
    }
  }
}

export type Running = { url: string; child: ChildProcess; output: () => string; kill(signal: NodeJS.Signals): Promise<number | null>; hangs(): void; goesOn(): void }

/** The server as a process with these settings, from its first moment. */
export function launched(env: Record<string, string>, port: number): Child {
  return child(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: '', PORT: String(port), AUTH_DEV: 'true', DEMO: 'false', LOG_LEVEL: 'warn', ...env },
  })
}

/** Starts the server with these settings; resolves once it is ready for traffic. */
export async function starts(env: Record<string, string>, port: number): Promise<Running> {
  const started = launched(env, port)
  const url = `http://127.0.0.1:${port}`
  const end = Date.now() + 40_000
  for (;;) {
    if (!started.isAlive()) throw new Error(`it ended at start:\n${started.output()}`)
    if (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then((r) => r.ok, () => false)) break
    if (Date.now() > end) {
      await started.kill()
      throw new Error(`it was not ready in time:\n${started.output()}`)
    }
    await new Promise((wake) => setTimeout(wake, 50))
  }
  return { url, child: started.process, output: started.output, kill: started.kill, hangs: started.hangs, goesOn: started.goesOn }
}
