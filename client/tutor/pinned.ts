// A talk follows what is said while one is at its end. Who has scrolled up stays where they are, and is told that there is more below.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR = 48

/** `box`: what scrolls. `key`: of another talk one begins at its end. `first`: what stands at its top; where that changes, something came above. */
export function usePinned(box: RefObject<HTMLElement | null>, key: string | null, first: string | undefined) {
  const [below, setBelow] = useState(false)
  const atEnd = useRef(true)
  const height = useRef(0)
  const top = useRef(first)

  const toEnd = useCallback(() => {
    atEnd.current = true
    setBelow(false)
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }, [box])
  useLayoutEffect(toEnd, [key, toEnd])

  useLayoutEffect(() => {
    const there = box.current
    if (!there) return
    if (top.current !== undefined && first !== undefined && top.current !== first && !atEnd.current) there.scrollTop += there.scrollHeight - height.current
    top.current = first
    height.current = there.scrollHeight
  }, [first, box])

  useEffect(() => {
    const there = box.current
    if (!there) return
    const scrolled = () => {
      atEnd.current = there.scrollHeight - there.scrollTop - there.clientHeight < NEAR
      if (atEnd.current) setBelow(false)
    }
    const grown = new ResizeObserver(() => {
      const more = there.scrollHeight > height.current
      height.current = there.scrollHeight
      if (atEnd.current) there.scrollTop = there.scrollHeight
      else if (more) setBelow(true)
    })
    there.addEventListener('scroll', scrolled, { passive: true })
    grown.observe(there)
    if (there.firstElementChild) grown.observe(there.firstElementChild)
    return () => { grown.disconnect(); there.removeEventListener('scroll', scrolled) }
  }, [box])
  return { below, toEnd }
}
