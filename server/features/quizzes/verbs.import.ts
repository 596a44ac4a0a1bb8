// Quizzes of a course brought in from its files, some at a time: each is known by where it came from, so that bringing it in again changes
// only what has changed there; what an author set here (pass score, time, further questions) stays.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { newId } from '#kernel/ids'
import { isRefused, ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { type Put, putQuestions, type QuizIn } from '../questions/index.ts'
import type { PlacedAs } from './contract.ts'
import * as store from './store.authors.ts'
import { bySource, type Known, type Lesson, lessonsOf } from './store.import.ts'
import { placesOf } from './store.placements.ts'
import { tellChanged } from './verbs.authors.ts'
import { stepsTo, take } from './verbs.place.ts'

export type Saved = 'added' | 'updated' | 'unchanged'
export type Imported = { quizzes: Saved[]; questions: Saved[] }
const PASS = 70

/** Outcome: what became of each quiz, and of each question. The aggregate is the course. */
export const bringIn = inTurn<{ list: readonly QuizIn[] }, string>('quiz.import', async (_, courseId) => courseId, async (change, courseId, { list }, by) => {
  const known = await bySource(change.sql, courseId, list.map((q) => q.sourceRef))
  const lessons = await lessonsOf(change.sql, courseId)
  const put = await putQuestions(change, courseId, list.flatMap((q) => q.questions.map(({ sourceRef, question, unsaid }) => ({ sourceRef, question: { ...question, topicId: lessonAt(lessons, q)?.topicId ?? null }, unsaid }))), by)
  const quizzes: Saved[] = []
  for (const q of list) quizzes.push(await one(change, courseId, q, known.get(q.sourceRef), lessonAt(lessons, q), put, by))
  return ok({ quizzes, questions: [...put.values()].map((p) => p.saved) } satisfies Imported)
})

const lessonAt = (lessons: readonly Lesson[], { lesson }: QuizIn): Lesson | undefined => (lesson === null ? undefined : lessons[lesson - 1])

async function one(change: Change, courseId: string, q: QuizIn, known: Known | undefined, lesson: Lesson | undefined, put: ReadonlyMap<string, Put>, by: Actor | null): Promise<Saved> {
  const { sql, now } = change
  const stamp = { by: by?.userId ?? null, now }
  const quizId = known?.quizId ?? newId()
  const stands = known ? await placesOf(sql, quizId) : []
  const asked = q.questions.flatMap((x) => put.get(x.sourceRef)?.questionId ?? [])
  const steps = await stepsTo(change, courseId, stands, [
    ...asked.map((questionId): PlacedAs => { const there = stands.find((s) => s.poolId === null && s.questionId === questionId); return there ? { quizQuestionId: there.quizQuestionId, refresh: true } : { questionId } }),
    ...stands.filter((s) => s.poolId !== null || !asked.includes(s.questionId)).map((s): PlacedAs => ({ quizQuestionId: s.quizQuestionId })),
  ])
  if (isRefused(steps)) throw new Error(`${q.sourceRef} could not be placed: ${steps.refused.message}`)
  const title = q.title || q.sourceRef
  const told = known?.titles ?? []
  const retold = q.titles.filter((t) => !told.some((o) => o.language === t.language && o.title === t.title))
  // A language of which no file came stays as it is.
  const titles = [...told.filter((t) => !retold.some((o) => o.language === t.language)), ...retold.map((t) => ({ ...t, status: 'reviewed' }))]
  const isNewPlace = steps.length !== stands.length || steps.some((s, i) => !('stays' in s) || s.stays !== stands[i]?.quizQuestionId)
  const isMoved = lesson !== undefined && (known?.topicId !== lesson.topicId || known.chapterId !== lesson.chapterId)
  if (!known) {
    await store.insertQuiz(sql, courseId, quizId, { title, passScore: PASS, quizType: q.when === 'pre' ? 'practice' : 'quiz', attempts: null, seconds: null, shuffleQuestions: false, shuffleOptions: true, published: true, position: null, chapterId: lesson?.chapterId ?? null, topicId: lesson?.topicId ?? null, sourceRef: q.sourceRef }, stamp)
  } else {
    const isSame = known.title === title && retold.length === 0 && !known.removed && !isNewPlace && !isMoved
    if (isSame) return 'unchanged'
    if (known.removed) await store.setRemoved(sql, quizId, false, stamp)
    await store.updateQuiz(sql, quizId, { title, ...(isMoved && { chapterId: lesson.chapterId, topicId: lesson.topicId }) }, stamp)
  }
  await store.putTitles(sql, quizId, titles)
  if (isNewPlace) await take(change, quizId, courseId, steps)
  tellChanged(change, quizId, courseId, by)
  return known ? 'updated' : 'added'
}
