// Around the pages of the tutor for who teaches: the cohort's tabs, and which part one is at.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useClass, useLost } from '../classroom.tsx'
import { Brand } from '../parts/Icons.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { useTutorWords } from './words.tsx'

export const PARTS = ['questions', 'limits', 'asked'] as const
export type Part = (typeof PARTS)[number]

export function StaffFrame({ part, children }: { part: Part; children: ReactNode }) {
  const { say } = useTutorWords()
  const { cohortId, courseId, name } = useClass((v) => v.cohort)
  const lost = useLost()
  return (
    <div className="people-desk">
      <header className="bar">
        <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
        <b className="b cohort" dir="auto">{name}</b>
        <Tabs at="tutor" cohortId={cohortId} courseId={courseId} name={name} />
        <span className="grow" />
        {lost && <span className="lamp out">{say('lost')}</span>}
      </header>
      <main className="people-page tutor-staff">
        <h1>{say('staff.title')}</h1>
        <nav className="parts-of" aria-label={say('staff.parts')}>{PARTS.map((p) => <Link key={p} className="navl" href={`/cohort/${cohortId}/tutor${p === 'questions' ? '' : `/${p}`}`} aria-current={p === part ? 'page' : undefined}>{say(`part.${p}`)}</Link>)}</nav>
        {children}
      </main>
    </div>
  )
}
