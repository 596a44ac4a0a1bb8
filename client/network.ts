// When the device gains or loses its network, or its page is looked at again: what every line that comes back by itself heeds.
import { useEffect, useState } from 'react'

/** Calls `tryNow` when there is a network again or the page is looked at, `cut` when there is none. Returns how to end it. */
export function onNetwork(tryNow: () => void, cut: () => void): () => void {
  const wake = () => { if (document.visibilityState === 'visible') tryNow() }
  addEventListener('online', tryNow)
  addEventListener('offline', cut)
  document.addEventListener('visibilitychange', wake)
  return () => {
    removeEventListener('online', tryNow)
    removeEventListener('offline', cut)
    document.removeEventListener('visibilitychange', wake)
  }
}

const HICCUP = 600
/** Whether a line that was lost at this time (ms; null: it is there) has been gone long enough to say so: a hiccup of half a second is not worth a word. */
export function useGone(lostAt: number | null): boolean {
  const [, look] = useState(0)
  const since = lostAt === null ? 0 : Date.now() - lostAt
  useEffect(() => {
    if (lostAt === null || since >= HICCUP) return
    const timer = setTimeout(look, HICCUP - since, lostAt)
    return () => clearTimeout(timer)
  }, [lostAt, since])
  return lostAt !== null && since >= HICCUP
}
