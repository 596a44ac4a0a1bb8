// The end of what is drawn: says so when one comes near, before one is there.
import { useEffect, useRef } from 'react'

export function End({ onNear }: { onNear(): void }) {
  const mark = useRef<HTMLDivElement>(null)
  const latest = useRef(onNear)
  latest.current = onNear
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => { if (entry!.isIntersecting) latest.current() }, { rootMargin: '1200px' })
    watcher.observe(mark.current!)
    return () => watcher.disconnect()
  }, [])
  return <div ref={mark} className="end" aria-hidden="true" />
}
