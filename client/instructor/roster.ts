// Who is on the list of the class, read page by page, and once more when somebody is here who was not on it.
import { useEffect, useRef, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { asMe } from '../account.ts'
import { useClass } from '../classroom.tsx'

type Page = ReplyOf<typeof cohorts.calls.members>
export type Listed = Page['members'][number]
const AGAIN_AFTER = 3_000

/** The learners by name; null until they are known. `failed` where the list could not be read. */
export function useRoster(cohortId: string): { learners: Listed[] | null; failed: boolean } {
  const [learners, setLearners] = useState<Listed[] | null>(null)
  const [failed, setFailed] = useState(false)
  const here = useClass((v) => v.presence.members)
  const read = useRef(0)
  const known = new Set(learners?.map((m) => m.memberId))
  const stranger = learners === null || (here ?? []).some((id) => !known.has(id))
  useEffect(() => {
    if (!stranger) return
    const wait = Math.max(0, read.current + AGAIN_AFTER - Date.now())
    const timer = setTimeout(() => {
      read.current = Date.now()
      all(cohortId).then((list) => { setLearners(list); setFailed(false) }, () => setFailed(true))
    }, wait)
    return () => clearTimeout(timer)
  }, [cohortId, stranger, here?.length])
  return { learners, failed }
}

async function all(cohortId: string): Promise<Listed[]> {
  const list: Listed[] = []
  let cursor: string | null = null
  do {
    const page: Page = await asMe('GET', `/cohorts/${cohortId}/members${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)
    list.push(...page.members.filter((m) => m.role === 'learner'))
    cursor = page.next
  } while (cursor !== null)
  return list
}
