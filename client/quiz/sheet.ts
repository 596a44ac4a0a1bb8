// The sheet of an attempt: what was answered, what of it is not saved yet, and what still lacks an answer. It lies on the device
// too, so that a reload or a tunnel loses nothing. Pure, but for the shelf.
import type { Answer, Asked, Attempt } from './wire.ts'

export type Answers = Readonly<Record<string, Answer>>
/** `unsaved`: questions whose newest answer the server has not said to have. */
export type Sheet = { attemptId: string; answers: Answers; unsaved: readonly string[] }

/** The sheet as the server has it, under what this device has and could not tell. */
export function begun({ attemptId, saved }: Pick<Attempt, 'attemptId' | 'saved'>, kept: Sheet | null): Sheet {
  const theirs: Record<string, Answer> = Object.fromEntries(saved.map((s) => [s.questionId, s.answer]))
  if (kept?.attemptId !== attemptId) return { attemptId, answers: theirs, unsaved: [] }
  for (const id of kept.unsaved) if (kept.answers[id]) theirs[id] = kept.answers[id]
  return { attemptId, answers: theirs, unsaved: kept.unsaved.filter((id) => kept.answers[id]) }
}

/** `came`, with what is newer on this device: what was not saved when it was asked for, and what changed while it was on its way. */
export const newer = (came: Sheet, before: Sheet, now: Sheet): Sheet =>
  ({ ...came, answers: { ...came.answers, ...Object.fromEntries(Object.entries(now.answers).filter(([id, answer]) => before.unsaved.includes(id) || !isSame(answer, before.answers[id]))) } })

export const answered = (sheet: Sheet, questionId: string, answer: Answer): Sheet =>
  ({ ...sheet, answers: { ...sheet.answers, [questionId]: answer }, unsaved: [...sheet.unsaved.filter((id) => id !== questionId), questionId] })

/** The server has this answer. What was written since stays unsaved. */
export const saved = (sheet: Sheet, questionId: string, answer: Answer): Sheet =>
  (isSame(sheet.answers[questionId], answer) ? { ...sheet, unsaved: sheet.unsaved.filter((id) => id !== questionId) } : sheet)

/** Another device of the same person has answered. */
export const heard = (sheet: Sheet, questionId: string, answer: Answer): Sheet =>
  (sheet.unsaved.includes(questionId) ? saved(sheet, questionId, answer) : { ...sheet, answers: { ...sheet.answers, [questionId]: answer } })

export const isSame = (a: Answer | undefined, b: Answer | undefined): boolean => JSON.stringify(a && inOrder(a)) === JSON.stringify(b && inOrder(b))
const inOrder = ({ optionIds, text, number, pairs }: Answer) => [optionIds, text, number, pairs]

/** Whether a question has an answer, as its kind has it. */
export function isAnswered(q: Pick<Asked, 'kind' | 'options'>, answer: Answer | undefined): boolean {
  if (!answer) return false
  switch (q.kind) {
    case 'numeric': return answer.number !== undefined
    case 'text': return (answer.text ?? '').trim() !== ''
    case 'matching': return (answer.pairs ?? []).length === q.options.length
    default: return (answer.optionIds ?? []).length > 0
  }
}

/** Those that have none, in their order: indices. */
export const missing = (questions: readonly Asked[], answers: Answers): number[] => questions.flatMap((q, n) => (isAnswered(q, answers[q.questionId]) ? [] : [n]))

/** What is chosen after one more tap. */
export function chosen({ kind }: Pick<Asked, 'kind'>, before: readonly string[], optionId: string): string[] {
  if (kind !== 'multiple') return [optionId]
  return before.includes(optionId) ? before.filter((id) => id !== optionId) : [...before, optionId]
}

/** The order after one item went a step; the same where it stands at the end. */
export function stepped(order: readonly string[], optionId: string, by: 1 | -1): string[] {
  const at = order.indexOf(optionId)
  const to = at + by
  if (at < 0 || to < 0 || to >= order.length) return [...order]
  const next = order.filter((id) => id !== optionId)
  return next.toSpliced(to, 0, optionId)
}

/** The pairs after one was made; of the other side each is taken by one at most where `once`. */
export const paired = (before: readonly (readonly string[])[], optionId: string, matchId: string | null): string[][] =>
  [...before.filter(([one]) => one !== optionId).map((p) => [...p]), ...(matchId === null ? [] : [[optionId, matchId]])]

/** A number as people type it: with a comma or a point; null where it is none. */
export function asNumber(typed: string): number | null {
  const plain = typed.trim().replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null
  const n = Number(plain)
  return Number.isFinite(n) ? n : null
}

const shelf = (attemptId: string) => `lectern:quiz:${attemptId}`

export function keep(sheet: Sheet): void {
  try {
    localStorage.setItem(shelf(sheet.attemptId), JSON.stringify(sheet))
  } catch {
    // A full or forbidden store: the sheet still lies in this page.
  }
}

export function kept(attemptId: string): Sheet | null {
  try {
    return JSON.parse(localStorage.getItem(shelf(attemptId)) ?? 'null') as Sheet | null
  } catch {
    return null
  }
}

export const forget = (attemptId: string): void => localStorage.removeItem(shelf(attemptId))
