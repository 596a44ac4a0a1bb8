// What a client sees of the prompts of a class: newest first, at most twenty, its own part laid over the public one.
import type { Heard, Looker, View } from '#kernel/view'
import type { Answer, Pick, Prompt } from './contract.ts'

/** Where the first page begins. */
export const FIRST_PAGE = '0'
export const PROMPTS_KEPT = 20
/** The longest texts, in code points. */
export const ANSWER_CHARACTERS = 4_000
export const PROMPT_CHARACTERS = 2_000
export const OPTION_CHARACTERS = 200
/** The most options of a choice. */
export const OPTIONS = 10

/** A prompt as a client keeps it, with its notes. `told` is the commit that set the deadline, `own` whether it was told to
 *  this person alone; `mineAt` when one's own answer was told; `addressed` how many of those asked are here. Streams come in any
 *  order, so what the class was told of answers is noted with its time: `allShownAt` when a reveal left nothing out, `shownAt`
 *  when others showed some, `starred` and `hid` the newest of each answer. */
export type PromptView = Prompt & {
  told?: string; own?: boolean; mineAt?: string; addressed?: number; allShownAt?: string; shownAt?: Record<string, string>
  starred?: Record<string, { at: string; stars: number; instructorStar: boolean }>; hid?: Record<string, { at: string; hidden: boolean }>
}

export const isStaff = (looker: Looker) => looker.role === 'instructor' || looker.role === 'observer'

/** What concerns no prompt that has to be known. */
const OF_NONE = ['coldcall:opened', 'coldcall:picked', 'coldcall:passed']

export const prompts: View<PromptView[]> = {
  key: 'prompts',
  unknown: (list, { name, body }) => name.startsWith('coldcall:') && !OF_NONE.includes(name) && !list.some((p) => p.promptId === body.promptId),
  heard(list, heard, looker) {
    if (!heard.name.startsWith('coldcall:')) return list
    if (heard.name === 'coldcall:opened') return opened(list, heard, looker)
    const before = list.find((p) => p.promptId === heard.body.promptId)
    if (!before) return list
    const after = change(before, heard, looker)
    return after === before ? list : tidy(list.map((p) => (p === before ? after : p)), looker)
  },
}

/** Who is called on: in the class that runs, or today where none does. */
export const pick: View<Pick | null> = {
  key: 'pick',
  heard(value, { name, body }) {
    if (name === 'coldcall:picked') return body
    return name === 'session:started' || name === 'session:ended' ? null : value
  },
}

function opened(list: PromptView[], { body, at }: Heard, looker: Looker): PromptView[] {
  if (list.some((p) => p.promptId === body.promptId)) return list
  const newest = { ...body, told: at, own: false } as PromptView
  return tidy([newest, ...list].sort((a, b) => (`${a.opensAt} ${a.promptId}` < `${b.opensAt} ${b.promptId}` ? 1 : -1)).slice(0, PROMPTS_KEPT), looker)
}

