// Zips as people and attackers make them.
import { ZipFile } from 'yazl'
import { openPromise } from 'yauzl'
import { writeFileSync } from 'node:fs'

type Content = string | Buffer
/** A zip of these files; `mode`: of all of them. A list may hold a name twice. */
export async function zipOf(files: Record<string, Content> | readonly (readonly [string, Content])[], { mode = 0o100644, compress = true } = {}): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [path, content] of Array.isArray(files) ? files : Object.entries(files)) zip.addBuffer(Buffer.from(content as string), path, { mtime: new Date(2020, 0, 1), mode, compress })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as unknown as Buffer)
  return Buffer.concat(chunks)
}

/** The same bytes with every `from` as `to`, which is as long. */
export function patched(bytes: Buffer, from: string, to: string | Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const into = Buffer.from(to as string)
  if (into.length !== Buffer.byteLength(from)) throw new Error('another length')
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) into.copy(copy, at)
  return copy
}

/** Where each entry's record begins in the directory at the end. */
export function* records(bytes: Buffer): Generator<number> {
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1')) yield at
}

/** What is in a zip, by path. */
export async function unzipped(bytes: Buffer, at: string): Promise<Record<string, Buffer>> {
  writeFileSync(at, bytes)
  const zip = await openPromise(at)
  const files: Record<string, Buffer> = {}
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files[entry.fileName] = Buffer.concat(chunks)
  }
  return files
}
