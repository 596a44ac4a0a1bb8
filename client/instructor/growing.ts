// A long list that is drawn as far as somebody looks: three hundred rows at once would hold the page up.
import { useCallback, useRef, useState } from 'react'

const STEP = 40

/** How many are drawn; put `end` behind the last of them. Those that are not drawn yet come as one comes near. */
export function useGrowing(total: number): { drawn: number; end(element: HTMLElement | null): void } {
  const [most, setMost] = useState(STEP)
  const isMore = total > most
  const watcher = useRef<IntersectionObserver | null>(null)
  const end = useCallback((element: HTMLElement | null) => {
    watcher.current?.disconnect()
    if (!element || !isMore) return
    watcher.current = new IntersectionObserver(([entry]) => { if (entry!.isIntersecting) setMost((n) => n + STEP) }, { rootMargin: '600px' })
    watcher.current.observe(element)
  }, [isMore, most]) // not with each one that comes
  return { drawn: Math.min(total, most), end }
}
