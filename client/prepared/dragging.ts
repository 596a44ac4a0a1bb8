// Dragging a question by its handle, with a mouse or a finger: a line shows where it would come to stand, and it is put there when it is
// let go. Cards carry `data-card`, lists `data-topic` (empty: of no topic).
import { type PointerEvent, useRef, useState } from 'react'
import type { To } from './order.ts'

const EDGE = 70
const STEP = 14

export type Held = { preparedId: string; to: To | null }
export type Dragging = ReturnType<typeof useDragging>

export function useDragging(onDrop: (preparedId: string, to: To) => void) {
  const [held, setHeld] = useState<Held | null>(null)
  const latest = useRef<Held | null>(null)
  const hold = (now: Held | null) => { latest.current = now; setHeld(now) }

  const grip = (preparedId: string) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      hold({ preparedId, to: null })
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (latest.current?.preparedId !== preparedId) return
      nearTheEdge(event.clientY)
      const to = under(event.clientY, preparedId)
      const before = latest.current.to
      if (to && (to.topicId !== before?.topicId || to.afterId !== before?.afterId)) hold({ preparedId, to })
    },
    onPointerUp() {
      const now = latest.current
      hold(null)
      if (now?.preparedId === preparedId && now.to) onDrop(preparedId, now.to)
    },
    onPointerCancel() { hold(null) },
  })
  return { held, grip, leave: () => hold(null) }
}

/** Where a card would come to stand at this height: behind the last one whose middle is above it. */
function under(y: number, preparedId: string): To | null {
  const lists = [...document.querySelectorAll<HTMLElement>('[data-topic]')]
  const list = lists.findLast((l) => l.getBoundingClientRect().top <= y) ?? lists[0]
  if (!list) return null
  const above = [...list.querySelectorAll<HTMLElement>('[data-card]')].filter((card) => {
    const { top, height } = card.getBoundingClientRect()
    return card.dataset.card !== preparedId && top + height / 2 < y
  })
  return { topicId: list.dataset.topic || null, afterId: above.at(-1)?.dataset.card ?? null }
}

/** The page goes along where one drags to its edge. */
function nearTheEdge(y: number): void {
  if (y < EDGE) scrollBy(0, -STEP)
  else if (y > innerHeight - EDGE) scrollBy(0, STEP)
}
