// What authors change of a quiz, decided under its lock: of two at once the second hears that it has changed.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { isRefused, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { putQuestions } from '../questions/index.ts'
import type { Asked, PlacedAs } from './contract.ts'
import * as store from './store.authors.ts'
import { placesOf } from './store.placements.ts'
import { misread, stepsTo, take, written } from './verbs.place.ts'

type By = Actor | null
type Maybe<T> = { [K in keyof T]?: T[K] | undefined }
export type Said = Maybe<Omit<store.Settings, 'chapterId'>> & { moduleNo?: number | null | undefined; titles?: store.TitleIn[] | undefined }
const stamp = (change: Change, by: By) => ({ by: by?.userId ?? null, now: change.now })

/** What counts for a module may be otherwise now. */
export const tellChanged = (change: Change, quizId: string, courseId: string, by: By) => void change.record('quiz.changed', quizId, by, { courseId })

/** What is said of it, with the chapter in place of its number; refused where the course has no such module or lesson. */
async function settings({ sql }: Change, courseId: string, { moduleNo, titles: _, ...said }: Said): Promise<Maybe<store.Settings> | Refused<'bad_request'>> {
  const chapterId = moduleNo == null ? moduleNo : await store.chapterAt(sql, courseId, moduleNo)
  if (moduleNo != null && chapterId === undefined) return misread([{ path: '/moduleNo', problem: `is no module of this course: there is no module ${moduleNo}` }])
  if (said.topicId && !(await store.hasTopic(sql, courseId, said.topicId))) return misread([{ path: '/topicId', problem: 'is no topic of this course' }])
  return { ...said, chapterId }
}

export type Adding = { quizId: string; said: Said & { title: string; passScore: number }; questions: readonly Asked[] }

/** Makes a quiz; what is written with it goes into the bank. The aggregate is the course. */
export const add = inTurn<Adding, string>('quiz.add', async (_, courseId) => courseId, async (change, courseId, { quizId, said, questions }, by) => {
  const set = await settings(change, courseId, said)
  if (isRefused(set)) return set
  // Everything is seen before anything is saved, since what was refused is not taken back.
  const mine = questions.map((q, i) => (q.text === undefined ? null : written(q, `/questions/${i}`)))
  const wrong = mine.flatMap((m) => (m && 'wrong' in m ? m.wrong : []))
  if (wrong.length > 0) return misread(wrong)
  const refOf = (i: number) => `quiz/${quizId}/${i + 1}`
  const wanted = questions.map(({ questionId, poolId, draw, points, text }, i): PlacedAs => (text === undefined ? { questionId, poolId, draw, points } : { questionId: refOf(i), points }))
  const steps = await stepsTo(change, courseId, [], wanted, mine.flatMap((m, i) => (m ? [refOf(i)] : [])))
  if (isRefused(steps)) return steps

  const put = await putQuestions(change, courseId, mine.flatMap((m, i) => (m && 'question' in m ? [{ sourceRef: refOf(i), question: { ...m.question, topicId: said.topicId ?? null }, isNew: true }] : [])), by)
  await store.insertQuiz(change.sql, courseId, quizId, asNew(set, said), stamp(change, by))
  if (said.titles) await store.putTitles(change.sql, quizId, said.titles)
  await take(change, quizId, courseId, steps.map((s) => ('freeze' in s ? { ...s, freeze: put.get(s.freeze)?.questionId ?? s.freeze } : s)))
  tellChanged(change, quizId, courseId, by)
  return ok({ quizId })
})

const asNew = (set: Maybe<store.Settings>, { title, passScore }: { title: string; passScore: number }): store.Settings & { sourceRef: null } => ({
  title, passScore, quizType: set.quizType ?? 'quiz', attempts: set.attempts ?? null, seconds: set.seconds ?? null, shuffleQuestions: set.shuffleQuestions ?? false, shuffleOptions: set.shuffleOptions ?? true,
  published: set.published ?? true, position: set.position ?? null, chapterId: set.chapterId ?? null, topicId: set.topicId ?? null, sourceRef: null,
})

type Held = NonNullable<Awaited<ReturnType<typeof store.lockQuiz>>>
const each = <I>(name: string, decide: (change: Change, quiz: Held, item: I, by: By) => Promise<Outcome | Refused>) =>
  inTurn<I, string>(`quiz.${name}`, async (_, quizId) => quizId, async (change, quizId, item, by) => {
    const quiz = await store.lockQuiz(change.sql, quizId)
    return quiz ? decide(change, quiz, item, by) : notFound('quiz')
  })
/** The same for who has read it: refused where it was deleted, or changed since. */
const eachRead = <I extends { rowVersion: number }>(name: string, decide: (change: Change, quiz: Held, item: I, by: By) => Promise<Outcome | Refused>) => each<I>(name, async (change, quiz, item, by) => {
  if (quiz.removed) return notFound('quiz')
  if (quiz.rowVersion !== item.rowVersion) return refuse('conflict', `${quiz.changedBy || 'Somebody'} changed this quiz meanwhile. Look at what stands now, then save yours or leave it.`)
  return decide(change, quiz, item, by)
})

export const alter = eachRead<{ rowVersion: number; said: Said }>('alter', async (change, { quizId, courseId }, { said }, by) => {
  const set = await settings(change, courseId, said)
  if (isRefused(set)) return set
  await store.updateQuiz(change.sql, quizId, set, stamp(change, by))
  if (said.titles) await store.putTitles(change.sql, quizId, said.titles)
  tellChanged(change, quizId, courseId, by)
  return ok({})
})

export const place = eachRead<{ rowVersion: number; questions: readonly PlacedAs[] }>('place', async (change, { quizId, courseId }, { questions }, by) => {
  const steps = await stepsTo(change, courseId, await placesOf(change.sql, quizId), questions)
  if (isRefused(steps)) return steps
  await take(change, quizId, courseId, steps)
  await store.updateQuiz(change.sql, quizId, {}, stamp(change, by))
  tellChanged(change, quizId, courseId, by)
  return ok({})
})

/** Takes it out of the course, or puts it back; where it is so already nothing changes. */
const setRemoved = (isRemoved: boolean) => each<Record<never, never>>(isRemoved ? 'remove' : 'back', async (change, { quizId, courseId, removed }, _, by) => {
  if (removed === isRemoved) return isRemoved ? notFound('quiz') : ok({})
  await store.setRemoved(change.sql, quizId, isRemoved, stamp(change, by))
  tellChanged(change, quizId, courseId, by)
  return ok({})
})
export const remove = setRemoved(true)
export const back = setRemoved(false)
