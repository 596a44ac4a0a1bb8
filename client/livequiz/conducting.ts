// What who leads a class does with a quiz that is run before it: begin, go on, end; each said in a sentence, and what is refused
// in words that help. The seconds for each question are kept on this device.
import { useEffect, useRef, useState } from 'react'
import { useRoom } from '../classroom.tsx'
import type { Said } from '../live.ts'
import { turnTo } from '../instructor/athand.ts'
import type { Conduct } from '../instructor/conduct.ts'
import { announce } from '../parts/Say.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { isCutShort, type Live } from './run.ts'

const SECONDS = 'lectern:run:seconds'
const SURE_WITHIN = 5_000
const OURS: Record<string, StaffSays> = { already_live: 'run.already', already_open: 'run.open', last_question: 'run.last', live_over: 'run.over', nothing_to_ask: 'run.nothing' }

/** How many questions of a run were left out; this device knows where it began it. */
const leftOut = new Map<string, number>()
export const leftOutOf = (runId: string): number => leftOut.get(runId) ?? 0

export function useSeconds(): [number, (seconds: number) => void] {
  const [seconds, set] = useState(() => Number(localStorage.getItem(SECONDS) ?? 30))
  return [seconds, (to) => { localStorage.setItem(SECONDS, String(to)); set(to) }]
}

export type Running = ReturnType<typeof useConducting>

export function useConducting(conduct: Conduct) {
  const { live } = useRoom()
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState<'start' | 'next' | 'end' | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [sure, setSure] = useState(false)
  const under = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  /** One at a time: the same key once more while it is on its way is one. */
  async function act<T>(deed: NonNullable<typeof busy>, doing: () => Promise<Said<T>>, then: (data: T) => void): Promise<boolean> {
    if (under.current) return false
    under.current = true
    setBusy(deed); setFailed(null); setSure(false)
    const said = await doing()
    under.current = false
    setBusy(null)
    if (said.ok) { then(said.data); return true }
    const ours = OURS[said.error.code]
    const sentence = ours ? say(ours) : trouble(said.error)
    setFailed(sentence)
    announce(sentence, 'assertive')
    return false
  }

  const start = (cohortId: string, quizId: string) => act('start', () => live.does('quiz:live_start', { cohortId, quizId }), ({ runId, of, leftOut: n }) => {
    leftOut.set(runId, n)
    conduct.tell({ says: n > 0 ? 'did.run.start.less' : 'did.run.start', values: { of, n } })
  })
  const next = (run: Live, seconds: number) => act('next', () => live.does('quiz:live_next', { runId: run.runId, no: run.no, ...(seconds > 0 && { seconds }) }), ({ no, promptId }) => {
    if (promptId) turnTo(promptId)
    conduct.tell({ says: 'did.run.next', values: { no, of: run.of } })
  })
  const ends = (run: Live) => act('end', () => live.does('quiz:live_end', { runId: run.runId }), ({ board }) => { turnTo(null); conduct.tell({ says: board.length > 0 ? 'did.run.end' : 'did.run.end.none' }) })
  /** While questions are left the first press asks for a second. */
  const end = (run: Live) => {
    clearTimeout(timer.current)
    if (!isCutShort(run) || sure) { void ends(run); return }
    setSure(true)
    announce(say('sure.again'))
    timer.current = setTimeout(setSure, SURE_WITHIN, false)
  }
  return { busy, failed, sure, start, next, end, forget: () => setFailed(null) }
}
