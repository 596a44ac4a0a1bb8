// A backup is one file: gzip'd lines of JSON, the same from and to either database. In order:
//   {"manifest":{…}}                                what made it, when, and the migrations of its database
//   {"table":…,"columns":[[name,type]…],"rows":n}   and then n lines, each an array of the columns' text, null for NULL
//   {"queue":{…}} {"job":{…}}                       the queues, and the jobs that were not yet done
//   {"file":"a/b.png"}                              an upload, and then its bytes as lines of base64
//   {"end":{…}}                                     how many of each, and the sha256 of every line before
// A file that is cut off or damaged has no end that fits, and is refused before anything is changed.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { sync } from './epoch.ts'

export const FORMAT = 1
const LONGEST_LINE = 512 * 1024 * 1024

export type Manifest = { format: number; version: string; madeAt: string; from: 'pglite' | 'postgres'; rows: number; migrations: { name: string; checksum: string }[] }
export type Column = readonly [name: string, type: string]
export type Table = { table: string; columns: Column[]; rows: number }
export type Job = { id: string; name: string; data: object | null; priority: number; startAfter?: string; singletonKey?: string }
export type Queue = { name: string } & Record<string, unknown>
export type Totals = { tables: number; rows: number; jobs: number; files: number; sha256: string }
/** What a file says, in its order. `rows`: some lines of the table named last, as they stand in the file. */
export type Part = { manifest: Manifest } | Table | { lines: string[] } | { queue: Queue } | { job: Job } | { file: string } | { bytes: Buffer } | { totals: Totals }

type Head = Exclude<Part, { lines: string[] } | { bytes: Buffer } | { totals: Totals }>

type Reading = { signal?: AbortSignal | undefined; /** Hears how many bytes of the file were read so far. */ read?: (bytes: number) => void }

/** Writes an archive of these lines, under another name until it is whole and on disk. Nobody but its owner may read it. */
export async function writeArchive(file: string, lines: AsyncIterable<string[]>, signal?: AbortSignal): Promise<Totals & { bytes: number }> {
  const part = `${file}.part`
  rmSync(part, { force: true })
  let totals: Totals | undefined
  async function* sealed() {
    const tally = openTally()
    for await (const some of lines) {
      for (const line of some) tally.take(line)
      yield `${some.join('\n')}\n`
    }
    totals = tally.totals()
    yield `${JSON.stringify({ end: totals })}\n`
  }
  try {
    await pipeline(Readable.from(sealed()), createGzip(), createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }), { signal })
    const { size } = statSync(part)
    renameSync(part, file)
    sync(dirname(file))
    return { ...(totals as Totals), bytes: size }
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Reads an archive part by part. Throws one sentence where it is not one, is newer than this code, was cut off or damaged;
 *  that is certain only at its end. */
export async function* partsOf(file: string, reading: Reading = {}): AsyncGenerator<Part> {
  const tally = openTally()
  let open: { kind: 'start' } | { kind: 'table'; left: number } | { kind: 'file' } | { kind: 'other' } | { kind: 'end' } = { kind: 'start' }
  let rows: string[] = []
  let totals: Totals | undefined
  for await (const line of linesOf(file, reading)) {
    if (open.kind === 'end') throw damaged(file, 'something follows its end')
    const first = line[0]
    if (first === '[' && open.kind === 'table' && open.left > 0) {
      tally.take(line)
      rows.push(line)
      if (--open.left === 0 || rows.length === 500) yield { lines: rows.splice(0) }
      continue
    }
    if (open.kind === 'table' && open.left > 0) throw damaged(file, 'rows are missing')
    if (first === '"' && open.kind === 'file') {
      tally.take(line)
      yield { bytes: Buffer.from(JSON.parse(line), 'base64') }
      continue
    }
    const said = parsed(file, line)
    if ('end' in said) {
      if (JSON.stringify(said.end) !== JSON.stringify(tally.totals())) throw damaged(file, 'what is in it is not what it says at its end')
      open = { kind: 'end' }
      totals = said.end
      continue
    }
    tally.take(line)
    const isFirst = open.kind === 'start'
    if (isFirst !== 'manifest' in said) throw isFirst ? foreign(file) : damaged(file, 'it begins twice')
    if ('manifest' in said && said.manifest.format > FORMAT) throw new Error(`${file} was made by a later version (${said.manifest.version}), in a format that this one does not know. Restore it with that version.`)
    if ('file' in said && !isInside(said.file)) throw new Error(`${file} has an upload with the path ${JSON.stringify(said.file)}, which is not inside the folder of uploads. Nothing was changed.`)
    open = 'table' in said ? { kind: 'table', left: said.rows } : 'file' in said ? { kind: 'file' } : { kind: 'other' }
    yield said
  }
  if (open.kind === 'start') throw foreign(file)
  if (!totals) throw damaged(file, 'its end is missing')
  yield { totals }
}

