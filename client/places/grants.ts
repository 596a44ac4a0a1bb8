// The grants that hold at a place, page by page, person by person.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { type Grant, readGrants } from './wire.ts'

type State = { grants: Grant[] | null; next: string | null; refusal: Refusal | null; busy: boolean }
export type Holder = { user: Grant['user']; grants: Grant[] }

export function useGrants(nodeId: string, q: string) {
  const [state, setState] = useState<State>({ grants: null, next: null, refusal: null, busy: true })
  const turn = useRef(0)
  /** Reads it from the start; what is there stays until the new is. */
  const load = useCallback(() => {
    const mine = ++turn.current
    setState((s) => ({ ...s, busy: true, refusal: null }))
    return readGrants(nodeId, q, null).then(
      ({ grants, next }) => { if (mine === turn.current) setState({ grants, next, refusal: null, busy: false }) },
      (refusal: Refusal) => { if (mine === turn.current) setState((s) => ({ ...s, refusal, busy: false })) })
  }, [nodeId, q])
  useEffect(() => {
    const timer = setTimeout(load, q ? 180 : 0)
    return () => clearTimeout(timer)
  }, [load, q])
  const more = () => {
    if (state.next === null || state.busy) return
    const mine = turn.current
    setState((s) => ({ ...s, busy: true }))
    readGrants(nodeId, q, state.next).then(
      ({ grants, next }) => { if (mine === turn.current) setState((s) => ({ ...s, grants: [...(s.grants ?? []), ...grants], next, busy: false })) },
      (refusal: Refusal) => setState((s) => ({ ...s, refusal, busy: false })))
  }
  return { ...state, load, more }
}

/** Each person with what they hold, in the order in which they come. */
export function holders(grants: readonly Grant[]): Holder[] {
  const all = new Map<string, Holder>()
  for (const grant of grants) {
    const holder = all.get(grant.user.userId) ?? { user: grant.user, grants: [] }
    holder.grants.push(grant)
    all.set(grant.user.userId, holder)
  }
  return [...all.values()]
}

/** The end of a day that was picked, on the reader's clock; undefined where none was. */
export function endOf(day: string): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? new Date(year, month - 1, date + 1).toISOString() : undefined
}
export const today = (): string => { const now = new Date(); return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10) }
