// The list as it is sifted: read page by page, patched where something is changed, its counts kept right.
import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { type Counts, type Listed, readPage, type Sift } from './wire.ts'

type State = { members: Listed[] | null; next: string | null; counts: Counts | null; refusal: Refusal | null; busy: boolean; stuck: boolean }
export type List = ReturnType<typeof useList>

export function useList(cohortId: string, sift: Sift) {
  const [state, setState] = useState<State>({ members: null, next: null, counts: null, refusal: null, busy: true, stuck: false })
  const turn = useRef(0)
  const { q, role, batch, show } = sift

  /** Reads it from the start; what is there stays until the new is. */
  const load = useCallback(() => {
    const mine = ++turn.current
    setState((s) => ({ ...s, busy: true, refusal: null, stuck: false }))
    return readPage(cohortId, { q, role, batch, show }, null).then(
      ({ members, next, counts }) => { if (mine === turn.current) setState({ members, next, counts, refusal: null, busy: false, stuck: false }) },
      (refusal: Refusal) => { if (mine === turn.current) setState((s) => ({ ...s, refusal, busy: false })) })
  }, [cohortId, q, role, batch, show])

  useEffect(() => {
    const timer = setTimeout(load, q ? 180 : 0)
    return () => clearTimeout(timer)
  }, [load, q])

  const more = useCallback(() => {
    if (state.next === null || state.busy) return
    const mine = turn.current
    setState((s) => ({ ...s, busy: true, stuck: false }))
    readPage(cohortId, { q, role, batch, show }, state.next).then(
      // Drawn between the frames of whoever is scrolling.
      (page) => startTransition(() => { if (mine === turn.current) setState((s) => ({ ...s, members: [...(s.members ?? []), ...page.members], next: page.next, busy: false })) }),
      () => { if (mine === turn.current) setState((s) => ({ ...s, busy: false, stuck: true })) })
  }, [cohortId, q, role, batch, show, state.next, state.busy])

  /** One row is otherwise now; it stays where it stands. */
  const patch = useCallback((now: Listed) => setState((s) => {
    const before = s.members?.find((m) => m.memberId === now.memberId)
    return { ...s, members: s.members?.map((m) => (m.memberId === now.memberId ? now : m)) ?? null, counts: s.counts && before ? recounted(s.counts, before, now) : s.counts }
  }), [])

  return { ...state, load, more, patch }
}

const COUNTED = { learner: 'learners', instructor: 'instructors', observer: 'observers' } as const

function recounted(counts: Counts, before: Listed, now: Listed): Counts {
  const all = { ...counts }
  for (const [m, by] of [[before, -1], [now, 1]] as const) {
    if (m.removed) { all.removed += by; continue }
    all[COUNTED[m.role]] += by
    if (!m.signedIn) all.unseen += by
  }
  if (now.batchNo !== null && !all.batches.includes(now.batchNo)) all.batches = [...all.batches, now.batchNo].sort((a, b) => a - b)
  return all
}
