// The quizzes of a class, module by module: what each asks for, and how one stands in it.
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useClass, useLive, useRoom } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { type Listed, toQuiz } from './wire.ts'
import { useQuizWords } from './words.tsx'

type Refusal = { code: string; message: string; details?: Record<string, unknown> }

/** The list, read anew whenever an attempt was graded, a module opened, or the line is back. */
export function useQuizzes(cohortId: string): { quizzes: Listed[] | null; refusal: Refusal | null; again(): void } {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const modules = useClass((v) => v.modules)
  const [state, setState] = useState<{ quizzes: Listed[] | null; refusal: Refusal | null }>({ quizzes: null, refusal: null })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says hangs on the modules and on each turn
  useEffect(() => {
    if (!here) return
    let closed = false
    void live.ask('quiz:list', { cohortId }).then((said) => { if (!closed) setState((was) => (said.ok ? { quizzes: said.data.quizzes, refusal: null } : { ...was, refusal: said.error })) })
    return () => { closed = true }
  }, [live, cohortId, here, modules, turn])
  useEffect(() => live.hears((name) => { if (name === 'quiz:graded' || name === 'quiz:started') setTurn((n) => n + 1) }), [live])
  return { ...state, again: () => setTurn((n) => n + 1) }
}

export function List({ cohortId }: { cohortId: string }) {
  const { say } = useQuizWords()
  const trouble = useTrouble()
  const modules = useClass((v) => v.modules)
  const { quizzes, refusal, again } = useQuizzes(cohortId)
  useEffect(() => { document.title = `${say('quiz.title')} · Lectern` }, [say])
  if (!quizzes && refusal) return <div className="note alert"><p>{say('quiz.unread')}: {trouble(refusal)}</p><Button look="line" onClick={again}>{say('try.again')}</Button></div>
  if (!quizzes) return <Bones label={say('quiz.wait')} lines={[60, 100, 100]} />
  if (quizzes.length === 0) return <div className="said"><h1>{say('quiz.none')}</h1><p className="quiet">{say('quiz.none.why')}</p></div>
  const groups = [...modules.map((m) => ({ key: String(m.moduleNo), no: m.moduleNo, title: m.title, unmet: m.unmet, of: quizzes.filter((q) => q.moduleNo === m.moduleNo) })),
    { key: 'none', no: null, title: say('quiz.other'), unmet: [] as string[], of: quizzes.filter((q) => q.moduleNo === null || !modules.some((m) => m.moduleNo === q.moduleNo)) }].filter((g) => g.of.length > 0)
  return (
    <>
      <h1 className="quiz-title">{say('quiz.title')}</h1>
      {groups.map((g) => <Group key={g.key} cohortId={cohortId} no={g.no} title={g.title} unmet={g.unmet} of={g.of} />)}
    </>
  )
}

function Group({ cohortId, no, title, unmet, of }: { cohortId: string; no: number | null; title: string; unmet: readonly string[]; of: readonly Listed[] }) {
  const { number } = useQuizWords()
  return (
    <section className="module quiz-module">
      <h2>{no !== null && <span className="n" aria-hidden="true">{number(no)}</span>}<span dir="auto">{title}</span></h2>
      {of.some((q) => q.locked) && unmet.length > 0 && <p className="quiet">{unmet.join(' ')}</p>}
      <ul>{of.map((q) => <One key={q.quizId} cohortId={cohortId} of={q} />)}</ul>
    </section>
  )
}

function One({ cohortId, of: q }: { cohortId: string; of: Listed }) {
  const { number, say } = useQuizWords()
  const [, to] = useLocation()
  const [sure, setSure] = useState(false)
  const time = q.seconds === null ? null : q.seconds >= 90 ? say('quiz.minutes', { n: Math.round(q.seconds / 60) }) : say('quiz.seconds', { n: Math.round(q.seconds) })
  const facts = [say('quiz.questions', { n: q.questions }), time ?? say('quiz.untimed'), q.quizType === 'practice' ? say('quiz.practice') : say('quiz.pass', { score: number(q.passScore) }), q.attemptsLeft !== null && !q.passed ? say('quiz.left', { n: q.attemptsLeft }) : null]
  const isOver = q.open === null && q.attemptsLeft === 0
  const begin = () => { if (time && q.open === null && !sure) setSure(true); else to(toQuiz(cohortId, q.quizId)) }
  return (
    <li className="slip quiz-one">
      <div className="grow"><h3 dir="auto">{q.title}</h3><p className="small quiet">{facts.filter(Boolean).join(' · ')}</p>
        {q.passed ? <p className="b passed-so">{say('quiz.passed', { score: number(q.best ?? 0) })}</p> : q.best !== null && <p className="small">{say('quiz.best', { score: number(q.best) })}</p>}
        {q.open && <p className="small b">{say('quiz.running')}</p>}
        {q.locked && <p className="small b">{say('quiz.locked')}</p>}
        {sure && <div className="note"><p>{say('quiz.timed', { time: time ?? '' })}</p><span className="row wrap"><Link className="btn pen" href={toQuiz(cohortId, q.quizId)}>{say('quiz.begin.now')}</Link><Button look="line" onClick={() => setSure(false)}>{say('quiz.not.yet')}</Button></span></div>}
      </div>
      {!sure && !q.locked && !isOver && <Button look={q.passed ? 'line' : 'ink'} onClick={begin}>{say(q.open ? 'quiz.go.on' : q.best === null ? 'quiz.begin' : 'quiz.again')}<span className="sr"> {q.title}</span></Button>}
    </li>
  )
}
