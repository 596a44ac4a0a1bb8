// The embedded database: PostgreSQL compiled to WebAssembly, in this process, on disk in `<dir>/db`. One connection, so
// statements and transactions queue. It does not wait for the disk: what was saved survives the end of the process, not
// a power cut.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type Results, type Transaction } from '@electric-sql/pglite'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { vector } from '@electric-sql/pglite-pgvector'
import { hold } from './dirlock.ts'
import { epochOf, leaveCleanMark, type Opened, sync, takeCleanMark } from './epoch.ts'
import { guard } from './guard.ts'
import { type BriefLog, migrate } from './migrate.ts'
import { prismaOver } from './prisma.ts'
import type { Row, Sql } from './sql.ts'
import { stocked } from './stock.ts'
import { discreet, encode, PARSERS } from './values.ts'

type Place = { dir: string; migrations: string; log: BriefLog }
const MEMORY = 'memory://'
const OPTIONS = { parsers: PARSERS, serializers: { 17: (text: string) => text } } // bytea: `encode` has written it already

/** Opens the embedded database in `dir`, which is made when missing; `memory://` keeps it in memory (for tests). */
export async function openPglite({ dir, migrations, log }: Place): Promise<Opened> {
  if (dir.startsWith(MEMORY)) return dress(await stocked(migrations, (files) => make({ dir: MEMORY, migrations, log }, files)), { forgetful: false, stopped() {} })
  mkdirSync(dir, { recursive: true })
  const release = await hold(dir)
  try {
    const files = join(dir, 'db')
    for (const name of readdirSync(dir)) if (name.startsWith('db.new-')) rmSync(join(dir, name), { recursive: true })
    if (!existsSync(files)) await makeFirst(files, { dir, migrations, log })
    const forgetful = !takeCleanMark(dir)
    const pglite = await make({ dir: files, migrations, log })
    const stopped = () => {
      sync(files, true)
      leaveCleanMark(dir)
      release()
    }
    return await dress(pglite, { forgetful, stopped })
  } catch (error) {
    release()
    throw error
  }
}

// Under another name until it is whole and on disk: a crash at the first start leaves nothing half made.
async function makeFirst(files: string, { dir, migrations, log }: Place) {
  log.info({ dir }, 'making a new database: this takes a few seconds, once')
  const unfinished = join(dir, `db.new-${randomBytes(4).toString('hex')}`)
  const pglite = await make({ dir: unfinished, migrations, log })
  await pglite.close()
  sync(unfinished, true)
  renameSync(unfinished, files)
  sync(dir)
}

async function make({ dir, migrations, log }: Place, loadDataDir?: Blob): Promise<PGlite> {
  const pglite = await PGlite.create({ dataDir: dir, extensions: { vector, ltree }, ...(loadDataDir && { loadDataDir }) }).catch((cause: Error) => {
    throw new Error(`The embedded database in ${dir} could not be opened: ${cause.message}`, { cause })
  })
  try {
    await pglite.exec(`SET TIME ZONE 'UTC'`)
    await migrate(speaking(pglite), migrations, log)
    return pglite
  } catch (error) {
    await pglite.close()
    throw error
  }
}

async function dress(pglite: PGlite, end: { forgetful: boolean; stopped(): void }): Promise<Opened> {
  const speak = speaking(pglite)
  const epoch = await epochOf(speak, end.forgetful)
  const { refuse, within } = guard()
  const prisma = prismaOver(async () => new (await import('pglite-prisma-adapter')).PrismaPGlite(pglite), { refuse, within })
  const run = async <T>(what: string, mode: string | null, work: (sql: Sql) => Promise<T>) => {
    refuse(what)
    return pglite.transaction(async (tx) => {
      if (mode) await tx.exec(mode)
      return within(speaking(tx), work)
    })
  }
  let closing: Promise<void> | undefined
  return {
    kind: 'pglite',
    epoch,
    prisma: prisma.prisma,
    sql: async (text, params) => {
      refuse('database.sql')
      // A text that brings its own BEGIN, and fails, must not leave the only connection inside a broken transaction.
      if (!params?.length && /^\s*BEGIN\b/i.test(text)) return pglite.transaction((tx) => speaking(tx)(text))
      return speak(text, params)
    },
    transaction: (work) => run('database.transaction', null, work),
    picture: (work) => run('database.picture', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', work),
    close: () => (closing ??= (async () => {
      await prisma.end()
      await pglite.exec('CHECKPOINT') // waits its turn behind whatever is under way
      await pglite.close()
      end.stopped()
    })()),
  }
}

function speaking(over: Pick<PGlite | Transaction, 'query' | 'exec'>): Sql {
  return async <R = Row>(text: string, params?: readonly unknown[]): Promise<R[]> => {
    try {
      const result = params?.length ? await over.query<R>(text, params.map(encode), OPTIONS) : ((await over.exec(text, OPTIONS)).at(-1) as Results<R> | undefined)
      return result?.rows ?? []
    } catch (error) {
      throw discreet(error)
    }
  }
}
