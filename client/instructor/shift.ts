// How the class moved from a vote to the next one: read once the second is revealed.
import { useEffect, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useLive, useRoom } from '../classroom.tsx'
import type { Shift } from './moves.ts'

/** Null until it is known, and where there is none. */
export function useShift({ promptId, revoteOf, kind, state, tally }: PromptView): Shift | null {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [read, setRead] = useState<{ promptId: string; shift: Shift } | null>(null)
  const wanted = revoteOf !== null && kind === 'choice' && state === 'revealed' && here
  useEffect(() => {
    if (!wanted) return
    let isWanted = true
    void live.ask('coldcall:shift', { promptId }).then((said) => { if (said.ok && isWanted) setRead({ promptId, shift: said.data }) })
    return () => { isWanted = false }
  }, [wanted, live, promptId, tally?.join()])
  return read?.promptId === promptId ? read.shift : null
}
