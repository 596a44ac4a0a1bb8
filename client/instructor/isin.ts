// Whether somebody is in the list: points at it, has the focus in it, or has scrolled it. A mouse that was left lying where the
// list came up points at nothing.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** How long a pointer that lies still counts as a hand, in milliseconds. */
const HAND = 4_000

export function useIsIn(list: RefObject<HTMLElement | null>) {
  const [points, setPoints] = useState(false)
  const [stands, setStands] = useState(false)
  const [scrolled, setScrolled] = useState(false)
  const hand = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(hand.current), [])
  useEffect(() => {
    const scroller = list.current?.parentElement
    if (!scroller) return
    const look = () => setScrolled(scroller.scrollTop > 4)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [list])
  const point = () => { setPoints(true); clearTimeout(hand.current); hand.current = setTimeout(setPoints, HAND, false) }
  const unpoint = () => { setPoints(false); clearTimeout(hand.current) }
  return {
    isIn: points || stands || scrolled,
    onPointerMove: (e: PointerEvent) => { if (e.movementX !== 0 || e.movementY !== 0) point() },
    onPointerDown: point, onPointerLeave: unpoint, onPointerCancel: unpoint,
    onFocus: () => setStands(true), onBlur: () => setStands(false),
  }
}
