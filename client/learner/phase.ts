// Where one's own answer to the prompt on the board stands now.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useLive, useLost, usePaper } from '../classroom.tsx'
import { type Phase, phaseOf } from '../paper.ts'
import { useTimeLeft } from '../parts/Time.tsx'

export function usePhase(prompt: PromptView): Phase {
  const paper = usePaper(prompt.promptId)
  const lost = useLost()
  const here = useLive((s) => s.here)
  const left = useTimeLeft(prompt, prompt.state === 'open')
  return phaseOf(paper, prompt.state !== 'open' || left?.seconds === 0, here || !lost)
}
