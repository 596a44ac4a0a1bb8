// Something read over REST that stays while it is read again.
import { useRef } from 'react'
import { type Reading, useReading } from '../reading.ts'

export function useKept<T>(path: string): Reading<T> {
  const reading = useReading<T>(path)
  const last = useRef<{ path: string; there: T } | null>(null)
  if (reading.there !== null) last.current = { path, there: reading.there }
  return { ...reading, there: last.current?.path === path ? last.current.there : null }
}
