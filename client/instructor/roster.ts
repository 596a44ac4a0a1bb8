// Who is on the list of the class, read page by page, and once more when somebody is here who was not on it. One list for all
// that ask for it.
import { useEffect } from 'react'
import { create } from 'zustand'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { asMe } from '../account.ts'
import { useClass, useLive } from '../classroom.tsx'

type Page = ReplyOf<typeof cohorts.calls.members>
export type Listed = Page['members'][number]
type List = { cohortId: string | null; learners: Listed[] | null; byId: ReadonlyMap<string, Listed>; batches: number[]; failed: boolean; readAt: number }
const AGAIN_AFTER = 3_000
const UNREAD: List = { cohortId: null, learners: null, byId: new Map(), batches: [], failed: false, readAt: 0 }
const useLists = create<List>(() => UNREAD)
let soon: ReturnType<typeof setTimeout> | undefined

/** The learners of a class, once they are known. `failed` where the list could not be read. */
export function useRoster(cohortId: string): Pick<List, 'learners' | 'byId' | 'batches' | 'failed'> {
  const list = useLists((l) => (l.cohortId === cohortId ? l : UNREAD))
  const here = useClass((v) => v.presence.members)
  const live = useLive((s) => s.here)
  const isStrange = list.learners === null || (here ?? []).some((id) => !list.byId.has(id))
  useEffect(() => { if (live) readSoon(cohortId) }, [cohortId, live])
  useEffect(() => { if (live && isStrange) readSoon(cohortId) }, [cohortId, live, isStrange, here?.length])
  return list
}

/** Reads it now, or as soon as the last reading is long enough ago. */
function readSoon(cohortId: string): void {
  const { readAt, cohortId: of } = useLists.getState()
  clearTimeout(soon)
  soon = setTimeout(() => {
    useLists.setState(of === cohortId ? { readAt: Date.now() } : { ...UNREAD, cohortId, readAt: Date.now() })
    all(cohortId).then((learners) => take(cohortId, learners), () => { if (useLists.getState().cohortId === cohortId) useLists.setState({ failed: true }) })
  }, of === cohortId ? Math.max(0, readAt + AGAIN_AFTER - Date.now()) : 0)
}

function take(cohortId: string, learners: Listed[]): void {
  if (useLists.getState().cohortId !== cohortId) return
  const batches = [...new Set(learners.flatMap((m) => m.batchNo ?? []))].sort((a, b) => a - b)
  useLists.setState({ learners, byId: new Map(learners.map((m) => [m.memberId, m])), batches, failed: false })
}

async function all(cohortId: string): Promise<Listed[]> {
  const list: Listed[] = []
  let cursor: string | null = null
  do {
    const page: Page = await asMe('GET', `/cohorts/${cohortId}/members${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)
    list.push(...page.members.filter((m) => m.role === 'learner' && !m.removed))
    cursor = page.next
  } while (cursor !== null)
  return list
}
