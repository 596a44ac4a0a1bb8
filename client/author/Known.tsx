// What the tutor knows of the course: how far it has read, by what it compares meanings, what it has not read yet, and a question to try.
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { knowledge } from '../../server/features/knowledge/contract.ts'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { Tried } from './Tried.tsx'
import { toWrite } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'
import '../styles/known.css'

type Knows = ReplyOf<typeof knowledge.calls.course>

/** While it works one looks again after so long. */
const AGAIN_MS = 2_000
const UNREAD = 8

export default function Known({ courseId }: { courseId: string }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<Knows>(`/courses/${courseId}/knowledge`)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const isWorking = there?.state === 'working'
  useEffect(() => {
    const timer = isWorking ? setTimeout(again, AGAIN_MS) : undefined
    return () => clearTimeout(timer)
    // `there` is new each time that it was read.
  }, [isWorking, there, again])
  const looks = async () => {
    setBusy(true)
    setWrong(null)
    try {
      await asMe('POST', `/courses/${courseId}/knowledge`, {})
      announce(say('au.known.looking'))
      again()
    } catch (error) {
      setWrong(trouble(error as Refusal))
    }
    setBusy(false)
  }
  return (
    <section className="about-course known" aria-labelledby="known-h">
      <h2 className="h" id="known-h">{say('au.known')}</h2>
      {refusal && !there && <Refused of={refusal} again={again} />}
      {!refusal && !there && <Bones label={say('au.wait')} lines={[60, 90]} />}
      {there && (there.topics.total === 0 ? <p className="quiet">{say('au.known.empty')}</p> : <>
        <Far knows={there} />
        <Unread courseId={courseId} knows={there} />
        {wrong && <p className="trouble small" role="alert">{wrong}</p>}
        <span><Button look="line" slim busy={busy} onClick={() => void looks()}>{say('au.known.again')}</Button></span>
        <Tried courseId={courseId} />
      </>)}
    </section>
  )
}

/** How far it is, in a sentence and a bar while it works. */
function Far({ knows: { state, topics, passages, meaning } }: { knows: Knows }) {
  const { say } = useAuthorWords()
  const means = meaning.by === 'none' ? say('au.known.words') : say(meaning.by === 'embedded' ? 'au.known.embedded' : 'au.known.endpoint', { model: meaning.model ?? '', done: meaning.done, total: meaning.total })
  const [done, total] = topics.done < topics.total ? [topics.done, topics.total] : [meaning.done, meaning.total]
  return (
    <>
      <p role="status">{say(state === 'working' ? 'au.known.working' : 'au.known.ready', { done: topics.done, total: topics.total, passages })}</p>
      {state === 'working' && <progress max={Math.max(1, total)} value={done} aria-label={say('au.known.progress')} />}
      <p className="quiet small">{means}</p>
      {meaning.trouble && <p className="note alert" role="alert">{say('au.known.trouble', { why: meaning.trouble })}</p>}
    </>
  )
}

/** What was written and not read since, a few of them. */
function Unread({ courseId, knows: { read } }: { courseId: string; knows: Knows }) {
  const { say } = useAuthorWords()
  const tongue = useTongues()
  const list = read.filter((r) => !r.current)
  if (list.length === 0) return null
  return (
    <>
      <h3 className="label">{say('au.known.unread', { n: list.length })}</h3>
      <ul className="offers">{list.slice(0, UNREAD).map((r) => <li key={`${r.topicId} ${r.language}`} className="spread wrap"><a href={toWrite(courseId, r.topicId)} dir="auto">{r.topicName}</a><span className="quiet small">{tongue(r.language)}</span></li>)}</ul>
    </>
  )
}