/** Reads an archive from its first byte to its last, and keeps only its heads. */
export async function verified(file: string, reading: Reading = {}): Promise<{ manifest: Manifest; queues: Queue[]; tables: Table[]; totals: Totals }> {
  let manifest: Manifest | undefined
  let totals: Totals | undefined
  const queues: Queue[] = []
  const tables: Table[] = []
  for await (const part of partsOf(file, reading)) {
    if ('manifest' in part) manifest = part.manifest
    if ('table' in part) tables.push(part)
    if ('queue' in part) queues.push(part.queue)
    if ('totals' in part) totals = part.totals
  }
  return { manifest: manifest as Manifest, queues, tables, totals: totals as Totals }
}

/** Whether a path of the archive stays inside the folder it is put in. */
export const isInside = (path: unknown): path is string =>
  typeof path === 'string' && path.length <= 4_096 && !/[\\\0]|^[a-z]:/i.test(path) && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')

function openTally() {
  const hash = createHash('sha256')
  const count = { tables: 0, rows: 0, jobs: 0, files: 0 }
  return {
    take(line: string) {
      hash.update(line).update('\n')
      if (line[0] === '[') count.rows++
      else if (line.startsWith('{"table"')) count.tables++
      else if (line.startsWith('{"job"')) count.jobs++
      else if (line.startsWith('{"file"')) count.files++
    },
    totals: (): Totals => ({ ...count, sha256: hash.copy().digest('hex') }),
  }
}

function parsed(file: string, line: string): Head | { end: Totals } {
  let said: unknown
  try { said = JSON.parse(line) } catch { throw damaged(file, 'a line cannot be read') }
  if (typeof said !== 'object' || said === null || !['manifest', 'table', 'queue', 'job', 'file', 'end'].some((key) => key in said)) throw damaged(file, 'a line cannot be read')
  return said as Head | { end: Totals }
}

async function* linesOf(file: string, { signal, read }: Reading): AsyncGenerator<string> {
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 })
  const text = createGunzip({ chunkSize: 256 * 1024 })
  const through = pipeline(raw, text, { signal })
  through.catch(() => {}) // the reader below hears of it
  let rest: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      let from = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        const end = chunk.subarray(from, at)
        yield rest.length ? Buffer.concat([...rest, end]).toString('utf8') : end.toString('utf8')
        rest = []
        length = 0
        from = at + 1
      }
      if (from < chunk.length) rest.push(chunk.subarray(from))
      if ((length += chunk.length - from) > LONGEST_LINE) throw damaged(file, 'a line has no end')
      read?.(raw.bytesRead)
    }
    if (rest.length) throw damaged(file, 'its last line is cut off')
  } catch (error) {
    throw explained(file, error as NodeJS.ErrnoException)
  } finally {
    raw.destroy()
    text.destroy()
  }
}

const damaged = (file: string, how: string) => new Error(`${file} is damaged or was cut off: ${how}. Nothing was changed; take another backup.`)
const foreign = (file: string) => new Error(`${file} is not a backup of Lectern. Nothing was changed.`)

function explained(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new Error(`There is no file ${file}.`)
  if (error.code === 'Z_BUF_ERROR') return damaged(file, 'its end is missing')
  if (error.code === 'Z_DATA_ERROR') return /incorrect header check/.test(error.message) ? foreign(file) : damaged(file, error.message)
  return error
}
