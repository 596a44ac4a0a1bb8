// A question: what it asks, what may be chosen or is accepted as an answer, and what each of these is worth. Pure.
import { asNumber, rangeOf, sameAnswer } from './view.ts'

export const TYPES = ['single', 'multiple', 'truefalse', 'numeric', 'text', 'ordering', 'matching'] as const
export type Type = (typeof TYPES)[number]
export type Status = 'draft' | 'ai' | 'reviewed'
export type Level = 'easy' | 'medium' | 'hard'

/** What a choice says in another language; null: the same as in the source. */
export type ChoiceWords = { text: string | null; match: string | null; feedback: string | null }
/** A question in another language; `choices` are in the order of the question's, as many. */
export type Words = { language: string; status: Status; stem: string | null; explanation: string | null; choices: ChoiceWords[] }

/** An option, an accepted number or text, an item at its place in an order, or a pair (`text` → `match`). `fraction`: -1 to 1.
 *  A number is `3.14`, with its `tolerance`, or a range, `1..5`; in an accepted text `*` stands for anything. */
export type Choice = { choiceId?: string | undefined; text: string; match: string | null; fraction: number; tolerance: number | null; feedback: string }
export type Question = {
  type: Type; stem: string; explanation: string; partial: boolean; difficulty: Level | null; topicId: string | null; tags: string[]
  choices: Choice[]; languages: Words[]
}

type Maybe<T> = { [K in keyof T]?: T[K] | undefined }
/** A question as somebody writes it: `correct` may stand for `fraction`, and most of it may be left out. */
export type Written = { type: Type; stem: string } & Maybe<Omit<Question, 'type' | 'stem' | 'choices' | 'languages'>> & {
  choices: ({ text: string; correct?: boolean | undefined } & Maybe<Omit<Choice, 'text'>>)[]
  languages?: ({ language: string } & Maybe<Omit<Words, 'language' | 'choices'>> & { choices?: Maybe<ChoiceWords>[] | undefined })[] | undefined
}
/** What is wrong with a question: where, and in words. */
export type Wrong = { path: string; problem: string }

export const STEM = 10_000
export const CHOICE = 4_000
export const CHOICES = 100

/** The question in full. Where nothing says what a choice is worth: right ones share 1, and ticking all of a `multiple` gives 0. */
export function asQuestion(w: Written): Question {
  const right = w.choices.filter((c) => c.correct).length
  const wrong = w.choices.length - right
  const worthOf = (c: Written['choices'][number]): number => {
    if (w.type === 'ordering' || w.type === 'matching') return 1
    if (c.fraction !== undefined) return c.fraction
    if (w.type === 'text' || w.type === 'numeric') return c.correct === false ? 0 : 1
    if (w.type === 'multiple') return c.correct ? 1 / right : -1 / wrong
    return c.correct ? 1 : 0
  }
  const choices = w.choices.map((c): Choice => ({
    ...(c.choiceId !== undefined && { choiceId: c.choiceId }), text: w.type === 'numeric' ? asNumber(c.text) : c.text, match: c.match ?? null, fraction: worthOf(c), tolerance: c.tolerance ?? null, feedback: c.feedback ?? '',
  }))
  const languages = (w.languages ?? []).map((l): Words => ({
    language: l.language, status: l.status ?? 'reviewed', stem: l.stem ?? null, explanation: l.explanation ?? null,
    choices: choices.map((_, i) => ({ text: l.choices?.[i]?.text ?? null, match: l.choices?.[i]?.match ?? null, feedback: l.choices?.[i]?.feedback ?? null })),
  }))
  const { type, stem, explanation = '', partial = true, difficulty = null, topicId = null, tags = [] } = w
  return { type, stem, explanation, partial, difficulty, topicId, tags: [...new Set(tags)], choices, languages }
}

const CHOSEN: readonly Type[] = ['single', 'multiple', 'truefalse']
const LEAST: Record<Type, number> = { single: 2, multiple: 2, truefalse: 2, numeric: 1, text: 1, ordering: 2, matching: 2 }
const isOne = (n: number) => Math.abs(n - 1) < 1e-4

/** Every reason why a question cannot be asked; none: it can. */
export function flaws(q: Question): Wrong[] {
  const found: Wrong[] = []
  const wrong = (path: string, problem: string) => void found.push({ path, problem })
  if (q.stem.trim() === '') wrong('/stem', 'asks nothing')
  if (q.stem.length > STEM) wrong('/stem', `has ${q.stem.length} characters, and ${STEM} is the most`)
  if (q.explanation.length > STEM) wrong('/explanation', `has ${q.explanation.length} characters, and ${STEM} is the most`)
  if (q.choices.length > CHOICES) wrong('/choices', `are ${q.choices.length}, and ${CHOICES} is the most`)
  if (q.choices.length < LEAST[q.type]) wrong('/choices', q.choices.length === 0 ? 'are none' : 'is only one, and at least two are needed')
  if (q.type === 'truefalse' && q.choices.length > 2) wrong('/choices', 'of a true or false are two')
  q.choices.forEach((c, i) => {
    inChoice(q.type, c, (field, problem) => wrong(`/choices/${i}${field}`, problem))
    const first = q.choices.findIndex((other) => sameChoice(q.type, other, c))
    if (first < i) wrong(`/choices/${i}/text`, `is the same as choice ${first + 1}`)
  })
  if (q.choices.length > 0) inKey(q, (problem) => wrong('/choices', problem))
  inLanguages(q, wrong)
  return found
}

