// Reads a course folder from the disk. Whatever is not a plain file inside the folder is refused by itself, with its reason.
import { createReadStream, constants } from 'node:fs'
import { open, readdir, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Found } from './draft.ts'
import { foundText, isText, MOST_BYTES, tooLarge } from './gateway.text.ts'
import { sameName } from './paths.ts'

export const MOST_FILES = 20_000
const CLOSED = new Set(['.git', 'node_modules'])

/** A course as it lies somewhere: its files, and the bytes of one of them. */
export type Folder = { files: Found[]; bytesOf(path: string): Promise<Readable>; close(): Promise<void> }

/** Every file below `folder`, in order, texts with what they say. Throws only where the folder itself cannot be read. */
export async function readFolder(folder: string): Promise<Folder> {
  const root = await realpath(folder).catch((cause) => { throw new Error(`There is no folder at ${folder}.`, { cause }) })
  const files: Found[] = []
  await walk(root, root, files)
  const names = new Map<string, string>()
  for (const [i, { path }] of files.entries()) {
    const twin = names.get(sameName(path))
    if (twin) files[i] = { path, trouble: { reason: `its name is that of ${twin}, but for its case or its accents`, line: null } }
    else names.set(sameName(path), path)
  }
  return { files, bytesOf: async (path) => createReadStream(join(root, path)), close: async () => {} }
}

async function walk(root: string, dir: string, found: Found[]): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (dir === root) throw new Error(error.code === 'ENOTDIR' ? `${root} is a file; give the folder of a course.` : `The folder ${root} cannot be read (${error.code}).`)
    found.push({ path: `${pathIn(root, dir)}/`, trouble: { reason: `the folder cannot be read (${error.code})`, line: null } })
    return []
  })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(dir, entry.name)
    if (found.length >= MOST_FILES) throw new Error(`The folder has more than ${MOST_FILES} files; give the folder of one course.`)
    if (!entry.isDirectory()) found.push(await look(root, full, entry.isSymbolicLink()))
    else if (CLOSED.has(entry.name)) found.push({ path: `${pathIn(root, full)}/` })
    else await walk(root, full, found)
  }
}

async function look(root: string, full: string, isLink: boolean): Promise<Found> {
  const path = pathIn(root, full)
  const trouble = (reason: string): Found => ({ path, trouble: { reason, line: null } })
  let real = full
  if (isLink) {
    const target = await realpath(full).catch(() => null)
    if (target === null) return trouble('a link that leads nowhere')
    if (!target.startsWith(root + sep)) return trouble('a link that leads out of the folder')
    real = target
  }
  // Not through a link that was put there meanwhile, and not waiting for a pipe.
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown')
  if (typeof file === 'string') return trouble(`it cannot be read (${file})`)
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return trouble('it is not a file')
    if (!isText(path)) return { path, bytes: stat.size }
    if (stat.size > MOST_BYTES) return tooLarge(path)
    await setImmediate() // others have their turn
    return foundText(path, await file.readFile())
  } catch (error) {
    return trouble(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  } finally {
    await file.close()
  }
}

const pathIn = (root: string, full: string) => relative(root, full).split(sep).join('/')
