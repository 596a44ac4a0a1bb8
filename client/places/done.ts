// What was just done, and its way back while it can be read.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'

const SAID_FOR = 12_000
/** `back`: does the opposite, and resolves with the sentence that says so. */
export type Said = (what: string, back?: () => Promise<string>) => void
export type Done = ReturnType<typeof useDone>

export function useDone() {
  const trouble = useTrouble()
  const [done, setDone] = useState<{ what: string; back: (() => Promise<string>) | null } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const said: Said = useCallback((what, back) => {
    clearTimeout(timer.current)
    setDone({ what, back: back ?? null })
    timer.current = setTimeout(setDone, SAID_FOR, null)
    announce(what)
  }, [])
  /** False where there is nothing to undo. */
  const undo = () => {
    const way = done?.back
    if (!way) return false
    setDone(null)
    way().then((what) => said(what), (error: Refusal) => said(trouble(error)))
    return true
  }
  return { done, said, undo }
}
