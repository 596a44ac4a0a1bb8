// Files on their way in: each lands in a file of its own in `uploads/tmp`, counted and hashed, before anybody looks at it. From
// there it goes where files are kept.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Config } from '#kernel/config'
import { BrokenOff } from '#kernel/incoming'
import { refuse } from '#kernel/refusals'
import { inBucket } from './gateway.bucket.ts'
import { onDisk } from './gateway.disk.ts'

/** Both ends included. */
export type Part = { from: number; to: number }
export type Landed = { path: string; sha256: string; bytes: number }
/** Where bytes are kept, by their hash. */
export type Store = {
  /** Keeps what has landed: from then on it is there, on disk or in the bucket, and not where it landed. */
  keep(landed: Landed, mime: string): Promise<void>
  /** The bytes, or a part of them; null where there are none of this hash. */
  read(sha256: string, part?: Part): Promise<Readable | null>
  /** Fails where nothing can be kept, in a sentence for who set the server up. */
  check(): Promise<void>
}

export const storeOf = ({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Store => (s3 ? inBucket(s3) : onDisk(dataDir))

/** Beside what is kept, so that it is only renamed, and outside of every backup. */
const landing = (dataDir: string) => join(dataDir, 'uploads', 'tmp')
const STALE_MS = 24 * 3600 * 1000

export const tooLarge = (most: number) => refuse('too_large', `A file is at most ${Math.floor(most / 1024 / 1024)} MB. Make it smaller, or put it elsewhere and name its address.`, { most })

/** Writes what comes to a file. Nothing is left where it breaks off, or is more than `most` bytes: both throw BrokenOff. */
export async function land(from: Readable, dataDir: string, most: number): Promise<Landed> {
  await mkdir(landing(dataDir), { recursive: true })
  const path = join(landing(dataDir), randomUUID())
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) throw new BrokenOff(tooLarge(most))
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
    return { path, sha256: hash.digest('hex'), bytes }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

export const drop = ({ path }: Pick<Landed, 'path'>) => rm(path, { force: true })

/** Takes away what landed a day ago and was never kept: its process was killed. */
export async function sweep(dataDir: string, now = Date.now()): Promise<void> {
  const folder = landing(dataDir)
  for (const name of existsSync(folder) ? await readdir(folder) : []) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > STALE_MS) await rm(join(folder, name), { force: true })
  }
}
