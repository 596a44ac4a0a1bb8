// The door of a class: joins, and shows what one is there. Says so where one cannot come in.
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Classroom, useLive, useRoom } from '../classroom.tsx'
import { type Says, useWords } from '../language.tsx'
import { useOpened } from '../learner/opened.ts'
import { Button } from '../parts/Button.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { ClassLearner } from './ClassLearner.tsx'
import { Enter } from './Enter.tsx'

const Quiz = lazy(() => import('./Quiz.tsx'))
const Unlocked = lazy(() => import('../learner/Unlocked.tsx'))
const ClassInstructor = lazy(() => import('./ClassInstructor.tsx'))

/** `part`: what else of a class one looks at; `id`: of that, which. */
export function Class({ cohortId, part, id }: { cohortId: string; part?: string | undefined; id?: string | undefined }) {
  const user = useAccount((a) => a.user)
  if (!user) return <Enter />
  return <Classroom cohortId={cohortId}><Inside part={part} id={id} /></Classroom>
}

function Inside({ part, id }: { part: string | undefined; id: string | undefined }) {
  const role = useLive((s) => s.book?.looker.role)
  const over = useLive((s) => s.over)
  if (over) return <Over {...over} />
  if (!role) return <Joining />
  if (role !== 'learner') return <Suspense fallback={<Joining />}><ClassInstructor /></Suspense>
  return <><Opened />{part === 'quiz' ? <Suspense fallback={<Joining />}><Quiz quizId={id} /></Suspense> : <ClassLearner />}</>
}

/** What has opened to oneself, once nothing is asked that waits for an answer. */
function Opened() {
  const { opened, shut } = useOpened()
  return opened && <Suspense fallback={null}><Unlocked key={opened.moduleNo} opened={opened} onShut={shut} /></Suspense>
}

const WHY: Record<string, Says> = {
  removed: 'over.removed', cohort_ended: 'over.ended', not_found: 'over.not_found', forbidden: 'over.forbidden',
  upgrade_required: 'over.upgrade', revoked: 'over.revoked',
}

/** It does not come back by itself. */
export function Over({ code, message }: { code: string; message: string }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const reload = code === 'upgrade_required' || !WHY[code]
  return (
    <Notice title={say(WHY[code] ?? 'over.else')}
      action={reload ? <Button look="line" onClick={() => location.reload()}>{say('reload')}</Button> : <Link className="btn line" href="/">{say('home.back')}</Link>}>
      {code === 'cohort_ended' || code === 'removed' || code === 'revoked' ? say('over.kept') : trouble({ code, message })}
    </Notice>
  )
}

/** Of the size of what comes: a board above, paper below. */
export function Joining() {
  const { say } = useWords()
  const { live } = useRoom()
  const lost = useLive((s) => s.lostAt !== null)
  return (
    <div className="phone">
      <section className="board waiting"><Bones label={say('class.joining')} lines={[92, 84, 40]} /></section>
      <main className="paper grow pad">
        {lost && <div className="said" role="status"><h1>{say('class.unreached')}</h1><p className="quiet">{say('class.unreached.why')}</p>
          <Button look="line" big onClick={live.tryNow}>{say('try.now')}</Button></div>}
      </main>
    </div>
  )
}
