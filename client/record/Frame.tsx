// Around the record of a cohort's classes: which cohort, and the ways to its other pages.
import type { ReactNode } from 'react'
import { CohortBar } from '../parts/CohortBar.tsx'

export function Frame({ cohortId, name, children }: { cohortId: string; name: string; children: ReactNode }) {
  return (
    <div className="people-desk">
      <CohortBar at="sessions" of={{ cohortId, name }} />
      <main className="people-page record-page">{children}</main>
    </div>
  )
}
