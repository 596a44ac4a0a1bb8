// For tests: making an embedded database takes seconds, loading a finished one much less. The finished one is kept under
// node_modules/.cache, by what it was made from.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { migrationsIn } from './migrate.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const cache = join(root, 'node_modules/.cache/lectern')
const DAY = 24 * 3_600_000

/** What `make` makes, from the kept files of an earlier making where there are any. */
export async function stocked(migrations: string, make: (files?: Blob) => Promise<PGlite>): Promise<PGlite> {
  const file = join(cache, `${keyOf(migrations)}.tgz`)
  let kept: Buffer<ArrayBuffer> | undefined
  try { kept = readFileSync(file) } catch { /* nothing kept yet */ }
  if (kept) return make(new Blob([kept]))
  const made = await make()
  try { await keep(file, made) } catch { /* a folder that cannot be written only costs time */ }
  return made
}

function keyOf(migrations: string): string {
  const hash = createHash('sha256')
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-pgvector']) {
    const entry = createRequire(import.meta.url).resolve(name)
    hash.update(readFileSync(join(dirname(entry), '../package.json')))
  }
  for (const { name, checksum } of migrationsIn(migrations)) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex')
}

async function keep(file: string, made: PGlite) {
  mkdirSync(cache, { recursive: true })
  const part = `${file}.${process.pid}`
  writeFileSync(part, Buffer.from(await (await made.dumpDataDir('gzip')).arrayBuffer()))
  renameSync(part, file)
  for (const name of readdirSync(cache)) if (Date.now() - statSync(join(cache, name)).mtimeMs > DAY) rmSync(join(cache, name), { force: true })
}
