// An attempt, as a pure function of what was placed, drawn and answered. Time, chance and identity are handed in.
import type { Type } from '../questions/index.ts'
import { type Answer as Worded, type Option, worth } from '../questions/view.ts'
import type { Answer } from './contract.ts'

/** Late by less than this still counts: the line is slow, not the learner. It is never shown. */
export const GRACE_MS = 1_000

/** Numbers from 0 to below 1, the same ones for the same purpose. */
export type Chance = (purpose: string) => () => number

/** In an order by chance, each as likely (Fisher and Yates). */
function shuffled<T>(list: readonly T[], next: () => number): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[all[i], all[j]] = [all[j] as T, all[i] as T]
  }
  return all
}

/** What a quiz asks at one place: a frozen question, or so many drawn from a pool. */
export type Place = { quizQuestionId: string; points: number } & ({ questionId: string; poolId: null } | { poolId: string; draw: number })
/** What somebody is asked at one place: frozen already, or a question of the bank that is to be frozen for it. */
export type Drawn = { points: number } & ({ quizQuestionId: string } | { from: string; questionId: string })

/** A frozen question, as it was placed. */
export type Placed = {
  quizQuestionId: string; questionId: string; version: number; points: number; type: Type; stem: string; explanation: string; partial: boolean
  languages: { language: string; stem: string | null; explanation: string | null }[]
  options: PlacedOption[]
}
export type PlacedOption = Option & { choiceId: string; feedback: string; languages: { language: string; text: string | null; match: string | null; feedback: string | null }[] }

/** What was asked, in which order; kept with the attempt. `matches`: the other sides of pairs. */
export type Layout = { questionId: string; points: number; options: string[]; matches?: string[] }[]

/** Which questions are asked, in order: of a pool so many by chance, none twice. The same chance draws the same from the same. */
export function drawn(places: readonly Place[], pools: ReadonlyMap<string, readonly string[]>, chance: Chance, isShuffled: boolean): Drawn[] {
  const taken = new Set(places.flatMap((p) => (p.poolId === null ? [p.questionId] : [])))
  const all = places.flatMap((p): Drawn[] => {
    if (p.poolId === null) return [{ quizQuestionId: p.quizQuestionId, points: p.points }]
    const left = (pools.get(p.poolId) ?? []).filter((id) => !taken.has(id))
    const chosen = shuffled(left, chance(`draw ${p.quizQuestionId}`)).slice(0, p.draw)
    for (const id of chosen) taken.add(id)
    return chosen.map((questionId) => ({ from: p.quizQuestionId, questionId, points: p.points }))
  })
  return isShuffled ? shuffled(all, chance('questions')) : all
}

const CHOSEN: readonly Type[] = ['single', 'multiple', 'truefalse']
const WRITTEN: readonly Type[] = ['numeric', 'text']

/** The order of the options of each. What is put in order or paired is always shuffled: its order is the answer; what is
 *  accepted as a written answer is no option at all. */
export function laidOut(questions: readonly Placed[], chance: Chance, isShuffled: boolean): Layout {
  return questions.map(({ quizQuestionId, points, type, options }) => {
    const inOrder = [...options].sort((a, b) => a.position - b.position)
    const ids = WRITTEN.includes(type) ? [] : inOrder.map((o) => o.optionId)
    const mixed = isShuffled || !CHOSEN.includes(type) ? shuffled(ids, chance(`options ${quizQuestionId}`)) : ids
    const sides = [...new Set(inOrder.flatMap((o) => o.matchId ?? []))]
    return { questionId: quizQuestionId, points, options: mixed, ...(type === 'matching' && { matches: shuffled(sides, chance(`matches ${quizQuestionId}`)) }) }
  })
}

/** When an attempt is over: null without a limit. */
export const dueAt = (startedAt: Date, seconds: number | null, timeFactor: number): Date | null => (seconds === null ? null : new Date(startedAt.getTime() + seconds * timeFactor * 1_000))

/** Whether its time is over, the grace too. */
export const isOver = (due: Date | null, now: Date): boolean => due !== null && now.getTime() >= due.getTime() + GRACE_MS

/** What somebody's answer says to the bank; null where it says nothing. */
export function worded(type: Type, { optionIds, text, number, pairs }: Answer): Worded | null {
  switch (type) {
    case 'single': case 'truefalse': return optionIds?.[0] ?? null
    case 'multiple': case 'ordering': return optionIds ?? null
    case 'numeric': return number ?? text ?? null
    case 'text': return text ?? null
    case 'matching': return pairs?.map(([optionId = '', matchId = '']) => ({ optionId, matchId })) ?? null
  }
}

const FIELDS: Record<Type, readonly (keyof Answer)[]> = {
  single: ['optionIds'], truefalse: ['optionIds'], multiple: ['optionIds'], ordering: ['optionIds'], numeric: ['number', 'text'], text: ['text'], matching: ['pairs'],
}
export type Wrong = { path: string; problem: string }

/** What is wrong with an answer, as an answer to this question; none: it can be kept. It says nothing of what is right. */
export function misread({ type }: Pick<Placed, 'type'>, { options, matches = [] }: Layout[number], answer: Answer): Wrong[] {
  const wrong: Wrong[] = []
  const given = (Object.keys(answer) as (keyof Answer)[]).filter((f) => answer[f] !== undefined)
  for (const field of given) if (!FIELDS[type].includes(field)) wrong.push({ path: `/${field}`, problem: `is not for this kind of question (${type})` })
  if (given.length === 0) wrong.push({ path: `/${FIELDS[type][0]}`, problem: 'must be given' })
  if (given.length > 1 && wrong.length === 0) wrong.push({ path: `/${given[1]}`, problem: 'says it a second time' })
  const ids = answer.optionIds ?? answer.pairs?.map(([option = '']) => option) ?? []
  const field = answer.optionIds ? 'optionIds' : 'pairs'
  ids.forEach((id, i) => {
    if (!options.includes(id)) wrong.push({ path: `/${field}/${i}`, problem: 'names an option that was not asked' })
    else if (ids.indexOf(id) < i) wrong.push({ path: `/${field}/${i}`, problem: 'is there twice' })
  })
  answer.pairs?.forEach(([, match = ''], i) => { if (!matches.includes(match)) wrong.push({ path: `/pairs/${i}`, problem: 'names another side that was not asked' }) })
  if ((type === 'single' || type === 'truefalse') && ids.length > 1) wrong.push({ path: '/optionIds', problem: 'must be one: only one may be chosen here' })
  return wrong
}

/** How much of each question is right, 0 to 1, and the score: 0 to 100, weighed by points, to one decimal. What was not answered is 0. */
export function graded(layout: Layout, questions: ReadonlyMap<string, Placed>, answers: ReadonlyMap<string, Answer>): { score: number; fractions: Map<string, number> } {
  const fractions = new Map(layout.map(({ questionId }) => {
    const q = questions.get(questionId)
    const answer = answers.get(questionId)
    const said = q && answer ? worded(q.type, answer) : null
    return [questionId, q && said !== null ? worth(q.type, q.partial, q.options, said) : 0]
  }))
  const all = layout.reduce((n, q) => n + q.points, 0)
  const got = layout.reduce((n, q) => n + q.points * (fractions.get(q.questionId) ?? 0), 0)
  return { score: all === 0 ? 0 : Math.round((1_000 * got) / all) / 10, fractions }
}
