// The files that texts point to go where all files of a course go, each under its path in the folder. What the course has
// under the same path with the same bytes is not taken again.
import { createHash } from 'node:crypto'
import type { Actor } from '#kernel/actor'
import type { Kernel } from '#kernel/feature'
import { isRefused } from '#kernel/refusals'
import { allIn, type CourseFile, takeIn } from '../files/index.ts'
import type { Folder } from './gateway.ts'
import type { PutFiles } from './verbs.ts'

/** Stands for the id of a file that a dry run does not make. */
const NONE = '00000000-0000-4000-8000-000000000000'

/** Puts files of this folder into a course. */
export const filesOf = (kernel: Pick<Kernel, 'config' | 'change' | 'db'>, folder: Pick<Folder, 'bytesOf'>, actor: Actor | null): PutFiles => async (courseId, paths, mode) => {
  const put: Awaited<ReturnType<PutFiles>> = new Map()
  const there = courseId === null || paths.length === 0 ? [] : await allIn(kernel.db.sql, courseId)
  const known = new Map(there.map((f) => [`${f.sha256} ${f.name}`, f]))
  const names = new Set(there.map((f) => f.name))
  for (const path of paths) {
    const same = known.get(`${await sumOf(folder, path)} ${path}`)
    const saved = same ? 'unchanged' as const : names.has(path) ? 'updated' as const : 'added' as const
    if (same || mode === 'dry' || courseId === null) {
      put.set(path, { saved, fileId: same?.fileId ?? NONE })
      continue
    }
    const done = await takeIn(kernel, { courseId, name: path, from: await folder.bytesOf(path), said: null, actor })
    if (isRefused(done)) put.set(path, { reason: done.refused.message })
    else if (!done.ok) put.set(path, { reason: done.error.message })
    else {
      const row = done.data as CourseFile
      known.set(`${row.sha256} ${path}`, row)
      put.set(path, { saved, fileId: row.fileId })
    }
  }
  return put
}

async function sumOf(folder: Pick<Folder, 'bytesOf'>, path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of await folder.bytesOf(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
