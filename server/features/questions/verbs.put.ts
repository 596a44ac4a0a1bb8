// Questions that come from a file, told by what they are known as there (`sourceRef`): all of a slice at once, and again only what
// has changed.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Question } from './question.ts'
import type { Unsaid } from './rows.ts'
import { type After, type Before, saved } from './saving.ts'
import { BY_STEM, bySource, hashOf, languageOf, lockBank } from './store.ts'
import { saveAll } from './store.save.ts'

/** A question and what it is known as in its source; whole (`flaws` found none). `unsaid`: what the file cannot say, and stays as it stands.
 *  `isNew`: it was written here just now, so that it never changes one that is there: the same words with another key are another question. */
export type Sourced = { sourceRef: string; question: Question; unsaid?: readonly Unsaid[] | undefined; isNew?: boolean | undefined }
export type Put = { questionId: string; saved: 'added' | 'updated' | 'unchanged' }
/** `known`: the ref that it is known by from now on. */
type Weighed = Sourced & { before: Before | undefined; after: After; known: string | null; saved: Put['saved'] }

/** What a question is known as where its file calls it nothing: by what it asks. */
export const refOf = (ref: string | null, stem: string): string => ref ?? `${BY_STEM}${hashOf(stem)}`
export const namedRef = (sourceRef: string | null): string | null => (sourceRef === null || sourceRef.startsWith(BY_STEM) ? null : sourceRef)

/** Puts them into the bank of a course, in its transaction, under the bank's lock; what was deleted is back. By `sourceRef`, what became of each. */
export async function putQuestions(change: Change, courseId: string, list: readonly Sourced[], by: Actor | null): Promise<Map<string, Put>> {
  const { sql, now } = change
  await lockBank(sql, courseId)
  const put = (await weighed(sql, courseId, list)).map((w) => ({ ...w, questionId: w.before?.questionId ?? newId() }))
  // Those that are there first: one of them may give up the ref that a new one takes.
  const changed = put.filter((w) => w.saved !== 'unchanged').sort((a, b) => Number(!a.before) - Number(!b.before))
  await saveAll(sql, courseId, changed.map(({ after, before, questionId, known }) => ({ ...after, questionId, sourceRef: known, version: (before?.version ?? 0) + (after.isNew ? 1 : 0) })), { by: by?.userId ?? null, now })
  for (const { questionId, before } of changed) change.record(before ? 'question.changed' : 'question.added', questionId, by, { courseId })
  return new Map(put.map(({ sourceRef, questionId, saved: became }) => [sourceRef, { questionId, saved: became }]))
}

/** What `putQuestions` would do. It changes nothing. */
export const questionsSeen = async (sql: Sql, courseId: string, list: readonly Sourced[]): Promise<Map<string, Put['saved']>> =>
  new Map((await weighed(sql, courseId, list)).map((w) => [w.sourceRef, w.saved]))

async function weighed(sql: Sql, courseId: string, list: readonly Sourced[]): Promise<Weighed[]> {
  const there = await bySource(sql, courseId, list.map((s) => s.sourceRef), list.map((s) => hashOf(s.question.stem)))
  const source = await languageOf(sql, courseId)
  return list.map((s) => {
    const weigh = (b: Before | undefined) => saved(b ?? null, merged(b?.question, s, source), { newId, hashOf }, { others: true })
    const found = there.get(s.sourceRef)
    const isOther = s.isNew && found && weigh(found).isNew
    const before = isOther ? undefined : found
    const after = weigh(before)
    const known = before && s.sourceRef.startsWith(BY_STEM) ? before.sourceRef : s.sourceRef
    const isSame = before && !before.isRemoved && before.sourceRef === known && !after.isNew && !after.isRetold
    return { ...s, before, after, known, saved: !before ? 'added' : isSame ? 'unchanged' : 'updated' }
  })
}

/** What the file says, and for the rest what stands: its topic, its tags. */
function merged(before: Question | undefined, { question, unsaid = [] }: Sourced, source: string): Question {
  const q = { ...question, languages: question.languages.filter((l) => l.language !== source) }
  if (!before) return q
  const kept = { topicId: q.topicId ?? before.topicId, difficulty: q.difficulty ?? before.difficulty, tags: q.tags.length > 0 ? q.tags : before.tags }
  const stays = { ...(unsaid.includes('partial') && { partial: before.partial }), ...(unsaid.includes('explanation') && { explanation: before.explanation }) }
  const feedback = (text: string) => before.choices.find((c) => c.text === text)?.feedback ?? ''
  return { ...q, ...kept, ...stays, ...(unsaid.includes('feedback') && { choices: q.choices.map((c) => ({ ...c, feedback: feedback(c.text) })) }) }
}
