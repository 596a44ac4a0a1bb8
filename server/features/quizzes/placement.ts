// How a question of the bank is frozen when a quiz asks it. Ids that learners see are handed in: random ones,
// which say nothing of what is right. Pure.
import type { Frozen } from '../questions/index.ts'
import type { Placed, PlacedOption } from './attempt.ts'

/** A frozen question that is to be placed; without a position it was drawn from the pool at `drawnFrom`. */
export type Placing = Placed & { position: number | null; drawnFrom: string | null }
type Where = { position: number | null; points: number; drawnFrom?: string | null }

/** A question as it is now. Translations that are drafts, or older than what they translate, are not asked. */
export function placing(q: Frozen, { position, points, drawnFrom = null }: Where, randomId: () => string): Placing {
  const fit = q.languages.filter((l) => l.status !== 'draft' && !l.stale)
  const tags = new Set(fit.map((l) => l.language))
  const sides = new Map<string, string>()
  const options = q.choices.map((c): PlacedOption => {
    // What says the same is the same other side: either will do.
    if (c.match !== null && !sides.has(c.match)) sides.set(c.match, randomId())
    return { ...c, optionId: randomId(), matchId: c.match === null ? null : (sides.get(c.match) as string), languages: c.languages.filter((l) => tags.has(l.language)) }
  })
  return {
    quizQuestionId: randomId(), position, points, drawnFrom, questionId: q.questionId, version: q.version, type: q.type, stem: q.stem, explanation: q.explanation, partial: q.partial,
    languages: fit.map(({ language, stem, explanation }) => ({ language, stem, explanation })), options,
  }
}

/** The same question once more, in the version that was placed, for other points. */
export function placedAgain(p: Placed, where: Where, randomId: () => string): Placing {
  const sides = new Map<string, string>()
  const side = (id: string | null) => {
    if (id !== null && !sides.has(id)) sides.set(id, randomId())
    return id === null ? null : (sides.get(id) as string)
  }
  return { ...p, quizQuestionId: randomId(), position: where.position, points: where.points, drawnFrom: null, options: p.options.map((o) => ({ ...o, optionId: randomId(), matchId: side(o.matchId) })) }
}

/** Which languages all of this can be read in, besides the course's own. */
export const languagesOf = (questions: Iterable<Placed>): string[] => [...new Set([...questions].flatMap((q) => q.languages.map((l) => l.language)))].sort()
