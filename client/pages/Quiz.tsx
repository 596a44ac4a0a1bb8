// Quizzes for a learner, phone first: all of the class, and one attempt. What the instructor asks meanwhile is in sight.
import { useEffect } from 'react'
import { Link } from 'wouter'
import { onTheBoard } from '../board.ts'
import { useClass, useLost } from '../classroom.tsx'
import { Foot, Top } from '../learner/Frame.tsx'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { isFor } from '../parts/place.ts'
import { Bones } from '../parts/State.tsx'
import { useAttempting } from '../quiz/attempting.ts'
import { List, useQuizzes } from '../quiz/List.tsx'
import { Outcome } from '../quiz/Outcome.tsx'
import { Running } from '../quiz/Running.tsx'
import { toQuizzes } from '../quiz/wire.ts'
import { QuizTexts, useQuizWords } from '../quiz/words.tsx'
import { useTrouble } from '../trouble.ts'
import '../styles/course.css'
import '../styles/quiz.css'

export default function Quiz({ quizId }: { quizId: string | undefined }) {
  const cohortId = useClass((v) => v.cohort.cohortId)
  const lost = useLost()
  return (
    <QuizTexts>
      <div className={`phone quiz-page ${lost ? 'gone' : ''}`}>
        <section className="board quiz-top"><Top /><Asked cohortId={cohortId} /></section>
        <main className="paper grow quiz">{quizId ? <Attempt key={quizId} cohortId={cohortId} quizId={quizId} /> : <List cohortId={cohortId} />}</main>
        <Foot at="quiz" bare />
      </div>
    </QuizTexts>
  )
}

/** The way to what is asked in class, where that asks oneself. */
function Asked({ cohortId }: { cohortId: string }) {
  const { say } = useQuizWords()
  const batchNo = useClass((v) => v.member?.batchNo)
  const prompt = useClass(onTheBoard)
  if (prompt?.state !== 'open' || !isFor(prompt, batchNo) || prompt.mine) return null
  return <p className="pad asked-now" role="status"><b>{say('quiz.asked')}</b> <Link className="btn lamp-btn" href={`/class/${cohortId}`}>{say('quiz.asked.go')}<Icon of="forth" className="flip small" /></Link></p>
}

function Attempt({ cohortId, quizId }: { cohortId: string; quizId: string }) {
  const { say } = useQuizWords()
  const trouble = useTrouble()
  const { state, put, handIn, again } = useAttempting(cohortId, quizId)
  const { quizzes } = useQuizzes(cohortId)
  const listed = quizzes?.find((q) => q.quizId === quizId)
  const title = state.phase === 'running' || state.phase === 'handing' ? state.attempt.title : state.phase === 'over' ? state.review.title : listed?.title
  useEffect(() => { document.title = `${title ?? say('quiz.title')} · Lectern` }, [title, say])
  const head = <p className="spread quiz-head"><Link className="btn text" href={toQuizzes(cohortId)}><Icon of="back" className="flip small" />{say('quiz.back')}</Link></p>
  if (state.phase === 'beginning') return <>{head}<Bones label={say('quiz.beginning')} lines={[90, 70, 100, 100, 100]} /></>
  if (state.phase === 'refused') {
    const { code, details } = state.refusal
    const unmet = (details?.unmet as string[] | undefined) ?? []
    return <>{head}<div className="said" role="alert"><h1>{say(code === 'module_locked' ? 'quiz.refused.locked' : code === 'attempts_used' ? 'quiz.refused.used' : 'quiz.refused')}</h1>
      <p className="quiet">{unmet.length > 0 ? unmet.join(' ') : trouble(state.refusal)}</p>{code !== 'module_locked' && code !== 'attempts_used' && <Button look="line" big onClick={again}>{say('try.again')}</Button>}</div></>
  }
  if (state.phase === 'over') return <><h1 className="quiz-title" dir="auto">{state.review.title}</h1><Outcome review={state.review} unlocked={state.unlocked} listed={listed} onAgain={again} /></>
  return <><h1 className="quiz-title small-title" dir="auto">{state.attempt.title}</h1><Running state={state} onAnswer={put} onHandIn={() => void handIn()} /></>
}
