// What can be learned from what happened, part by part: a table each, a file each, and an address each.
import { Link } from 'wouter'
import { useClass } from '../classroom.tsx'
import { Icon } from '../parts/Icons.tsx'
import { usePart, type Fairness, type Sessions, type Stuck } from './analysis.ts'
import { QuizItems } from './Items.tsx'
import { Modules } from './Modules.tsx'
import { Read } from './Read.tsx'
import { Table } from './Table.tsx'
import { PARTS, type Part, toCourse, toDash } from './wire.ts'
import { useDashWords, useDay } from './words.tsx'

export function Analysis({ cohortId, part }: { cohortId: string; part: Part }) {
  const { say } = useDashWords()
  const courseId = useClass((v) => v.cohort.courseId)
  const Of = { stuck: WhoIsStuck, fairness: WhoIsHeard, sessions: ClassByClass, items: QuizItems, modules: Modules }[part]
  return (
    <main className="dash-page">
      <nav className="row wrap dash-parts" aria-label={say('dash.more')}>
        <Link className="btn text slim" href={toDash(cohortId)}><Icon of="back" className="flip small" />{say('dash.part.now')}</Link>
        {PARTS.map((p) => <Link key={p} className="navl" href={toDash(cohortId, p)} aria-current={p === part ? 'page' : undefined}>{say(`dash.part.${p}`)}</Link>)}
        <Link className="btn text slim dash-to-course" href={toCourse(courseId)}>{say('dash.course.all')}</Link>
      </nav>
      <Of cohortId={cohortId} />
    </main>
  )
}

function WhoIsStuck({ cohortId }: { cohortId: string }) {
  const { say, number } = useDashWords()
  const day = useDay()
  const reading = usePart<Stuck>(cohortId, 'stuck')
  return (
    <>
      <h1>{say('dash.part.stuck')}</h1>
      <Read part="stuck" cohortId={cohortId} reading={reading}>{({ learners }) => (
        <Table label={say('dash.part.stuck')} none={say('dash.stuck.none')} rows={learners} of={(l) => `${l.memberId}${l.moduleNo}`} heads={[say('dash.learner'), say('dash.batch.head'), say('dash.module.head'), say('dash.why'), say('dash.scores'), say('dash.since')]}
          cells={(l) => [<bdi key="name">{l.displayName}</bdi>, l.batchNo ?? '—', <bdi key="module">{l.title}</bdi>, l.why, l.scores.map((s) => number(Math.round(s))).join(', ') || '—', day(l.since)]} />
      )}</Read>
    </>
  )
}

function WhoIsHeard({ cohortId }: { cohortId: string }) {
  const { say, number } = useDashWords()
  const day = useDay()
  const reading = usePart<Fairness>(cohortId, 'fairness')
  return (
    <>
      <h1>{say('dash.part.fairness')}</h1>
      <Read part="fairness" cohortId={cohortId} reading={reading}>{({ learners, calls, spread }) => (<>
        <p className="quiet">{say('dash.calls', { n: calls, spread: number(spread) })}</p>
        <Table label={say('dash.part.fairness')} none={say('dash.part.none')} rows={learners.toSorted((a, b) => b.silent - a.silent || a.answered - b.answered)} of={(l) => l.memberId}
          heads={[say('dash.learner'), say('dash.batch.head'), say('dash.silent'), say('dash.answered.head'), say('dash.called'), say('dash.expected'), say('dash.gave'), say('dash.got'), say('dash.heard')]}
          cells={(l) => [<bdi key="name">{l.displayName}</bdi>, l.batchNo ?? '—', number(l.silent), say('dash.answered.of', { n: number(l.answered), of: number(l.asked) }), number(l.called), number(Math.round(l.expected * 10) / 10), number(l.starsGiven), number(l.starsTaken), l.heardAt ? day(l.heardAt) : say('dash.never')]} />
      </>)}</Read>
    </>
  )
}

function ClassByClass({ cohortId }: { cohortId: string }) {
  const { say, number } = useDashWords()
  const day = useDay()
  const reading = usePart<Sessions>(cohortId, 'sessions')
  return (
    <>
      <h1>{say('dash.part.sessions')}</h1>
      <Read part="sessions" cohortId={cohortId} reading={reading}>{({ sessions }) => (
        <Table label={say('dash.part.sessions')} none={say('dash.part.none')} rows={sessions.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))} of={(s) => s.sessionId}
          heads={[say('dash.class'), say('dash.on'), say('dash.there'), say('dash.asked'), say('dash.share.head'), say('dash.median.head'), say('dash.quiz.mean')]}
          cells={(s) => [<Link key="to" href={`/session/${s.sessionId}`}><bdi>{s.title ?? say('dash.untitled')}</bdi></Link>, day(s.startedAt), say('dash.answered.of', { n: number(s.there), of: number(s.learners) }), number(s.asked), s.share === null ? '—' : say('share', { share: s.share }), s.medianSeconds === null ? '—' : say('dash.seconds', { n: number(Math.round(s.medianSeconds)) }), s.quizMean === null ? '—' : number(Math.round(s.quizMean))]} />
      )}</Read>
    </>
  )
}
