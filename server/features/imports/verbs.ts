// Saving a course that was read: first its outline, then what its topics say, in slices so that nobody waits for long. A dry run goes
// the same way and only compares.
import type { Actor } from '#kernel/actor'
import type { Refusal } from '#kernel/contract'
import type { Kernel } from '#kernel/feature'
import { isRefused } from '#kernel/refusals'
import { type Outline, type Outlined, outline, outlineSeen, type Saved } from '../catalog/index.ts'
import { type ImportedTopic, putTopics, topicsSeen } from '../content/index.ts'
import type { Place } from '../orgs/index.ts'
import type { Draft, DraftAsset, DraftText, DraftTopic, Line, Payload } from './draft.ts'
import { titleFrom } from './paths.ts'
import { type Came, putQuizzes } from './verbs.quizzes.ts'

/** A file, and what became of it in the database. */
export type Row = Omit<Line, 'outcome'> & { outcome: Saved | 'skipped' | 'failed' }
/** `gone`: files of an earlier import whose topics stay in the course although they are no longer in the folder. */
export type Imported = { courseId: string | null; course: Saved; rows: Row[]; gone: string[] }
/** Puts the files that the texts point to into the course; by path, what became of each and its id, or why not. */
export type PutFiles = (courseId: string | null, paths: readonly string[], mode: 'dry' | 'apply') => Promise<Map<string, { saved: Saved; fileId: string } | { reason: string }>>
export type Asked = {
  place: Place; slug: string; name?: string | undefined; draft: Draft; actor?: Actor | null; mode?: 'dry' | 'apply'
  files?: PutFiles; progress?: (done: number, total: number) => Promise<void> | void
}

// One slice blocks an embedded database's process while it is saved.
const SLICE_BYTES = 96 * 1024
const SLICE_TOPICS = 20

/** Saves a course that was read from a folder; again, it changes only what has changed. `name`: only where it is to be
 *  set; a new course is otherwise called as its folder says. Returns one row for every file, or the refusal. */
export async function importCourse(kernel: Pick<Kernel, 'change' | 'db'>, { place, slug, name, draft, actor = null, mode = 'apply', files, progress }: Asked): Promise<Imported | { refused: Refusal }> {
  const { sql } = kernel.db
  const whole: Outline = {
    place, slug, name: name ?? draft.name, nameIfNew: titleFrom(slug), summary: draft.summary, introduction: draft.introduction, path: draft.path, language: draft.language, languages: draft.languages, modules: draft.modules,
    topics: draft.topics.map(({ sourcePath, moduleNo, topicNumber }) => ({ sourcePath, moduleNo, topicNumber })),
    unread: draft.report.filter((l) => l.outcome === 'failed').map((l) => l.path),
  }
  const first = mode === 'dry' ? await outlineSeen(sql, whole, actor) : await kernel.change(outline, slug, whole, actor)
  if (isRefused(first)) return first
  if ('ok' in first && !first.ok) return { refused: first.error }
  const { courseId, course, saved, unplaced, gone } = ('ok' in first ? first.data : first) as Outlined

  const put = await (files?.(courseId, draft.files, mode) ?? new Map<string, { reason: string }>())
  const ready = withFiles(draft.topics.filter((t) => !(t.sourcePath in unplaced)), put)
  const total = draft.report.length
  let done = total - ready.topics.reduce((n, t) => n + t.assets.length + t.texts.length, 0) - draft.quizzes.length
  const changed = new Set<string>()
  for (const slice of slices(ready.topics)) {
    await progress?.(done, total)
    const next = mode === 'dry' ? await topicsSeen(sql, courseId, slice, changed) : await kernel.change(putTopics, courseId as string, slice, actor)
    if (mode !== 'dry' && 'ok' in next && !next.ok) return { refused: next.error as Refusal }
    for (const [path, outcome] of Object.entries((mode === 'dry' ? next : (next as { data: unknown }).data) as Record<string, Saved>)) if (!(path in saved) || saved[path] === 'unchanged') saved[path] = outcome
    done += slice.reduce((n, t) => n + t.assets.length + t.texts.length, 0)
  }
  await progress?.(done, total)
  // Last, since each belongs to a lesson.
  const asked: Came | { refused: Refusal } = await putQuizzes(kernel, { courseId, draft, mode, actor, progress: (share) => progress?.(done + Math.floor(share * draft.quizzes.length), total) })
  if ('refused' in asked) return asked
  Object.assign(saved, asked.saved)
  await progress?.(total, total)
  const troubles = new Map([...ready.troubles, ...[...put].flatMap(([path, p]) => ('reason' in p ? [[path, p.reason] as const] : [])), ...draft.topics.flatMap((t) => { const reason = unplaced[t.sourcePath]; return reason ? filesOf(t).map((path) => [path, reason] as const) : [] })])
  for (const [path, p] of put) if ('saved' in p) saved[path] = p.saved
  const expected = new Set(draft.topics.flatMap(filesOf))
  return { courseId, course, gone, rows: [...draft.report.map((line) => asked.said(rowOf(line, saved, troubles, expected, files !== undefined))), ...asked.failed] }
}

