// The tutor of a cohort, for who teaches it: what learners passed on, its limits, and what is asked.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Classroom, useClass, useLive, useRoom } from '../classroom.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { Staff } from '../staff.tsx'
import { Insights } from '../tutor/Insights.tsx'
import { LimitsForm } from '../tutor/LimitsForm.tsx'
import { PassedOn } from '../tutor/PassedOn.tsx'
import { PARTS, StaffFrame } from '../tutor/StaffFrame.tsx'
import { TutorTexts, useTutorWords } from '../tutor/words.tsx'
import { Over } from './Class.tsx'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/tutor.css'

export default function TutorStaff({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const user = useAccount((a) => a.user)
  return user ? <Classroom cohortId={cohortId}><Staff><TutorTexts><Inside key={user.userId} cohortId={cohortId} part={part} /></TutorTexts></Staff></Classroom> : <Enter />
}

function Inside({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const { say } = useTutorWords()
  const role = useLive((s) => s.book?.looker.role)
  const over = useLive((s) => s.over)
  if (over) return <Over {...over} />
  if (!role) return <main className="people-page"><Bones label={say('staff.wait')} lines={[40, 100, 100]} /></main>
  if (role === 'learner') return <Notice kind={say('state.refused')} title={say('staff.refused')} action={<Link className="btn line" href={`/class/${cohortId}`}>{say('tab.class')}</Link>} />
  return <Parts cohortId={cohortId} part={part} leads={role === 'instructor'} />
}

function Parts({ cohortId, part, leads }: { cohortId: string; part: string | undefined; leads: boolean }) {
  const { say } = useTutorWords()
  const { live } = useRoom()
  const name = useClass((v) => v.cohort.name)
  const here = useLive((s) => s.here)
  const [turns, turn] = useState(0)
  const at = PARTS.find((p) => p === part) ?? 'questions'
  useEffect(() => live.hears((said) => { if (['tutor:passed', 'tutor:limits', 'tutor:counted'].includes(said)) turn((n) => n + 1) }), [live])
  useEffect(() => { if (here) turn((n) => n + 1) }, [here])
  useEffect(() => { document.title = `${say('tutor')}, ${name} · Lectern` }, [say, name])
  return (
    <StaffFrame part={at}>
      {at === 'questions' && <PassedOn cohortId={cohortId} leads={leads} turns={turns} />}
      {at === 'limits' && <LimitsForm cohortId={cohortId} leads={leads} turns={turns} />}
      {at === 'asked' && <Insights cohortId={cohortId} leads={leads} turns={turns} />}
    </StaffFrame>
  )
}
