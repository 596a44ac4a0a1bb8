// Reads a course from a zip. What it says about itself is not believed: everything is inflated and counted before anything is used.
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Found } from './draft.ts'
import { type Folder, MOST_FILES } from './gateway.ts'
import { foundText, isText, MOST_BYTES, tooLarge } from './gateway.text.ts'
import { languageOf, pathTrouble, sameName, shown } from './paths.ts'

const MOST_UNPACKED = 500 * 1024 * 1024
const MOST_TEXT = 100 * 1024 * 1024
const SMALL = 1024 * 1024
const RATIO = 200

/** What a zip is refused with as a whole: a sentence. */
export class NotTaken extends Error {}

type Kept = { entry: Entry; found: Found }

/** Every file of the zip at `file`, texts with what they say. `close` it afterwards. Throws `NotTaken`. */
export async function readZip(file: string): Promise<Folder> {
  const zip = await openPromise(file, { decodeStrings: false, autoClose: false }).catch((error: Error) => { throw new NotTaken(`This is no zip that can be read (${error.message}). Pack the course's folder again.`, { cause: error }) })
  try {
    const kept = stripped(await entriesOf(zip))
    const entries = new Map(kept.map(({ entry, found }) => [found.path, entry]))
    return { files: kept.map((k) => k.found), bytesOf: (path) => zip.openReadStreamPromise(entries.get(path) as Entry), close: async () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof NotTaken ? error : new NotTaken(`The zip is damaged (${(error as Error).message}). Pack the course's folder again.`, { cause: error })
  }
}

async function entriesOf(zip: ZipFile): Promise<Kept[]> {
  if (zip.entryCount > MOST_FILES) throw tooMany()
  const kept: Kept[] = []
  const names = new Map<string, string>()
  const sum = { unpacked: 0, text: 0, entries: 0 }
  for await (const entry of zip.eachEntry()) {
    if (++sum.entries > MOST_FILES) throw tooMany()
    const name = nameOf(entry)
    if (entry.isEncrypted()) throw new NotTaken(`The zip is encrypted (${shown(name)}). Pack the course's folder without a password.`)
    if (sum.unpacked + entry.uncompressedSize > MOST_UNPACKED) throw tooMuch()
    if (name.endsWith('/') && !pathTrouble(name.slice(0, -1))) continue
    const twin = names.get(sameName(name))
    names.set(sameName(name), twin ?? name)
    kept.push({ entry, found: await look(zip, entry, name, twin, sum) })
  }
  return kept
}

const tooMany = () => new NotTaken(`The zip has more than ${MOST_FILES.toLocaleString('en')} files. Pack the folder of one course.`)
const tooMuch = () => new NotTaken(`The zip holds more than ${MOST_UNPACKED / 1024 / 1024} MB. Pack the folder of one course, and put large films elsewhere.`)

async function look(zip: ZipFile, entry: Entry, name: string, twin: string | undefined, sum: { unpacked: number; text: number }): Promise<Found> {
  const trouble = (reason: string): Found => ({ path: shown(name), trouble: { reason, line: null } })
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000
  const odd = pathTrouble(name)
  if (odd) return trouble(odd)
  if (kind === 0o120000) return trouble('it is a link; put the file itself there')
  if (kind !== 0 && kind !== 0o100000) return trouble('it is not a file')
  if (twin !== undefined) return trouble(twin === name ? 'it is there twice' : `its name is that of ${shown(twin)}, but for its case or its accents`)
  if (!entry.canDecodeFileData()) return trouble('it is packed in a way that is not known here; pack it as an ordinary zip')
  const { bytes, size } = await inflated(zip, entry, isText(name), sum)
  if (!isText(name)) return { path: name, bytes: size }
  if (bytes === null) return tooLarge(name)
  await setImmediate() // others have their turn
  return foundText(name, bytes)
}

/** Counts the bytes of an entry as they come; of a text that is not too long, keeps them. */
async function inflated(zip: ZipFile, entry: Entry, keep: boolean, sum: { unpacked: number; text: number }): Promise<{ bytes: Buffer | null; size: number }> {
  const stream: Readable = await zip.openReadStreamPromise(entry)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    sum.unpacked += chunk.length
    if (sum.unpacked > MOST_UNPACKED) throw tooMuch()
    if (size > SMALL && size > RATIO * entry.compressedSize) throw new NotTaken(`${shown(nameOf(entry))} unpacks to more than ${RATIO} times its size, as no file of a course does. Take it out.`)
    if (keep && size <= MOST_BYTES) chunks.push(chunk)
  }
  if (keep) sum.text += Math.min(size, MOST_BYTES)
  if (sum.text > MOST_TEXT) throw new NotTaken(`The zip holds more than ${MOST_TEXT / 1024 / 1024} MB of text. Pack the folder of one course.`)
  return { bytes: keep && size <= MOST_BYTES ? Buffer.concat(chunks) : null, size }
}

/** A name as its bytes say: many programs write UTF-8 without saying so. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw
  return isUtf8(raw) ? raw.toString('utf8') : getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, true)
}

/** Without the one folder that everything lies in, where there are folders in it, and it is no language and no module. */
function stripped(kept: readonly Kept[]): Kept[] {
  const own = kept.filter(({ found: { path, trouble } }) => !trouble && !pathTrouble(path) && !path.startsWith('__MACOSX/') && !path.split('/').pop()?.startsWith('.'))
  const tops = new Set(own.map(({ found: { path } }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')))
  const [top = ''] = tops
  const isCourse = own.some((k) => k.found.path.split('/').length > 2) && !own.some((k) => k.found.path.startsWith(`${top}/lessons/`))
  if (tops.size !== 1 || top === '' || languageOf(top) !== undefined || !isCourse) return [...kept]
  return kept.map(({ entry, found }) => ({ entry, found: found.path.startsWith(`${top}/`) ? { ...found, path: found.path.slice(top.length + 1) } : found }))
}
