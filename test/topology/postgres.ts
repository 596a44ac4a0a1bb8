// A PostgreSQL cluster of the town's own, with fsync as it is in earnest, to be restarted and killed: the shared one is
// everybody's.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../helpers/process.ts'
import { type Child, child, until } from './children.ts'

const LIB = '/usr/lib/postgresql'
const USER = 'postgres'
/** How it is asked to stop: `fast` ends sessions and saves; `immediate` just ends, and recovers at its next start. */
const STOP = { fast: 'SIGINT', immediate: 'SIGQUIT', smart: 'SIGTERM' } as const

export type Postgres = Awaited<ReturnType<typeof opensPostgres>>

/** Makes a cluster and starts it. `settings`: as `-c` would take them. `standbyOf`: a copy of that one, which goes on hearing it. */
export async function opensPostgres(settings: Record<string, string> = {}, standbyOf?: { port: number }) {
  const bin = binaries()
  const dir = mkdtempSync(join(tmpdir(), 'lectern-pg-'))
  const asRoot = process.getuid?.() === 0
  if (asRoot) done('chown', [USER, dir])
  if (standbyOf) done(...as(asRoot, join(bin, 'pg_basebackup'), ['-h', '127.0.0.1', '-p', String(standbyOf.port), '-U', USER, '-D', dir, '-R', '--checkpoint=fast']))
  else done(...as(asRoot, join(bin, 'initdb'), ['-D', dir, '-A', 'trust', '-U', USER, '-E', 'UTF8', '--locale=C.UTF-8', '-N']))
  const port = await freePort()
  const url = `postgresql://${USER}@127.0.0.1:${port}/postgres`
  let server: Child | undefined
  const answers = () => ask(url, 'SELECT 1').then(() => true, () => false)

  const postgres = {
    url, port, answers,
    /** Starts it; after a crash, once what was left of the last one is gone. Resolves when it takes sessions. */
    async starts() {
      const all = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: dir, ...settings }).flatMap(([k, v]) => ['-c', `${k}=${v}`])
      const start = () => child(join(bin, 'postgres'), ['-D', dir, '-p', String(port), ...all], { as: USER })
      let started = (server = start())
      await until('PostgreSQL takes sessions', async () => {
        if (await answers()) return true
        if (started.isAlive()) return false
        if (!/shared memory block|lock file/.test(started.output())) throw new Error(`PostgreSQL ended at start:\n${started.output()}`)
        started = server = start()
        return false
      }, 30_000, 100)
    },
    stops: async (how: keyof typeof STOP = 'fast') => void (await server?.kill(STOP[how])),
    async restarts(how: keyof typeof STOP = 'fast') {
      await postgres.stops(how)
      await postgres.starts()
    },
    /** As when the power goes: nothing is saved, nobody is told. */
    dies: async () => void (await server?.kill('SIGKILL')),
    async closes() {
      await server?.kill('SIGQUIT')
      rmSync(dir, { recursive: true, force: true })
    },
  }
  await postgres.starts().catch(async (error) => {
    await postgres.closes()
    throw error
  })
  return postgres
}

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.query(text)
  } finally {
    await client.end().catch(() => {})
  }
}

function binaries(): string {
  const versions = existsSync(LIB) ? readdirSync(LIB).filter((v) => existsSync(join(LIB, v, 'lib/vector.so'))).sort((a, b) => Number(b) - Number(a)) : []
  if (!versions[0]) throw new Error('no PostgreSQL with pgvector is here: run test/services.sh')
  return join(LIB, versions[0], 'bin')
}

const as = (asRoot: boolean, command: string, args: string[]): [string, string[]] => (asRoot ? ['runuser', ['-u', USER, '--', command, ...args]] : [command, args])

function done(command: string, args: string[]) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: '/' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}
