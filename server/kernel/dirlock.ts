// One process at a time in a data directory. A process that was killed blocks nobody: its mark names it by pid and start
// time, and a dead one's mark is swept away by whoever comes next.
//
// Each starter puts down a mark of its own (a name that is never used again, so sweeping is always safe), and then
// looks around. It holds the directory once it has seen no other living mark; of two starters that see each other, the
// first by name goes on. Whoever put its mark down later sees the earlier one, so two can never both hold.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE = 10_000
const HELD = '.held'

/** Takes the directory, or throws and names who has it. The answer lets go of it. */
export async function hold(dir: string): Promise<() => void> {
  const place = join(dir, 'lock')
  mkdirSync(place, { recursive: true })
  const mine = `${process.pid}.${startOf(process.pid) ?? 'unknown'}.${randomBytes(4).toString('hex')}`
  const release = () => { for (const name of [mine, mine + HELD]) rmSync(join(place, name), { force: true }) }
  writeFileSync(join(place, mine), '', { flag: 'wx' })

  for (const until = Date.now() + PATIENCE; ; await sleep(20)) {
    const others = living(place).filter((name) => !name.startsWith(mine))
    if (!others.length) {
      writeFileSync(join(place, mine + HELD), '')
      return release
    }
    const first = others.find((name) => name.endsWith(HELD)) ?? others.find((name) => name < mine)
    if (first || Date.now() > until) {
      release()
      throw new Error(`The data directory ${dir} is in use by another process (pid ${(first ?? others[0]!).split('.')[0]}). Stop it first, or choose another directory.`)
    }
  }
}

function living(place: string): string[] {
  return readdirSync(place).filter((name) => {
    const [pid, start] = name.split('.')
    if (isRunning(Number(pid), start!)) return true
    rmSync(join(place, name), { force: true })
    return false
  })
}

function isRunning(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = startOf(pid)
  return now === null || start === 'unknown' || now === start
}

/** When a process started, as a short text that no other process with this pid has; 'dead' for one that only waits to
 *  be reaped; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === 'win32') return null
    if (process.platform !== 'linux') return short(execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }))
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // proc(5): from the third field on
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead'
    return short(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + fields[19])
  } catch {
    return null
  }
}

const short = (text: string) => createHash('sha256').update(text.trim()).digest('hex').slice(0, 12)
