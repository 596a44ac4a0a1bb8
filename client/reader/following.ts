// A page of a lesson follows its reader: it opens where they left off, notes how far they come, and stays where they are when what
// it says changes.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { note, noted, tell, tellLeaving } from './progress.ts'
import { keepPlace, leftOff, type Place, placeOf, seenOf } from './steps.ts'
import type { Topic } from './wire.ts'

/** Who only opened a page has not read what is on it: so long it is looked at before it counts, ms. */
const LOOK = 1_500
/** So often while it scrolls, ms. */
const STEP = 200
/** The lines above a heading that make it the one that is read. */
const LINE = 140

/** `page`: what the blocks stand in. */
export function useFollowing(topic: Topic | null, page: RefObject<HTMLElement | null>) {
  const [percent, setPercent] = useState(0)
  const [resumed, setResumed] = useState(false)
  const [heading, setHeading] = useState<string | null>(null)
  const place = useRef<Place | null>(null)
  const opened = useRef(false)
  const topicId = topic?.topicId

  useLayoutEffect(() => {
    if (!topic || !page.current) return
    const before = noted(topic.topicId)
    setPercent((now) => Math.max(now, topic.percent, before?.percent ?? 0))
    if (opened.current) { if (place.current) keepPlace(page.current, place.current); return }
    opened.current = true
    const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (asked) { asked.scrollIntoView(); return }
    scrollTo({ top: 0, behavior: 'instant' })
    setResumed(leftOff(page.current, { percent: Math.max(topic.percent, before?.percent ?? 0), contentKey: before?.contentKey ?? topic.contentKey }))
  }, [topic, page])

  useEffect(() => {
    if (topicId === undefined) return
    history.scrollRestoration = 'manual'
    void tell()
    const since = Date.now()
    let due: ReturnType<typeof setTimeout> | undefined
    let last = ''
    const look = () => {
      due = undefined
      const there = page.current
      if (!there || document.visibilityState !== 'visible') return
      place.current = placeOf(there)
      setHeading([...there.querySelectorAll<HTMLElement>('.lesson :is(h2, h3)[id]')].findLast((h) => h.getBoundingClientRect().top < LINE)?.id ?? null)
      if (Date.now() - since < LOOK) { due = setTimeout(look, LOOK - (Date.now() - since)); return }
      const seen = seenOf(there)
      if (!seen || last === `${seen.percent} ${seen.contentKey}`) return
      last = `${seen.percent} ${seen.contentKey}`
      setPercent((now) => Math.max(now, seen.percent))
      note(topicId, seen)
    }
    const soon = () => { due ??= setTimeout(look, STEP) }
    const leaving = () => { if (document.visibilityState === 'hidden') void tellLeaving() }
    const back = () => void tell()
    look()
    addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    addEventListener('pagehide', tellLeaving)
    addEventListener('online', back)
    document.addEventListener('visibilitychange', leaving)
    return () => {
      clearTimeout(due)
      removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
      removeEventListener('pagehide', tellLeaving)
      removeEventListener('online', back)
      document.removeEventListener('visibilitychange', leaving)
      history.scrollRestoration = 'auto'
      void tell()
    }
  }, [topicId, page])

  // Who reads on needs no more to be told where they were.
  useEffect(() => {
    if (!resumed) return
    const from = scrollY
    const away = () => { if (Math.abs(scrollY - from) > innerHeight / 2) setResumed(false) }
    addEventListener('scroll', away, { passive: true })
    return () => removeEventListener('scroll', away)
  }, [resumed])

  const toTop = useCallback(() => { setResumed(false); scrollTo({ top: 0 }) }, [])
  return { percent, resumed, heading, toTop }
}
