// What a client sees of the prompts of a class: newest first, at most twenty, its own part laid over the public one.
import type { Heard, Looker, View } from '#kernel/view'
import type { Answer, Prompt } from './contract.ts'

/** Where the first page begins. */
export const FIRST_PAGE = '0'
export const PROMPTS_KEPT = 20
/** The longest texts, in code points. */
export const ANSWER_CHARACTERS = 4_000
export const PROMPT_CHARACTERS = 2_000

/** A prompt as a client keeps it, with its notes. `told` is the commit that set the deadline, `own` whether it was told to
 *  this person alone; `mineAt` when one's own answer was told; `addressed` how many of those asked are here. What the class was told of answers that staff have
 *  not heard of yet: `allShownAt` when a reveal left nothing
 *  out, `shownAt` when others showed some, `stars` and `starred` what was starred by `starredAt`. */
export type PromptView = Prompt & { told?: string; own?: boolean; mineAt?: string; addressed?: number; allShownAt?: string; shownAt?: Record<string, string>; stars?: Record<string, number>; starred?: string[]; starredAt?: string }

export const isStaff = (looker: Looker) => looker.role === 'instructor' || looker.role === 'observer'

export const prompts: View<PromptView[]> = {
  key: 'prompts',
  unknown: (list, { name, body }) => name.startsWith('coldcall:') && name !== 'coldcall:opened' && !list.some((p) => p.promptId === body.promptId),
  heard(list, heard, looker) {
    if (!heard.name.startsWith('coldcall:')) return list
    if (heard.name === 'coldcall:opened') return opened(list, heard, looker)
    const before = list.find((p) => p.promptId === heard.body.promptId)
    if (!before) return list
    const after = change(before, heard, looker)
    return after === before ? list : tidy(list.map((p) => (p === before ? after : p)), looker)
  },
}

function opened(list: PromptView[], { body, at }: Heard, looker: Looker): PromptView[] {
  if (list.some((p) => p.promptId === body.promptId)) return list
  const newest = { ...body, told: at, own: false } as PromptView
  return tidy([newest, ...list].sort((a, b) => (a.opensAt < b.opensAt ? 1 : -1)).slice(0, PROMPTS_KEPT), looker)
}

function change(p: PromptView, { name, body, at }: Heard, looker: Looker): PromptView {
  // Of a prompt that was taken back only the deadline is still laid right, from whichever stream it comes late.
  if (p.state === 'cancelled') return name === 'coldcall:mine' ? deadline(p, body.closesAt, at, true) : p
  switch (name) {
    case 'coldcall:progress': return p.state === 'open' ? { ...p, answered: body.answered, addressed: body.online } : p
    case 'coldcall:closed': return { ...p, state: 'closed', answered: body.answered }
    case 'coldcall:reopened': return deadline({ ...p, state: 'open' }, body.closesAt, at, false)
    case 'coldcall:extended': return deadline(p, body.closesAt, at, false)
    case 'coldcall:cancelled': return { ...p, state: 'cancelled', answered: 0, answers: [], next: null, mine: null, myStars: [], extraUntil: null }
    case 'coldcall:mine': return deadline({ ...p, mine: body.mine && late(p, body.mine, at), mineAt: at }, body.closesAt, at, true)
    case 'coldcall:stars': return { ...p, myStars: body.myStars }
    case 'coldcall:extra': return { ...p, extraUntil: body.extraUntil }
    case 'coldcall:answered': return keepsAnswers(p) ? { ...p, answers: merged(p, body.answers, at) } : p
    case 'coldcall:revealed': return revealed(p, body, at, looker)
    case 'coldcall:starred': return starred(p, body, at)
    case 'coldcall:noted': return noted(p, body, at)
    default: return p
  }
}

/** The class's deadline and one's own are told in different streams, in any order: the later commit holds, and of one
 *  commit one's own. */
function deadline(p: PromptView, closesAt: string | null, at: string, own: boolean): PromptView {
  const told = p.told ?? ''
  if (at < told || (at === told && p.own && !own)) return p
  return { ...p, closesAt, told: at, own }
}

function revealed(p: PromptView, body: any, at: string, looker: Looker): PromptView {
  const shown = new Set<string>([...(body.messageIds ?? []), ...body.answers.map((a: Answer) => a.messageId)])
  const isShown = (a: Answer) => a.revealed || body.messageIds === null || shown.has(a.messageId)
  const next: PromptView = {
    ...p, state: 'revealed', answered: body.answered, correct: body.correct, tally: body.tally,
    ...(body.messageIds === null ? { allShownAt: p.allShownAt ?? at } : { shownAt: { ...Object.fromEntries(body.messageIds.map((id: string) => [id, at])), ...p.shownAt } }),
    mine: p.mine && isShown(p.mine) ? { ...p.mine, revealed: true } : p.mine,
  }
  if (isStaff(looker)) return { ...next, answers: p.answers.map((a) => (isShown(a) ? { ...a, revealed: true } : a)) }
  // Where a page is still to be read, what is new comes after it and is read in its turn.
  if (p.state === 'revealed' && p.next !== null) return next
  return { ...next, answers: appended(p.answers, body.answers), next: body.next }
}

