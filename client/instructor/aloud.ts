// What staff hear said: that half and all are in, that a prompt closed by itself, and the line.
import { useEffect, useRef } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked } from '../board.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { announce } from '../parts/Say.tsx'

export function useStaffAloud(prompt: PromptView | null, lost: boolean): void {
  const { say } = useWords()
  const total = useClass((v) => (prompt ? asked(v, prompt) : 0))
  const before = useRef({ id: prompt?.promptId, state: prompt?.state, lost, share: 0 })
  useEffect(() => {
    const was = before.current
    const share = prompt && total > 1 ? prompt.answered / total : 0
    if (was.id !== prompt?.promptId) was.share = share
    else if (prompt?.state === 'open') {
      if (share >= 1 && was.share < 1) announce(say('aloud.all'))
      else if (share >= 0.5 && was.share < 0.5) announce(say('aloud.half'))
    }
    if (was.id === prompt?.promptId && was.state === 'open' && prompt?.state === 'closed') announce(say('aloud.closed'))
    if (lost !== was.lost) announce(say(lost ? 'aloud.lost.staff' : 'aloud.back'), lost ? 'assertive' : 'polite')
    before.current = { id: prompt?.promptId, state: prompt?.state, lost, share: Math.max(was.share, share) }
  }, [prompt?.promptId, prompt?.state, prompt?.answered, total, lost])
}
