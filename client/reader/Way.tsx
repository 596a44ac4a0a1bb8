// The way on from a lesson: the one before and the one after, by hand and by key (← →, or K and J as in class).
import { Link, useLocation } from 'wouter'
import { Icon } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { toTopic, type Topic } from './wire.ts'
import { useReaderWords } from './words.tsx'

/** What uses these keys itself, or scrolls by them. */
const TAKEN = 'select, input, video, [tabindex="0"]'

export function Way({ topic: { courseId, previous, next } }: { topic: Topic }) {
  const { say } = useReaderWords()
  const [, go] = useLocation()
  const to = (stop: Topic['next']) => () => {
    if (!stop || document.activeElement?.matches(TAKEN)) return false
    go(toTopic(courseId, stop.topicId))
  }
  const [left, right] = document.documentElement.dir === 'rtl' ? [next, previous] : [previous, next]
  useKeys({ ArrowLeft: to(left), ArrowRight: to(right), k: to(previous), j: to(next) })
  if (!previous && !next) return null
  return (
    <nav className="way" aria-label={say('topic.way')}>
      {previous ? <Link href={toTopic(courseId, previous.topicId)} rel="prev"><Icon of="back" className="flip" /><span><span className="label">{say('topic.previous')}</span><b className="words" dir="auto">{previous.topicName}</b></span></Link> : <span />}
      {next && <Link href={toTopic(courseId, next.topicId)} rel="next"><span><span className="label">{say('topic.next')}</span><b className="words" dir="auto">{next.topicName}</b></span><Icon of="forth" className="flip" /></Link>}
    </nav>
  )
}
