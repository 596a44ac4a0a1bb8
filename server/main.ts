// One process: read the settings, assemble, listen, drain when asked to stop.
import { assemble } from './app.ts'
import { CannotStart, readConfig } from './kernel/config.ts'
import { openLog } from './kernel/log.ts'
import { welcome } from './welcome.ts'

const DRAIN_MS = 2_000

async function main() {
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const app = await assemble(config, log)
  await app.listen()
  log.info({ url: app.url, database: app.db.kind }, 'Lectern is ready')

  let stopping = false
  const stop = (why: string, code: number) => {
    if (stopping) process.exit(130) // asked twice: at once
    stopping = true
    log.info({ why }, 'stopping: no newcomers, what is under way is finished')
    setTimeout(() => process.exit(1), 15_000).unref()
    app.drain(DRAIN_MS).then(() => process.exit(code), (err) => {
      log.error({ err }, 'the stop was not clean')
      process.exit(1)
    })
  }
  process.on('SIGTERM', () => stop('SIGTERM', 0))
  process.on('SIGINT', () => stop('SIGINT', 0))
  process.on('unhandledRejection', (err) => {
    log.error({ err }, 'something was not caught')
    stop('unhandledRejection', 1)
  })
  process.stdout.write(await welcome(app, log))
}

/** Why it does not start, for a person; the stack only where nobody foresaw it. */
function inWords(err: unknown): string {
  const { code, port } = err as { code?: string; port?: number }
  if (code === 'EADDRINUSE') return `Lectern cannot start: something listens on port ${port} already. Stop it, or choose another port: PORT=${(port ?? 3000) + 1} npm start`
  if (code === 'EACCES' && port) return `Lectern cannot start: this user may not listen on port ${port}. Choose one above 1023, for instance PORT=3000.`
  if (code === 'EADDRNOTAVAIL') return `Lectern cannot start: HOST is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.`
  if (err instanceof CannotStart) return err.message
  return err instanceof Error ? `Lectern cannot start: ${err.message}\n${err.stack}` : String(err)
}

main().catch((err: unknown) => {
  process.stderr.write(`${inWords(err)}\n`)
  process.exit(1)
})
