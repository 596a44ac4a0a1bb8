// One's own paper: writing, on its way, kept here, in, two versions, refused, too late. Each says its state as a sentence
// with a time, and none says more than is so.
import { useEffect, useRef, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { newKey } from '../chance.ts'
import { useLive, usePaper, useRoom } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { change, isSame, keepMine, keepTheirs, type Paper, type Phase } from '../paper.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { useTimeLeft } from '../parts/Time.tsx'
import { useTrouble } from '../trouble.ts'
import { Handed, lying } from './Handed.tsx'
import { SURE } from './sure.ts'
import { Writing } from './Writing.tsx'

type Props = { prompt: PromptView; paper: Paper; phase: Phase }

export function Answering({ prompt, phase }: { prompt: PromptView; phase: Phase }) {
  const paper = usePaper(prompt.promptId)
  const props = { prompt, phase, paper: { ...paper, promptId: prompt.promptId, kind: prompt.kind } }
  switch (phase) {
    case 'writing': return <Writing {...props} />
    case 'sending': return <Sending {...props} />
    case 'kept': return <Kept {...props} />
    case 'in': return <Committed {...props} />
    case 'conflict': return <TwoVersions {...props} />
    default: return <TooLate {...props} />
  }
}

function Sending({ prompt, paper }: Props) {
  const { say } = useWords()
  return (
    <div className="put">
      <p className="who"><Icon of="lock" />{say('who.staff')}</p>
      <div className="write words">{paper.out && <Handed prompt={prompt} said={paper.out} />}</div>
      <div className="hand"><span className="grow" /><Button look="pen" big busy>{say('handing.in')}</Button></div>
    </div>
  )
}

function Kept({ prompt, paper }: Props) {
  const { say, time } = useWords()
  const { live, outbox } = useRoom()
  const retryAt = useLive((s) => s.retryAt)
  const seconds = useSecondsTo(retryAt)
  return (
    <>
      <div className="said"><h2>{say('kept.title')}</h2></div>
      <div className="slip mine kept"><Handed prompt={prompt} said={paper.out!} />
        <p className="spread small"><span className="b">{say(paper.out!.unsure ? 'kept.unsure' : 'kept.not')}</span>
          <Button look="text" onClick={() => outbox.put(change(paper, Date.now()))}>{say('edit')}</Button></p></div>
      <dl className="facts">
        <dt>{say('kept.since')}</dt><dd>{time(paper.out!.since)}</dd>
        {prompt.closesAt && <><dt>{say('closes.at')}</dt><dd>{time(prompt.closesAt)}</dd></>}
        <dt>{say('trying.in')}</dt><dd>{seconds === null ? say('trying.now') : say('seconds', { seconds })}</dd>
      </dl>
      <div className="pad foot-of stays"><p className="quiet small">{say('kept.safe')}</p>
        <Button look="line" big wide onClick={live.tryNow}>{say('try.now')}</Button></div>
    </>
  )
}

function Committed({ prompt, paper }: Props) {
  const { rich, say, time } = useWords()
  const { outbox } = useRoom()
  const { confidence, answeredAt, atTheEnd } = paper.in!
  const heading = useRef<HTMLHeadingElement>(null)
  const remaining = useTimeLeft(prompt, prompt.state === 'open')
  const stillOpen = prompt.state === 'open' && remaining?.seconds !== 0
  const open = lying(paper)
  const left = open && !isSame(open, paper.in) ? open : null
  // Where one pressed "Hand in" there is no button any more: whoever reads with the focus reads on here.
  useEffect(() => { if (document.activeElement === document.body) heading.current?.focus() }, [])
  return (
    <>
      <div className="said"><h2 ref={heading} tabIndex={-1}><Icon of="tick" className="drawing" /><span>{rich('in.title', { time: <time key="t" dateTime={answeredAt}>{time(answeredAt)}</time> })}</span></h2>
        {atTheEnd && <p className="quiet">{say('in.byitself')}</p>}</div>
      <div className="slip mine folded"><Handed prompt={prompt} said={paper.in!} />
        <p className="spread"><span className="quiet small">{confidence ? say(SURE[confidence]) : ''}</span>
          {stillOpen && <Button look="text" onClick={() => outbox.put(change(paper, Date.now()))}>{say('change')}</Button>}</p></div>
      {left && <><p className="pad quiet gap">{say('in.draft')}</p><div className="slip mine kept"><Handed prompt={prompt} said={left} /></div></>}
      <p className="quiet pad gap">{say(prompt.anonymous ? 'in.anonymous' : 'in.blind')}</p>
    </>
  )
}

function TwoVersions({ prompt, paper }: Props) {
  const { say, time } = useWords()
  const { outbox } = useRoom()
  return (
    <>
      <div className="said" role="alert"><h2>{say('two.title')}</h2><p className="quiet">{say('two.why', { time: time(paper.theirs!.answeredAt) })}</p></div>
      <div className="slip mine folded"><p className="label">{say('two.theirs')}</p><Handed prompt={prompt} said={paper.theirs!} />
        <Button look="line" big wide onClick={() => outbox.put(keepTheirs(paper))}>{say('two.keep')}</Button></div>
      <div className="slip mine kept"><p className="label">{say('two.mine')}</p><Handed prompt={prompt} said={lying(paper) ?? paper.theirs!} />
        <Button look="pen" big wide onClick={() => outbox.put(keepMine(paper, newKey(), Date.now()))}>{say('two.replace')}</Button></div>
    </>
  )
}

function TooLate({ prompt, paper, phase }: Props) {
  const { say, time } = useWords()
  const trouble = useTrouble()
  const written = lying(paper)
  const late = paper.refused?.code === 'prompt_closed'
  const title = late && prompt.closesAt ? say('late.title', { time: time(prompt.closesAt) }) : say(phase === 'refused' && !late ? 'refused.title' : 'missed.title')
  return (
    <>
      <div className="said" role="status"><h2>{title}</h2>
        <p className="quiet">{phase === 'refused' ? (late ? say('late.why') : trouble(paper.refused!)) : say(written ? 'missed.draft' : 'missed.why')}</p></div>
      {paper.in && <div className="slip mine folded"><p className="label">{say('two.in', { time: time(paper.in.answeredAt) })}</p><Handed prompt={prompt} said={paper.in} /></div>}
      {written && <div className="slip mine kept"><Handed prompt={prompt} said={written} /></div>}
    </>
  )
}

/** Whole seconds until a moment of this clock; null where it is now. */
function useSecondsTo(at: number | null): number | null {
  const [, turn] = useState(0)
  useEffect(() => {
    const timer = setInterval(turn, 500, (n: number) => n + 1)
    return () => clearInterval(timer)
  }, [])
  return at === null ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000)) || null
}
