// As a learner sees it: one question at a time, answered as they answer; nothing of it is kept, and nothing says what is right.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Answering } from '../quiz/Kinds.tsx'
import { Stem } from '../quiz/Stem.tsx'
import type { Answer, Asked } from '../quiz/wire.ts'
import { QuizTexts } from '../quiz/words.tsx'
import { useBankWords } from './words.tsx'

/** What is drawn from a pool stands as a sentence that says so. */
export function AsLearner({ asked, language }: { asked: readonly (Asked | string)[]; language: string }) {
  const { say } = useBankWords()
  const [at, setAt] = useState(0)
  const [answers, setAnswers] = useState<Record<string, Answer>>({})
  const now = asked[Math.min(at, asked.length - 1)]
  return (
    <section className="as-learner" aria-label={say('bk.seen')}>
      <p className="label">{asked.length > 1 ? say('bk.seen.n', { n: at + 1, of: asked.length }) : say('bk.seen')}</p>
      {now === undefined ? <p className="quiet">{say('bk.asks.none')}</p> : typeof now === 'string' ? <p className="words">{now}</p> : (
        <div key={now.questionId} className="as-asked">
          {now.text ? <Stem text={now.text} language={language} /> : <p className="quiet">{say('bk.stem.none')}</p>}
          <QuizTexts><Answering of={now} answer={answers[now.questionId]} language={language} onAnswer={(answer) => setAnswers((all) => ({ ...all, [now.questionId]: answer }))} /></QuizTexts>
        </div>
      )}
      {asked.length > 1 && <p className="row"><Button look="line" slim notYet={at === 0} onClick={() => setAt(at - 1)}>{say('bk.seen.back')}</Button><Button look="line" slim notYet={at >= asked.length - 1} onClick={() => setAt(at + 1)}>{say('bk.seen.next')}</Button></p>}
    </section>
  )
}
