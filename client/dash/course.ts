// The questions of a quiz over several classes: counts are added, shares are means by the number of answers.
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { dashboards } from '../../server/features/dashboards/contract.ts'
import type { Item, Items } from './analysis.ts'
import type { Value } from './csv.ts'

export type Course = ReplyOf<(typeof dashboards)['calls']['course']>
export type Cohort = Course['cohorts'][number]
/** What one class made of a question. */
export type Share = { cohortId: string; name: string; answers: number; right: number | null; tells: number | null }
export type Pooled = Omit<Item, 'quizQuestionId'> & { id: string; no: number; of: Share[] }
export type Counted = { cohortId: string; name: string; found: Items }

/** Of those that are known, weighed by their answers; null where none is. */
export function mean(shares: readonly Share[], of: (one: Share) => number | null): number | null {
  let [sum, weight] = [0, 0]
  for (const one of shares) {
    const value = of(one)
    if (value === null || one.answers === 0) continue
    sum += value * one.answers
    weight += one.answers
  }
  return weight === 0 ? null : sum / weight
}

/** Each placement of a question once, in the order in which the quiz asks them; earlier versions where they were asked. */
export function pooled(counted: readonly Counted[]): Pooled[] {
  const all = new Map<string, Pooled>()
  for (const { cohortId, name, found } of counted) {
    for (const { quizQuestionId, ...item } of found.items) {
      const id = `${quizQuestionId}-${item.version}`
      const before = all.get(id)
      const of = [...(before?.of ?? []), { cohortId, name, answers: item.answers, right: item.right, tells: item.tells }]
      const options = item.options && item.options.map((o, n) => ({ ...o, chosen: o.chosen + (before?.options?.[n]?.chosen ?? 0) }))
      all.set(id, { ...item, id, no: before?.no ?? all.size + 1, placed: item.placed || (before?.placed ?? false), answers: item.answers + (before?.answers ?? 0), options, of, mostWrong: null })
    }
  }
  return [...all.values()].map((item) => ({ ...item, right: mean(item.of, (s) => s.right), tells: mean(item.of, (s) => s.tells), mostWrong: mostWrong(item.options) }))
}

function mostWrong(options: Item['options']): string | null {
  const wrong = (options ?? []).filter((o) => !o.correct && o.chosen > 0)
  return wrong.reduce<(typeof wrong)[number] | null>((most, o) => (most === null || o.chosen > most.chosen ? o : most), null)?.optionId ?? null
}

export const BY = ['no', 'text', 'answers', 'right', 'tells', 'wrong'] as const
export type By = (typeof BY)[number]

/** The share of those who answered that chose the wrong answer most chosen. */
export const wrongShare = ({ options, mostWrong, answers }: Pooled): number | null => {
  const chosen = options?.find((o) => o.optionId === mostWrong)?.chosen
  return chosen === undefined || answers === 0 ? null : chosen / answers
}

/** In order of a column; what is not known stands last either way, equals as the quiz asks them. */
export function inOrder(items: readonly Pooled[], by: By, down: boolean): Pooled[] {
  const of = (item: Pooled): number | string | null => (by === 'wrong' ? wrongShare(item) : item[by])
  return items.toSorted((a, b) => {
    const [x, y] = [of(a), of(b)]
    if (x === null || y === null) return x === y ? a.no - b.no : x === null ? 1 : -1
    const way = typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y)
    return (down ? -way : way) || a.no - b.no
  })
}

const rounded = (value: number | null): Value => (value === null ? null : Math.round(value * 1_000) / 1_000)

export const itemHeads = ['no', 'question', 'version', 'asked now', 'answers', 'right', 'tells apart', 'most chosen wrong', 'chosen by', 'classes']
export const itemRows = (items: readonly Pooled[]): Value[][] => items.map((i) => [
  i.no, i.text, i.version, i.placed ? 'yes' : 'no', i.answers, rounded(i.right), rounded(i.tells), i.options?.find((o) => o.optionId === i.mostWrong)?.text ?? null, rounded(wrongShare(i)), i.of.filter((s) => s.answers > 0).length])

export const cohortRows = (cohorts: readonly Cohort[], modules: readonly number[]): Value[][] => cohorts.map((c) => [
  c.name, c.learners, c.meanScore, ...modules.flatMap((no) => { const m = c.modules.find((one) => one.moduleNo === no); return [m?.passed ?? null, m?.stuck ?? null] })])
