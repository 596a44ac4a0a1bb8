// lectern backup <file> [--overwrite] [--quiet]: everything to one file. Leaves with 1 where that could not be, 2 where it was
// asked wrongly.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from '#kernel/backup'
import { readConfig } from '#kernel/config'
import { versionOf } from '#kernel/http'
import { interrupted, many, mb, openProgress } from './progress.ts'

const ROOT = join(import.meta.dirname, '../..')
const USAGE = 'Usage: lectern backup <file> [--overwrite] [--quiet]'

export async function run(args: string[]): Promise<number> {
  const asked = read(args)
  if (typeof asked === 'string') return say(asked, 2)
  const { file, overwrite, quiet } = asked
  const began = performance.now()
  const progress = openProgress(process.stderr, quiet)
  const { signal, off } = interrupted()
  try {
    const { databaseUrl: url, dataDir: dir } = readConfig(process.env)
    const odd = (path: string) => void say(`uploads/${path} is not a plain file, and was left out.`, 0)
    const { rows, tables, files, jobs, bytes } = await backUp({ file, url, dir, version: versionOf(ROOT), overwrite, signal, said: progress.said, odd })
    progress.end()
    if (!quiet) process.stdout.write(`${file}: ${many(rows, 'row')} of ${many(tables, 'table')}, ${many(jobs, 'job')}, ${many(files, 'file')}, ${mb(bytes)}, in ${seconds(began)} s. It holds secrets: keep it where only you can read it.\n`)
    return 0
  } catch (error) {
    progress.end()
    return say(signal.aborted ? (signal.reason as Error).message : (error as Error).message, signal.aborted ? 130 : 1)
  } finally {
    off()
  }
}

function read(args: string[]): { file: string; overwrite: boolean; quiet: boolean } | string {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { overwrite: { type: 'boolean', default: false }, quiet: { type: 'boolean', default: false } } })
    if (positionals.length !== 1) return USAGE
    // npm runs this at the top of the project; the path was typed where the person stands.
    return { file: resolve(process.env.INIT_CWD ?? '.', positionals[0] as string), ...values }
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`
  }
}

export const seconds = (began: number) => ((performance.now() - began) / 1000).toFixed(1)

function say(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}
