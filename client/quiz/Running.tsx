// An attempt: one question at a time, every answer saved as it is given, the time that is left, and the end of it.
import { useEffect, useRef, useState } from 'react'
import { useLost } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { TimeLine, useThresholds, useTimeLeft } from '../parts/Time.tsx'
import { useTrouble } from '../trouble.ts'
import type { Attempting } from './attempting.ts'
import { Answering } from './Kinds.tsx'
import { isAnswered, missing } from './sheet.ts'
import { Stem } from './Stem.tsx'
import type { Answer } from './wire.ts'
import { useQuizWords } from './words.tsx'

type Props = { state: Attempting & { phase: 'running' | 'handing' }; onAnswer(questionId: string, answer: Answer, soon?: boolean): void; onHandIn(): void }

export function Running({ state, onAnswer, onHandIn }: Props) {
  const { clock, number, say } = useQuizWords()
  const trouble = useTrouble()
  const { attempt, sheet } = state
  const { questions } = attempt
  const [at, setAt] = useState(() => Math.max(0, missing(questions, sheet.answers)[0] ?? 0))
  const [asking, setAsking] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const left = useTimeLeft({ opensAt: attempt.startedAt, closesAt: attempt.dueAt })
  useThresholds(left?.seconds ?? null)
  const one = questions[at]
  const lacks = missing(questions, sheet.answers)
  const isLast = at === questions.length - 1
  const go = (to: number) => { setAsking(false); setAt(Math.max(0, Math.min(questions.length - 1, to))) }
  const first = useRef(true)
  useEffect(() => { if (!first.current) { heading.current?.focus(); scrollTo({ top: 0 }) } first.current = false }, [at])
  const end = () => { if (lacks.length > 0 && !asking) setAsking(true); else onHandIn() }
  const forth = () => go(at + 1)
  const back = () => go(at - 1)
  const enter = () => { if (document.activeElement?.closest('button, a, select')) return false; return isLast ? end() : forth() }
  useKeys({ ArrowRight: forth, ArrowLeft: back, Enter: enter })
  if (!one) return null
  return (
    <>
      <div className="quiz-bar">
        <p className="spread"><span className="b">{say('quiz.of', { n: number(at + 1), of: number(questions.length) })}</span>
          {left && <span role="timer" className={`num b ${left.seconds <= 60 ? 'short' : ''}`}>{say('quiz.left.time', { time: clock(left.seconds) })}</span>}</p>
        {left ? <TimeLine left={left} /> : <div className="timeline" aria-hidden="true"><i style={{ inlineSize: `${((questions.length - lacks.length) / questions.length) * 100}%` }} /></div>}
      </div>
      <section className="asked" aria-labelledby="asked">
        <h2 className="sr" id="asked" ref={heading} tabIndex={-1}>{say('quiz.of', { n: number(at + 1), of: number(questions.length) })}</h2>
        <Stem text={one.text} language={attempt.language} />
        <Answering key={one.questionId} of={one} answer={sheet.answers[one.questionId]} language={attempt.language} onAnswer={(answer, soon) => onAnswer(one.questionId, answer, soon)} />
      </section>
      {state.trouble && <p className="trouble pad" role="alert">{trouble(state.trouble)}</p>}
      {asking && lacks.length > 0 && (
        <div className="note" role="alert"><p className="b">{say('quiz.missing', { n: lacks.length })}</p>
          <span className="row wrap"><Button look="line" onClick={() => go(lacks[0]!)}>{say('quiz.missing.go')}</Button><Button look="pen" busy={state.phase === 'handing'} onClick={onHandIn}>{say('quiz.hand.anyway')}</Button></span></div>
      )}
      <div className="quiz-foot">
        <Saved state={state} />
        <div className="row ends">
          <Button look="line" big notYet={at === 0} onClick={() => go(at - 1)}>{say('quiz.previous')}</Button>
          {isLast ? <Button look="pen" big className="grow" busy={state.phase === 'handing'} onClick={end}>{say(state.phase === 'handing' ? 'quiz.handing' : 'quiz.hand')}</Button>
            : <Button look="ink" big className="grow" onClick={() => go(at + 1)}>{say('quiz.next')}</Button>}
        </div>
        <nav className="steps" aria-label={say('quiz.overview')}>
          {questions.map((q, n) => {
            const has = isAnswered(q, sheet.answers[q.questionId])
            return <button key={q.questionId} type="button" className={`step num ${has ? 'has' : ''}`} aria-current={n === at ? 'step' : undefined} aria-label={say('quiz.goto', { n: number(n + 1), state: has ? 'yes' : 'no' })} onClick={() => go(n)}>{number(n + 1)}</button>
          })}
        </nav>
        {!isLast && lacks.length === 0 && <Button look="pen" big wide busy={state.phase === 'handing'} onClick={onHandIn}>{say('quiz.hand')}</Button>}
      </div>
    </>
  )
}

function Saved({ state: { sheet, savedAt } }: Pick<Props, 'state'>) {
  const { say, time } = useQuizWords()
  const lost = useLost()
  const waits = sheet.unsaved.length > 0
  return <p className={`small quiet saved-so ${waits && lost ? 'b' : ''}`} role="status">{waits ? say(lost ? 'quiz.kept' : 'quiz.saving') : savedAt ? say('quiz.saved', { time: time(savedAt) }) : say('quiz.fresh')}</p>
}
