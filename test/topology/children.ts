// Processes of a town. None outlives the test that started it, also when that test fails or is killed itself.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

const SETPRIV = '/usr/bin/setpriv'
const alive = new Set<ChildProcess>()
process.on('exit', () => { for (const child of alive) child.kill('SIGKILL') })

export type Child = {
  process: ChildProcess
  output(): string
  isAlive(): boolean
  /** Resolves with the exit code once it has ended; null where a signal ended it. */
  ended: Promise<number | null>
  /** Sends the signal; resolves once it has ended. A stopped one ends too. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
  /** Stands still, its sockets open, until `goesOn`. */
  hangs(): void
  goesOn(): void
}

/** Starts a process; `as`: the user it runs as, where we are root. */
export function child(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; as?: string } = {}): Child {
  const { as, ...rest } = options
  const [file, all] = mortal(command, args, as)
  const started = spawn(file, all, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] })
  alive.add(started)
  let output = ''
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (data) => { output = (output + data).slice(-200_000) })
  started.once('error', (error) => { output += error.message })
  const ended = once(started, 'exit').then(([code]) => code as number | null, () => null).finally(() => alive.delete(started))
  const isAlive = () => started.exitCode === null && started.signalCode === null
  return {
    process: started, output: () => output, isAlive, ended,
    async kill(signal = 'SIGKILL') {
      if (!isAlive()) return ended
      started.kill(signal)
      if (signal !== 'SIGKILL') started.kill('SIGCONT')
      return ended
    },
    hangs: () => void started.kill('SIGSTOP'),
    goesOn: () => void started.kill('SIGCONT'),
  }
}

// The kernel ends them with us (PR_SET_PDEATHSIG), since nobody can hear of a SIGKILL. Not through `runuser`: signals are
// meant for the process itself, not for one that stands before it.
function mortal(command: string, args: string[], as: string | undefined): [string, string[]] {
  if (!existsSync(SETPRIV)) return [command, args]
  const user = as && process.getuid?.() === 0 ? ['--reuid', as, '--regid', as, '--init-groups'] : []
  return [SETPRIV, [...user, '--pdeathsig', 'KILL', '--', command, ...args]]
}

/** Asks again until it is so; `what` says in the error what was waited for. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, within = 20_000, every = 25): Promise<void> {
  const end = Date.now() + within
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`in ${within} ms it did not come that ${what}`)
    await new Promise((wake) => setTimeout(wake, every))
  }
}
