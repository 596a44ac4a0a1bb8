// Follows the room from prompt to prompt, and lets one look at another; and who is called on now.
import { useState } from 'react'
import type { Pick } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { type Asks, beside, firstLook, isCalled, nextLook } from './place.ts'

/** What is looked at. `asksMe`: whether one is asked oneself. */
export function useLook(asksMe: Asks): { prompt: PromptView | null; other: PromptView | null; look(promptId: string): void } {
  const view = useClass((v) => v)
  const [at, set] = useState(() => ({ view, promptId: firstLook(view, asksMe) }))
  let { promptId } = at
  if (at.view.prompts !== view.prompts || at.view.session !== view.session) {
    promptId = nextLook(at.promptId, at.view, view, asksMe)
    set({ view, promptId })
  }
  const prompt = view.prompts.find((p) => p.promptId === promptId && p.state !== 'cancelled') ?? null
  return { prompt, other: beside(view, prompt), look: (to) => set({ view, promptId: to }) }
}

/** The newest prompt there was when each call was heard. */
const heard = new Map<string, string | null>()

/** Who is called on now; null once something new is asked. */
export function useCalled(): Pick | null {
  const view = useClass((v) => v)
  const { pick } = view
  const newest = view.prompts[0]?.promptId ?? null
  if (pick && !heard.has(pick.pickId)) heard.set(pick.pickId, newest)
  return isCalled(pick, view, heard.get(pick?.pickId ?? '') ?? null) ? pick : null
}
