// A quiz in the list: what it asks for, whether learners see it, and how often it was tried.
import { Link } from 'wouter'
import { type Quiz, toBank } from './wire.ts'
import { useBankWords } from './words.tsx'

export function QuizRow({ courseId, quiz: q }: { courseId: string; quiz: Quiz }) {
  const { say } = useBankWords()
  const facts = [
    say('bk.questions', { n: q.questions }), q.quizType === 'practice' ? say('bk.is.practice') : say('bk.passes', { n: q.passScore }),
    q.attempts === null ? say('bk.tries.any') : say('bk.tries', { n: q.attempts }), q.seconds === null ? say('bk.time.none') : say('bk.minutes', { n: Math.round(q.seconds / 6) / 10 }),
  ]
  const { all, people, passed, open } = q.attempted
  return (
    <li className="bank-quiz">
      <div className="grow"><h3><Link href={toBank(courseId, { quiz: q.quizId })} dir="auto">{q.title}</Link></h3><p className="small quiet">{facts.join(' · ')}</p></div>
      <p className="small bank-tried">{all === 0 ? <span className="quiet">{say('bk.tried.none')}</span> : <><b>{say('bk.tried', { n: people })}</b><span className="quiet">{[...(q.quizType === 'practice' ? [] : [say('bk.tried.passed', { n: passed })]), ...(open > 0 ? [say('bk.tried.open', { n: open })] : [])].map((t) => ` · ${t}`).join('')}</span></>}</p>
      <p className={`status ${q.published ? 'reviewed' : 'draft'}`}>{say(q.published ? 'bk.published' : 'bk.draft')}</p>
    </li>
  )
}
