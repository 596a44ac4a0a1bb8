// The quizzes of a course from its JSON files, one a language: read, and brought in some at a time, whoever brings them: an author by
// themselves, or an import of a whole course.
import { setImmediate } from 'node:timers/promises'
import type { Outcome } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { questionsSeen, type QuizFile, type QuizIn, quizzesIn, type Trouble } from '../questions/index.ts'
import { bySource, languageOf, lessonsOf } from './store.import.ts'
import type { Imported, Saved } from './verbs.import.ts'

/** How many quizzes are brought in with one change, so that those who are in class do not wait. */
const SLICE = 8
/** Of a course that is not there yet. */
const NONE = '00000000-0000-4000-8000-000000000000'

export type Bringing = {
  /** null: a course that a dry run would make. */
  courseId: string | null
  files: readonly QuizFile[]
  /** The language of what is asked; none: the course's. */
  source?: string | null | undefined
  /** How many lessons the course will have, where it is not there yet. */
  lessons?: number
  /** Saves some; none: it is only seen what would be saved. */
  save: ((list: readonly QuizIn[]) => Promise<Outcome>) | null
  progress?: (done: number, total: number) => Promise<void> | void
}
type Counts = Record<Saved, number>
export type Brought = { quizzes: Counts; questions: Counts; failed: Trouble[]; notes: Trouble[] }

/** Brings them in. A question that is wrong is left out with its line, and the others come in; a refused slice ends it. */
export async function bring(sql: Sql, { courseId, files, source, lessons, save, progress }: Bringing): Promise<Brought | Extract<Outcome, { ok: false }>> {
  const from = source ?? (courseId === null ? 'en' : await languageOf(sql, courseId))
  const { quizzes: found, failed, notes } = quizzesIn(files, from)
  const count = lessons ?? (await lessonsOf(sql, courseId ?? NONE)).length
  const path = (files.find((f) => f.language === from) ?? files[0])?.path ?? ''
  for (const q of found) {
    const at = { path, line: q.line }
    if (q.questions.length === 0) failed.push({ ...at, message: `“${q.title}” has no question that can be asked, so it is left out.` })
    else if (q.lesson === null) notes.push({ ...at, message: `“${q.title}” names no lesson; it stands in no module yet.` })
    else if (q.lesson > count) notes.push({ ...at, message: `“${q.title}” is of lesson ${q.lesson}, and this course has ${count}; it stands in no module yet.` })
  }
  // A quiz whose questions all fell out asks nothing.
  const all = found.filter((q) => q.questions.length > 0)
  const brought: Brought = { quizzes: none(), questions: none(), failed, notes }
  for (let at = 0; at < all.length; at += SLICE) {
    await progress?.(at, all.length)
    const slice = all.slice(at, at + SLICE)
    const came = save ? await save(slice) : await seen(sql, courseId ?? NONE, slice)
    if ('ok' in came && !came.ok) return came
    const { quizzes, questions } = ('ok' in came ? came.data : came) as Imported
    for (const b of quizzes) brought.quizzes[b]++
    for (const b of questions) brought.questions[b]++
    await setImmediate()
  }
  return brought
}

const none = (): Counts => ({ added: 0, updated: 0, unchanged: 0 })

/** What it would do, as far as it is seen without doing it: a quiz is known by its place in the file. */
async function seen(sql: Sql, courseId: string, slice: readonly QuizIn[]): Promise<Imported> {
  const known = await bySource(sql, courseId, slice.map((q) => q.sourceRef))
  const questions = await questionsSeen(sql, courseId, slice.flatMap((q) => q.questions.map(({ sourceRef, question, unsaid }) => ({ sourceRef, question, unsaid }))))
  const isSame = (q: QuizIn) => known.get(q.sourceRef)?.title === (q.title || q.sourceRef) && q.questions.every((x) => questions.get(x.sourceRef) === 'unchanged')
  return { quizzes: slice.map((q) => (!known.has(q.sourceRef) ? 'added' : isSame(q) ? 'unchanged' : 'updated')), questions: [...questions.values()] }
}
