// How the class moved from a question to the same one asked again: read once the second is revealed, again where more of it
// was, and where the line was gone.
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../server/kernel/contract.ts'
import type { PromptView } from '../server/features/coldcall/view.ts'
import type { Commands } from '../server/wire.ts'
import { useLive, useRoom } from './classroom.tsx'

export type Shift = ReplyOf<Commands['coldcall:shift']>

/** Null until it is known, and where there is none. */
export function useShift({ promptId, revoteOf, kind, state, tally, shownAt, allShownAt }: PromptView): Shift | null {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [read, setRead] = useState<{ promptId: string; shift: Shift } | null>(null)
  const wanted = revoteOf !== null && kind !== 'text' && state === 'revealed' && here
  // Of a choice all is counted from the first reveal on; of numbers only those that are shown.
  const of = kind === 'number' ? `${allShownAt} ${Object.keys(shownAt ?? {}).length}` : tally?.join()
  useEffect(() => {
    if (!wanted) return
    let isWanted = true
    void live.ask('coldcall:shift', { promptId }).then((said) => { if (said.ok && isWanted) setRead({ promptId, shift: said.data }) })
    return () => { isWanted = false }
  }, [wanted, live, promptId, of])
  return read?.promptId === promptId ? read.shift : null
}
