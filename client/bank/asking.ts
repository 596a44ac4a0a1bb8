// What a quiz asks, as it is put: each act is done on what stands at that moment, so that it can be done again on what somebody else
// made of it. A question goes by its own id, a draw by its pool and which of that pool's draws it is. Pure.
import type { Placement, PlacedAs, Quiz, Settings } from './wire.ts'

export type Ask = { key: string; as: PlacedAs }
export type Act = (asks: Ask[]) => Ask[]

export function keysOf(placements: readonly Pick<Placement, 'questionId' | 'poolId'>[]): string[] {
  const draws = new Map<string, number>()
  return placements.map(({ questionId, poolId }) => {
    if (questionId) return questionId
    const nth = (draws.get(poolId ?? '') ?? 0) + 1
    draws.set(poolId ?? '', nth)
    return `${poolId}/${nth}`
  })
}
export const asksOf = (placements: readonly Placement[]): Ask[] => { const keys = keysOf(placements); return placements.map((p, n) => ({ key: keys[n]!, as: { quizQuestionId: p.quizQuestionId } })) }

export const to = (key: string, at: number): Act => (asks) => { const one = asks.find((a) => a.key === key); return one ? asks.filter((a) => a !== one).toSpliced(Math.max(0, at), 0, one) : asks }
export const without = (key: string): Act => (asks) => asks.filter((a) => a.key !== key)
const changed = (key: string, more: PlacedAs): Act => (asks) => asks.map((a) => (a.key === key ? { ...a, as: { ...a.as, ...more } } : a))
export const worth = (key: string, points: number): Act => changed(key, { points })
export const drawing = (key: string, draw: number): Act => changed(key, { draw })
/** As the bank has it now. */
export const renewed = (keys: readonly string[]): Act => (asks) => asks.map((a) => (keys.includes(a.key) ? { ...a, as: { ...a.as, refresh: true } } : a))
/** Those that are asked already are not asked twice. */
export const asking = (questionIds: readonly string[]): Act => (asks) => [...asks, ...questionIds.filter((id) => !asks.some((a) => a.key === id)).map((questionId) => ({ key: questionId, as: { questionId } }))]
export const drawn = (poolId: string, draw: number): Act => (asks) => [...asks, { key: `${poolId}/${asks.length + 1}`, as: { poolId, draw } }]
/** What was taken out, at its place again: as the bank has it now. */
export const again = (p: Placement, at: number): Act => (asks) => asks.toSpliced(at, 0, { key: p.questionId ?? `${p.poolId}/back`, as: p.questionId ? { questionId: p.questionId, points: p.points } : { poolId: p.poolId!, draw: p.draw ?? 1, points: p.points } })

/** The places after one was dropped on another. */
export const droppedAt = (keys: readonly string[], over: string): number => keys.indexOf(over)
export const pointsOf = (placements: readonly Pick<Placement, 'points' | 'draw'>[]): number => placements.reduce((n, p) => n + p.points * (p.draw ?? 1), 0)

/** How a quiz was before: what undoes these settings. */
export function before(quiz: Quiz, settings: Settings): Settings {
  const all: Settings = { ...quiz, titles: quiz.titles.map(({ language, title, status }) => ({ language, title, status })) }
  return Object.fromEntries(Object.keys(settings).map((field) => [field, all[field as keyof Settings]])) as Settings
}

/** Quizzes by module: those of none, or of one that there is no more, last. */
export function byModule<Q extends { moduleNo: number | null }>(quizzes: readonly Q[], modules: readonly number[]): { no: number | null; quizzes: Q[] }[] {
  const rest = quizzes.filter((q) => q.moduleNo === null || !modules.includes(q.moduleNo))
  return [...modules.map((no) => ({ no, quizzes: quizzes.filter((q) => q.moduleNo === no) })), ...(rest.length > 0 ? [{ no: null, quizzes: rest }] : [])]
}

/** A number in a field; null where it is none, or out of bounds. */
export function inField(typed: string, least: number, most: number, isWhole = true): number | null {
  const n = typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.'))
  return Number.isFinite(n) && n >= least && n <= most && (!isWhole || Number.isInteger(n)) ? n : null
}
