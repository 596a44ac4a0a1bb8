// What a device keeps of a run until its tab is closed: the newest prompt when its end was heard, and one's own place, which is
// told once and not again.
import { useEffect, useState } from 'react'
import { useClass, useRoom } from '../classroom.tsx'
import { isUp, newest, type Own } from './run.ts'

const lastOf = (runId: string) => `lectern:run:${runId}`
const placeIn = (runId: string) => `lectern:placed:${runId}`

/** Whether the board is up. To be called from the beginning of the run on, where there is one. */
export function useUp(): boolean {
  const view = useClass((v) => v)
  const { live } = view
  const last = newest(view)?.promptId
  const runs = live !== null && !live.ended
  useEffect(() => { if (runs && last) sessionStorage.setItem(lastOf(live!.runId), last) }, [runs, live?.runId, last])
  return live !== null && isUp(view, sessionStorage.getItem(lastOf(live.runId)) ?? undefined)
}

/** One's own place in this run, once it was told. */
export function useTold(runId: string): Own | null {
  const { live } = useRoom()
  const [told, setTold] = useState<Record<string, Own>>({})
  useEffect(() => live.hears((name, body) => {
    if (name !== 'quiz:placed') return
    const { runId, place, right, points } = body as Own & { runId: string }
    sessionStorage.setItem(placeIn(runId), JSON.stringify({ place, right, points }))
    setTold((was) => ({ ...was, [runId]: { place, right, points } }))
  }), [live])
  const kept = sessionStorage.getItem(placeIn(runId))
  return told[runId] ?? (kept ? JSON.parse(kept) as Own : null)
}
