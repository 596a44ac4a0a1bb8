// The files that people put up, in `<data directory>/uploads`: read for a backup, and put in their place by a restore.
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { type FileHandle, open, opendir } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { isInside } from './archive.ts'
import { sync } from './epoch.ts'

const CHUNK = 192 * 1024
/** What is still on its way in, and may be half there. */
const PASSING = 'tmp'

/** The paths of all files in a folder but those still on their way, with `/` between their parts. What is not a file or a folder is told to `odd`. */
export async function* filesIn(folder: string, odd: (path: string) => void, under = ''): AsyncGenerator<string> {
  if (!existsSync(join(folder, under))) return
  for await (const entry of await opendir(join(folder, under))) {
    const path = under ? `${under}/${entry.name}` : entry.name
    if (path === PASSING) continue
    if (entry.isDirectory()) yield* filesIn(folder, odd, path)
    else if (entry.isFile() && isInside(path)) yield path
    else odd(path)
  }
}

/** The lines of one file in an archive; none where it is gone by now. */
export async function* linesOfFile(folder: string, path: string): AsyncGenerator<string[]> {
  const stream = createReadStream(join(folder, path), { highWaterMark: CHUNK })
  let head = [JSON.stringify({ file: path })]
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      yield [...head, JSON.stringify(chunk.toString('base64'))]
      head = []
    }
    if (head.length > 0) yield head
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

export type Landing = {
  file(path: string): Promise<void>
  bytes(bytes: Buffer): Promise<void>
  /** Puts the new folder in the place of the old one, which is kept as `uploads.before-<stamp>`. Returns how to take that back. */
  settle(stamp: string): Promise<() => void>
  /** Leaves nothing behind of what was not settled. */
  drop(): Promise<void>
}

export const hasUploads = (dir: string) => existsSync(join(dir, 'uploads')) && readdirSync(join(dir, 'uploads')).some((name) => name !== PASSING)

/** A folder beside the uploads of `dir`, for files to land in until they are all there. */
export function openLanding(dir: string): Landing {
  const place = join(dir, 'uploads')
  const fresh = join(dir, `uploads.new-${randomBytes(4).toString('hex')}`)
  for (const name of existsSync(dir) ? readdirSync(dir) : []) if (name.startsWith('uploads.new-')) rmSync(join(dir, name), { recursive: true })
  let handle: FileHandle | undefined
  const end = async () => {
    await handle?.sync()
    await handle?.close()
    handle = undefined
  }
  return {
    async file(path) {
      await end()
      if (!isInside(path)) throw new Error(`The path ${JSON.stringify(path)} is not inside the folder of uploads.`)
      const full = join(fresh, path)
      mkdirSync(dirname(full), { recursive: true })
      handle = await open(full, 'wx', 0o600)
    },
    async bytes(bytes) {
      await handle!.appendFile(bytes)
    },
    async settle(stamp) {
      await end()
      const before = `${place}.before-${stamp}`
      const [had, has] = [hasUploads(dir), existsSync(fresh)]
      if (had) renameSync(place, before)
      else rmSync(place, { recursive: true, force: true })
      if (has) {
        sync(fresh, true)
        renameSync(fresh, place)
      }
      if (had || has) sync(dir)
      return () => {
        if (has) renameSync(place, fresh)
        if (had) renameSync(before, place)
      }
    },
    async drop() {
      await handle?.close()
      rmSync(fresh, { recursive: true, force: true })
    },
  }
}
