// What one's own batch works on, for a learner: read again when they are moved to another batch, and when it is opened.
import { useEffect, useRef } from 'react'
import { useClass } from '../classroom.tsx'
import { useKept } from './kept.ts'
import type { Project } from './wire.ts'
import { CohortTexts, useCohortWords } from './words.tsx'

export default function Mine({ cohortId }: { cohortId: string }) {
  return <CohortTexts><Shown cohortId={cohortId} /></CohortTexts>
}

function Shown({ cohortId }: { cohortId: string }) {
  const { say } = useCohortWords()
  const batchNo = useClass((v) => v.member?.batchNo ?? null)
  const { there, again } = useKept<{ projects: Project[] }>(`/cohorts/${cohortId}/projects`)
  const before = useRef(batchNo)
  useEffect(() => {
    if (before.current !== batchNo) again()
    before.current = batchNo
  }, [again, batchNo])
  const project = there?.projects.find((p) => p.batchNo === batchNo)
  return project && (
    <details className="slip pad batch-project" onToggle={(e) => { if (e.currentTarget.open) again() }}>
      <summary><span className="label">{say('coh.mine')}</span> <b className="b" dir="auto">{project.title}</b>{project.tagline && <span className="quiet" dir="auto"> {project.tagline}</span>}</summary>
      <p className="pre" dir="auto">{project.description}</p>
    </details>
  )
}
