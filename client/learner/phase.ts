// Where one's own answer to a prompt stands: what may be claimed, and what may still be done.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useLive, useLost, usePaper } from '../classroom.tsx'
import type { Paper } from '../paper.ts'
import { useTimeLeft } from '../parts/Time.tsx'

export type Phase = 'writing' | 'sending' | 'kept' | 'in' | 'conflict' | 'refused' | 'missed'

/** Pure, so that a test can say it. `over`: no more answers are taken from this person. */
export function phaseOf(paper: Paper, over: boolean, here: boolean): Phase {
  if (paper.theirs) return 'conflict'
  if (paper.out && paper.draft === null) return here ? 'sending' : 'kept'
  if (paper.refused && over) return 'refused'
  if (!over && (paper.draft !== null || !paper.in)) return 'writing'
  return paper.in ? 'in' : 'missed'
}

export function usePhase(prompt: PromptView): Phase {
  const paper = usePaper(prompt.promptId)
  const lost = useLost()
  const here = useLive((s) => s.here)
  const left = useTimeLeft(prompt, prompt.state === 'open')
  return phaseOf(paper, prompt.state !== 'open' || left?.seconds === 0, here || !lost)
}
