// The prompt as the room has it: the question, how many are in, and the time that is left to oneself.
import { type RefObject, useEffect, useRef } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked } from '../board.ts'
import { useClass, useLive, useLost } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import type { Phase } from '../paper.ts'
import { Ring } from '../parts/Ring.tsx'
import { TimeLine, useThresholds, useTimeLeft } from '../parts/Time.tsx'
import { About } from './About.tsx'

type Props = { prompt: PromptView; phase: Phase; heading: RefObject<HTMLHeadingElement | null> }

export function Question({ prompt, phase, heading }: Props) {
  const writing = phase === 'writing'
  const left = useTimeLeft(prompt, prompt.state === 'open')
  const long = prompt.text.length > 160
  useThresholds(left?.seconds ?? null)
  return (
    <>
      <About prompt={prompt} />
      <h1 className={`prompt pad ${writing && !long ? '' : long ? 'long' : 'lower'}`} id="prompt" tabIndex={long ? 0 : -1} ref={heading} dir="auto" lang={prompt.language}>{prompt.text}</h1>
      {writing ? <Meta prompt={prompt} seconds={left?.seconds ?? null} /> : <Count prompt={prompt} seconds={left?.seconds ?? null} />}
      <TimeLine left={left} />
    </>
  )
}

function Meta({ prompt, seconds }: { prompt: PromptView; seconds: number | null }) {
  const { clock, rich, say } = useWords()
  const total = useClass((v) => asked(v, prompt))
  const stale = useAsOf(prompt.answered)
  return (
    <div className="meta">
      <span className="row grow"><Ring size="small" answered={prompt.answered} total={total} />
        <span className="num">{stale ?? rich('are.in', { answered: prompt.answered, total, b: (s: any) => <b key="b" className="b">{s}</b> })}</span></span>
      {seconds !== null && <span role="timer" className="num b">{say('left', { time: clock(seconds) })}</span>}
    </div>
  )
}

function Count({ prompt, seconds }: { prompt: PromptView; seconds: number | null }) {
  const { clock, number, say } = useWords()
  const total = useClass((v) => asked(v, prompt))
  const stale = useAsOf(prompt.answered)
  if (stale) return <div className="meta"><span className="row grow"><Ring size="small" answered={prompt.answered} total={total} /><span className="num">{stale}</span></span></div>
  const closed = prompt.state !== 'open' || seconds === 0
  return (
    <div className="count">
      <Ring size="middle" answered={prompt.answered} total={total}><b className="num">{number(prompt.answered)}</b></Ring>
      <p><span className="b" aria-hidden="true">{say('of.are.in', { total })}</span>
        {closed ? <span className="quiet">{say(prompt.state === 'open' ? 'time.up' : 'closed.wait')}</span>
          : seconds !== null && <span className="quiet num" role="timer">{say('closes.in', { time: clock(seconds) })}</span>}</p>
    </div>
  )
}

/** Without a line a count is only true as of when it was heard. */
function useAsOf(answered: number): string | null {
  const { say, time } = useWords()
  const lost = useLost()
  const lostAt = useLive((s) => s.lostAt)
  const heard = useRef(Date.now())
  useEffect(() => { heard.current = Date.now() }, [answered])
  return lost ? say('were.in', { answered, time: time(Math.min(heard.current, lostAt ?? heard.current)) }) : null
}
