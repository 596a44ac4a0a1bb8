// The list of prepared questions as it stands here: read whole, read again when one comes back to the page, patched where
// something is done to it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { at, type List as Read, type Prepared } from './wire.ts'

type State = { courseId: string | null; prompts: Prepared[] | null; refusal: Refusal | null; busy: boolean }
export type List = ReturnType<typeof usePrepared>

/** `turn`: reads it again when this becomes another. */
export function usePrepared(cohortId: string, turn: unknown = null) {
  const [state, setState] = useState<State>({ courseId: null, prompts: null, refusal: null, busy: true })
  const asked = useRef(0)
  const load = useCallback(() => {
    const mine = ++asked.current
    setState((s) => ({ ...s, busy: true }))
    return asMe<Read>('GET', at(cohortId)).then(
      (read) => { if (mine === asked.current) setState({ ...read, refusal: null, busy: false }) },
      (refusal: Refusal) => { if (mine === asked.current) setState((s) => ({ ...s, refusal, busy: false })) })
  }, [cohortId])
  useEffect(() => { void load() }, [load, turn])
  useEffect(() => {
    const seen = () => { if (document.visibilityState === 'visible') void load() }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [load])
  /** It is otherwise now; what is being read meanwhile is older than that. */
  const lay = useCallback((now: (prompts: Prepared[]) => Prepared[]) => {
    asked.current++
    setState((s) => ({ ...s, busy: false, prompts: s.prompts && now(s.prompts) }))
  }, [])
  return { ...state, load, lay }
}
