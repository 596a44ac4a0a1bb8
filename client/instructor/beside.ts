// Prompts that stand beside each other, and what can be asked again. Pure.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { onTheBoard } from '../board.ts'
import { inTheWay } from './draft.ts'
import type { ClassView } from '../../server/views.ts'

type Seen = Pick<ClassView, 'prompts' | 'session'>

/** Whether a prompt is of the class that runs, or of none where none does. */
const isNow = ({ session }: Seen, p: PromptView) =>
  p.state !== 'cancelled' && (session ? p.sessionId === session.sessionId || p.opensAt >= session.startedAt : p.sessionId === null)

/** The prompts that stand side by side: every one that is open, and the newest of each batch since all were last asked
 *  together. By batch; only the one on the board where there is no other. */
export function beside(view: Seen): PromptView[] {
  const now = view.prompts.filter((p) => isNow(view, p) || p.state === 'open')
  const together = now.findIndex((p) => p.batchNo === null)
  const apart = together < 0 ? now : now.slice(0, together)
  const newest = apart.filter((p, i) => p.state === 'open' || !apart.slice(0, i).some((o) => o.batchNo === p.batchNo))
  if (newest.length > 0) return newest.sort((a, b) => a.batchNo! - b.batchNo!)
  const board = onTheBoard(view)
  return board ? [board] : []
}

/** What is asked again with one key: the prompt at hand where it can be, else the newest of this class that can; null where an
 *  open prompt is in the way. */
export function askable(view: Seen, atHand: PromptView | null): PromptView | null {
  const open = view.prompts.filter((p) => p.state === 'open')
  const can = (p: PromptView) => p.kind !== 'text' && (p.state === 'closed' || p.state === 'revealed') && !inTheWay(open, p.batchNo)
  if (atHand && can(atHand)) return atHand
  const newest = view.prompts.find((p) => p.kind !== 'text' && isNow(view, p))
  return newest && can(newest) ? newest : null
}

/** How long it was asked for, in whole seconds; null where there was no limit. */
export const lasted = ({ opensAt, closesAt }: Pick<PromptView, 'opensAt' | 'closesAt'>): number | null =>
  closesAt === null ? null : Math.min(7200, Math.max(5, Math.round((Date.parse(closesAt) - Date.parse(opensAt)) / 1000)))
