// A question as a learner is asked it: nothing of what is right. Pure but for the shuffle, which is the same for the same question.
import type { Asked } from '../quiz/wire.ts'
import type { Placement, Said } from './wire.ts'

type Choice = { id: string; text: string; match: string | null }

/** Orders and pairs are always mixed; here by a turn, so that the right one does not stand first. */
const mixed = <T>(list: readonly T[]): T[] => (list.length < 2 ? [...list] : [...list.slice(Math.ceil(list.length / 2)), ...list.slice(0, Math.ceil(list.length / 2))])

function asked(questionId: string, kind: Asked['kind'], text: string, points: number, choices: readonly Choice[]): Asked {
  const options = choices.map((c) => ({ optionId: c.id, text: c.text }))
  const isTyped = kind === 'numeric' || kind === 'text'
  return {
    questionId, kind, text, points, options: isTyped ? [] : kind === 'ordering' ? mixed(options) : options,
    ...(kind === 'matching' && { matches: mixed([...new Map(choices.map((c) => [c.match, { matchId: `m-${c.id}`, text: c.match ?? '' }])).values()]) }),
  }
}
export const shownOf = (said: Said): Asked => asked('draft', said.type, said.stem, 1, said.choices.map((c, n) => ({ id: String(n), text: c.text, match: c.match ?? null })))

/** A placement as it is asked; null for a draw from a pool. */
export const placedAs = (p: Placement): Asked | null => (p.kind && p.text !== null ? asked(p.quizQuestionId, p.kind, p.text, p.points, p.options.map((o) => ({ id: o.optionId, text: o.text, match: o.match }))) : null)