const appended = (list: Answer[], more: Answer[]) => [...list, ...more.filter((a) => !list.some((b) => b.messageId === a.messageId))]

/** Stars on what is shown: the counts that changed, and all that instructors starred. */
function starred(p: PromptView, body: any, at: string): PromptView {
  const byInstructor = new Set<string>(body.instructorStars)
  const star = (a: Answer): Answer => (a.revealed ? { ...a, stars: body.stars[a.messageId] ?? a.stars, instructorStar: byInstructor.has(a.messageId) } : a)
  return { ...p, stars: { ...p.stars, ...body.stars }, starred: body.instructorStars, starredAt: at, answers: p.answers.map(star), mine: p.mine && at > (p.mineAt ?? '') ? star(p.mine) : p.mine }
}

/** Instructors' stars on what was not shown yet: only those it names changed. What the class was told since holds. */
function noted(p: PromptView, body: any, at: string): PromptView {
  const star = (a: Answer): Answer => (a.messageId in body.stars && !isSettledSince(p, a.messageId, at)
    ? { ...a, instructorStar: body.instructorStars.includes(a.messageId) } : a)
  return { ...p, answers: p.answers.map(star) }
}

/** Staff keep the answers in the order of their ids, which a reveal does not change. */
function merged(p: PromptView, answers: Answer[], at: string): Answer[] {
  const byId = new Map(p.answers.map((a) => [a.messageId, a]))
  for (const a of answers) {
    const known = byId.get(a.messageId)
    if (known && (known.revision ?? 0) > (a.revision ?? 0)) continue
    byId.set(a.messageId, known ? { ...a, revealed: a.revealed || known.revealed, stars: Math.max(a.stars, known.stars), instructorStar: known.instructorStar || a.instructorStar } : late(p, a, at))
  }
  return [...byId.values()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1))
}

/** When the class saw an answer; undefined where it has not, or had before the snapshot. */
const shownAt = (p: PromptView, messageId: string) => p.shownAt?.[messageId] ?? p.allShownAt

/** Whether the class was told, after this moment, which shown answers instructors starred, and this one was shown then. */
const isSettledSince = (p: PromptView, messageId: string, at: string) => p.starredAt !== undefined && p.starredAt > at && (shownAt(p, messageId) ?? '~') <= p.starredAt

/** An answer that is heard of after the class heard what became of it: other streams may be ahead. */
function late(p: PromptView, a: Answer, at: string): Answer {
  return {
    ...a, revealed: a.revealed || shownAt(p, a.messageId) !== undefined, stars: p.stars?.[a.messageId] ?? a.stars,
    instructorStar: isSettledSince(p, a.messageId, at) ? p.starred?.includes(a.messageId) === true : a.instructorStar,
  }
}

/** A page of `coldcall:answers` that was read later, laid into the prompt. */
export function paged(list: PromptView[], promptId: string, page: { answers: Answer[]; next: string | null }, looker: Looker): PromptView[] {
  return list.map((p) => (p.promptId !== promptId ? p
    : { ...p, answers: isStaff(looker) ? merged(p, page.answers, '~') : appended(p.answers, page.answers), next: page.next }))
}

const keepsAnswers = (p: PromptView) => !(p.answers.length === 0 && p.next === FIRST_PAGE)

/** Only the newest revealed prompt keeps its answers, and for staff the newest that is open or closed; the others are
 *  read again when somebody asks for them. */
function tidy(list: PromptView[], looker: Looker): PromptView[] {
  const kept = withAnswers(list, isStaff(looker))
  return list.map((p) => (kept.has(p.promptId) || p.state === 'cancelled' || p.answers.length === 0 ? p : { ...p, answers: [], next: FIRST_PAGE }))
}

/** Which of the prompts, newest first, come with their answers in a snapshot. */
export function withAnswers(list: readonly Pick<Prompt, 'promptId' | 'state'>[], staff: boolean): Set<string> {
  const newest = (states: Prompt['state'][]) => list.find((p) => states.includes(p.state))?.promptId
  return new Set([newest(['revealed']), staff ? newest(['open', 'closed']) : undefined].filter((id) => id !== undefined))
}