const filesOf = (t: DraftTopic) => [...t.assets.map((a) => a.path), ...t.texts.map((x) => x.path)]

function rowOf(line: Line, saved: Record<string, Saved>, troubles: ReadonlyMap<string, string>, expected: ReadonlySet<string>, takesFiles: boolean): Row {
  if (line.outcome !== 'imported') return { ...line, outcome: line.outcome }
  const reason = troubles.get(line.path)
  if (reason) return { ...line, outcome: 'failed', note: reason }
  const became = saved[line.path]
  if (became) return { ...line, outcome: became }
  if (expected.has(line.path)) return { ...line, outcome: 'failed', note: 'its place in the module was taken meanwhile' }
  return takesFiles || /\.(md|json)$/i.test(line.path) ? { ...line, outcome: 'unchanged' } : { ...line, outcome: 'skipped', note: 'pictures and films come later' }
}

/** The topics with the ids of the files that their blocks show; a block whose file did not come in is left out, with the reason. */
function withFiles(topics: readonly DraftTopic[], put: ReadonlyMap<string, { fileId?: string } | { reason: string }>): { topics: DraftTopic[]; troubles: Map<string, string> } {
  const troubles = new Map<string, string>()
  const shown = <T extends DraftAsset | DraftText>(all: readonly T[]): T[] => all.flatMap((a): T[] => {
    const { file, ...rest } = a.payload
    if (file === undefined) return [a]
    const there = put.get(file)
    const fileId = there && 'fileId' in there ? there.fileId : undefined
    if (!fileId) return troubles.set(a.path, `its file ${file} ${there && 'reason' in there ? `did not come in: ${there.reason}` : 'is not in the folder'}`) && []
    return [{ ...a, payload: { fileId, ...rest } as Payload }]
  })
  return { topics: topics.map((t) => {
    const assets = shown(t.assets)
    return { ...t, assets, texts: shown(t.texts), blocks: t.blocks.filter((b) => assets.some((a) => a.key === b.key)) }
  }), troubles }
}

/** Parts of topics, in order: what a topic says before its translations. */
function* slices(topics: readonly DraftTopic[]): Generator<ImportedTopic[]> {
  let slice = new Map<string, ImportedTopic>()
  let bytes = 0
  for (const t of topics) {
    const bare = t.names.filter((n) => !t.texts.some((x) => x.path === n.path))
    const pieces = [...(bare.length > 0 ? [{ assets: [], texts: [], names: bare }] : []), ...t.assets.map((asset) => ({ assets: [asset], texts: [], names: [] })), ...t.texts.map((text) => ({ assets: [], texts: [text], names: t.names.filter((n) => n.path === text.path) }))]
    for (const piece of pieces.length > 0 ? pieces : [{ assets: [], texts: [], names: [] }]) {
      const size = [...piece.assets, ...piece.texts].reduce((n, a) => n + Buffer.byteLength(a.payload.markdown ?? ''), 0)
      if (slice.size > 0 && (bytes + size > SLICE_BYTES || (slice.size === SLICE_TOPICS && !slice.has(t.sourcePath)))) {
        yield [...slice.values()]
        slice = new Map()
        bytes = 0
      }
      const part = slice.get(t.sourcePath) ?? { ...t, assets: [], texts: [], names: [] }
      slice.set(t.sourcePath, { ...part, assets: [...part.assets, ...piece.assets], texts: [...part.texts, ...piece.texts], names: [...part.names, ...piece.names] })
      bytes += size
    }
  }
  if (slice.size > 0) yield [...slice.values()]
}
