// The quizzes of a course from its JSON files, one a language: read, and brought in some at a time.
import { setImmediate } from 'node:timers/promises'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { canonical } from '#kernel/languages'
import { type Refused, refuse } from '#kernel/refusals'
import { questionsSeen, type QuizIn, quizzesIn } from '../questions/index.ts'
import type { quizzes } from './contract.ts'
import { bySource, languageOf, lessonsOf } from './store.import.ts'
import { bringIn, type Imported } from './verbs.import.ts'

type Calls = typeof quizzes.calls
/** How many quizzes are brought in with one change, so that those who are in class do not wait. */
const SLICE = 8

export function importing({ db }: Kernel, mayWrite: (ctx: CallCtx, courseId: string) => Promise<Refused<'not_found' | 'forbidden'> | null>) {
  const bring: CallAction<Calls['import']> = async (ctx, { params: { courseId }, body: { files, source, dryRun } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const bad = Object.keys(files).find((tag) => canonical(tag) === null)
    if (bad !== undefined) return refuse('bad_request', `“${bad}” is no language; one looks like en, pt-BR or zh-Hant.`)
    const list = Object.entries(files).map(([tag, text]) => ({ path: `${tag}.json`, language: canonical(tag) as string, text }))
    const { quizzes: found, failed, notes } = quizzesIn(list, canonical(source ?? '') ?? (await languageOf(db.sql, courseId)))
    const lessons = (await lessonsOf(db.sql, courseId)).length
    // A quiz whose questions all fell out asks nothing.
    const all = found.filter((q) => q.questions.length > 0)
    const [main] = list.filter((f) => f.language === (canonical(source ?? '') ?? 'en'))
    for (const q of found) {
      const at = { path: main?.path ?? list[0]?.path ?? '', line: q.line }
      if (q.questions.length === 0) failed.push({ ...at, message: `“${q.title}” has no question that can be asked, so it is left out.` })
      else if (q.lesson === null || q.lesson > lessons) notes.push({ ...at, message: q.lesson === null ? `“${q.title}” names no lesson; it stands in no module yet.` : `“${q.title}” is of lesson ${q.lesson}, and this course has ${lessons}; it stands in no module yet.` })
    }
    const counts = { added: 0, updated: 0, unchanged: 0, questions: { added: 0, updated: 0, unchanged: 0 } }
    for (let at = 0; at < all.length; at += SLICE) {
      const slice = all.slice(at, at + SLICE)
      const came = dryRun ? await seen(courseId, slice) : await ctx.change(bringIn, courseId, { list: slice })
      if ('ok' in came && !came.ok) return came
      const { quizzes: became, questions } = ('ok' in came ? came.data : came) as Imported
      for (const b of became) counts[b]++
      for (const b of questions) counts.questions[b]++
      await setImmediate()
    }
    return { ...counts, failed, notes }
  }

  /** What it would do, as far as it is seen without doing it: a quiz is known by its place in the file. */
  const seen = async (courseId: string, slice: readonly QuizIn[]): Promise<Imported> => {
    const known = await bySource(db.sql, courseId, slice.map((q) => q.sourceRef))
    const questions = await questionsSeen(db.sql, courseId, slice.flatMap((q) => q.questions.map(({ sourceRef, question, unsaid }) => ({ sourceRef, question, unsaid }))))
    const isSame = (q: QuizIn) => known.get(q.sourceRef)?.title === (q.title || q.sourceRef) && q.questions.every((x) => questions.get(x.sourceRef) === 'unchanged')
    return { quizzes: slice.map((q) => (!known.has(q.sourceRef) ? 'added' : isSame(q) ? 'unchanged' : 'updated')), questions: [...questions.values()] }
  }

  return { import: bring }
}
