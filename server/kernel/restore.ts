// A restore: the file is read to its end first, then everything is loaded or nothing. A database is brought only as far as the
// backup was, loaded, and then brought up to date, so an older backup fits newer code.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, type Part, partsOf, type Totals, verified } from './archive.ts'
import { openHeld, type Place, type Progress } from './backup.ts'
import { hold } from './dirlock.ts'
import { leaveCleanMark, sync } from './epoch.ts'
import { load, openBoss } from './load.ts'
import { appliedTo, type BriefLog, migrate, migrationsIn, underLock } from './migrate.ts'
import { inTransaction, openFiles, openServer, type Session } from './session.ts'
import type { Sql } from './sql.ts'
import { hasUploads, type Landing, openLanding } from './uploads.ts'

export type RestoreAsked = Place & {
  file: string
  /** The folder with the migrations of this code. */
  migrations: string
  /** Whether a database has somebody in it, who would be lost. */
  isInUse(sql: Sql): Promise<boolean>
  replace?: boolean
  log: BriefLog
  signal?: AbortSignal | undefined
  said?: (progress: Progress) => void
}
/** `kept`: what was moved aside, if anything. */
export type Restored = Totals & { bytes: number; manifest: Manifest; kept: string[] }
type Known = Awaited<ReturnType<typeof verified>>

/** Restores `file`. Throws one sentence, and has changed nothing, where that cannot be. */
export async function restore(asked: RestoreAsked): Promise<Restored> {
  const { file, dir, replace, signal, said = () => {} } = asked
  const bytes = existsSync(file) ? statSync(file).size : 0
  const read = (n: number) => said({ what: 'checking the file', done: n, of: bytes, bytes: n, share: n / bytes })
  const known = await verified(file, { signal, read })
  fit(asked, known.manifest)
  if (hasUploads(dir) && !replace) throw new Error(`There are uploads in ${join(dir, 'uploads')} already. Say --replace to put those of the backup in their place; they are kept beside them.`)
  const landing = openLanding(dir)
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const hadUploads = hasUploads(dir)
  try {
    const kept = await (asked.url ? intoServer(asked, known, landing, stamp) : intoFiles(asked, known, landing, stamp))
    if (hadUploads) kept.push(join(dir, `uploads.before-${stamp}`))
    return { ...known.totals, bytes, manifest: known.manifest, kept }
  } finally {
    await landing.drop()
  }
}

function fit({ file, migrations }: RestoreAsked, manifest: Manifest) {
  const here = new Map(migrationsIn(migrations).map((m) => [m.name, m.checksum]))
  for (const { name, checksum } of manifest.migrations) {
    if (!here.has(name)) throw new Error(`${file} was made by newer code (${manifest.version}): it has migration ${name}, which this version does not know. Restore it with that version or a later one. Nothing was changed.`)
    if (here.get(name) !== checksum) throw new Error(`Migration ${name} was edited after ${file} had been made. Put that migration back as it was. Nothing was changed.`)
  }
}

const IN_USE = 'This database has people in it already. Restore into an empty one, or say --replace to put the backup in its place.'

async function intoServer(asked: RestoreAsked, known: Known, landing: Landing, stamp: string): Promise<string[]> {
  const session = await openServer(asked.url as string)
  let back = () => {}
  try {
    // Under the lock of migrations: a node that starts meanwhile waits.
    await underLock(session.sql, async () => {
      const applied = (await appliedTo(session.sql)).map((row) => row.migration_name)
      if (applied.length > 0 && !asked.replace && (await asked.isInUse(session.sql))) throw new Error(IN_USE)
      const later = applied.filter((name) => !known.manifest.migrations.some((m) => m.name === name))
      if (later.length > 0) throw new Error(`This database has had ${later.join(', ')} since the backup was made, and cannot go back behind that. Make an empty database, name it in DATABASE_URL, and restore into that one. Nothing was changed.`)
      await fill(session, asked, known, landing, async () => { back = await landing.settle(stamp) }).catch((error) => {
        back()
        throw error
      })
      await migrate(session.sql, asked.migrations, asked.log)
    })
  } finally {
    await session.close()
  }
  return []
}

// Beside the old one, under another name until it is whole and on disk.
async function intoFiles(asked: RestoreAsked, known: Known, landing: Landing, stamp: string): Promise<string[]> {
  const { dir } = asked
  const place = join(dir, 'db')
  if (existsSync(place) && !asked.replace) {
    const session = await openHeld(dir)
    const inUse = await asked.isInUse(session.sql).finally(() => session.close())
    if (inUse) throw new Error(IN_USE)
  }
  mkdirSync(dir, { recursive: true })
  const release = await hold(dir)
  const fresh = join(dir, `db.new-${randomBytes(4).toString('hex')}`)
  for (const name of readdirSync(dir)) if (name.startsWith('db.new-')) rmSync(join(dir, name), { recursive: true })
  try {
    const session = await openFiles(fresh)
    await fill(session, asked, known, landing).then(() => migrate(session.sql, asked.migrations, asked.log)).finally(() => session.close())
    sync(fresh, true)
    asked.signal?.throwIfAborted()
    return await swap(dir, fresh, landing, stamp)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    release()
  }
}

async function swap(dir: string, fresh: string, landing: Landing, stamp: string): Promise<string[]> {
  const place = join(dir, 'db')
  const before = existsSync(place) ? `${place}.before-${stamp}` : undefined
  const back = await landing.settle(stamp)
  try {
    if (before) renameSync(place, before)
    renameSync(fresh, place)
  } catch (error) {
    if (before && !existsSync(place)) renameSync(before, place)
    back()
    throw error
  }
  leaveCleanMark(dir)
  return before ? [before] : []
}

/** Loads the archive in one transaction, of which `last` is the last step. */
async function fill(session: Session, { file, migrations, log, signal, said = () => {} }: RestoreAsked, known: Known, landing: Landing, last = async () => {}) {
  const { sql } = session
  await migrate(sql, migrations, log, known.manifest.migrations.map((m) => m.name))
  const boss = await openBoss(sql, known.queues)
  const attempt = () => inTransaction(session, 'BEGIN', async () => {
    const counter = openCounter(known, said)
    await load(sql, same(known, file, partsOf(file, { signal, read: counter.read })), boss, landing, counter.loaded)
    signal?.throwIfAborted()
    await last()
  })
  // The tables are taken from nodes that serve, whose transactions may hold one and wait for another.
  for (let left = 5; ; left--) {
    try {
      return await attempt()
    } catch (error) {
      if (left === 0 || !['40P01', '55P03'].includes((error as { code?: string }).code ?? '')) throw error
    }
  }
}

// What is loaded must be what was looked at before.
async function* same({ totals }: Known, file: string, parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  for await (const part of parts) {
    if ('totals' in part && part.totals.sha256 !== totals.sha256) throw new Error(`${file} changed while it was read. Nothing was changed.`)
    yield part
  }
}

function openCounter({ manifest, tables }: Known, said: (progress: Progress) => void) {
  const rows = new Map(tables.map((t) => [t.table, t.rows]))
  let [what, done, all, bytes] = ['', 0, 0, 0]
  return {
    read: (n: number) => { bytes = n },
    loaded(table: string, more: number) {
      done = table === what ? done + more : more
      what = table
      all += more
      said({ what, done, of: rows.get(table) ?? done, bytes, share: manifest.rows === 0 ? 1 : all / manifest.rows })
    },
  }
}
