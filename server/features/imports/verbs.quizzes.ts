// The quizzes of a course that was read from a folder: brought in after its lessons, with a row for each question that did not come in.
import type { Actor } from '#kernel/actor'
import type { Refusal } from '#kernel/contract'
import type { Kernel } from '#kernel/feature'
import { bring, bringIn, type Bringing, type Brought } from '../quizzes/index.ts'
import type { Draft } from './draft.ts'
import type { Row } from './verbs.ts'

/** `saved`: what became of each file; `failed`: what of it did not come in; `said`: a file's row with what is to be known of it. */
export type Came = { saved: Record<string, 'added' | 'updated' | 'unchanged'>; failed: Row[]; said(row: Row): Row }
type Asked = { courseId: string | null; draft: Draft; mode: 'dry' | 'apply'; actor: Actor | null; progress(share: number): Promise<void> | void }

const NOTES = 3

/** Brings them in, or in a dry run sees what would be. A file counts as what the most of its quizzes' change was. */
export async function putQuizzes({ db, change }: Pick<Kernel, 'change' | 'db'>, { courseId, draft, mode, actor, progress }: Asked): Promise<Came | { refused: Refusal }> {
  const files = draft.quizzes
  if (files.length === 0) return { saved: {}, failed: [], said: (row) => row }
  const source = files.find((f) => f.language === draft.language)?.language
  const save: Bringing['save'] = mode === 'dry' || courseId === null ? null : (list) => change(bringIn, courseId, { list }, actor)
  const came = await bring(db.sql, { courseId, files, source, save, ...(mode === 'dry' && { lessons: draft.topics.length }), progress: (done, total) => progress(done / total) })
  if ('ok' in came) return { refused: came.error }
  const became = came.quizzes.added > 0 ? 'added' : came.quizzes.updated > 0 ? 'updated' : 'unchanged'
  return {
    saved: Object.fromEntries(files.map(({ path }) => [path, became])),
    failed: came.failed.map(({ path, line, message }): Row => ({ path, line, outcome: 'failed', note: message })),
    said: (row) => (files.some((f) => f.path === row.path) ? { ...row, note: told(row, came) } : row),
  }
}

/** How many came in, and what came otherwise than it is written there. */
function told({ path }: Row, { quizzes, questions, notes }: Brought): string {
  const all = (c: Brought['quizzes']) => c.added + c.updated + c.unchanged
  const mine = notes.filter((n) => n.path === path)
  const more = mine.length > NOTES ? [`and ${mine.length - NOTES} more`] : []
  return [`${all(quizzes)} quizzes, ${all(questions)} questions`, ...mine.slice(0, NOTES).map((n) => `line ${n.line}: ${n.message}`), ...more].join('; ')
}
