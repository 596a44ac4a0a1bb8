// What a prompt asks, and what an answer to it must say: texts, choices, numbers. Pure.
import { canonical } from '#kernel/languages'
import { type Refused, refuse } from '#kernel/refusals'
import type { Translation } from './contract.ts'

export type Kind = 'text' | 'choice' | 'number'
export type Question = { kind: Kind; options: string[] | null; correct: number[] | null; multiple: boolean }
export type Said = { body: string | null; choices: number[] | null; number: number | null }
type Given<T> = { [K in keyof T]?: Exclude<T[K], null> | undefined }
type Wrong = { path: string; problem: string }

const inOrder = (indices: readonly number[]) => [...indices].sort((a, b) => a - b)

/** What is asked. A revote takes from `earlier` what is not given: its kind, its options and which are right. Several may be
 *  chosen where it says so, or where several are right. */
export function question(asked: Given<Question>, earlier: Question | null): Question | Refused<'bad_request'> {
  const kind = asked.kind ?? earlier?.kind ?? 'text'
  if (kind !== 'choice') {
    const wrong = (['options', 'correct', 'multiple'] as const).filter((field) => asked[field] !== undefined)
    return wrong.length > 0 ? misread(wrong.map((field) => ({ path: `/${field}`, problem: 'is for choice prompts only' }))) : { kind, options: null, correct: null, multiple: false }
  }
  const before = earlier?.kind === 'choice' ? earlier : null
  const options = asked.options ?? before?.options
  if (!options) return misread([{ path: '/options', problem: 'must be given: 2 to 10 of them' }])
  const correct = asked.correct ? inOrder(asked.correct) : asked.options ? null : (before?.correct ?? null)
  const wrong = beyond('correct', asked.correct ?? [], options.length)
  return wrong.length > 0 ? misread(wrong) : { kind, options, correct, multiple: asked.multiple ?? (asked.correct ? asked.correct.length > 1 : (before?.multiple ?? false)) }
}

/** What an answer says, if it answers the question: its kind's own field is demanded, a text may go with it as the reason. */
export function said({ kind, options, multiple }: { kind: Kind; options: number; multiple: boolean }, given: Given<Said>): Said | Refused<'bad_request'> {
  const own = ({ text: 'body', choice: 'choices', number: 'number' } as const)[kind]
  const wrong: Wrong[] = []
  if (given[own] === undefined) wrong.push({ path: `/${own}`, problem: `must be given: this is a ${kind} prompt` })
  for (const field of ['choices', 'number'] as const) if (field !== own && given[field] !== undefined) wrong.push({ path: `/${field}`, problem: `is not for a ${kind} prompt` })
  if (kind === 'choice' && given.choices) {
    wrong.push(...beyond('choices', given.choices, options))
    if (!multiple && given.choices.length > 1) wrong.push({ path: '/choices', problem: 'must be one: only one may be chosen here' })
  }
  return wrong.length > 0 ? misread(wrong) : { body: given.body ?? null, choices: given.choices ? inOrder(given.choices) : null, number: given.number ?? null }
}

/** The translations of a question, each with as many options as it has; null: none. */
export function translations({ options }: Pick<Question, 'options'>, given: readonly Translation[] | null): Translation[] | null | Refused<'bad_request'> {
  if (!given || given.length === 0) return null
  const wrong: Wrong[] = []
  const tags = given.map((t) => canonical(t.language))
  given.forEach((t, i) => {
    if (tags[i] === null || tags.indexOf(tags[i] as string) < i) wrong.push({ path: `/translations/${i}/language`, problem: tags[i] === null ? 'is no language' : 'is there already' })
    if ((t.options?.length ?? 0) !== (options?.length ?? 0)) wrong.push({ path: `/translations/${i}/options`, problem: options ? `must be ${options.length}, as the question has` : 'is for choice prompts only' })
  })
  return wrong.length > 0 ? misread(wrong) : given.map((t, i) => ({ ...t, language: tags[i] as string })).sort((a, b) => (a.language < b.language ? -1 : 1))
}

/** Whether a prompt may be voted on again. */
export function revotable(earlier: { kind: Kind; phase: string }): Refused<'conflict'> | null {
  if (earlier.kind === 'text') return refuse('conflict', 'Only choice and number prompts can be voted on again. Ask this one as a new prompt.')
  if (earlier.phase === 'open') return refuse('conflict', 'That prompt is still open. Close it first, then vote again.')
  return earlier.phase === 'cancelled' ? refuse('conflict', 'That prompt was taken back, so it cannot be voted on again.') : null
}

/** Counts as a table: row i, column j is how many went from option i to option j. */
export const moves = (from: number, to: number, counted: readonly { from: number; to: number; n: number }[]): number[][] =>
  Array.from({ length: from }, (_, i) => Array.from({ length: to }, (_, j) => counted.find((c) => c.from === i && c.to === j)?.n ?? 0))

const beyond = (field: string, indices: readonly number[], options: number): Wrong[] =>
  indices.flatMap((index, i) => (index >= options ? [{ path: `/${field}/${i}`, problem: `must be less than ${options}: there are ${options} options` }] : []))

const misread = (problems: Wrong[]) => refuse('bad_request', `That was not understood: ${problems.map((w) => `${w.path} ${w.problem}`).slice(0, 3).join('; ')}.`, { problems })
