// Modules that have opened to oneself, one after the other: told when they opened, shown once nothing is asked that waits for an
// answer of one's own.
import { useEffect, useState } from 'react'
import { useClass, useRoom } from '../classroom.tsx'
import { isFor } from '../parts/place.ts'

type Cause = 'quiz' | 'instructor' | 'schedule' | 'rule'
/** `score`: of the attempt that did it, where one did. */
export type Opened = { moduleNo: number; cause: Cause; at: number; score: number | null }

export function useOpened(): { opened: Opened | null; shut(): void } {
  const { live } = useRoom()
  const [list, setList] = useState<readonly Opened[]>([])
  const isAsked = useClass((v) => v.prompts.some((p) => p.state === 'open' && isFor(p, v.member?.batchNo) && p.mine === null))
  useEffect(() => {
    let score: number | null = null
    return live.hears((name, body) => {
      if (name === 'quiz:graded') score = (body as { score: number }).score
      if (name !== 'module:unlocked') return
      const { cohortId, moduleNo, cause } = body as { cohortId: string; moduleNo: number; cause: Cause }
      if (cohortId !== live.cohortId) return
      setList((was) => (was.some((o) => o.moduleNo === moduleNo) ? was : [...was, { moduleNo, cause, at: Date.now(), score: cause === 'quiz' ? score : null }]))
    })
  }, [live])
  return { opened: isAsked ? null : (list[0] ?? null), shut: () => setList((was) => was.slice(1)) }
}
