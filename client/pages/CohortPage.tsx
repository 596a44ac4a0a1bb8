// A cohort as a whole: its name, days and places; who asks to join; what its batches work on; its end.
import { useEffect } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Archive } from '../cohort/Archive.tsx'
import { Details } from '../cohort/Details.tsx'
import { useKept } from '../cohort/kept.ts'
import { Projects } from '../cohort/Projects.tsx'
import { Reads } from '../cohort/Reads.tsx'
import { Requests } from '../cohort/Requests.tsx'
import type { Cohort } from '../cohort/wire.ts'
import { CohortTexts, useCohortWords } from '../cohort/words.tsx'
import { Button } from '../parts/Button.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/cohort.css'

export default function CohortPage({ cohortId }: { cohortId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <CohortTexts><Found key={user.userId} cohortId={cohortId} /></CohortTexts> : <Enter />
}

function Found({ cohortId }: { cohortId: string }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const { there: cohort, refusal, again } = useKept<Cohort>(`/cohorts/${cohortId}`)
  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal?.code === 'not_found') return <Notice title={say('over.not_found')} action={home}>{trouble(refusal)}</Notice>
  if (refusal && !cohort) return <Notice title={say('coh.unread')} action={<Button look="line" onClick={again}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  if (cohort?.role === 'learner') return <Notice kind={say('state.refused')} title={say('coh.refused')} action={home} />
  return cohort ? <Whole cohort={cohort} again={again} /> : <main className="people-page"><Bones label={say('coh.wait')} lines={[40, 100, 100]} /></main>
}

function Whole({ cohort, again }: { cohort: Cohort; again(): void }) {
  const { say } = useCohortWords()
  const online = useOnline(again)
  const { cohortId, courseId, name, role } = cohort
  const leads = role === 'instructor'
  useEffect(() => { document.title = `${say('coh.title')}, ${name} · Lectern` }, [name, say])
  return (
    <div className="people-desk">
      <CohortBar at="cohort" of={{ cohortId, courseId, name }} lost={!online} />
      <main className="people-page cohort-page">
        <h1>{say('coh.title')}</h1>
        {cohort.archived && <p className="note">{say('coh.archived')}</p>}
        <Details cohort={cohort} onSaved={again} />
        <Reads cohort={cohort} onMoved={again} />
        <Requests cohortId={cohortId} leads={leads} />
        <Projects cohortId={cohortId} leads={leads} />
        {cohort.mayChange && <Archive cohort={cohort} onDone={again} />}
      </main>
    </div>
  )
}
