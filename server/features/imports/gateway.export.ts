// Writes a course out, into a folder or a zip: texts a few at a time, files as they are read. The same course gives the same bytes.
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import type { Sql } from '#kernel/sql'
import { beginningsOf, introductionsOf, payloadsOf, type Whole } from '../content/index.ts'
import { laidOut, type Leaf } from './layout.ts'
import { manifestText, NAME } from './manifest.ts'
import { begun, heard, namedOnly, textOf } from './written.ts'

/** One file of a course that goes out. */
export type Out = { path: string; text: string } | { path: string; stream: Readable }
/** The bytes of a file that a course has; null where they are gone. */
export type BytesOf = (fileId: string) => Promise<Readable | null>

const BATCH = 128 * 1024

/** Every file of a course, sorted by path; last what the others cannot say. */
export async function* filesOut(sql: Sql, whole: Whole, bytesOf: BytesOf): AsyncGenerator<Out> {
  const laid = laidOut(whole)
  const manifest = begun(whole, laid)
  const missing: string[] = []
  for (const batch of batches(laid.leaves)) {
    const texts = await read(sql, batch)
    for (const leaf of batch) {
      if (leaf.is === 'file') {
        const stream = await bytesOf(leaf.fileId)
        if (stream) yield { path: leaf.path, stream }
        else missing.push(leaf.path)
        continue
      }
      const payload = texts.get(idOf(leaf))
      if (payload === undefined && leaf.is !== 'empty' && leaf.is !== 'course') continue // it was taken away meanwhile
      const text = leaf.is === 'text' ? textOf(leaf.asset, payload ?? {}, leaf.path, laid.fileAt) : (payload?.markdown ?? (leaf.is === 'course' ? namedOnly(leaf) : ''))
      heard(manifest, leaf, text)
      yield { path: leaf.path, text }
    }
    await setImmediate() // others have their turn
  }
  yield { path: NAME, text: manifestText(missing.length > 0 ? { ...manifest, missing } : manifest) }
}

const idOf = (leaf: Leaf) => `${leaf.is === 'text' ? leaf.asset.assetId : leaf.is === 'module' ? leaf.module.chapterId : leaf.is === 'course' ? leaf.whole.courseId : ''} ${leaf.language ?? ''}`

async function read(sql: Sql, leaves: readonly Leaf[]): Promise<Map<string, Record<string, string>>> {
  const assets = leaves.flatMap((l) => (l.is === 'text' ? [{ id: l.asset.assetId, language: l.language }] : []))
  const modules = leaves.flatMap((l) => (l.is === 'module' ? [{ id: l.module.chapterId, language: l.language }] : []))
  const course = leaves.find((l) => l.is === 'course')
  return new Map([...(course ? await beginningsOf(sql, course.whole.courseId) : []), ...(assets.length > 0 ? await payloadsOf(sql, assets) : []), ...(modules.length > 0 ? await introductionsOf(sql, modules) : [])])
}

function* batches(leaves: readonly Leaf[]): Generator<Leaf[]> {
  let batch: Leaf[] = []
  let bytes = 0
  for (const leaf of leaves) {
    if (batch.length > 0 && bytes + leaf.bytes > BATCH) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(leaf)
    bytes += leaf.bytes
  }
  if (batch.length > 0) yield batch
}

/** Writes them into a folder, which is made. Returns how many. */
export async function intoFolder(files: AsyncIterable<Out>, folder: string): Promise<number> {
  let count = 0
  for await (const file of files) {
    const full = join(folder, file.path)
    await mkdir(dirname(full), { recursive: true })
    if ('text' in file) await writeFile(full, file.text)
    else await pipeline(file.stream, createWriteStream(full))
    count++
  }
  return count
}

// The same moment on every machine, whatever its zone: the first that a zip can hold.
const SAME = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }

/** A zip of them, written while it is read: each file waits until the one before it was taken. */
export function asZip(files: AsyncIterable<Out>): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as unknown as Readable
  zip.on('error', (error: Error) => out.destroy(error))
  const gone = new Promise<void>((resolve) => out.once('close', resolve))
  const add = async () => {
    for await (const file of files) {
      if (out.destroyed) return
      const stream = 'text' in file ? Readable.from([Buffer.from(file.text)], { objectMode: false }) : file.stream
      zip.addReadStream(stream, file.path, SAME)
      await Promise.race([gone, new Promise<void>((resolve) => stream.once('close', resolve))])
    }
    zip.end()
  }
  add().catch((error: Error) => out.destroy(error))
  return out
}
