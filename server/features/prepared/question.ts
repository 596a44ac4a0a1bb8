// A prepared question: what it asks, what it still lacks to be asked, and how a list is ordered anew. Pure.
import { canonical } from '#kernel/languages'
import { isRefused, type Refused, refuse } from '#kernel/refusals'
import type { Prepared } from './contract.ts'

export type Question = Pick<Prepared, 'text' | 'kind' | 'options' | 'correct' | 'multiple' | 'seconds' | 'anonymous' | 'starBudget' | 'translations'>
export type Said = { [K in keyof Question]?: Question[K] | undefined }

export const LEAST = 2
const blank: Question = { text: '', kind: 'text', options: null, correct: null, multiple: false, seconds: null, anonymous: false, starBudget: 3, translations: [] }
const inOrder = (indices: readonly number[]) => [...indices].sort((a, b) => a - b)

/** The question as it is with what was said; `before` is null where there was none. Options that are given anew forget which
 *  were right, unless that is said too, and translations that no longer have as many. */
export function asWritten(before: Question | null, said: Said): Question | Refused<'bad_request'> {
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<Question>
  const now = { ...(before ?? blank), ...(given.options !== undefined && { correct: null }), ...given }
  const translations = given.translations ? inLanguages(given.translations, now) : now.translations.filter((t) => fits(t, now))
  if (isRefused(translations)) return translations
  if (now.kind !== 'choice') {
    const field = (['options', 'correct', 'multiple'] as const).find((f) => given[f])
    return field ? misread(field, 'is for choice prompts only') : { ...now, options: null, correct: null, multiple: false, translations }
  }
  const options = now.options ?? []
  const correct = now.correct?.length ? inOrder(now.correct) : null
  const beyond = correct?.find((index) => index >= options.length)
  return beyond === undefined ? { ...now, options, correct, translations } : misread('correct', `names option ${beyond}, and there are ${options.length}`)
}

type InLanguage = Question['translations'][number]
const fits = (t: InLanguage, { kind, options }: Pick<Question, 'kind' | 'options'>) => (t.options?.length ?? 0) === (kind === 'choice' ? (options ?? []).length : 0)

function inLanguages(given: readonly InLanguage[], question: Pick<Question, 'kind' | 'options'>): InLanguage[] | Refused<'bad_request'> {
  const tags = given.map((t) => canonical(t.language))
  for (const [i, t] of given.entries()) {
    const at = `translations/${i}`
    if (tags[i] === null || tags.indexOf(tags[i] as string) < i) return misread(`${at}/language`, tags[i] === null ? 'is no language' : 'is there already')
    if (!fits(t, question)) return misread(`${at}/options`, question.kind === 'choice' ? `must be ${(question.options ?? []).length}, as the question has` : 'is for choice prompts only')
  }
  return given.map((t, i) => ({ ...t, language: tags[i] as string })).sort((a, b) => (a.language < b.language ? -1 : 1))
}

const misread = (field: string, problem: string) =>
  refuse('bad_request', `That was not understood: /${field} ${problem}.`, { problems: [{ path: `/${field}`, problem }] })

/** What a draft still lacks; null where it can be asked as it is. */
export function lacks({ text, kind, options }: Pick<Question, 'text' | 'kind' | 'options'>): Prepared['lacks'] {
  if (text === '') return 'text'
  if (kind !== 'choice') return null
  if ((options ?? []).length < LEAST) return 'options'
  return new Set(options).size < (options ?? []).length ? 'same' : null
}

/** The list with this one behind another, or first; null where that other one is not in it. */
export function behind(list: readonly string[], id: string, after: string | null): string[] | null {
  const others = list.filter((one) => one !== id)
  const at = after === null ? 0 : others.indexOf(after) + 1
  return at === 0 && after !== null ? null : others.toSpliced(at, 0, id)
}
