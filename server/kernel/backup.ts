// A backup: everything of one moment, from either database, while PostgreSQL's nodes go on serving.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FORMAT, type Manifest, type Totals, writeArchive } from './archive.ts'
import { hold } from './dirlock.ts'
import { leaveCleanMark, sync, takeCleanMark } from './epoch.ts'
import { appliedTo } from './migrate.ts'
import { inTransaction, openFiles, openServer, type Session } from './session.ts'
import { countOf, jobsOf, queuesOf, rowsOf, tablesOf } from './tables.ts'
import { filesIn, linesOfFile } from './uploads.ts'

/** How far a backup or a restore has come: `done` of `of` rows of `what`; `share` of the whole, from 0 to 1. */
export type Progress = { what: string; done: number; of: number; share: number; bytes: number }
export type Place = { url?: string | undefined; dir: string }
export type BackupAsked = Place & {
  file: string
  version: string
  overwrite?: boolean
  signal?: AbortSignal | undefined
  said?: (progress: Progress) => void
  /** Hears of what stands among the uploads and is not a file. */
  odd?: (path: string) => void
}

const PICTURE = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY'

/** Writes a backup to `file`. Throws one sentence, and leaves nothing behind, where that cannot be. */
export async function backUp(asked: BackupAsked): Promise<Totals & { bytes: number }> {
  if (existsSync(asked.file) && !asked.overwrite) throw new Error(`${asked.file} is there already. Choose another name, or say --overwrite.`)
  return withSession(asked, (session) => inTransaction(session, PICTURE, () => writeArchive(asked.file, linesOf(session, asked), asked.signal)))
}

async function withSession<T>({ url, dir }: Place, work: (session: Session) => Promise<T>): Promise<T> {
  const session = url ? await openServer(url) : await openHeld(dir)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** The embedded database in a data directory, which is held meanwhile. How its last stop was stays as it was. */
export async function openHeld(dir: string): Promise<Session> {
  const files = join(dir, 'db')
  if (!existsSync(files)) throw new Error(`There is no database in ${dir}. Set DATA_DIR to the data directory of the server, or DATABASE_URL to its PostgreSQL.`)
  const release = await hold(dir)
  try {
    const session = await openFiles(files)
    const clean = takeCleanMark(dir)
    return {
      ...session,
      async close() {
        await session.close()
        sync(files, true)
        if (clean) leaveCleanMark(dir)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function* linesOf({ sql, kind }: Session, { dir, version, said = () => {}, odd = () => {} }: BackupAsked): AsyncGenerator<string[]> {
  const migrations = (await appliedTo(sql)).filter((row) => row.finished_at).map((row) => ({ name: row.migration_name, checksum: row.checksum }))
  if (migrations.length === 0) throw new Error('This database is not one of Lectern: it has no migrations. Nothing was written.')
  const tables = []
  for (const table of await tablesOf(sql)) tables.push({ ...table, rows: await countOf(sql, table) })
  const all = tables.reduce((n, t) => n + t.rows, 0)
  const manifest: Manifest = { format: FORMAT, version, madeAt: new Date().toISOString(), from: kind, rows: all, migrations }
  yield [JSON.stringify({ manifest })]

  let before = 0
  let bytes = 0
  for (const table of tables) {
    const tell = (done: number) => said({ what: table.table, done, of: table.rows, bytes, share: all === 0 ? 1 : (before + done) / all })
    yield [JSON.stringify({ table: table.table, columns: table.columns, rows: table.rows })]
    let done = 0
    tell(done)
    for await (const lines of rowsOf(sql, table)) {
      yield lines
      for (const line of lines) bytes += line.length
      tell((done += lines.length))
    }
    before += table.rows
  }
  for (const queue of await queuesOf(sql)) yield [JSON.stringify({ queue })]
  for await (const jobs of jobsOf(sql)) yield jobs.map((job) => JSON.stringify({ job }))
  const uploads = join(dir, 'uploads')
  let files = 0
  for await (const path of filesIn(uploads, odd)) {
    for await (const lines of linesOfFile(uploads, path)) {
      yield lines
      bytes += lines.at(-1)!.length
      said({ what: 'uploads', done: files, of: files, bytes, share: 1 })
    }
    files++
  }
}
