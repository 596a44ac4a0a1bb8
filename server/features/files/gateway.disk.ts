// Files on the disk of the server, in `uploads/files`, a folder for the first two letters of the hash.
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Store } from './gateway.ts'

export function onDisk(dataDir: string): Store {
  const kept = join(dataDir, 'uploads', 'files')
  const at = (sha256: string) => join(kept, sha256.slice(0, 2), sha256)
  return {
    async keep({ path, sha256 }) {
      const place = at(sha256)
      await mkdir(dirname(place), { recursive: true })
      if (await access(place).then(() => true, () => false)) return rm(path, { force: true })
      await rename(path, place)
      // A name is kept once its folder is, and the folder once the one above it is.
      for (const folder of [dirname(place), kept]) {
        const handle = await open(folder)
        await handle.sync().finally(() => handle.close())
      }
    },
    async read(sha256, part) {
      const file = await open(at(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      return file && file.createReadStream(part && { start: part.from, end: part.to })
    },
    async check() {}, // the doctor looks at the directory
  }
}
