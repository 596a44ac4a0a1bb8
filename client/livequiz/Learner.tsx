// A quiz that is run before the class, for who takes part in it: which question this is, over the question; at the end one's own
// place and the board. It is loaded when a run begins.
import { useEffect, useRef } from 'react'
import { useClass } from '../classroom.tsx'
import { announce } from '../parts/Say.tsx'
import { useTold, useUp } from './ends.ts'
import { Places } from './Places.tsx'
import { isAnnounced, isOfRun, type Live, own } from './run.ts'
import { LiveQuizTexts, useLiveQuizWords } from './words.tsx'
import '../styles/livequiz.css'

/** After what the last question says of itself. */
const AFTER = 1_000

export default function Learner({ promptId }: { promptId: string | undefined }) {
  return <LiveQuizTexts><Run promptId={promptId} /></LiveQuizTexts>
}

function Run({ promptId }: { promptId: string | undefined }) {
  const { say } = useLiveQuizWords()
  const view = useClass((v) => v)
  const up = useUp()
  const { live } = view
  useTold(live?.runId ?? '')
  if (!live) return null
  if (up) return <End live={live} />
  if (isAnnounced(view)) return <div className="run-soon pad"><p className="label">{say('lq.soon')}</p><p className="run-title" dir="auto">{live.title}</p><p className="quiet small">{say('lq.soon.n', { n: live.of })}</p></div>
  return isOfRun(live, promptId) && <p className="label run-at pad"><b className="b num">{say('lq.at', { no: live.no, of: live.of })}</b><span className="quiet" dir="auto">{live.title}</span></p>
}

function End({ live }: { live: Live }) {
  const { number, say } = useLiveQuizWords()
  const memberId = useClass((v) => v.member?.memberId)
  const mine = own(useTold(live.runId), live, memberId)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { void heading.current?.scrollIntoView({ block: 'nearest' }) }, []) // it is a promise in newer browsers
  const aloud = mine ? say('lq.aloud', { place: mine.place, right: mine.right, of: live.no }) : say('lq.aloud.board')
  useEffect(() => { const timer = setTimeout(announce, AFTER, aloud); return () => clearTimeout(timer) }, [aloud])
  return (
    <section className="run-end pad" aria-labelledby="run-h">
      <h2 className="label" id="run-h" ref={heading}>{say('lq.ended')} · <span dir="auto">{live.title}</span></h2>
      {mine && (
        <div className="own-place"><span className="big num" aria-hidden="true">{number(mine.place)}</span>
          <p><b className="b">{say('lq.place', { place: mine.place })}</b><span className="num">{say('lq.right', { right: mine.right, of: live.no })} · {say('lq.points', { points: mine.points })}</span></p></div>
      )}
      <Places live={live} />
    </section>
  )
}
