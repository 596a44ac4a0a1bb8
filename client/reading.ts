// Something read over REST, and its three states: waiting, there, refused.
import { useCallback, useEffect, useState } from 'react'
import { asMe } from './account.ts'
import type { Refusal } from './api.ts'

export type Reading<T> = { there: T | null; refusal: Refusal | null; again(): void }

/** Reads as the person who is signed in, and once more when `path` changes. */
export function useReading<T>(path: string): Reading<T> {
  const [state, setState] = useState<{ path: string; there: T | null; refusal: Refusal | null }>({ path, there: null, refusal: null })
  const again = useCallback(() => {
    let wanted = true
    setState({ path, there: null, refusal: null })
    asMe<T>('GET', path).then((there) => wanted && setState({ path, there, refusal: null }), (refusal) => wanted && setState({ path, there: null, refusal }))
    return () => { wanted = false }
  }, [path])
  useEffect(again, [again])
  return { there: state.path === path ? state.there : null, refusal: state.refusal, again }
}
