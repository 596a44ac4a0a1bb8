// The order of a course: its modules and the topics in them, put as a whole, without gaps, against the version that was read.
import { newId } from '#kernel/ids'
import { notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { inTurn } from '#kernel/turn'
import { lockCourse, outlineOf } from './store.ts'

export type Wanted = { rowVersion: number; modules: { chapterId?: string | undefined; title: string; introduction?: string | undefined; topics: string[] }[] }

/** Puts the outline; the aggregate is the course. */
export const putOutline = inTurn<Wanted, string | null>('catalog.putOutline', lockCourse, async (change, courseId, { rowVersion, modules }, by) => {
  const { sql } = change
  if (!courseId) return notFound('course')
  const now = await outlineOf(sql, courseId)
  if (now.rowVersion !== rowVersion) return refuse('conflict', 'Somebody changed the order meanwhile. Look at what stands now, then put yours again or leave it.', { now })
  const topics = modules.flatMap((m) => m.topics)
  const chapters = modules.flatMap((m) => m.chapterId ?? [])
  if (new Set(topics).size < topics.length || new Set(chapters).size < chapters.length) return refuse('bad_request', 'A module or a topic stands there twice. Name each once.')
  const known = { topics: new Set([...now.modules.flatMap((m) => m.topics), ...now.removed].map((t) => t.topicId)), chapters: new Set(now.modules.map((m) => m.chapterId)) }
  if (topics.some((id) => !known.topics.has(id))) return notFound('topic in this course')
  if (chapters.some((id) => !known.chapters.has(id))) return notFound('module in this course')
  await order(sql, courseId, modules)
  change.record('course.ordered', courseId, by)
  return ok(await outlineOf(sql, courseId))
})

const ASIDE = 1_000_000

/** Puts modules and topics into an order, numbered without gaps where no `moduleNo` is given; what is left out is taken out. All step aside first, so that any two may change places. */
export async function order(sql: Sql, courseId: string, modules: (Wanted['modules'][number] & { moduleNo?: number })[]): Promise<void> {
  const ids = modules.map((m) => m.chapterId ?? newId())
  const numbers = modules.map((m, at) => m.moduleNo ?? at + 1)
  await sql('UPDATE topics SET module_no = NULL WHERE course_id = $1 AND module_no IS NOT NULL', [courseId])
  await sql('DELETE FROM chapter_languages l USING chapters h WHERE h.chapter_id = l.chapter_id AND h.course_id = $1 AND h.chapter_id <> ALL($2::uuid[])', [courseId, ids])
  await sql('DELETE FROM chapters WHERE course_id = $1 AND chapter_id <> ALL($2::uuid[])', [courseId, ids])
  await sql(`UPDATE chapters SET module_no = module_no + ${ASIDE} WHERE course_id = $1`, [courseId])
  await sql(
    `INSERT INTO chapters AS h (chapter_id, course_id, module_no, title, introduction)
     SELECT w.id, $1, w.no, w.title, coalesce(w.intro, '') FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) AS w (id, title, intro, no)
     WHERE NOT EXISTS (SELECT 1 FROM chapters h WHERE h.chapter_id = w.id)`, [courseId, ids, modules.map((m) => m.title), modules.map((m) => m.introduction ?? null), numbers])
  await sql(
    `UPDATE chapters h SET module_no = w.no, title = w.title, introduction = coalesce(w.intro, h.introduction)
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) AS w (id, title, intro, no) WHERE h.chapter_id = w.id`, [ids, modules.map((m) => m.title), modules.map((m) => m.introduction ?? null), numbers])
  const placed = modules.flatMap((m, at) => m.topics.map((id, n) => ({ id, module: numbers[at] as number, number: n + 1 })))
  await sql('UPDATE topics t SET module_no = w.module, topic_number = w.number FROM unnest($1::uuid[], $2::int[], $3::int[]) AS w (id, module, number) WHERE t.topic_id = w.id',
    [placed.map((p) => p.id), placed.map((p) => p.module), placed.map((p) => p.number)])
  await sql('UPDATE courses SET row_version = row_version + 1 WHERE course_id = $1', [courseId])
}
