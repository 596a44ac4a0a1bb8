// Around the record of a cohort's classes: which cohort, and the ways to its other pages.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Brand } from '../parts/Icons.tsx'
import { useStaffWords } from '../staff.tsx'

export function Frame({ cohortId, name, children }: { cohortId: string; name: string; children: ReactNode }) {
  const { say } = useStaffWords()
  return (
    <div className="people-desk">
      <header className="bar">
        <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
        <b className="b cohort" dir="auto">{name}</b>
        <nav className="row" aria-label={name}>
          <Link className="navl" href={`/class/${cohortId}`}>{say('tab.class')}</Link>
          <Link className="navl" href={`/cohort/${cohortId}/people`}>{say('tab.people')}</Link>
          <Link className="navl" href={`/cohort/${cohortId}/sessions`} aria-current="page">{say('tab.sessions')}</Link>
        </nav>
      </header>
      <main className="people-page record-page">{children}</main>
    </div>
  )
}
