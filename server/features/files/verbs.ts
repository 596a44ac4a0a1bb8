// Writing a file down, once its bytes are kept. The aggregate is the course.
import { newId } from '#kernel/ids'
import { notFound, ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockCourse } from '../catalog/index.ts'
import { putFile } from './store.ts'

export const add = inTurn<{ sha256: string; name: string; mime: string; bytes: number }, string | null>('files.add', lockCourse, async (change, courseId, file, by) => {
  if (courseId === null) return notFound('course')
  const { row, isNew } = await putFile(change.sql, { ...file, fileId: newId(), courseId, by: by?.userId ?? null, now: change.now })
  if (isNew) change.record('file.added', row.fileId, by, { courseId: row.courseId })
  return ok(row)
})
