// Something that is read over REST and stays in sight while it is read again: when one comes back to the page, when the net is
// back, when another page of this browser has changed how the course is told, and when the server says that it stands otherwise for
// oneself: told for somebody else, or opened.
import { useCallback, useEffect, useRef, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { follows } from './line.ts'

/** `refusal` also where something older is there. */
export type Fresh<T> = { there: T | null; refusal: Refusal | null; again(): void }

const CHANNEL = 'lectern:reading'
/** Coming back within this time reads nothing again, ms. */
const YOUNG = 2_000

/** Tells this person's other pages that a course is to be read again. */
export function tellPages(courseId: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(courseId)
  channel.close()
}

/** Reads as the person who is signed in. `courseId`: where the course of it is known. `first`: what is to be over before. */
export function useFresh<T>(path: string, courseId: string | undefined, first?: () => Promise<unknown>): Fresh<T> {
  const [state, set] = useState<{ there: T | null; refusal: Refusal | null }>({ there: null, refusal: null })
  const turn = useRef(0)
  const readAt = useRef(0)
  const before = useRef(first)
  before.current = first
  const again = useCallback(() => {
    const mine = ++turn.current
    readAt.current = Date.now()
    const read = async () => { await before.current?.(); return asMe<T>('GET', path) }
    read().then((there) => mine === turn.current && set({ there, refusal: null }), (refusal) => mine === turn.current && set(({ there }) => ({ there, refusal })))
  }, [path])
  useEffect(() => {
    again()
    const back = () => { if (document.visibilityState === 'visible' && Date.now() - readAt.current > YOUNG) again() }
    document.addEventListener('visibilitychange', back)
    addEventListener('online', again)
    return () => { turn.current++; document.removeEventListener('visibilitychange', back); removeEventListener('online', again) }
  }, [again])
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }) => { if (data === courseId) again() }
    let first = true
    const stop = follows((name, body) => {
      if (name === 'reading:again') { if (!first) again(); first = false }
      else if ((name === 'reading:changed' || name === 'module:unlocked') && (body as { courseId: string }).courseId === courseId) again()
    })
    return () => { channel.close(); stop() }
  }, [courseId, again])
  return { ...state, again }
}

/** Whether the net is there, as far as the browser knows. */
export function useOffline(): boolean {
  const [offline, set] = useState(!navigator.onLine)
  useEffect(() => {
    const look = () => set(!navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => { removeEventListener('online', look); removeEventListener('offline', look) }
  }, [])
  return offline
}
