// Writing: straight on paper, in one's pen. What stands here when time is up is handed in, unless one says no.
import { useEffect, useRef, useState } from 'react'
import { ANSWER_CHARACTERS, type PromptView } from '../../server/features/coldcall/view.ts'
import { newKey } from '../chance.ts'
import { useLost, useRoom } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { type Confidence, handIn, isUnsent, leave, type Paper, rate, write } from '../paper.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { useTimeLeft } from '../parts/Time.tsx'
import { useTrouble } from '../trouble.ts'
import { SURE } from './sure.ts'

/** When the end is near enough to say what happens then, in seconds. */
const NEAR = 30

export function Writing({ prompt, paper }: { prompt: PromptView; paper: Paper }) {
  const { say } = useWords()
  const { outbox } = useRoom()
  const field = useRef<HTMLTextAreaElement>(null)
  const [asked, ask] = useState(false)
  const put = (change: (p: Paper) => Paper) => outbox.put(change(outbox.get(prompt.promptId)))
  const body = paper.draft ?? ''
  const over = [...body.trim()].length - ANSWER_CHARACTERS
  const blank = body.trim() === ''
  const changing = paper.in !== null
  useEffect(() => { if (changing) field.current?.focus() }, [changing])

  const hand = () => {
    if (blank) { ask(true); announce(say('hand.blank')); field.current?.focus() } else if (over <= 0) put((p) => handIn(p, newKey(), Date.now()))
  }
  return (
    <form className="put" onSubmit={(e) => { e.preventDefault(); hand() }}>
      <Who prompt={prompt} paper={paper} blank={blank && asked} over={over} onHold={(holdBack) => put((p) => ({ ...p, holdBack }))} />
      <textarea ref={field} className="write" value={body} dir="auto" aria-label={say('answer.label')} aria-describedby="who" placeholder={say('answer.hint')} enterKeyHint="enter"
        onChange={(e) => { const { value } = e.target; put((p) => write(p, value, Date.now())) }}
        onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); hand() } }} />
      <div className={`hand ${changing ? 'changing' : ''}`}>
        <Choice className="grow" label={say('sure.label')} value={paper.confidence} onChange={(c: Confidence) => put((p) => rate(p, c))}
          options={([1, 2, 3] as const).map((value) => ({ value, label: say(SURE[value]) }))} />
        {changing && <Button look="line" big onClick={() => put(leave)}>{say('leave')}</Button>}
        <Button look="pen" big type="submit" className={blank || over > 0 ? 'notyet' : ''} busy={paper.again}>{say(paper.again ? 'handing.in' : 'hand.in')}</Button>
      </div>
    </form>
  )
}

/** One line that says the most pressing thing: who reads this, and what becomes of it. */
function Who({ prompt, paper, blank, over, onHold }: { prompt: PromptView; paper: Paper; blank: boolean; over: number; onHold(hold: boolean): void }) {
  const { say, time } = useWords()
  const trouble = useTrouble()
  const lost = useLost()
  const left = useTimeLeft(prompt)
  if (over > 0) return <p className="who trouble" id="who">{say('hand.long', { over })}</p>
  if (paper.refused) return <p className="who trouble" id="who">{trouble(paper.refused)}</p>
  if (blank) return <p className="who trouble" id="who">{say('hand.blank')}</p>
  if (lost) return <p className="who" id="who">{say('kept.writing')}</p>
  if (left && left.seconds <= NEAR && isUnsent(paper)) {
    return (
      <p className="who" id="who"><span className="grow">{say(paper.holdBack ? 'end.hold' : 'end.hands')}</span>
        <Button look="text" onClick={() => onHold(!paper.holdBack)}>{say(paper.holdBack ? 'end.dohand' : 'end.dohold')}</Button></p>
    )
  }
  if (paper.in) return <p className="who" id="who">{say('changing', { time: time(paper.in.answeredAt) })}</p>
  return <p className="who" id="who"><Icon of="lock" />{say('who.staff')}</p>
}
