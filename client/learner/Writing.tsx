// Writing: straight on paper, in one's pen. What stands here when time is up is handed in, unless one says no. To choose or to
// name a number comes first; then the words are the reason, for who has one.
import { useEffect, useRef, useState } from 'react'
import { ANSWER_CHARACTERS, type PromptView } from '../../server/features/coldcall/view.ts'
import { newKey } from '../chance.ts'
import { useClass, useLost, useRoom } from '../classroom.tsx'
import { type Says, useWords } from '../language.tsx'
import { choose, type Confidence, figure, handIn, isUnsent, type Kind, leave, type Paper, rate, said, write } from '../paper.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { useFigures } from '../parts/figure.ts'
import { Icon } from '../parts/Icons.tsx'
import { letters } from '../parts/letter.ts'
import { announce } from '../parts/Say.tsx'
import { useTimeLeft } from '../parts/Time.tsx'
import { useTrouble } from '../trouble.ts'
import { Figure } from './Figure.tsx'
import { Options } from './Options.tsx'
import { SURE } from './sure.ts'

/** When the end is near enough to say what happens then, in seconds. */
const NEAR = 30
const MISSING: Record<Kind, Says> = { text: 'hand.blank', choice: 'hand.unchosen', number: 'hand.nonumber' }

export function Writing({ prompt, paper }: { prompt: PromptView; paper: Paper }) {
  const { say } = useWords()
  const { outbox } = useRoom()
  const words = useRef<HTMLTextAreaElement>(null)
  const number = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const [asked, ask] = useState(false)
  const { kind } = prompt
  const put = (change: (p: Paper) => Paper) => outbox.put(change({ ...outbox.get(prompt.promptId), kind }))
  const body = paper.draft ?? ''
  const over = [...body.trim()].length - ANSWER_CHARACTERS
  const missing = said(paper) === null
  const changing = paper.in !== null
  const first = () => (kind === 'text' ? words.current : kind === 'number' ? number.current : form.current?.querySelector<HTMLElement>('input:checked, .option input'))
  useEffect(() => { if (changing) first()?.focus() }, [changing])

  const hand = () => {
    if (missing) { ask(true); announce(say(MISSING[kind])); first()?.focus() } else if (over <= 0) put((p) => handIn(p, newKey(), Date.now()))
  }
  return (
    <form className="put" ref={form} onSubmit={(e) => { e.preventDefault(); hand() }}>
      <Who prompt={prompt} paper={paper} missing={missing && asked} over={over} onHold={(holdBack) => put((p) => ({ ...p, holdBack }))} />
      {prompt.revoteOf && <Before promptId={prompt.revoteOf} />}
      {kind === 'choice' && <Options prompt={prompt} picked={paper.picked} onPick={(n) => put((p) => choose(p, n, prompt.multiple, Date.now()))} />}
      {kind === 'number' && <Figure typed={paper.figure} number={paper.number} field={number} onWrite={(typed, n) => put((p) => figure(p, typed, n, Date.now()))} />}
      <textarea ref={words} className={kind === 'text' ? 'write' : 'write reason'} value={body} dir="auto" aria-label={say(kind === 'text' ? 'answer.label' : 'reason.label')} aria-describedby="who"
        placeholder={say(kind === 'text' ? 'answer.hint' : 'reason.hint')} enterKeyHint="enter" rows={kind === 'text' ? undefined : 2}
        onChange={(e) => { const { value } = e.target; put((p) => write(p, value, Date.now())) }}
        onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); hand() } }} />
      <div className={`hand ${changing ? 'changing' : ''} ${kind === 'text' ? '' : 'stays'}`}>
        <Choice className="grow" label={say('sure.label')} value={paper.confidence} onChange={(c: Confidence) => put((p) => rate(p, c))}
          options={([1, 2, 3] as const).map((value) => ({ value, label: say(SURE[value]) }))} />
        {changing && <Button look="line" big onClick={() => put(leave)}>{say('leave')}</Button>}
        <Button look="pen" big type="submit" className={missing || over > 0 ? 'notyet' : ''} busy={paper.again}>{say(paper.again ? 'handing.in' : 'hand.in')}</Button>
      </div>
    </form>
  )
}

/** What one said the first time, where one is asked again. */
function Before({ promptId }: { promptId: string }) {
  const { say } = useWords()
  const { write } = useFigures()
  const mine = useClass((v) => v.prompts.find((p) => p.promptId === promptId)?.mine)
  const before = mine?.choices ? letters(mine.choices) : typeof mine?.number === 'number' ? write(mine.number) : null
  return <p className="small quiet">{before ? say('again.before', { before }) : say('again')}</p>
}

/** One line that says the most pressing thing: who reads this, and what becomes of it. */
function Who({ prompt, paper, missing, over, onHold }: { prompt: PromptView; paper: Paper; missing: boolean; over: number; onHold(hold: boolean): void }) {
  const { say, time } = useWords()
  const trouble = useTrouble()
  const lost = useLost()
  const left = useTimeLeft(prompt)
  if (over > 0) return <p className="who trouble" id="who">{say('hand.long', { over })}</p>
  if (paper.refused) return <p className="who trouble" id="who">{trouble(paper.refused)}</p>
  if (missing) return <p className="who trouble" id="who">{say(MISSING[prompt.kind])}</p>
  if (lost) return <p className="who" id="who">{say('kept.writing')}</p>
  if (left && left.seconds <= NEAR && isUnsent(paper)) {
    return (
      <p className="who" id="who"><span className="grow">{say(paper.holdBack ? 'end.hold' : 'end.hands')}</span>
        <Button look="text" onClick={() => onHold(!paper.holdBack)}>{say(paper.holdBack ? 'end.dohand' : 'end.dohold')}</Button></p>
    )
  }
  if (paper.in) return <p className="who" id="who">{say('changing', { time: time(paper.in.answeredAt) })}</p>
  if (prompt.multiple && paper.picked.length === 0) return <p className="who" id="who"><Icon of="lock" />{say('who.some')}</p>
  return <p className="who" id="who"><Icon of="lock" />{say(prompt.anonymous ? 'who.anonymous' : 'who.staff')}</p>
}
