// What is decided about versions, under the lock of the course.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { notFound, ok, refuse } from '#kernel/refusals'
import { cohortStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { lockCourse } from '../catalog/index.ts'
import * as store from './store.ts'
import { writeBack } from './store.restore.ts'

const under = <Item>(name: string, decide: (change: Change, courseId: string, item: Item, by: Actor | null) => ReturnType<Parameters<typeof inTurn<Item, string | null>>[2]>) =>
  inTurn<Item, string | null>(`versions.${name}`, lockCourse, async (change, courseId, item, by) => (courseId ? decide(change, courseId, item, by) : notFound('course')))

/** Publishes what is written now; `cohortIds` read it from now on. */
export const publish = under<{ note: string; cohortIds: readonly string[] }>('publish', async (change, courseId, { note, cohortIds }, by) => {
  const last = await store.newest(change.sql, courseId)
  const side = await store.draftOf(change.sql, courseId)
  const contentHash = store.hashOf(side)
  if (last?.contentHash === contentHash) return refuse('nothing_to_publish', `Nothing has changed since version ${last.versionNo}.`)
  return ok(await published(change, courseId, { side, contentHash, versionNo: (last?.versionNo ?? 0) + 1, note, restoredFrom: null, by: by?.userId ?? null, now: change.now }, cohortIds, by))
})

/** Writes the course as it was in a version, and publishes that. */
export const restore = under<{ versionId: string }>('restore', async (change, courseId, { versionId }, by) => {
  const then = await store.versionOf(change.sql, courseId, versionId)
  if (!then) return notFound('version of this course')
  const last = (await store.newest(change.sql, courseId))!
  const now = await store.draftOf(change.sql, courseId)
  if (store.hashOf(now) === then.contentHash && last.contentHash === then.contentHash) return refuse('nothing_to_publish', `The course is as it was in version ${then.versionNo} already.`)
  await writeBack(change.sql, courseId, then, now.topics)
  const side = await store.draftOf(change.sql, courseId)
  const contentHash = store.hashOf(side)
  if (contentHash !== then.contentHash) throw new Error(`version ${then.versionNo} was not restored as it was`)
  return ok(await published(change, courseId, { side, contentHash, versionNo: last.versionNo + 1, note: '', restoredFrom: then.versionNo, by: by?.userId ?? null, now: change.now }, [], by))
})

async function published(change: Change, courseId: string, version: Parameters<typeof store.putVersion>[2], cohortIds: readonly string[], by: Actor | null) {
  await store.keepTopics(change.sql, version.side.topics)
  const versionId = await store.putVersion(change.sql, courseId, version)
  change.record('course.published', versionId, by, { courseId })
  const moved = await moveTo(change, courseId, cohortIds, { versionId, versionNo: version.versionNo }, by)
  return { versionId, versionNo: version.versionNo, contentHash: version.contentHash, moved }
}

/** Has a cohort read a version of its course, or what is written now. */
export const move = under<{ cohortId: string; versionId: string | null }>('move', async (change, courseId, { cohortId, versionId }, by) => {
  const version = versionId === null ? null : await store.versionOf(change.sql, courseId, versionId)
  if (version === undefined) return notFound('version of this course')
  await moveTo(change, courseId, [cohortId], { versionId, versionNo: version?.versionNo ?? null }, by)
  return ok({ versionNo: version?.versionNo ?? null })
})

async function moveTo(change: Change, courseId: string, cohortIds: readonly string[], { versionId, versionNo }: { versionId: string | null; versionNo: number | null }, by: Actor | null): Promise<number> {
  const moved = await store.moveCohorts(change.sql, courseId, cohortIds, versionId)
  for (const cohortId of moved) change.tell(change.record('cohort.version_moved', cohortId, by, { courseId }), cohortStream(cohortId), 'versions:moved', { cohortId, versionNo })
  return moved.length
}
