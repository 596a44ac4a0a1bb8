// Around the pages of the tutor for who teaches: the cohort's tabs, and which part one is at.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useClass, useLost } from '../classroom.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { useTutorWords } from './words.tsx'

export const PARTS = ['questions', 'limits', 'asked'] as const
export type Part = (typeof PARTS)[number]

export function StaffFrame({ part, children }: { part: Part; children: ReactNode }) {
  const { say } = useTutorWords()
  const { cohortId, courseId, name } = useClass((v) => v.cohort)
  const lost = useLost()
  return (
    <div className="people-desk">
      <CohortBar at="tutor" of={{ cohortId, courseId, name }} lost={lost} />
      <main className="people-page tutor-staff">
        <h1>{say('staff.title')}</h1>
        <nav className="parts-of" aria-label={say('staff.parts')}>{PARTS.map((p) => <Link key={p} className="navl" href={`/cohort/${cohortId}/tutor${p === 'questions' ? '' : `/${p}`}`} aria-current={p === part ? 'page' : undefined}>{say(`part.${p}`)}</Link>)}</nav>
        {children}
      </main>
    </div>
  )
}
