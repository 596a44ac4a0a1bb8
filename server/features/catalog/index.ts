// The face of the catalogue: asking for courses, making them, and importing one from a folder.
import type { Actor } from '#kernel/actor'
import type { Kernel } from '#kernel/feature'
import type { Refusal } from '#kernel/contract'
import type { Place } from '../orgs/index.ts'
import { type Draft, type DraftTopic, type Line, titleFrom } from './course-folder.ts'
import { type Outlined, outline, putTopics, type Saved } from './verbs.ts'

export { type Draft, readCourse } from './course-folder.ts'
export { readFolder } from './gateway.ts'
export { courseSeen, courseToWrite, hasCourses } from './store.ts'
export { addTopic, create, type NewCourse } from './verbs.ts'

/** A file, and what became of it in the database. */
export type Row = Omit<Line, 'outcome' | 'makes'> & { outcome: Saved | 'skipped' | 'failed' }
/** `gone`: files of an earlier import whose topics stay in the course although they are no longer in the folder. */
export type Imported = { courseId: string; course: Saved; rows: Row[]; gone: string[] }

// One slice blocks an embedded database's process while it is saved: measured at 4–15 ms.
const SLICE_BYTES = 96 * 1024
const SLICE_TOPICS = 20

/** Saves a course that was read from a folder; again, it changes only what has changed. `name`: only where it is to be
 *  set; a new course is otherwise called as its folder says. Returns one row for every file, or the refusal. */
export async function importCourse(kernel: Pick<Kernel, 'change'>, { place, slug, name, draft, actor = null }: { place: Place; slug: string; name?: string | undefined; draft: Draft; actor?: Actor | null }): Promise<Imported | { refused: Refusal }> {
  const first = await kernel.change(outline, slug, {
    place, slug, name: name ?? draft.name, nameIfNew: titleFrom(slug), modules: draft.modules, topics: draft.topics.map(({ markdown: _, ...t }) => t),
    unread: draft.report.filter((l) => l.outcome === 'failed').map((l) => l.path),
  }, actor)
  if (!first.ok) return { refused: first.error }
  const { courseId, course, modules, refused, gone } = first.data as Outlined
  const saved: Record<string, Saved> = { '/': course, ...modules }
  for (const slice of slices(draft.topics.filter((t) => !(t.sourcePath in refused)))) {
    const next = await kernel.change(putTopics, courseId, slice, actor)
    if (!next.ok) return { refused: next.error }
    Object.assign(saved, next.data)
  }
  return { courseId, course, gone, rows: draft.report.map((line) => rowOf(line, saved, refused)) }
}

function rowOf({ makes, outcome, ...line }: Line, saved: Record<string, Saved>, refused: Record<string, string>): Row {
  if (makes === null || outcome !== 'imported') return { ...line, outcome: outcome === 'imported' ? 'unchanged' : outcome }
  if (makes in saved) return { ...line, outcome: saved[makes] as Saved }
  return { ...line, outcome: 'failed', note: refused[makes] ?? 'its place in the module was taken meanwhile' }
}

function* slices(topics: readonly DraftTopic[]): Generator<DraftTopic[]> {
  let slice: DraftTopic[] = []
  let bytes = 0
  for (const t of topics) {
    if (slice.length > 0 && (slice.length === SLICE_TOPICS || bytes + t.markdown.length > SLICE_BYTES)) {
      yield slice
      slice = []
      bytes = 0
    }
    slice.push(t)
    bytes += t.markdown.length
  }
  if (slice.length > 0) yield slice
}
