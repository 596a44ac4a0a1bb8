// What was pressed goes with its group: where its answers went takes the focus, so that no key is lost on the way.
import { useEffect, useRef } from 'react'

/** `goTo` a group with the next change; a group is found by `data-group`, and its heading takes the focus. */
export function useFocusOn(turn: unknown) {
  const within = useRef<HTMLDivElement>(null)
  const next = useRef<string | null>(null)
  useEffect(() => {
    if (next.current === null) return
    const heading = within.current?.querySelector<HTMLElement>(`[data-group="${CSS.escape(next.current)}"] h3`)
    next.current = null
    if (document.activeElement === document.body || document.activeElement === null) heading?.focus()
  }, [turn])
  return { within, goTo: (groupId: string) => { next.current = groupId } }
}
