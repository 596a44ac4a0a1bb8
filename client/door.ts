// The way into a cohort, as staff show it to a room: the address, the code, and whether phones can reach it at all.
import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../server/kernel/contract.ts'
import type { cohorts } from '../server/features/cohorts/contract.ts'
import { asMe } from './account.ts'
import { ask } from './api.ts'

type Cohort = ReplyOf<typeof cohorts.calls.show>
type About = { publicUrl: string; loopback: boolean }
export type Door = {
  code: string | null
  /** To be read out: without the scheme. */
  host: string
  /** For the QR code; null where there is no code. */
  link: string | null
  loopback: boolean
  /** How many learners are on the list. */
  learners: number
  startsAt: string | null
}

/** Null until it is known; `failed` where it could not be read. */
export function useDoor(cohortId: string): { door: Door | null; failed: boolean; again(): void } {
  const [door, setDoor] = useState<Door | null>(null)
  const [failed, setFailed] = useState(false)
  const again = useCallback(() => {
    setFailed(false)
    Promise.all([asMe<Cohort>('GET', `/cohorts/${cohortId}`), ask<About>('GET', '/about')]).then(([cohort, about]) => {
      const base = about.publicUrl.replace(/\/+$/, '')
      const code = cohort.inviteCode
      setDoor({
        code, loopback: about.loopback, learners: cohort.learners, startsAt: cohort.startsAt,
        host: base.replace(/^https?:\/\//, ''),
        link: code && `${base}/join/${encodeURIComponent(code.replace(/\s+/g, ''))}`,
      })
    }, () => setFailed(true))
  }, [cohortId])
  useEffect(again, [again])
  return { door, failed, again }
}
