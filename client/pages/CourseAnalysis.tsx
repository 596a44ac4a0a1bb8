// A course over all its classes, for its authors and those who teach it: class beside class, and how the questions of its quizzes do.
import { useEffect } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Top as AuthorTop } from '../author/Frame.tsx'
import type { Product } from '../author/wire.ts'
import { AuthorTexts } from '../author/words.tsx'
import { useKept } from '../cohort/kept.ts'
import { useCohorts } from '../dash/counting.ts'
import { CourseClasses } from '../dash/CourseClasses.tsx'
import { CourseItems } from '../dash/CourseItems.tsx'
import { toCourse } from '../dash/wire.ts'
import { DashTexts, useDashWords } from '../dash/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/record.css'
import '../styles/dash.css'
import '../styles/dash-course.css'

type Props = { courseId: string; part: string | undefined }

export default function CourseAnalysis(props: Props) {
  const user = useAccount((a) => a.user)
  return user ? <AuthorTexts><DashTexts><Whole key={user.userId} {...props} /></DashTexts></AuthorTexts> : <Enter />
}

function Whole({ courseId, part }: Props) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const { course, refusal, busy, again, more } = useCohorts(courseId)
  const { there: product, refusal: unread } = useKept<Product>(`/products/${courseId}`)
  const online = useOnline(again)
  const name = course?.name ?? product?.title ?? ''
  useEffect(() => { document.title = `${say('an.name')}, ${name} · Lectern` }, [say, name])
  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal?.code === 'forbidden') return <Notice kind={say('state.refused')} title={say('an.refused')} action={home}>{trouble(refusal)}</Notice>
  if (refusal?.code === 'not_found') return <Notice title={say('an.lost')} action={home} />
  const cohorts = course?.cohorts ?? []
  return (
    <div className="dash an">
      {product?.mayWrite ? <AuthorTop courseId={courseId} name={name} at="analysis" online={online} /> : <Bar courseId={courseId} name={name} online={online} />}
      <main className="dash-page">
        <nav className="row wrap dash-parts" aria-label={say('an.name')}>
          <Link className="navl" href={toCourse(courseId)} aria-current={part === 'items' ? undefined : 'page'}>{say('an.part.classes')}</Link>
          <Link className="navl" href={toCourse(courseId, 'items')} aria-current={part === 'items' ? 'page' : undefined}>{say('an.part.items')}</Link>
        </nav>
        {!course ? (refusal ? <div className="note alert" role="alert"><p className="b">{say('dash.part.unread')}</p><p>{trouble(refusal)}</p><p><Button look="line" slim onClick={again}>{say('try.again')}</Button></p></div> : <Bones label={say('an.wait')} lines={[60, 100, 100, 80]} />)
          : cohorts.length === 0 ? <div className="dash-none"><h1 className="words">{say('an.none')}</h1><p className="quiet">{say('an.none.why')}</p><p><Link className="btn ink" href={`/course/${courseId}`}>{say('tab.course')}</Link></p></div>
          : part === 'items' ? <CourseItems courseId={courseId} cohorts={cohorts} mayWrite={product?.mayWrite ?? false} isRead={product !== null || unread !== null} /> : <CourseClasses name={name} cohorts={cohorts} />}
        {more && <p className="row wrap"><span className="quiet small">{say('an.more.why', { n: cohorts.length })}</span> <Button look="line" slim busy={busy} onClick={more}>{say('an.more')}</Button></p>}
        {course && refusal && <p className="note alert" role="alert">{trouble(refusal)}</p>}
      </main>
    </div>
  )
}

/** For who teaches the course and does not write it. */
function Bar({ courseId, name, online }: { courseId: string; name: string; online: boolean }) {
  const { say } = useDashWords()
  return (
    <header className="bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <b className="b cohort" dir="auto">{name}</b>
      <nav className="row" aria-label={name}><Link className="navl" href={`/course/${courseId}`}>{say('tab.course')}</Link><Link className="navl" href={toCourse(courseId)} aria-current="page">{say('an.name')}</Link></nav>
      <span className="grow" />
      {!online && <span className="lamp out">{say('lost')}</span>}
    </header>
  )
}
