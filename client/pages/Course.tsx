// A course to read: its modules, and the lessons in them.
import { lazy, Suspense, useEffect } from 'react'
import { Link } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { catalog } from '../../server/features/catalog/contract.ts'
import type { tutors } from '../../server/features/tutors/contract.ts'
import { useAccount } from '../account.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand, Icon } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'

const Staffing = lazy(() => import('../places/Staffing.tsx'))

type Whole = ReplyOf<typeof catalog.calls.show>
type Staffed = ReplyOf<typeof tutors.calls.staff>

export default function Course({ courseId }: { courseId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Modules courseId={courseId} /> : <Enter />
}

function Modules({ courseId }: { courseId: string }) {
  const { number, say } = useWords()
  const trouble = useTrouble()
  const { there: course, refusal, again } = useReading<Whole>(`/courses/${courseId}`)
  // Refused to those who only read here.
  const { there: staffed } = useReading<Staffed>(`/courses/${courseId}/tutors`)
  useEffect(() => {
    if (!course) return
    document.title = `${course.name} · Lectern`
    const wanted = document.getElementById(location.hash.slice(1))
    wanted?.scrollIntoView()
    wanted?.querySelector<HTMLElement>('h2')?.focus()
  }, [course])
  if (refusal) return <Notice title={say('course.unread')} action={<Button look="line" onClick={again}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  return (
    <main className="reader">
      <p className="spread"><Link href="/" className="brand-link" aria-label={say('home.lectern')}><Brand /></Link>
        <Button look="text" onClick={() => history.back()}><Icon of="back" className="flip small" />{say('back')}</Button></p>
      {!course ? <Bones label={say('course.wait')} lines={[50, 96, 90, 94]} /> : (
        <>
          <h1 className="words" dir="auto">{course.name}</h1>
          {course.modules.length === 0 && <p className="quiet">{say('course.empty')}</p>}
          {course.modules.map((m) => (
            <section key={m.moduleNo} id={`module-${m.moduleNo}`} className="module">
              <h2 tabIndex={-1}><span className="n" aria-hidden="true">{number(m.moduleNo)}</span><span dir="auto">{m.title}</span></h2>
              {m.topics.length === 0 ? <p className="quiet">{say('module.empty')}</p>
                : <ol>{m.topics.map((t) => <li key={t.topicId}><Link href={`/course/${courseId}/topic/${t.topicId}`}><span className="num faint">{number(t.topicNumber)}</span><span dir="auto">{t.topicName}</span></Link></li>)}</ol>}
            </section>
          ))}
          {staffed && <Suspense fallback={null}><Staffing courseId={courseId} staffed={staffed} /></Suspense>}
        </>
      )}
    </main>
  )
}
