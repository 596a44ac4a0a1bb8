// Something that is saved whole as soon as it changes, against the version that was read: one save at a time, the latest wish next.
// What somebody else made of it meanwhile stands beside the wish until one of the two is chosen.
import { useCallback, useRef, useState } from 'react'
import { Refusal } from '../api.ts'

export type Stands<T> = { value: T; rowVersion: number }
/** `there`: what stands, as far as is known; `wanted`: what is wished and not saved yet; `waits`: the server was not reached. */
export type State<T> = { there: Stands<T> | null; wanted: T | null; busy: boolean; theirs: Stands<T> | null; waits: boolean; refusal: Refusal | null; savedAt: number | null }
type Ways<T> = {
  put(value: T, there: Stands<T>): Promise<Stands<T>>
  /** What `details.now` of a conflict says. */
  now(details: unknown): Stands<T>
  /** A later wish, with what the server gave to the one that was sent. */
  carry?(sent: T, came: T, wanted: T): T
}

export type Whole<T> = ReturnType<typeof useWhole<T>>
const OUT_OF_REACH = ['unheard', 'unavailable', 'rate_limited']
export const isOutOfReach = (error: unknown): boolean => error instanceof Refusal && OUT_OF_REACH.includes(error.code)

/** What is wished and not saved yet, of all pages: it is sent once the server is reached, also where one has gone on meanwhile. */
const wishes = new Set<() => Promise<boolean>>()
export const isAnyWished = (): boolean => wishes.size > 0
addEventListener('online', () => { for (const send of [...wishes]) void send() })

export function useWhole<T>(ways: Ways<T>) {
  const [state, setState] = useState<State<T>>({ there: null, wanted: null, busy: false, theirs: null, waits: false, refusal: null, savedAt: null })
  const now = useRef(state)
  const latest = useRef(ways)
  latest.current = ways
  const set = useCallback((more: Partial<State<T>>) => { now.current = { ...now.current, ...more }; setState(now.current) }, [])

  const send = useCallback(async (): Promise<boolean> => {
    const { wanted, busy, theirs, there } = now.current
    if (busy || theirs || wanted === null || !there) return false
    wishes.add(send)
    set({ busy: true, refusal: null })
    try {
      const came = await latest.current.put(wanted, there)
      const later = now.current.wanted
      const next = later === null || later === wanted ? null : (latest.current.carry?.(wanted, came.value, later) ?? later)
      set({ there: came, wanted: next, busy: false, waits: false, savedAt: Date.now() })
      if (next === null) wishes.delete(send)
      return next === null || send()
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details?.now) {
        const theirs = latest.current.now(refusal.details.now)
        // It stands already as it is wished: the reply to an earlier try was lost, or both had the same idea.
        if (JSON.stringify(theirs.value) === JSON.stringify(now.current.wanted)) { wishes.delete(send); set({ busy: false, waits: false, there: theirs, wanted: null, savedAt: Date.now() }) }
        else set({ busy: false, waits: false, theirs })
        return now.current.theirs === null
      }
      if (isOutOfReach(refusal)) { set({ busy: false, waits: true }); return false }
      wishes.delete(send)
      set({ busy: false, waits: false, wanted: null, refusal })
      return false
    }
  }, [set])

  /** Resolves with whether it was saved. */
  const change = useCallback((wanted: T) => { set({ wanted, refusal: null }); return send() }, [set, send])
  /** What was read; a wish that waits stays, and so does what is newer. */
  const lay = useCallback((there: Stands<T>) => { const { busy, wanted, theirs, there: before } = now.current; if (!busy && wanted === null && !theirs && there.rowVersion >= (before?.rowVersion ?? 0)) set({ there }) }, [set])
  const takeTheirs = useCallback(() => { const { theirs } = now.current; wishes.delete(send); if (theirs) set({ there: theirs, wanted: null, theirs: null }) }, [set, send])
  /** `mine`: made to stand on theirs. */
  const keepMine = useCallback((mine: T) => { const { theirs } = now.current; if (!theirs) return Promise.resolve(false); set({ there: theirs, wanted: mine, theirs: null }); return send() }, [set, send])
  const forget = useCallback(() => set({ refusal: null }), [set])
  /** What stands in `now` at this moment, also within what was begun earlier. */
  const latestOf = useCallback(() => now.current, [])
  return { ...state, value: state.wanted ?? state.there?.value ?? null, change, lay, send, takeTheirs, keepMine, forget, latestOf }
}
