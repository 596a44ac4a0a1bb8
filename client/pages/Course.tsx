// A course to read: where one left off, its modules, the lessons in them, and how far each is read.
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { tutors } from '../../server/features/tutors/contract.ts'
import { useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { Brand, Icon } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useFresh, useOffline } from '../reader/fresh.ts'
import { How } from '../reader/How.tsx'
import { Introduction, Modules } from '../reader/Modules.tsx'
import { onwards } from '../reader/onwards.ts'
import { tell } from '../reader/progress.ts'
import { dirOf } from '../reader/tongue.ts'
import { courseAt, toTopic, useLanguage, type Course as Whole } from '../reader/wire.ts'
import { ReaderTexts, useReaderWords } from '../reader/words.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'

const Staffing = lazy(() => import('../places/Staffing.tsx'))

type Staffed = ReplyOf<typeof tutors.calls.staff>

export default function Course({ courseId }: { courseId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <ReaderTexts><Read key={courseId} courseId={courseId} /></ReaderTexts> : <Enter />
}

function Read({ courseId }: { courseId: string }) {
  const { say } = useReaderWords()
  const trouble = useTrouble()
  const [language, choose] = useLanguage(courseId)
  const { there: course, refusal, again } = useFresh<Whole>(courseAt(courseId, language), courseId, tell)
  // Refused to those who only read here.
  const { there: staffed } = useReading<Staffed>(`/courses/${courseId}/tutors`)
  const offline = useOffline() || refusal?.code === 'unheard'
  useEffect(() => { if (course) document.title = `${course.name} · Lectern` }, [course])
  useArrival(course !== null)
  const gone = refusal !== null && (!course || refusal.status === 403 || refusal.status === 404)
  if (gone) return <Notice title={say('course.unread')} action={<><Button look="line" onClick={again}>{say('try.again')}</Button><Link className="btn text" href="/">{say('home.back')}</Link></>}><p>{trouble(refusal)}</p>{offline && <p>{say('offline.stays')}</p>}</Notice>
  return (
    <main className="reader">
      <p className="spread"><Link href="/" className="brand-link" aria-label={say('home.lectern')}><Brand /></Link>
        {course?.cohortId ? <Link className="btn text" href={`/class/${course.cohortId}`}><Icon of="room" className="small" />{say('course.class')}</Link>
          : <Button look="text" onClick={() => history.back()}><Icon of="back" className="flip small" />{say('back')}</Button>}</p>
      {!course ? <Bones label={say('course.wait')} lines={[50, 96, 90, 94]} /> : (
        <>
          <Head course={course} />
          <How of={course} language={language} onLanguage={choose} onVoice={again} />
          {offline && <p className="small quiet" role="status">{say('offline')}</p>}
          {course.introduction.trim() && <Introduction title={course.name} text={course.introduction} folder={course.folder} lang={course.language} dir={dirOf(course.language)} />}
          <Modules course={course} />
          {staffed && <Suspense fallback={null}><Staffing courseId={courseId} staffed={staffed} /></Suspense>}
        </>
      )}
    </main>
  )
}

/** What the course is, and the way on in it. */
function Head({ course }: { course: Whole }) {
  const { say } = useReaderWords()
  const { all, read, next, begun } = onwards(course)
  const dir = dirOf(course.language)
  return (
    <header className="course-head">
      <h1 className="words" lang={course.language} dir={dir}>{course.name}</h1>
      {course.summary && <p className="words summary" lang={course.language} dir={dir}>{course.summary}</p>}
      <p className="row wrap">
        {next && <Link className="btn pen big onward" href={toTopic(course.courseId, next.topicId)}><span dir="auto">{say(begun ? 'course.continue' : 'course.begin', { topic: next.topicName })}</span><Icon of="forth" className="flip small" /></Link>}
        {course.cohortId && !course.mayWrite && <Link className="btn line" href={`/class/${course.cohortId}/quiz`}>{say('course.quizzes')}</Link>}
        <Link className="btn line" href={`/course/${course.courseId}/tutor${course.cohortId ? `?cohort=${course.cohortId}` : ''}`}><Icon of="talk" className="small" />{say('tab.tutor')}</Link>
        {course.mayWrite && <Link className="btn line" href={`/course/${course.courseId}/write`}>{say('course.write')}</Link>}
      </p>
      {all > 0 && (
        <div className="sofar">
          <p className="small quiet"><span>{say('course.count', { read, all })}</span>{!next && <span>{say('course.all')}</span>}
            {course.mayWrite && <span>{course.versionNo === null ? say('course.draft') : say('course.version', { n: course.versionNo })}</span>}</p>
          <span className="share-read" aria-hidden="true"><i style={{ inlineSize: `${(read / all) * 100}%` }} /></span>
        </div>
      )}
      {course.modules.length === 0 && <p className="quiet">{say('course.empty')}</p>}
    </header>
  )
}

/** Once it is there: to the module that the address names, else to the top. */
function useArrival(there: boolean): void {
  const arrived = useRef(false)
  useEffect(() => {
    if (!there || arrived.current) return
    arrived.current = true
    const wanted = document.getElementById(location.hash.slice(1))
    if (!wanted) { scrollTo({ top: 0, behavior: 'instant' }); return }
    wanted.scrollIntoView()
    wanted.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }, [there])
}
