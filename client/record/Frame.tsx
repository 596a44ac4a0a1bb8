// Around the record of a cohort's classes: which cohort, and the ways to its other pages.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Brand } from '../parts/Icons.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { useStaffWords } from '../staff.tsx'

export function Frame({ cohortId, name, children }: { cohortId: string; name: string; children: ReactNode }) {
  const { say } = useStaffWords()
  return (
    <div className="people-desk">
      <header className="bar">
        <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
        <b className="b cohort" dir="auto">{name}</b>
        <Tabs at="sessions" cohortId={cohortId} name={name} />
      </header>
      <main className="people-page record-page">{children}</main>
    </div>
  )
}
