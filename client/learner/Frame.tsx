// What frames every page of a learner: where one is and whether it is live; the way on, and the two places there are.
import { Link } from 'wouter'
import { nextModule, onTheBoard } from '../board.ts'
import { useClass, useLost } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Icon, Mark } from '../parts/Icons.tsx'

export function Top() {
  const { say } = useWords()
  const where = useClass((v) => v.session?.title ?? v.cohort.name)
  const live = useClass((v) => v.session !== null || onTheBoard(v)?.state === 'open')
  const lost = useLost()
  return (
    <header className="top">
      <Link href="/" aria-label={say('home.back')} className="home-link"><Mark size={22} /></Link>
      <span className="where grow" dir="auto">{where}</span>
      {lost ? <span className="lamp out">{say('lost')}</span> : live && <span className="lamp">{say('live')}</span>}
    </header>
  )
}

/** `bare`: without the way on, where something more pressing stands above; `at`: which of the places this is. */
export function Foot({ onBoard, bare, at = 'class' }: { onBoard?: boolean; bare?: boolean; at?: 'class' | 'quiz' }) {
  const { say, number } = useWords()
  const { courseId, cohortId } = useClass((v) => v.cohort)
  const next = useClass(nextModule)
  const on = onBoard ? 'on-board' : ''
  return (
    <footer className={`foot ${on}`}>
      {next && !bare && (
        <Link className="next" href={next.state === 'locked' ? `/class/${cohortId}/quiz` : `/course/${courseId}#module-${next.moduleNo}`}>
          <span className="n" aria-hidden="true">{number(next.moduleNo)}</span>
          <span className="grow"><b className="b">{say(next.state === 'locked' ? 'next.locked' : 'next.open', { title: next.title })}</b>
            <span className="quiet small">{next.unmet[0] ?? say('next.read')}</span></span>
          <Icon of="forth" className="flip" />
        </Link>
      )}
      <nav className="tabs" aria-label="Lectern">
        <Link className="tab" href={`/class/${cohortId}`} aria-current={at === 'class' ? 'page' : undefined}><Icon of="room" />{say('tab.class')}</Link>
        <Link className="tab" href={`/class/${cohortId}/quiz`} aria-current={at === 'quiz' ? 'page' : undefined}><Icon of="tick" />{say('tab.quiz')}</Link>
        <Link className="tab" href={`/course/${courseId}`}><Icon of="book" />{say('tab.course')}</Link>
        <Link className="tab" href={`/course/${courseId}/tutor?cohort=${cohortId}`}><Icon of="talk" />{say('tab.tutor')}</Link>
      </nav>
    </footer>
  )
}
