// A module has opened: a moment of its own, in lamp light, with why it opened and the way into it.
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { type Course, courseAt } from '../reader/wire.ts'
import { useReading } from '../reading.ts'
import { QuizTexts, useQuizWords } from '../quiz/words.tsx'
import type { Opened } from './opened.ts'
import '../styles/unlocked.css'

type Props = { opened: Opened; onShut(): void }

export default function Unlocked(props: Props) {
  return <QuizTexts><Moment {...props} /></QuizTexts>
}

function Moment({ opened: { moduleNo, cause, at, score }, onShut }: Props) {
  const { hour, number, say } = useQuizWords()
  const [, to] = useLocation()
  const modules = useClass((v) => v.modules)
  const courseId = useClass((v) => v.cohort.courseId)
  const { there: course } = useReading<Course>(courseAt(courseId, ''))
  const topics = course?.modules.find((m) => m.moduleNo === moduleNo)?.topics
  const dialog = useRef<HTMLDialogElement>(null)
  const title = modules.find((m) => m.moduleNo === moduleNo)?.title ?? ''
  const why = cause === 'quiz' && score !== null ? say('open.quiz', { score: number(Math.round(score)) }) : say(cause === 'quiz' ? 'open.rule' : `open.${cause}`)
  useEffect(() => {
    dialog.current?.showModal()
    announce(say('open.aloud', { n: number(moduleNo), title }), 'polite')
    if (navigator.userActivation?.hasBeenActive && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.([60, 40, 60])
  }, [])
  const first = topics?.[0]
  const into = () => { onShut(); to(first ? `/course/${courseId}/topic/${first.topicId}` : `/course/${courseId}#module-${moduleNo}`) }
  return (
    <dialog ref={dialog} className="unlocked" aria-labelledby="unlocked-h" onClose={onShut}>
      <p className="spread b"><span>{say('open.title')}</span><time className="num" dateTime={new Date(at).toISOString()}>{hour(at)}</time></p>
      <p className="numeral" aria-hidden="true">{number(moduleNo)}</p>
      <h1 id="unlocked-h"><span className="sr">{say('open.module', { n: number(moduleNo) })} </span><span dir="auto">{title}</span></h1>
      <p className="why">{why}{topics && topics.length > 0 && ` ${say('open.topics', { n: topics.length })}`}</p>
      <ol className="trail-of" aria-label={say('open.modules')}>{modules.map((m) => <li key={m.moduleNo} className={m.state === 'locked' ? 'lock' : ''}>{number(m.moduleNo)}<span className={m.state === 'passed' || m.moduleNo === moduleNo ? '' : 'sr'}> {say(`open.state.${m.state}`)}</span></li>)}</ol>
      <div className="ways"><Button look="ink" big wide onClick={into}><span dir="auto">{first ? say('open.start', { topic: first.topicName }) : say('open.look')}</span></Button>
        <Button look="text" big wide onClick={() => dialog.current?.close()}>{say('open.back')}</Button></div>
    </dialog>
  )
}
