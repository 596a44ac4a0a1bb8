// A quiz that is run before the class: which of its questions can be, how each is asked as a blind prompt, and who did best. Pure.
import type { Answered } from '../coldcall/index.ts'
import { OPTION_CHARACTERS, OPTIONS, PROMPT_CHARACTERS } from '../coldcall/view.ts'
import { worth } from '../questions/view.ts'
import type { Layout, Placed } from './attempt.ts'
import type { Placed as OnBoard } from './view.ts'

/** A question of a run: its options in the order in which they are shown; the prompt once it is asked. */
export type Asked = { questionId: string; points: number; options: string[]; promptId: string | null }
const KIND = { single: 'choice', multiple: 'choice', truefalse: 'choice', numeric: 'number', text: 'text', ordering: null, matching: null } as const

/** Whether a question fits a prompt. */
export function fits(q: Placed): boolean {
  const kind = KIND[q.type]
  return kind !== null && q.stem.length <= PROMPT_CHARACTERS && (kind !== 'choice' || (q.options.length <= OPTIONS && q.options.every((o) => o.text.length <= OPTION_CHARACTERS)))
}

export const asRun = (layout: Layout): Asked[] => layout.map(({ questionId, points, options }) => ({ questionId, points, options, promptId: null }))

/** What the prompt says, in the languages that say all of it. */
export function prompt(q: Placed, { options }: Pick<Asked, 'options'>) {
  const shown = options.flatMap((id) => q.options.find((o) => o.optionId === id) ?? [])
  const isChoice = KIND[q.type] === 'choice'
  const correct = shown.flatMap((o, i) => (o.fraction > (q.type === 'multiple' ? 0 : 1 - 1e-4) ? [i] : []))
  const told = q.languages.flatMap(({ language, stem }) => {
    const texts = shown.map((o) => o.languages.find((l) => l.language === language)?.text)
    const whole = texts.every((t): t is string => typeof t === 'string' && t !== '' && t.length <= OPTION_CHARACTERS) ? (texts as string[]) : null
    return !stem || stem.length > PROMPT_CHARACTERS || (isChoice && !whole) ? [] : [{ language, text: stem, ...(isChoice && whole && { options: whole }) }]
  })
  return {
    text: q.stem, asks: { kind: KIND[q.type] ?? 'text', ...(isChoice && { options: shown.map((o) => o.text), correct, multiple: q.type === 'multiple' }) } as const,
    translations: told.length > 0 ? told.slice(0, 20) : null,
  }
}

/** How much of an answer to a prompt is right, 0 to 1. */
function judged(q: Placed, { options }: Asked, given: Answered): number {
  const chosen = (given.choices ?? []).flatMap((i) => options[i] ?? [])
  return worth(q.type, q.partial, q.options, KIND[q.type] === 'choice' ? chosen : KIND[q.type] === 'number' ? given.number : given.body)
}

/** Everybody who answered, the best first; who has the same points shares a place, and the next place is behind all of them. */
export function board(asked: readonly Asked[], questions: ReadonlyMap<string, Placed>, given: readonly Answered[]): (OnBoard & { userId: string | null })[] {
  const byPrompt = new Map(asked.flatMap((a) => (a.promptId === null ? [] : [[a.promptId, a] as const])))
  const all = new Map<string, Omit<OnBoard, 'place'> & { userId: string | null }>()
  for (const g of given) {
    const a = byPrompt.get(g.promptId)
    const q = a && questions.get(a.questionId)
    if (!a || !q) continue
    const before = all.get(g.memberId) ?? { memberId: g.memberId, displayName: g.displayName, userId: g.userId, right: 0, points: 0 }
    const share = judged(q, a, g)
    all.set(g.memberId, { ...before, right: before.right + (share === 1 ? 1 : 0), points: Math.round((before.points + share * a.points) * 100) / 100 })
  }
  const order = [...all.values()].sort((a, b) => b.points - a.points || a.displayName.localeCompare(b.displayName, 'en') || (a.memberId < b.memberId ? -1 : 1))
  return order.map((o) => ({ place: order.findIndex((p) => p.points === o.points) + 1, ...o }))
}
