// Calling on somebody: asking for it, who is called on now, whether they passed, and whether that was dealt with here.
import { useEffect, useRef, useState } from 'react'
import type { Pick } from '../../server/features/coldcall/contract.ts'
import { useLive, useRoom } from '../classroom.tsx'
import { useCalled as useOnCall } from '../parts/look.ts'
import { announce } from '../parts/Say.tsx'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'

export type Called = { pick: Pick; passed: boolean; /** When it was heard; null where it was before this page came. */ at: string | null }

/** `promptId`: the prompt whose people are called on. */
export function useCalling(cohortId: string, promptId: string | undefined) {
  const { live } = useRoom()
  const trouble = useTrouble()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [heard, setHeard] = useState<string | null>(null)
  const called = useCalled()
  const call = async () => {
    if (busy) return
    setBusy(true)
    setFailed(null)
    const said = await live.does('coldcall:pick', { cohortId, ...(promptId && { promptId }) })
    setBusy(false)
    setHeard(null)
    if (said.ok) return
    setFailed(trouble(said.error))
    announce(trouble(said.error), 'assertive')
  }
  return { busy, failed, call, called: called && called.pick.pickId !== heard ? called : null, hear: () => setHeard(called?.pick.pickId ?? null) }
}

/** Who is called on, and what became of it. Passing is told to staff only, and is not in the picture of the class: it is kept
 *  from the frames that were heard. */
function useCalled(): Called | null {
  const { say } = useStaffWords()
  const pick = useOnCall()
  const recent = useLive((s) => s.book!.recent)
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<{ pickId: string; at: string } | null>(null)
  const seen = useRef<unknown>(recent.at(-1))
  const before = useRef(pick?.pickId)
  useEffect(() => {
    // Only what came since: none of the frames before is read twice.
    const fresh = recent.slice(recent.lastIndexOf(seen.current as (typeof recent)[number]) + 1)
    seen.current = recent.at(-1)
    for (const [name, { body, at }] of fresh) {
      if (name === 'coldcall:picked') setAt({ pickId: body.pickId, at })
      if (name !== 'coldcall:passed') continue
      setPassed((all) => new Set([...all, body.pickId]))
      announce(say('call.passes', { name: body.member.displayName }))
    }
  }, [recent])
  useEffect(() => {
    if (pick && pick.pickId !== before.current) announce(say('call.is', { name: pick.member.displayName }))
    before.current = pick?.pickId
  }, [pick?.pickId])
  return pick && { pick, passed: passed.has(pick.pickId), at: at?.pickId === pick.pickId ? at.at : null }
}
