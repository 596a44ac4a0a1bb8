// What is decided about the names of a course and its modules in another language, against what was read of them.
import type { Change } from '#kernel/change'
import { notFound, ok, refuse } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockCourse } from '../catalog/index.ts'
import type { Status } from './store.ts'
import { type Named, namesIn, putCourse, putModules } from './store.names.ts'

/** Left out: as it is; null: no longer said in that language. */
type Text = string | null | undefined
type Module = { moduleNo: number; title?: Text; introduction?: Text; rowVersion?: number | undefined }
type Names = { language: string; status?: Status | undefined; rowVersion?: number | undefined; title?: Text; summary?: Text; introduction?: Text; modules?: Module[] | undefined }

/** Puts the names of a course and its modules in another language; the aggregate is the course. */
export const putNames = inTurn<Names, string | null>('content.putNames', lockCourse, async (change, courseId, n, by) => {
  const now = courseId && (await namesIn(change.sql, courseId, n.language))
  if (!courseId || !now) return notFound('course')
  const wanted = (n.modules ?? []).map((m) => ({ ...m, now: now.modules.find((x) => x.moduleNo === m.moduleNo)?.said }))
  if (wanted.some((m) => !m.now)) return notFound('module in this course')
  if (isOld(n, now.course.said) || wanted.some((m) => m.now && isOld(m, m.now))) return refuse('conflict', 'Somebody changed these names meanwhile. Look at what stands now, then save yours or leave it.', { now })
  await put(change, courseId, n, now, by?.userId ?? null)
  change.record('course.changed', courseId, by)
  return ok({})
})

const isOld = ({ rowVersion }: { rowVersion?: number | undefined }, said: { rowVersion: number }) => rowVersion !== undefined && rowVersion !== said.rowVersion
const newly = (wanted: Text, now: string | null) => (wanted === undefined ? now : wanted)

async function put({ sql, now: at }: Change, courseId: string, n: Names, now: Named, by: string | null): Promise<void> {
  const how = { status: n.status ?? ('reviewed' as const), by, now: at }
  const { title, summary, introduction } = now.course.said
  if ([n.title, n.summary, n.introduction].some((text) => text !== undefined)) {
    await putCourse(sql, courseId, n.language, { title: newly(n.title, title), summary: newly(n.summary, summary), introduction: newly(n.introduction, introduction) }, how)
  }
  const modules = (n.modules ?? []).map((m) => {
    const was = now.modules.find((x) => x.moduleNo === m.moduleNo)?.said
    return { moduleNo: m.moduleNo, title: newly(m.title, was?.title ?? null), introduction: newly(m.introduction, was?.introduction ?? null) }
  })
  if (modules.length > 0) await putModules(sql, courseId, n.language, modules, how)
}
