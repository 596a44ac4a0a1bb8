// Who was called, how often, and who passed: read when the desk opens, and again after each call.
import { useEffect, useState } from 'react'
import { useLive, useRoom } from '../classroom.tsx'
import type { Fairness } from './fair.ts'

/** Null until it is known. `turn`: changes when there is something new to read. */
export function useFairness(cohortId: string, turn: string): { report: Fairness | null; failed: boolean; again(): void } {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [report, setReport] = useState<Fairness | null>(null)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!here) return
    let isWanted = true
    void live.ask('coldcall:fairness', { cohortId }).then((said) => {
      if (!isWanted) return
      setFailed(!said.ok)
      if (said.ok) setReport(said.data)
    })
    return () => { isWanted = false }
  }, [live, cohortId, here, turn, tries])
  return { report, failed, again: () => setTries((n) => n + 1) }
}
