// The dashboard of a cohort: how its learners stand, as it happens; and, part by part, what can be learned from what happened.
import { useEffect } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Classroom, useClass, useLive, useRoom } from '../classroom.tsx'
import { Analysis } from '../dash/Analysis.tsx'
import { Foot, Top } from '../dash/Frame.tsx'
import { Laying, useHands } from '../dash/laying.tsx'
import { Now } from '../dash/Now.tsx'
import { useWatched, Watching } from '../dash/watching.tsx'
import { isPart } from '../dash/wire.ts'
import { DashTexts, useDashWords } from '../dash/words.tsx'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { Bones, Notice } from '../parts/State.tsx'
import { type Done, useDone } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { Over } from './Class.tsx'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/record.css'
import '../styles/dash.css'
import '../styles/dash-modules.css'

export default function Dashboard({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const user = useAccount((a) => a.user)
  if (!user) return <Enter />
  return <Classroom cohortId={cohortId}><DashTexts><Inside key={user.userId} cohortId={cohortId} part={part} /></DashTexts></Classroom>
}

function Inside({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const { say } = useDashWords()
  const role = useLive((s) => s.book?.looker.role)
  const over = useLive((s) => s.over)
  if (over) return <Over {...over} />
  if (!role) return <Waiting />
  if (role === 'learner') return <Notice kind={say('state.refused')} title={say('dash.refused')} action={<Link className="btn line" href={`/class/${cohortId}`}>{say('tab.class')}</Link>} />
  return <Watching cohortId={cohortId}><Desk cohortId={cohortId} part={part} /></Watching>
}

function Waiting() {
  const { say } = useDashWords()
  const { live } = useRoom()
  const lost = useLive((s) => s.lostAt !== null)
  return (
    <main className="dash-page">
      <Bones label={say('dash.wait')} lines={[40, 100, 100, 100, 80]} />
      {lost && <div className="note" role="status"><p>{say('class.unreached.why')}</p><Button look="line" slim onClick={live.tryNow}>{say('try.now')}</Button></div>}
    </main>
  )
}

function Desk({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const name = useClass((v) => v.cohort.name)
  const there = useWatched((w) => w.board !== null)
  const refusal = useWatched((w) => w.refusal)
  const { done, said, undo } = useDone()
  useKeys({ z: undo })
  useEffect(() => { document.title = `${say('dash.title')}, ${name} · Lectern` }, [say, name])
  if (refusal && !there) return <Notice kind={say('state.refused')} title={say('dash.refused')} action={<Link className="btn line" href="/">{say('home.back')}</Link>}>{trouble(refusal)}</Notice>
  return (
    <Laying cohortId={cohortId} said={said}><div className="dash">
      <Top cohortId={cohortId} part={part} />
      {isPart(part) ? <Analysis key={part} cohortId={cohortId} part={part} /> : there ? <Now cohortId={cohortId} /> : <main className="dash-page"><Bones label={say('dash.wait')} lines={[60, 100, 100, 100, 80]} /></main>}
      <Undoing done={done} undo={undo} />
    </div></Laying>
  )
}

/** Who only looks has nothing to undo. */
const Undoing = ({ done, undo }: Pick<Done, 'done' | 'undo'>) => (useHands().may ? <Foot done={done} onUndo={undo} /> : null)
