// Dragging a place onto another one with a mouse; with a finger and with keys there is “Move to…”. A branch that one stays
// above opens; the list goes along at its edges; Escape lets go.
import { type PointerEvent, useEffect, useRef, useState } from 'react'

const THRESHOLD = 6
const EDGE = 44
const OPENS_AFTER = 650

/** `to`: the place that is pointed at. `x`, `y`: where. */
export type Held = { id: string; to: string | null; x: number; y: number }
type Acts = { mayHold(id: string): boolean; mayPut(id: string, to: string): boolean; onPut(id: string, to: string): void; onStay(to: string): void }

/** Rows carry `data-place`; `list` is what scrolls. */
export function useDragging(acts: Acts, list: () => HTMLElement | null) {
  const [held, setHeld] = useState<Held | null>(null)
  const latest = useRef(acts)
  latest.current = acts
  const hold = useRef<{ id: string; x: number; y: number; now: Held | null } | null>(null)
  /** The click that follows upon letting go chooses nothing. */
  const wasDragged = useRef(false)
  const stay = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const show = (now: Held | null) => { if (hold.current) hold.current.now = now; setHeld(now) }
    const letGo = () => { clearTimeout(stay.current); hold.current = null; setHeld(null) }
    const moved = (event: globalThis.PointerEvent) => {
      const h = hold.current
      if (!h) return
      const { clientX: x, clientY: y } = event
      if (!h.now && Math.hypot(x - h.x, y - h.y) < THRESHOLD) return
      const to = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-place]')?.dataset.place ?? null
      if (to !== h.now?.to) {
        clearTimeout(stay.current)
        if (to) stay.current = setTimeout(() => latest.current.onStay(to), OPENS_AFTER)
      }
      nearTheEdge(list(), y)
      wasDragged.current = true
      show({ id: h.id, to, x, y })
    }
    const up = () => {
      const now = hold.current?.now
      letGo()
      if (!now) return
      setTimeout(() => { wasDragged.current = false })
      if (now.to && latest.current.mayPut(now.id, now.to)) latest.current.onPut(now.id, now.to)
    }
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !hold.current?.now) return
      event.preventDefault()
      letGo()
    }
    addEventListener('pointermove', moved)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', letGo)
    addEventListener('keydown', pressed, true)
    return () => {
      letGo()
      removeEventListener('pointermove', moved)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', letGo)
      removeEventListener('keydown', pressed, true)
    }
  }, [list])

  const grip = (event: PointerEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-place]')?.dataset.place
    wasDragged.current = false
    if (event.button !== 0 || event.pointerType !== 'mouse' || !id || !latest.current.mayHold(id)) return
    hold.current = { id, x: event.clientX, y: event.clientY, now: null }
  }
  return { held, grip, wasDragged }
}

function nearTheEdge(list: HTMLElement | null, y: number): void {
  if (!list) return
  const { top, bottom } = list.getBoundingClientRect()
  if (y < top + EDGE) list.scrollBy(0, -14)
  else if (y > bottom - EDGE) list.scrollBy(0, 14)
}