function change(p: PromptView, { name, body, at }: Heard, looker: Looker): PromptView {
  // Of a prompt that was taken back only the deadline is still laid right, from whichever stream it comes late.
  if (p.state === 'cancelled') return name === 'coldcall:mine' ? deadline(p, body.closesAt, at, true) : p
  switch (name) {
    case 'coldcall:progress': return p.state === 'open' ? { ...p, answered: body.answered, addressed: body.online } : p
    case 'coldcall:closed': return { ...p, state: 'closed', answered: body.answered }
    case 'coldcall:reopened': return deadline({ ...p, state: 'open' }, body.closesAt, at, false)
    case 'coldcall:extended': return deadline(p, body.closesAt, at, false)
    case 'coldcall:cancelled': return { ...p, state: 'cancelled', answered: 0, answers: [], next: null, mine: null, myStars: [], extraUntil: null, correct: null }
    case 'coldcall:mine': return deadline({ ...p, mine: body.mine && unseen(late(p, body.mine, at)), mineAt: at }, body.closesAt, at, true)
    case 'coldcall:stars': return { ...p, myStars: body.myStars }
    case 'coldcall:extra': return { ...p, extraUntil: body.extraUntil }
    case 'coldcall:answered': return keepsAnswers(p) ? { ...p, answers: merged(p, body.answers, at) } : p
    case 'coldcall:authored': return { ...p, answers: p.answers.map((a) => (a.messageId === body.messageId ? { ...a, author: body.author } : a)) }
    case 'coldcall:revealed': return revealed(p, body, at, looker)
    case 'coldcall:starred': case 'coldcall:noted': return starred(p, body, at)
    case 'coldcall:hidden': return hidden(p, body, at, looker)
    case 'coldcall:spotlit': return { ...p, spotlight: body.messageId }
    case 'coldcall:correct': return { ...p, correct: body.correct }
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

/** Stars: of each answer that it names, the newest word holds. */
function starred(p: PromptView, body: any, at: string): PromptView {
  const fresh = Object.entries<number>(body.stars).filter(([id]) => at >= (p.starred?.[id]?.at ?? ''))
    .map(([id, stars]) => [id, { at, stars, instructorStar: body.instructorStars.includes(id) as boolean }] as const)
  const now = new Map(fresh)
  const star = (a: Answer): Answer => {
    const { at: _, ...more } = now.get(a.messageId) ?? { at }
    return { ...a, ...more }
  }
  return { ...p, starred: { ...p.starred, ...Object.fromEntries(fresh) }, answers: p.answers.map(star), mine: p.mine && at > (p.mineAt ?? '') ? unseen(star(p.mine)) : p.mine }
}

/** An answer is hidden or shown again: staff keep it with its mark, to the class it is gone, or back in its place. */
function hidden(p: PromptView, { messageId, hidden, answer, after }: any, at: string, looker: Looker): PromptView {
  if (at < (p.hid?.[messageId]?.at ?? '')) return p
  const stars = answer && at >= (p.starred?.[messageId]?.at ?? '') ? { stars: answer.stars, instructorStar: answer.instructorStar } : null
  const next: PromptView = { ...p, hid: { ...p.hid, [messageId]: { at, hidden } }, ...(stars && { starred: { ...p.starred, [messageId]: { at, ...stars } } }) }
  const marked = (a: Answer): Answer => (a.messageId === messageId ? { ...a, hidden, ...stars } : a)
  if (isStaff(looker)) return { ...next, answers: p.answers.map(marked) }
  return { ...next, answers: hidden ? p.answers.filter((a) => a.messageId !== messageId) : placed(p, answer, after), mine: p.mine && at > (p.mineAt ?? '') ? unseen(marked(p.mine)) : p.mine }
}

/** The list with an answer that is shown again, behind the one before it; not where that is on a page still to be read. */
function placed(p: PromptView, answer: Answer, after: string | null): Answer[] {
  const i = after === null ? 0 : p.answers.findIndex((a) => a.messageId === after) + 1
  if (!keepsAnswers(p) || (i === 0 && after !== null) || p.answers.some((a) => a.messageId === answer.messageId)) return p.answers
  return [...p.answers.slice(0, i), answer, ...p.answers.slice(i)]
}

/** One's own answer while it is hidden: what others did with it comes back with it. */
export const unseen = (a: Answer): Answer => (a.hidden ? { ...a, stars: 0, instructorStar: false } : a)

/** Staff keep the answers in the order of their ids, which a reveal does not change. Of an anonymous prompt the authors come by
 *  page only, and stay. */
function merged(p: PromptView, answers: Answer[], at: string): Answer[] {
  const byId = new Map(p.answers.map((a) => [a.messageId, a]))
  for (const a of answers) {
    const known = byId.get(a.messageId)
    if (known && (known.revision ?? 0) > (a.revision ?? 0)) continue
    const now = late(p, a, at)
    byId.set(a.messageId, known ? { ...now, author: now.author ?? known.author, revealed: now.revealed || known.revealed } : now)
  }
  return [...byId.values()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1))
}

/** An answer that is heard of after the class heard what became of it: other streams may be ahead. */
function late(p: PromptView, a: Answer, at: string): Answer {
  const star = p.starred?.[a.messageId]
  const hid = p.hid?.[a.messageId]
  return {
    ...a, revealed: a.revealed || (p.shownAt?.[a.messageId] ?? p.allShownAt) !== undefined, hidden: hid && hid.at > at ? hid.hidden : a.hidden,
    ...(star && star.at > at && { stars: star.stars, instructorStar: star.instructorStar }),
  }
}

/** A page of `coldcall:answers` that was read later, laid into the prompt. */
export function paged(list: PromptView[], promptId: string, page: { answers: Answer[]; next: string | null }, looker: Looker): PromptView[] {
  return list.map((p) => (p.promptId !== promptId ? p
    : { ...p, answers: isStaff(looker) ? merged(p, page.answers, '~') : appended(p.answers, page.answers), next: page.next }))
}

const keepsAnswers = (p: PromptView) => !(p.answers.length === 0 && p.next === FIRST_PAGE)

/** Only the newest revealed prompt keeps its answers, and for staff the newest that is open or closed and one more that
 *  is open; the others are read again when somebody asks for them. */
function tidy(list: PromptView[], looker: Looker): PromptView[] {
  const kept = withAnswers(list, isStaff(looker))
  return list.map((p) => (kept.has(p.promptId) || p.state === 'cancelled' || p.answers.length === 0 ? p : { ...p, answers: [], next: FIRST_PAGE }))
}

/** Which of the prompts, newest first, come with their answers in a snapshot. */
export function withAnswers(list: readonly { promptId: string; state: Prompt['state'] }[], staff: boolean): Set<string> {
  const newest = (states: Prompt['state'][]) => list.filter((p) => states.includes(p.state)).map((p) => p.promptId)
  const asked = staff ? [...new Set([...newest(['open', 'closed']).slice(0, 1), ...newest(['open'])])] : []
  return new Set([...newest(['revealed']).slice(0, 1), ...asked.slice(0, 2)])
}
