// How the class moved from the first vote to the second.
import { useEffect, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useLive, useRoom } from '../classroom.tsx'
import type { Shift } from './moved.ts'

/** Asks once the prompt is shown, and again where the line was gone; null where there is nothing to compare. */
export function useShift({ promptId, revoteOf, kind, state }: PromptView): Shift | null {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [shift, set] = useState<Shift | null>(null)
  const wanted = revoteOf !== null && kind === 'choice' && state === 'revealed' && here && !shift
  useEffect(() => {
    if (!wanted) return
    let asks = true
    void live.ask('coldcall:shift', { promptId }).then((said) => { if (asks && said.ok) set(said.data) })
    return () => { asks = false }
  }, [wanted, live, promptId])
  return shift
}
