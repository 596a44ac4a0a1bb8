// A Lectern as its own process, to be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { ROOT } from '../../server/app.ts'

/** A port that is free now, below the range that outgoing sockets take. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const probe = createServer()
    const free = await new Promise<boolean>((done) => probe.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)))
    if (free) {
      await new Promise((done) => probe.close(done))
      return port
    }
  }
}

export type Running = { url: string; child: ChildProcess; output: () => string; kill(signal: NodeJS.Signals): Promise<number | null> }

/** Starts the server with these settings; resolves once it is ready for traffic. */
export async function starts(env: Record<string, string>, port: number): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { cwd: ROOT, env: { ...process.env, NODE_ENV: '', PORT: String(port), AUTH_DEV: 'true', DEMO: 'false', LOG_LEVEL: 'warn', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (d) => { output += d })
  child.stderr.on('data', (d) => { output += d })
  const url = `http://127.0.0.1:${port}`
  const ended = once(child, 'exit')
  const end = Date.now() + 40_000
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended at start:\n${output}`)
    if (await fetch(`${url}/readyz`).then((r) => r.ok, () => false)) break
    if (Date.now() > end) throw new Error(`it was not ready in time:\n${output}`)
    await new Promise((wake) => setTimeout(wake, 50))
  }
  return {
    url, child, output: () => output,
    async kill(signal) {
      child.kill(signal)
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}
