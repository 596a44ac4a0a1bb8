// What an attempt shows: before it is closed what is asked, in one's language, and nothing of what is right; afterwards that too. Pure.
import { picked } from '../questions/view.ts'
import { type Layout, type Placed, type PlacedOption, worded } from './attempt.ts'
import type { Answer, Question, Result } from './contract.ts'

const said = (list: readonly { language: string }[], language: string) => list.find((l) => l.language === language)
const textOf = (o: PlacedOption, field: 'text' | 'match' | 'feedback', language: string): string => (said(o.languages, language) as PlacedOption['languages'][number] | undefined)?.[field] || o[field] || ''
const stemOf = (q: Placed, field: 'stem' | 'explanation', language: string): string => (said(q.languages, language) as Placed['languages'][number] | undefined)?.[field] || q[field]

/** What is asked. `language`: '' is the course's own. */
export function asked(layout: Layout, questions: ReadonlyMap<string, Placed>, language: string): Question[] {
  return layout.flatMap(({ questionId, points, options, matches }) => {
    const q = questions.get(questionId)
    if (!q) return []
    const byId = new Map(q.options.map((o) => [o.optionId, o]))
    const shown = options.flatMap((id) => { const o = byId.get(id); return o ? [{ optionId: id, text: textOf(o, 'text', language) }] : [] })
    const sides = matches?.flatMap((id) => { const o = q.options.find((o) => o.matchId === id); return o ? [{ matchId: id, text: textOf(o, 'match', language) }] : [] })
    return [{ questionId, text: stemOf(q, 'stem', language), kind: q.type, points, options: shown, ...(sides && { matches: sides }) }]
  })
}

/** What became of each question of a closed attempt. */
export function results(layout: Layout, questions: ReadonlyMap<string, Placed>, answers: ReadonlyMap<string, Answer>, fractions: ReadonlyMap<string, number>, language: string): Result[] {
  return layout.flatMap(({ questionId }) => {
    const q = questions.get(questionId)
    if (!q) return []
    const fraction = fractions.get(questionId) ?? 0
    const answer = answers.get(questionId)
    const chosen = answer ? picked(q.type, q.options, worded(q.type, answer)) : []
    const right = rightOf(q, language)
    const feedback = q.options.filter((o) => chosen.includes(o.optionId) && o.feedback !== '').map((o) => ({ optionId: o.optionId, text: textOf(o, 'feedback', language) }))
    const best = q.options.find((o) => right.optionIds.includes(o.optionId) && o.feedback !== '')
    return [{ questionId, correct: fraction === 1, fraction, explanation: stemOf(q, 'explanation', language) || feedback[0]?.text || (best && textOf(best, 'feedback', language)) || null, right, feedback }]
  })
}

/** What is right: options (in their order, where that was asked), texts that are accepted in full, pairs. */
function rightOf(q: Placed, language: string): Result['right'] {
  const inOrder = [...q.options].sort((a, b) => a.position - b.position)
  const full = inOrder.filter((o) => (q.type === 'multiple' ? o.fraction > 0 : o.fraction > 1 - 1e-4))
  const none = { optionIds: [], texts: [], pairs: [] }
  if (q.type === 'matching') return { ...none, pairs: inOrder.map((o) => [o.optionId, o.matchId ?? '']) }
  if (q.type === 'ordering') return { ...none, optionIds: inOrder.map((o) => o.optionId) }
  if (q.type === 'text' || q.type === 'numeric') return { ...none, texts: full.map((o) => (q.type === 'text' ? textOf(o, 'text', language) : within(o))) }
  return { ...none, optionIds: full.map((o) => o.optionId) }
}

const within = (o: PlacedOption) => (o.tolerance ? `${o.text} ± ${o.tolerance}` : o.text)
