// What the server makes of what happened, as it is asked for over REST.
import { useEffect, useRef } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { dashboards } from '../../server/features/dashboards/contract.ts'
import { useKept } from '../cohort/kept.ts'
import { useWatched } from './watching.tsx'
import type { Found } from './wire.ts'

type Calls = (typeof dashboards)['calls']
export type Stuck = ReplyOf<Calls['stuck']>
export type Fairness = ReplyOf<Calls['fairness']>
export type Sessions = ReplyOf<Calls['sessions']>
export type Items = ReplyOf<Calls['items']>
export type Item = Items['items'][number]

/** Not heard in this many classes: somebody should ask them. */
export const SILENT = 2
const OFTEN = 15_000

export const partPath = (cohortId: string, part: Found, quizId?: string): string => `/cohorts/${cohortId}/analysis/${part}${quizId ? `?quizId=${quizId}` : ''}`

/** Reads a part, and again when the board has moved since, at most every quarter of a minute. */
export function usePart<T>(cohortId: string, part: Found, quizId?: string) {
  const reading = useKept<T>(partPath(cohortId, part, quizId))
  const movedAt = useWatched((w) => w.movedAt)
  const read = useRef(Date.now())
  const { again } = reading
  useEffect(() => {
    if (movedAt === null || movedAt <= read.current) return
    const timer = setTimeout(() => { read.current = Date.now(); again() }, Math.max(0, read.current + OFTEN - Date.now()))
    return () => clearTimeout(timer)
  }, [movedAt, again])
  return reading
}
