// One process: read the settings, assemble, listen, drain when asked to stop.
import { assemble } from './app.ts'
import { readConfig, WrongSettings } from './kernel/config.ts'
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

main().catch((err: unknown) => {
  const known = err instanceof WrongSettings || (err instanceof Error && err.name === 'CannotStart')
  process.stderr.write(`${known ? (err as Error).message : err instanceof Error ? `Lectern cannot start: ${err.message}\n${err.stack}` : String(err)}\n`)
  process.exit(1)
})
