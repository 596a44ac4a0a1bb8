// How the tutor stands to oneself, read again whenever it may have changed, while what was read before stays in sight.
import { useCallback, useEffect, useRef, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'

/** `turns`: counts what may have changed it. */
export function useKept<T>(path: string | null, turns: number): { there: T | null; refusal: Refusal | null; again(): void } {
  const [state, set] = useState<{ path: string | null; there: T | null; refusal: Refusal | null }>({ path, there: null, refusal: null })
  const turn = useRef(0)
  const again = useCallback(() => {
    if (path === null) return
    const mine = ++turn.current
    asMe<T>('GET', path).then((there) => mine === turn.current && set({ path, there, refusal: null }), (refusal) => mine === turn.current && set((s) => ({ ...s, refusal })))
  }, [path])
  useEffect(again, [again, turns])
  useEffect(() => {
    const back = () => { if (document.visibilityState === 'visible') again() }
    document.addEventListener('visibilitychange', back)
    return () => { turn.current++; document.removeEventListener('visibilitychange', back) }
  }, [again])
  return { ...state, again }
}
