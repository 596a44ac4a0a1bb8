// Reads a course folder from the disk. Whatever is not a plain text inside the folder is refused by itself, with its reason.
import { isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { open, readdir, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Found } from './course-folder.ts'

const MOST_BYTES = 2 * 1024 * 1024
const MOST_FILES = 20_000
const CLOSED = new Set(['.git', 'node_modules'])

/** Every file below `folder`, in order, Markdown with its text. Throws only where the folder itself cannot be read. */
export async function readFolder(folder: string): Promise<Found[]> {
  const root = await realpath(folder).catch((cause) => { throw new Error(`There is no folder at ${folder}.`, { cause }) })
  const found: Found[] = []
  await walk(root, root, found)
  return found
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
  const trouble = (reason: string, line: number | null = null): Found => ({ path, trouble: { reason, line } })
  if (!/\.md$/i.test(path)) return { path }
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
    if (stat.size > MOST_BYTES) return trouble(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`)
    const bytes = await file.readFile()
    const nul = bytes.indexOf(0)
    if (nul >= 0) return trouble('it holds a NUL byte, so it is no text', lineAt(bytes, nul))
    if (!isUtf8(bytes)) return trouble('it is not UTF-8', badLine(bytes))
    return { path, text: new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n') }
  } catch (error) {
    return trouble(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  } finally {
    await file.close()
  }
}

const pathIn = (root: string, full: string) => relative(root, full).split(sep).join('/')

const lineAt = (bytes: Buffer, at: number) => bytes.subarray(0, at).filter((b) => b === 10).length + 1

/** The first line that is not UTF-8. A line's end is never part of a longer character. */
function badLine(bytes: Buffer): number {
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(10, from)
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line
    from = end + 1
  }
}
