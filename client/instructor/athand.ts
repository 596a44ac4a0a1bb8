// The prompt an instructor has at hand: the one on the board, or, where batches are asked side by side, the one turned to.
import { useRef } from 'react'
import { create } from 'zustand'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { beside } from './beside.ts'

const useTurned = create<{ to: string | null }>(() => ({ to: null }))
export const turnTo = (promptId: string | null) => useTurned.setState({ to: promptId })

/** `board`: what is at hand while nobody turned to another. */
export function useAtHand(board: PromptView | null): { prompt: PromptView | null; others: PromptView[] } {
  const view = useClass((v) => v)
  const to = useTurned((t) => t.to)
  const others = beside(view)
  return { prompt: useHeld(others.find((p) => p.promptId === to) ?? board), others }
}

/** The prompt with the answers that it had, while those are read again: the book puts them away where it hears much of another. */
function useHeld(prompt: PromptView | null): PromptView | null {
  const held = useRef<PromptView | null>(null)
  const before = held.current
  if (prompt && before && prompt.next !== null && before.promptId === prompt.promptId && before.answers.length > prompt.answers.length) {
    const now = new Map(prompt.answers.map((a) => [a.messageId, a]))
    return { ...prompt, answers: before.answers.map((a) => now.get(a.messageId) ?? a) }
  }
  held.current = prompt
  return prompt
}
