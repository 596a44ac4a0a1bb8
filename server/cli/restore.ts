// lectern restore <file> [--replace] [--quiet]: a backup into the database that the settings name. Leaves with 1 where that could
// not be, and then has changed nothing; with 2 where it was asked wrongly.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '#kernel/config'
import { openLog } from '#kernel/log'
import { restore } from '#kernel/restore'
import type { Sql } from '#kernel/sql'
import { seconds } from './backup.ts'
import { interrupted, many, mb, openProgress } from './progress.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')
const USAGE = 'Usage: lectern restore <file> [--replace] [--quiet]'

/** Whether somebody would be lost. */
export const hasPeople = async (sql: Sql) => (await sql<{ some: boolean }>('SELECT EXISTS (SELECT FROM users) AS some'))[0]!.some

export async function run(args: string[]): Promise<number> {
  const asked = read(args)
  if (typeof asked === 'string') return say(asked, 2)
  const { file, replace, quiet } = asked
  const began = performance.now()
  const progress = openProgress(process.stderr, quiet)
  const { signal, off } = interrupted()
  try {
    const { databaseUrl: url, dataDir: dir } = readConfig(process.env)
    const { rows, tables, files, jobs, bytes, manifest, kept } = await restore({ file, url, dir, migrations: MIGRATIONS, isInUse: hasPeople, replace, log: openLog('warn'), signal, said: progress.said })
    progress.end()
    if (!quiet) {
      process.stdout.write(`Restored what was there at ${manifest.madeAt} (Lectern ${manifest.version}): ${many(rows, 'row')} of ${many(tables, 'table')}, ${many(jobs, 'job')}, ${many(files, 'file')}, ${mb(bytes)}, in ${seconds(began)} s.\n`)
      for (const place of kept) process.stdout.write(`What was there before is in ${place}: delete it when you are sure.\n`)
    }
    return 0
  } catch (error) {
    progress.end()
    return say(signal.aborted ? (signal.reason as Error).message : (error as Error).message, signal.aborted ? 130 : 1)
  } finally {
    off()
  }
}

function read(args: string[]): { file: string; replace: boolean; quiet: boolean } | string {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { replace: { type: 'boolean', default: false }, quiet: { type: 'boolean', default: false } } })
    if (positionals.length !== 1) return USAGE
    return { file: resolve(process.env.INIT_CWD ?? '.', positionals[0] as string), ...values }
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`
  }
}

function say(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}
