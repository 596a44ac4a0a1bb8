// Which of the prompts of a class somebody looks at: what happens in the room takes them along, but nothing takes them away
// from a prompt that they are asked. Pure.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { ClassView } from '../../server/views.ts'
import { onTheBoard } from '../board.ts'

type Seen = Pick<ClassView, 'prompts' | 'session'>
export type Asks = (p: PromptView) => boolean

/** Whether a prompt asks somebody of this batch. */
export const isFor = (p: Pick<PromptView, 'batchNo'>, batchNo: number | null | undefined): boolean => p.batchNo === null || p.batchNo === (batchNo ?? null)

/** What one looks at first: one's own open prompt, else what is on the board. */
export const firstLook = (view: Seen, asksMe: Asks): string | null => (view.prompts.find((p) => p.state === 'open' && asksMe(p)) ?? onTheBoard(view))?.promptId ?? null

/** What one looks at next, after `before`: what was opened or revealed since, one's own first. */
export function nextLook(looked: string | null, before: Seen, view: Seen, asksMe: Asks): string | null {
  const was = new Map(before.prompts.map((p) => [p.promptId, p.state]))
  const there = inClass(view)
  const turned = there.filter((p) => (p.state === 'open' || p.state === 'revealed') && p.state !== was.get(p.promptId))
  const stays = there.some((p) => p.promptId === looked) ? looked : null
  const asked = there.find((p) => p.state === 'open' && asksMe(p))
  if (asked) return turned.includes(asked) || !stays ? asked.promptId : stays
  return (turned.find(asksMe) ?? turned[0])?.promptId ?? stays ?? firstLook(view, asksMe)
}

/** The prompt of another batch that is to be seen beside this one: one that is open, or the newest. */
export function beside(view: Seen, prompt: PromptView | null): PromptView | null {
  if (!prompt) return null
  const others = inClass(view).filter((p) => p.promptId !== prompt.promptId && p.batchNo !== prompt.batchNo)
  const newest = prompt.batchNo === null || others[0]?.batchNo === null ? undefined : others[0]
  return others.find((p) => p.state === 'open') ?? newest ?? null
}

/** Whether somebody is still called on: until something new is asked of those that they are of. `since`: the newest prompt
 *  there was when it was heard. */
export function isCalled(pick: ClassView['pick'], view: Seen, since: string | null): pick is NonNullable<ClassView['pick']> {
  if (!pick) return false
  if (pick.promptId === null) return (view.prompts[0]?.promptId ?? null) === since
  const there = inClass(view)
  const at = there.findIndex((p) => p.promptId === pick.promptId)
  const { batchNo } = there[at] ?? { batchNo: null }
  return at >= 0 && !there.slice(0, at).some((p) => p.batchNo === null || batchNo === null || p.batchNo === batchNo)
}

/** The prompts of the class that is running, newest first; outside of any, of those that were asked outside. */
function inClass({ prompts, session }: Seen): PromptView[] {
  return prompts.filter((p) => p.state !== 'cancelled' && (p.state === 'open' || (session ? p.sessionId === session.sessionId || p.opensAt >= session.startedAt : p.sessionId === null)))
}

/** One's own sums of the newest class; null where not all of it is known any more, or nothing was asked of one. */
export function sums(view: Pick<ClassView, 'prompts'>, asksMe: Asks, kept: number): { answered: number; asked: number; stars: number } | null {
  const sessionId = view.prompts.find((p) => p.sessionId !== null)?.sessionId
  const all = view.prompts.filter((p) => p.sessionId === sessionId)
  if (!sessionId || all.length >= kept) return null
  const mine = all.filter((p) => p.state !== 'cancelled' && (asksMe(p) || p.mine))
  return mine.length === 0 ? null : { answered: mine.filter((p) => p.mine).length, asked: mine.length, stars: mine.reduce((n, p) => n + (p.mine?.stars ?? 0), 0) }
}
