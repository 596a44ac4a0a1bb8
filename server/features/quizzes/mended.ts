// A question as it was asked, with what is right taken from how it is written now, choice by choice. Pure.
import type { Frozen, FrozenChoice } from '../questions/index.ts'
import type { Placed, PlacedOption } from './attempt.ts'

const CHOSEN = ['single', 'multiple', 'truefalse']
const isAlike = (a: string, b: string) => a === b || (CHOSEN.includes(a) && CHOSEN.includes(b))

/** Where it has become another kind of question, or nothing that was asked is right any more, it stays as it was. */
export function mended(placed: Placed, now: Frozen | undefined): Placed {
  if (!now || !isAlike(placed.type, now.type)) return placed
  const choices = new Map(now.choices.map((c) => [c.choiceId, c]))
  const asked = placed.options.map((o) => keyed(o, choices.get(o.choiceId)))
  const isWritten = now.type === 'numeric' || now.type === 'text'
  const known = new Set(placed.options.map((o) => o.choiceId))
  const options = isWritten ? [...asked.filter((o) => choices.has(o.choiceId)), ...now.choices.filter((c) => !known.has(c.choiceId)).map(accepted)] : inOrder(now.type === 'ordering' || now.type === 'matching' ? asked.filter((o) => choices.has(o.choiceId)) : asked)
  if (!options.some((o) => o.fraction > 0)) return placed
  return { ...placed, type: now.type, partial: now.partial, explanation: now.explanation, options: now.type === 'multiple' ? whole(options) : options }
}

/** A choice that was taken out since is worth nothing. */
const keyed = (o: PlacedOption, c: FrozenChoice | undefined): PlacedOption =>
  c ? { ...o, position: c.position, text: c.text, match: c.match, fraction: c.fraction, tolerance: c.tolerance, feedback: c.feedback, languages: c.languages } : { ...o, fraction: 0, position: Number.MAX_SAFE_INTEGER, feedback: '' }

/** What is accepted now and was not yet when it was asked. */
const accepted = (c: FrozenChoice): PlacedOption => ({ ...c, optionId: c.choiceId, matchId: null })

const inOrder = (options: PlacedOption[]) => [...options].sort((a, b) => a.position - b.position).map((o, i) => ({ ...o, position: i + 1 }))

/** What is right and was not asked yet cannot be missed: those that were asked make the whole. */
function whole(options: PlacedOption[]): PlacedOption[] {
  const sum = options.reduce((n, o) => n + Math.max(0, o.fraction), 0)
  return options.map((o) => (o.fraction > 0 && sum < 1 - 1e-4 ? { ...o, fraction: o.fraction / sum } : o))
}

/** An answer to what was asked, as far as it is asked now: of an order only what is still in it. */
export const stillAsked = (placed: Placed, ids: readonly string[]): string[] => ids.filter((id) => placed.options.some((o) => o.optionId === id))
