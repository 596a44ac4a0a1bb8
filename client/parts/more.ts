// More answers as one comes to the end of those that are there. `all`: every page, since a sort or a search needs them.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { Live } from '../live.ts'

/** Reads on from `prompt.next`. Put `end` behind the last answer; where a page failed, `again` asks once more. */
export function useMore(live: Live, { promptId, next }: Pick<PromptView, 'promptId' | 'next'>, all = false) {
  const [near, setNear] = useState(false)
  const [failedAt, setFailed] = useState<string | null>(null)
  const asking = useRef<string | null>(null)
  const watcher = useRef<IntersectionObserver | null>(null)
  const end = useCallback((element: HTMLElement | null) => {
    watcher.current?.disconnect()
    if (!element) return
    watcher.current = new IntersectionObserver(([entry]) => setNear(entry!.isIntersecting), { rootMargin: '800px' })
    watcher.current.observe(element)
  }, [])
  const failed = next !== null && failedAt === promptId + next
  const readOn = useCallback(() => {
    if (next === null || asking.current === promptId + next) return
    asking.current = promptId + next
    void live.more(promptId, next).then((there) => {
      asking.current = null
      setFailed(there ? null : promptId + next)
    })
  }, [live, promptId, next])
  useEffect(() => { if ((near || all) && !failed) readOn() }, [near, all, failed, readOn])
  return { end, failed, again: readOn }
}
