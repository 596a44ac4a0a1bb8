// The pages of a cohort, as tabs in the bar above: the same ones wherever staff are.
import { Link } from 'wouter'
import { type StaffSays, useStaffWords } from '../staff.tsx'

export type Tab = 'class' | 'dashboard' | 'prompts' | 'people' | 'sessions' | 'tutor' | 'cohort'

const TABS: [Tab, StaffSays, (cohortId: string) => string][] = [
  ['class', 'tab.class', (id) => `/class/${id}`],
  ['dashboard', 'tab.dashboard', (id) => `/cohort/${id}/dashboard`],
  ['prompts', 'tab.prompts', (id) => `/cohort/${id}/prompts`],
  ['people', 'tab.people', (id) => `/cohort/${id}/people`],
  ['sessions', 'tab.sessions', (id) => `/cohort/${id}/sessions`],
  ['tutor', 'tab.tutor', (id) => `/cohort/${id}/tutor`],
  ['cohort', 'tab.cohort', (id) => `/cohort/${id}`],
]

/** `at`: the tab that one is on. `courseId`: where it is known, the course is one tab more. Below <Staff> only. */
export function Tabs({ at, cohortId, courseId, name }: { at: Tab; cohortId: string; courseId?: string | undefined; name: string }) {
  const { say } = useStaffWords()
  return (
    <nav className="row" aria-label={name}>
      {TABS.map(([tab, says, to]) => <Link key={tab} className="navl" href={to(cohortId)} aria-current={tab === at ? 'page' : undefined}>{say(says)}</Link>)}
      {courseId && <Link className="navl" href={`/course/${courseId}`}>{say('tab.course')}</Link>}
    </nav>
  )
}
