// The bar above every page of a cohort for staff: the way home, which cohort, and its pages. Below <Staff> only.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useWords } from '../language.tsx'
import { Brand } from './Icons.tsx'
import { type Tab, Tabs } from './Tabs.tsx'

/** `of`: the cohort; with its course where that is known. `lost`: there is no line. `children`: what stands at the end. */
type Props = { at: Tab; of: { cohortId: string; courseId?: string | undefined; name: string }; lost?: boolean; children?: ReactNode }

export function CohortBar({ at, of: { cohortId, courseId, name }, lost = false, children }: Props) {
  const { say } = useWords()
  return (
    <header className="bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <b className="b cohort" dir="auto">{name}</b>
      <Tabs at={at} cohortId={cohortId} courseId={courseId} name={name} />
      <span className="grow" />
      {lost && <span className="lamp out">{say('lost')}</span>}
      {children}
    </header>
  )
}
