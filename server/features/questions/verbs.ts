// What is decided about a question, under the lock of its bank: each save against the version that was read, each a version of its own.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { newId } from '#kernel/ids'
import { notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { asQuestion, flaws, inWords, type Question, type Words, type Written } from './question.ts'
import { type Before, saved } from './saving.ts'
import * as store from './store.ts'
import { saveAll, setRemoved } from './store.save.ts'

type By = Actor | null
const each = <I>(name: string, decide: (change: Change, courseId: string, item: I, by: By) => Promise<Outcome | Refused>) => inTurn<I, string>(`questions.${name}`, store.lockBank, decide)
const gone = () => notFound('question')
const stale = (b: Before) => refuse('conflict', `${b.changedBy || 'Somebody'} changed this question meanwhile. Look at what stands now, then save yours or leave it.`)

export const add = each<{ questionId: string; said: Written }>('add', (change, courseId, { questionId, said }, by) => save(change, courseId, questionId, null, asQuestion(said), by))

export const put = each<{ questionId: string; rowVersion: number; said: Written }>('put', async (change, courseId, { questionId, rowVersion, said }, by) => {
  const before = await store.toChange(change.sql, courseId, questionId)
  if (!before || before.isRemoved) return gone()
  if (before.rowVersion !== rowVersion) return stale(before)
  return save(change, courseId, questionId, before, asQuestion(said), by, { others: said.languages === undefined })
})

export const putWords = each<{ questionId: string; rowVersion: number; words: NonNullable<Written['languages']>[number] }>('putWords', async (change, courseId, { questionId, rowVersion, words }, by) => {
  const before = await store.toChange(change.sql, courseId, questionId)
  if (!before || before.isRemoved) return gone()
  if (before.rowVersion !== rowVersion) return stale(before)
  const { question: q } = before
  if ((words.choices?.length ?? 0) > q.choices.length) return misread([{ path: '/choices', problem: `are ${words.choices?.length}, and the question has ${q.choices.length}` }])
  const [told] = asQuestion({ ...q, languages: [words] }).languages as [Words]
  return save(change, courseId, questionId, before, { ...q, languages: [told] }, by, { others: true, fresh: words.language })
})

export const dropWords = each<{ questionId: string; language: string }>('dropWords', async (change, courseId, { questionId, language }, by) => {
  const before = await store.toChange(change.sql, courseId, questionId)
  if (!before || before.isRemoved) return gone()
  const left = before.question.languages.filter((l) => l.language !== language)
  return left.length === before.question.languages.length ? notFound('translation') : save(change, courseId, questionId, before, { ...before.question, languages: left }, by)
})

export const remove = each<{ questionId: string }>('remove', async (change, courseId, { questionId }, by) => {
  const before = await store.toChange(change.sql, courseId, questionId)
  if (!before || before.isRemoved) return gone()
  await setRemoved(change.sql, questionId, change.now, by?.userId ?? null)
  change.record('question.removed', questionId, by, { courseId })
  return ok({})
})

/** One that is there already stays as it is. */
export const back = each<{ questionId: string }>('back', async (change, courseId, { questionId }, by) => {
  const before = await store.toChange(change.sql, courseId, questionId)
  if (!before) return gone()
  if (!before.isRemoved) return ok({})
  await setRemoved(change.sql, questionId, null, null)
  change.record('question.back', questionId, by, { courseId })
  return ok({})
})

const misread = (problems: { path: string; problem: string }[]) => refuse('bad_request', `This cannot be asked as it is: ${inWords(problems)}.`, { problems })

async function save(change: Change, courseId: string, questionId: string, before: Before | null, q: Question, by: By, how: { others?: boolean; fresh?: string } = {}): Promise<Outcome | Refused> {
  const { sql, now } = change
  const wrong = flaws(q)
  if (wrong.length > 0) return misread(wrong)
  if (q.languages.length > 0) {
    const source = await store.languageOf(sql, courseId)
    if (q.languages.some((l) => l.language === source)) return refuse('bad_request', `${source} is the course's own language; a question says it by itself.`)
  }
  if (q.topicId && q.topicId !== before?.question.topicId && !(await store.hasTopic(sql, courseId, q.topicId))) return notFound('topic in this course')
  const after = saved(before, q, { newId, hashOf: store.hashOf }, how)
  if (!after.isNew && !after.isRetold) return ok({})
  await saveAll(sql, courseId, [{ ...after, questionId, version: (before?.version ?? 0) + (after.isNew ? 1 : 0), sourceRef: before?.sourceRef ?? null }], { by: by?.userId ?? null, now })
  change.record(before ? 'question.changed' : 'question.added', questionId, by, { courseId })
  return ok({})
}
