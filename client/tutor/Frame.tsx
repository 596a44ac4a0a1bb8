// Around the tutor: the places of a course above on a laptop, below on a phone, and whether one is connected.
import { Link } from 'wouter'
import { Brand, Icon } from '../parts/Icons.tsx'
import { useLost } from './tutoring.tsx'
import { toTutor, type Where } from './wire.ts'
import { useTutorWords } from './words.tsx'

type Props = { where: Where; cohortId: string | null; name: string }
const courseOf = ({ courseId, cohort }: Where) => `/course/${courseId}${cohort ? `?cohort=${cohort}` : ''}`

export function Top({ where, cohortId, name }: Props) {
  const { say } = useTutorWords()
  const lost = useLost()
  return (
    <header className="bar tutor-bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <b className="b cohort" dir="auto">{name}</b>
      <nav className="row" aria-label={say('places')}>
        {cohortId && <Link className="navl" href={`/class/${cohortId}`}>{say('tab.class')}</Link>}
        {cohortId && <Link className="navl" href={`/class/${cohortId}/quiz`}>{say('tab.quiz')}</Link>}
        <Link className="navl" href={courseOf(where)}>{say('tab.course')}</Link>
        <Link className="navl" href={toTutor(where)} aria-current="page">{say('tutor')}</Link>
      </nav>
      <span className="grow" />
      {lost && <span className="lamp out">{say('lost')}</span>}
    </header>
  )
}

export function Foot({ where, cohortId }: Omit<Props, 'name'>) {
  const { say } = useTutorWords()
  return (
    <nav className="tabs tutor-tabs" aria-label={say('places')}>
      {cohortId && <Link className="tab" href={`/class/${cohortId}`}><Icon of="room" />{say('tab.class')}</Link>}
      {cohortId && <Link className="tab" href={`/class/${cohortId}/quiz`}><Icon of="tick" />{say('tab.quiz')}</Link>}
      <Link className="tab" href={courseOf(where)}><Icon of="book" />{say('tab.course')}</Link>
      <Link className="tab" href={toTutor(where)} aria-current="page"><Icon of="talk" />{say('tutor')}</Link>
    </nav>
  )
}
