// What came of an attempt: the score, whether it is enough, and of every question what one said, what is right, and why.
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Stem } from './Stem.tsx'
import { type Asked, type Listed, type Result, type Review, toQuizzes } from './wire.ts'
import { useQuizWords } from './words.tsx'

type Props = { review: Review; unlocked: readonly number[]; listed: Listed | undefined; onAgain(): void }

export function Outcome({ review, unlocked, listed, onAgain }: Props) {
  const { number, say } = useQuizWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { heading.current?.focus({ preventScroll: true }); scrollTo({ top: 0 }) }, [])
  const { score, passed, passScore, results, questions, cohortId } = review
  const practice = listed?.quizType === 'practice'
  const right = results.filter((r) => r.correct).length
  const mayAgain = !practice && passed ? false : listed === undefined || listed.attemptsLeft === null || listed.attemptsLeft > 0
  return (
    <>
      <header className={`quiz-end ${passed ? 'passed' : ''}`}>
        <p className="big-score num" aria-hidden="true">{number(Math.round(score))}</p>
        <h2 ref={heading} tabIndex={-1}><span className="sr">{say('quiz.score', { score: number(score) })}. </span>{say(practice ? 'quiz.result.practice' : passed ? 'quiz.result.passed' : 'quiz.result.failed', { need: number(passScore) })}</h2>
        <p className="quiet">{say('quiz.right.n', { n: number(right), of: number(results.length) })}{review.closedBy === 'deadline' && ` ${say('quiz.result.deadline')}`}</p>
        {unlocked.length > 0 && <p className="b">{say('quiz.result.unlocked', { n: unlocked.length })}</p>}
        <p className="row wrap">
          {mayAgain && <Button look="ink" big onClick={onAgain}>{say('quiz.again')}</Button>}
          <Link className="btn line big" href={`/class/${cohortId}`}>{say('quiz.class')}</Link>
          <Link className="btn text" href={toQuizzes(cohortId)}>{say('quiz.back')}</Link>
        </p>
        {listed && listed.attemptsLeft !== null && !passed && <p className="small quiet">{say('quiz.left', { n: listed.attemptsLeft })}</p>}
      </header>
      <ol className="results">{questions.map((q, n) => <One key={q.questionId} of={q} n={n} review={review} result={results.find((r) => r.questionId === q.questionId)} />)}</ol>
    </>
  )
}

function One({ of, n, review, result }: { of: Asked; n: number; review: Review; result: Result | undefined }) {
  const { number, say } = useQuizWords()
  const { language } = review
  const answer = review.answers.find((a) => a.questionId === of.questionId)?.answer
  if (!result) return null
  const mark = result.correct ? 'right' : result.fraction > 0 ? 'partly' : 'wrong'
  const textOf = (id: string | undefined) => of.options.find((o) => o.optionId === id)?.text ?? ''
  const matchOf = (id: string | undefined) => of.matches?.find((m) => m.matchId === id)?.text ?? ''
  const typed = of.kind === 'numeric' ? (answer?.number === undefined ? '' : number(answer.number)) : (answer?.text ?? '')
  return (
    <li className={`result ${mark}`}>
      <p className="spread"><span className="label">{say('quiz.of', { n: number(n + 1), of: number(review.questions.length) })}</span>
        <b className={`verdict-of ${mark}`}>{say(mark === 'partly' ? 'quiz.partly' : `quiz.${mark}`, { percent: `${number(Math.round(result.fraction * 100))} %` })}</b></p>
      <Stem text={of.text} language={language} />
      {of.kind === 'numeric' || of.kind === 'text' ? (
        <p className="slip mine"><span className="label">{say('quiz.yours')}</span> <span className="words" dir="auto">{typed || say('quiz.no.answer')}</span></p>
      ) : of.kind === 'matching' ? (
        <ul className="chosen-of">{of.options.map((o) => {
          const mine = matchOf(answer?.pairs?.find(([one]) => one === o.optionId)?.[1])
          const should = matchOf(result.right.pairs.find(([one]) => one === o.optionId)?.[1])
          return <li key={o.optionId} className={mine === should ? 'is-right' : 'is-wrong'}><span className="words" dir="auto">{o.text} – {mine || say('quiz.no.answer')}</span>{mine !== should && <span className="small">{say('quiz.is.right')}: <b dir="auto">{should}</b></span>}</li>
        })}</ul>
      ) : of.kind === 'ordering' ? (
        <ol className="chosen-of">{(answer?.optionIds ?? []).map((id, i) => <li key={id} className={result.right.optionIds[i] === id ? 'is-right' : 'is-wrong'}><span className="words" dir="auto">{textOf(id)}</span></li>)}
          {!result.correct && <li className="small">{say('quiz.is.right')}: <b dir="auto">{result.right.optionIds.map(textOf).join(' → ')}</b></li>}</ol>
      ) : (
        <ul className="chosen-of">{of.options.map((o) => {
          const isMine = answer?.optionIds?.includes(o.optionId) ?? false
          const isRight = result.right.optionIds.includes(o.optionId)
          const told = result.feedback.find((f) => f.optionId === o.optionId)?.text
          if (!isMine && !isRight) return null
          return (
            <li key={o.optionId} className={isRight ? 'is-right' : 'is-wrong'}><span className="words" dir="auto" lang={language}>{o.text}</span>
              <span className="small">{[isMine && say('quiz.yours'), isRight && say('quiz.is.right')].filter(Boolean).join(', ')}</span>
              {told && <span className="quiet" dir="auto">{told}</span>}</li>
          )
        })}</ul>
      )}
      {(of.kind === 'numeric' || of.kind === 'text') && !result.correct && result.right.texts.length > 0 && <p>{say('quiz.accepted', { answers: result.right.texts.join(' / ') })}</p>}
      {result.explanation && <div className="because"><p className="label">{say('quiz.why')}</p><Stem text={result.explanation} language={language} /></div>}
    </li>
  )
}