function inChoice(type: Type, c: Choice, wrong: (field: string, problem: string) => void): void {
  if (c.text.trim() === '') wrong('/text', type === 'matching' ? 'is empty: this pair has only one side' : 'is empty')
  for (const field of ['text', 'match', 'feedback'] as const) if ((c[field]?.length ?? 0) > CHOICE) wrong(`/${field}`, `has more than ${CHOICE} characters`)
  if (!(c.fraction >= -1 && c.fraction <= 1)) wrong('/fraction', 'is not between -1 and 1')
  if (type === 'matching' && !c.match?.trim()) wrong('/match', 'is empty: this pair has only one side')
  if (type !== 'matching' && c.match !== null) wrong('/match', 'is for pairs only')
  if (type === 'numeric' && c.text.trim() !== '' && !rangeOf(c)) wrong('/text', 'is no number; one looks like 3.14, a range like 1..5')
  if (type !== 'numeric' && c.tolerance !== null) wrong('/tolerance', 'is for numbers only')
  if (c.tolerance !== null && !(c.tolerance >= 0 && Number.isFinite(c.tolerance))) wrong('/tolerance', 'is less than nothing')
}

const sameChoice = (type: Type, a: Choice, b: Choice): boolean => {
  if (type === 'numeric') return a.text.trim() === b.text.trim() && (a.tolerance ?? 0) === (b.tolerance ?? 0)
  return type === 'text' ? sameAnswer(a.text, b.text) : a.text.trim() === b.text.trim()
}

/** What is right, as a whole. */
function inKey({ type, choices }: Question, wrong: (problem: string) => void): void {
  const whole = choices.filter((c) => isOne(c.fraction)).length
  const positive = choices.filter((c) => c.fraction > 0)
  if (type === 'matching' && choices.length > 1 && new Set(choices.map((c) => c.match?.trim())).size < 2) wrong('all go with the same, so there is nothing to match')
  if (type === 'matching' || type === 'ordering') return
  if (positive.length === 0 || (type !== 'multiple' && whole === 0)) wrong('have no right answer among them')
  else if (type === 'truefalse' && positive.length > 1) wrong('are true or false, not both')
  else if (type === 'single' && whole > 1) wrong(`have ${whole} right answers, and only one can be chosen`)
  const sum = positive.reduce((n, c) => n + c.fraction, 0)
  if (type === 'multiple' && positive.length > 0 && !isOne(sum)) wrong(`that are right make ${Math.round(sum * 100)} % together, and must make 100 %`)
}

function inLanguages(q: Question, wrong: (path: string, problem: string) => void): void {
  q.languages.forEach((l, i) => {
    const at = `/languages/${i}`
    if (q.languages.findIndex((other) => other.language === l.language) < i) wrong(`${at}/language`, 'is there twice')
    if (l.choices.length !== q.choices.length) wrong(`${at}/choices`, `are ${l.choices.length}, and the question has ${q.choices.length}`)
    const texts = l.choices.flatMap((c) => (c.text === null ? [] : [c.text.trim()]))
    if (texts.includes('')) wrong(`${at}/choices`, 'are empty in part')
    if (CHOSEN.includes(q.type) && new Set(texts).size < texts.length) wrong(`${at}/choices`, 'say the same twice')
    if ((l.stem?.length ?? 0) > STEM || (l.explanation?.length ?? 0) > STEM) wrong(at, `has more than ${STEM} characters`)
  })
}

/** The flaws in one sentence, as a person can act on it. */
export const inWords = (wrong: readonly Wrong[]): string => wrong.slice(0, 5).map(({ path, problem }) => `${named(path)} ${problem}`).join('; ')

function named(path: string): string {
  const [, list, at, field] = path.split('/')
  if (list === 'choices' && at !== undefined) return `choice ${Number(at) + 1}${field === 'match' ? ' (other side)' : field === 'fraction' ? ' (weight)' : field === 'tolerance' ? ' (tolerance)' : ''}`
  if (list === 'languages') return `language ${Number(at) + 1}`
  return list === 'choices' ? 'the choices' : `the ${list === 'stem' ? 'question' : list}`
}
