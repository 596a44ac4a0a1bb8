// How the questions of a quiz do over all classes of a course: a picture, a table with the same figures, one question by itself, and what
// the figures mean.
import { useEffect, useMemo, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { Classroom } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { useCounted } from './counting.ts'
import { type Cohort, pooled } from './course.ts'
import { ItemMap } from './ItemMap.tsx'
import { ItemOf } from './ItemOf.tsx'
import { ItemTable } from './ItemTable.tsx'
import { type Listed, useQuizzes } from './quizzes.ts'
import { toCourse } from './wire.ts'
import { useDashWords } from './words.tsx'

type Props = { courseId: string; cohorts: readonly Cohort[]; mayWrite: boolean; isRead: boolean }

/** Waits until it is known who asks: authors see all quizzes, who teaches those of the class. */
export function CourseItems(props: Props) {
  const { say } = useDashWords()
  if (!props.isRead) return <Bones label={say('an.wait')} lines={[60, 100, 100]} />
  const { cohortId } = props.cohorts[0]!
  return props.mayWrite ? <OfCourse {...props} /> : <Classroom cohortId={cohortId}><OfClass {...props} /></Classroom>
}

type Reading = { there: Listed | null; refusal: { code: string; message: string } | null; again(): void }

const OfCourse = (props: Props) => <Quizzes {...props} reading={useReading<Listed>(`/courses/${props.courseId}/quizzes`)} />
const OfClass = (props: Props) => <Quizzes {...props} reading={useQuizzes(props.cohorts[0]!.cohortId)} />

function Quizzes({ courseId, cohorts, reading: { there, refusal, again } }: Props & { reading: Reading }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const quizId = asked.get('quiz') ?? there?.quizzes[0]?.quizId
  if (refusal) return <div className="note alert" role="alert"><p className="b">{say('dash.part.unread')}</p><p>{trouble(refusal)}</p><p><Button look="line" slim onClick={again}>{say('try.again')}</Button></p></div>
  if (!there) return <Bones label={say('an.wait')} lines={[60, 100, 100]} />
  if (there.quizzes.length === 0) return <div className="dash-none"><h1 className="words">{say('an.quiz.none')}</h1><p className="quiet">{say('an.quiz.none.why')}</p></div>
  return (
    <>
      <h1>{say('an.part.items')}</h1>
      <div className="row wrap an-which">
        <label className="dash-choose"><span className="label">{say('dash.quiz')}</span>
          <select className="field slim" value={quizId} onChange={(e) => go(toCourse(courseId, 'items', { quiz: e.target.value }), { replace: true })}>{there.quizzes.map((q) => <option key={q.quizId} value={q.quizId}>{q.title}</option>)}</select></label>
      </div>
      {quizId && <OfQuiz key={quizId} courseId={courseId} quizId={quizId} cohorts={cohorts} without={without} onWithout={setWithout} questionId={asked.get('question')} />}
    </>
  )
}

type OfQuizProps = { courseId: string; quizId: string; cohorts: readonly Cohort[]; without: ReadonlySet<string>; onWithout(without: ReadonlySet<string>): void; questionId: string | null }

function OfQuiz({ courseId, quizId, cohorts, without, onWithout, questionId }: OfQuizProps) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const { there: all, refusal, again } = useCounted(cohorts, quizId)
  const counted = useMemo(() => (all ?? []).filter((c) => !without.has(c.cohortId)), [all, without])
  const items = useMemo(() => pooled(counted), [counted])
  const attempts = counted.reduce((sum, c) => sum + c.found.attempts, 0)
  const toItem = (id: string) => toCourse(courseId, 'items', { quiz: quizId, question: id })
  const one = items.find((i) => i.id === questionId)
  useEffect(() => { if (questionId && all) document.getElementById('an-one')?.focus() }, [questionId, all === null])
  if (refusal) return <div className="note alert" role="alert"><p className="b">{say('dash.part.unread')}</p><p>{trouble(refusal)}</p><p><Button look="line" slim onClick={again}>{say('try.again')}</Button></p></div>
  if (!all) return <Bones label={say('dash.part.wait')} lines={[100, 100, 100, 80]} />
  return (
    <>
      <Counts all={all} without={without} onWithout={onWithout} attempts={attempts} />
      {attempts === 0 ? <div className="note"><p className="b">{say('an.tried.none')}</p><p className="quiet">{say('an.tried.none.why')}</p></div> : <>
        {questionId && (one ? <ItemOf item={one} quizId={quizId} back={toCourse(courseId, 'items', { quiz: quizId })} /> : <p className="note" id="an-one" tabIndex={-1}>{say('an.gone')}</p>)}
        <ItemMap items={items} toItem={toItem} />
        <ItemTable items={items} toItem={toItem} />
        <Meaning />
      </>}
    </>
  )
}

/** Which classes it counts; each can be left out. */
function Counts({ all, without, onWithout, attempts }: { all: readonly { cohortId: string; name: string; found: { attempts: number } }[]; without: ReadonlySet<string>; onWithout(without: ReadonlySet<string>): void; attempts: number }) {
  const { say } = useDashWords()
  const turn = (id: string, on: boolean) => { const next = new Set(without); if (on) next.delete(id); else next.add(id); onWithout(next) }
  return (
    <details className="an-counts">
      <summary><b className="b" role="status">{say('an.counts', { n: all.filter((c) => !without.has(c.cohortId)).length })}.</b> {attempts > 0 && say('an.sum', { n: attempts })} <span className="lead">{say('an.counts.which')}</span></summary>
      <fieldset className="row wrap"><legend className="sr">{say('an.counts.which')}</legend>
        {all.map((c) => <label key={c.cohortId} className="tickbox"><input type="checkbox" checked={!without.has(c.cohortId)} onChange={(e) => turn(c.cohortId, e.target.checked)} /><span><bdi>{c.name}</bdi> <span className="quiet small">{say('an.attempts', { n: c.found.attempts })}</span></span></label>)}</fieldset>
    </details>
  )
}

function Meaning() {
  const { say } = useDashWords()
  return <section className="an-what" aria-labelledby="an-what"><h2 className="h" id="an-what">{say('an.what')}</h2><ul className="quiet">{(['right', 'tells', 'wrong', 'over', 'few'] as const).map((one) => <li key={one}>{say(`an.what.${one}`)}</li>)}</ul></section>
}
