// What the room looks at, read off the class as one sees it. Pure.
import type { PromptView } from '../server/features/coldcall/view.ts'
import type { ClassView } from '../server/views.ts'

const read = new WeakMap<PromptView, PromptView>()

/** A prompt in the first of one's languages that it is in: its own words where that is theirs, or where it is in none. */
export function inMine(p: PromptView, wanted: readonly string[] = navigator.languages): PromptView {
  const { translations } = p
  if (!translations) return p
  const known = read.get(p)
  if (known) return known
  const kind = (tag = '') => tag.split('-')[0]
  const found = wanted.flatMap((tag) => (kind(tag) === kind(p.language) ? [null] : translations.filter((t) => t.language === tag || kind(t.language) === kind(tag))))[0]
  const mine = found ? { ...p, text: found.text, options: found.options ?? p.options, language: found.language } : p
  read.set(p, mine)
  return mine
}

/** The prompt on the board: the open one; else the newest of the class that is running; else the newest that was asked
 *  outside any class. Null where the board is empty. */
export function onTheBoard(view: Pick<ClassView, 'prompts' | 'session'>): PromptView | null {
  const asked = view.prompts.filter((p) => p.state !== 'cancelled')
  const open = asked.find((p) => p.state === 'open')
  if (open) return open
  const { session } = view
  const newest = asked[0]
  if (!newest) return null
  if (session) return newest.sessionId === session.sessionId || newest.opensAt >= session.startedAt ? newest : null
  return newest.sessionId === null ? newest : null
}

/** The newest prompt that was shown, whenever that was: what was said last time. */
export const lastShown = (view: Pick<ClassView, 'prompts'>): PromptView | null => view.prompts.find((p) => p.state === 'revealed') ?? null

/** How many are asked: the learners addressed who are here, and never fewer than have answered. */
export const asked = (view: Pick<ClassView, 'presence'>, p: PromptView): number =>
  Math.max(p.answered, p.addressed ?? view.presence.online)

/** The place of a prompt in its class: the third of the day. */
export function ordinal(view: Pick<ClassView, 'prompts'>, p: PromptView): number {
  return view.prompts.filter((o) => o.state !== 'cancelled' && o.sessionId === p.sessionId && o.opensAt <= p.opensAt).length
}

/** The share of a prompt's time that is left, 0 to 1, and the seconds; null where there is no deadline. */
export function timeLeft(p: Pick<PromptView, 'opensAt' | 'closesAt'>, now: number): { seconds: number; share: number } | null {
  if (p.closesAt === null) return null
  const end = Date.parse(p.closesAt)
  const left = Math.max(0, end - now)
  return { seconds: Math.ceil(left / 1000), share: Math.min(1, left / Math.max(1, end - Date.parse(p.opensAt))) }
}

/** The strokes of a ring: one a person where there is room for it, never fewer than twenty. */
export function strokes(answered: number, total: number, room: number): { all: number; done: number } {
  const all = Math.max(20, Math.min(room, total))
  if (total === 0) return { all, done: 0 }
  const done = Math.floor((answered / total) * all)
  return { all, done: answered > 0 ? Math.max(1, Math.min(all, done)) : 0 }
}

/** The next module: the first that is locked, else the first that is not passed. */
export const nextModule = (view: Pick<ClassView, 'modules'>) =>
  view.modules.find((m) => m.state === 'locked') ?? view.modules.find((m) => m.state === 'unlocked') ?? null
