// Quizzes over REST: who may write the course reads and changes its quizzes; to everybody else who can see the course it is forbidden.
import type { Verb } from '#kernel/change'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { canonical } from '#kernel/languages'
import { forbidden, isRefused, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { importing } from './actions.import.ts'
import type { quizzes } from './contract.ts'
import type { Shown } from './contract.ts'
import * as store from './store.authors.ts'
import * as verbs from './verbs.authors.ts'
import { regrade as regradeVerb, type Regraded } from './verbs.regrade.ts'

type Calls = typeof quizzes.calls
type May = Refused<'not_found' | 'forbidden'> | null

export function authorActions(kernel: Kernel) {
  const { db } = kernel
  const mayWrite = async (ctx: CallCtx, courseId: string | undefined, what = 'course'): Promise<May> => {
    const course = courseId && (await courseToWrite(db.sql, ctx.actor.userId, courseId))
    return !course ? notFound(what) : course.mayWrite ? null : forbidden('write this course')
  }
  const mayWriteQuiz = async (ctx: CallCtx, quizId: string): Promise<May> => mayWrite(ctx, await store.courseOf(db.sql, quizId), 'quiz')

  const shown = async (quizId: string): Promise<Shown | undefined> => {
    const quiz = await store.oneQuiz(db.sql, quizId)
    return quiz && { ...quiz, placements: await store.placementsOf(db.sql, quizId) }
  }
  /** Changes one, and answers with how it stands then; where it stands otherwise than was read, with the refusal. */
  const changed = async <I>(ctx: CallCtx, quizId: string, verb: Verb<I, any>, item: I): Promise<Outcome<Shown> | Refused<any>> => {
    const refused = await mayWriteQuiz(ctx, quizId)
    if (refused) return refused
    const outcome = await ctx.change(verb, quizId, item)
    if (!outcome.ok && outcome.error.code !== 'conflict') return outcome
    const now = await shown(quizId)
    if (outcome.ok) return now ? ok(now) : notFound('quiz')
    return now ? { ok: false, error: { ...outcome.error, details: { now } } } : outcome
  }

  const add: CallAction<Calls['add']> = async (ctx, { params: { courseId }, body: { questions, ...body } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const said = tagged(body)
    return isRefused(said) ? said : ctx.change(verbs.add, courseId, { quizId: newId(), said, questions })
  }
  const all: CallAction<Calls['all']> = async (ctx, { params: { courseId, removed } }) => (await mayWrite(ctx, courseId)) ?? { quizzes: await store.quizzesOf(db.sql, courseId, removed ?? false) }
  const show: CallAction<Calls['show']> = async (ctx, { params: { quizId } }) => (await mayWriteQuiz(ctx, quizId)) ?? (await shown(quizId)) ?? notFound('quiz')
  const change: CallAction<Calls['change']> = async (ctx, { params: { quizId }, body: { rowVersion, ...body } }) => {
    const said = tagged(body)
    return isRefused(said) ? said : changed(ctx, quizId, verbs.alter, { rowVersion, said })
  }
  const place: CallAction<Calls['place']> = (ctx, { params: { quizId }, body }) => changed(ctx, quizId, verbs.place, body)
  const remove: CallAction<Calls['remove']> = async (ctx, { params: { quizId } }) => (await mayWriteQuiz(ctx, quizId)) ?? ctx.change(verbs.remove, quizId, {})
  const back: CallAction<Calls['back']> = (ctx, { params: { quizId } }) => changed(ctx, quizId, verbs.back, {})

  const regrade: CallAction<Calls['regrade']> = async (ctx, { params: { quizId }, body: { dryRun = false } }) => {
    const refused = await mayWriteQuiz(ctx, quizId)
    if (refused) return refused
    const sum = { looked: 0, changed: 0, up: 0, down: 0 }
    const regradeId = newId()
    for (let after: string | null = null; ;) {
      const came: Outcome = await ctx.change(regradeVerb, quizId, { regradeId, after, dryRun })
      if (!came.ok) return came
      const slice = came.data as Regraded
      for (const n of Object.keys(sum) as (keyof typeof sum)[]) sum[n] += slice[n]
      if (slice.after === null) return sum
      after = slice.after
    }
  }

  return { add, all, show, change, place, remove, back, regrade, ...importing(kernel, mayWrite) }
}

type Titles = { titles?: { language: string; title: string; status?: 'draft' | 'ai' | 'reviewed' | undefined }[] | undefined }
/** With its languages as they are written in full. */
function tagged<T extends Titles>(said: T): (Omit<T, 'titles'> & { titles?: store.TitleIn[] | undefined }) | Refused<'bad_request'> {
  const { titles, ...rest } = said
  const tags = (titles ?? []).map((t) => canonical(t.language))
  const bad = tags.findIndex((t, i) => t === null || tags.indexOf(t) < i)
  if (bad >= 0) return refuse('bad_request', `/titles/${bad}/language ${tags[bad] === null ? 'is no language; one looks like en, pt-BR or zh-Hant' : 'is there twice'}.`)
  return { ...rest, ...(titles && { titles: titles.map((t, i) => ({ language: tags[i] as string, title: t.title, status: t.status ?? 'reviewed' })) }) }
}
