// The modules of the class: what each asks, how many stand how, which hands lie on it, and the instructor's own hand.
import { useEffect, useRef } from 'react'
import { Link, useSearch } from 'wouter'
import { useClass, useRoom } from '../classroom.tsx'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { csv } from './csv.ts'
import { Made } from './Frame.tsx'
import { modulesAt, type Standing, type Stands } from './hands.ts'
import { useHands } from './laying.tsx'
import { Module } from './Module.tsx'
import { useDashWords } from './words.tsx'

const OFTEN = 1_500

/** Read again after what one laid oneself, and as learners move, not oftener than every second and a half. */
function useStands(cohortId: string) {
  const reading = useKept<Stands>(modulesAt(cohortId))
  const { again } = reading
  const { live } = useRoom()
  const { turn } = useHands()
  const first = useRef(turn)
  useEffect(() => { if (turn !== first.current) { first.current = turn; again() } }, [turn, again])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => { timer ??= setTimeout(() => { timer = undefined; again() }, OFTEN) }
    const deaf = live.hears((name, body) => { if (name === 'module:moved' && (body as { cohortId: string }).cohortId === cohortId) soon() })
    const still = live.store.subscribe(({ here }, before) => { if (here && !before.here) soon() })
    return () => { clearTimeout(timer); deaf(); still() }
  }, [live, cohortId, again])
  return reading
}

export function Modules({ cohortId }: { cohortId: string }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useStands(cohortId)
  const { may, lost } = useHands()
  const courseId = useClass((v) => v.cohort.courseId)
  const asked = Number(new URLSearchParams(useSearch()).get('module')) || null
  const isThere = there !== null
  useEffect(() => { if (isThere && asked) { const at = document.getElementById(`module-${asked}`); at?.scrollIntoView({ block: 'start' }); at?.focus({ preventScroll: true }) } }, [isThere, asked])
  if (!there) {
    return <><h1>{say('dash.part.modules')}</h1>{refusal
      ? <div className="note alert" role="alert"><p className="b">{say('dash.part.unread')}</p><p>{trouble(refusal)}</p><p><Button look="line" slim onClick={again}>{say('try.again')}</Button></p></div>
      : <Bones label={say('mod.wait')} lines={[100, 100, 100, 80]} />}</>
  }
  const { modules } = there
  if (modules.length === 0) return <div className="dash-none"><h1 className="words">{say('mod.none')}</h1><p className="quiet">{say('mod.none.why')}</p><p><Link className="btn ink" href={`/course/${courseId}`}>{say('tab.course')}</Link></p></div>
  return (
    <>
      <h1>{say('dash.part.modules')}</h1>
      <p className="dash-file"><Made name="modules" make={() => tableOf(modules, say('dash.module.head'))} /></p>
      <p className="quiet mod-what">{say('mod.what')}</p>
      {may && lost && <p className="note alert" role="status">{say('mod.lost')}</p>}
      {modules.every((m) => m.rule.length === 0) && <p className="note">{say('mod.unruled')}</p>}
      {modules.map((m) => <Module key={m.moduleNo} cohortId={cohortId} module={m} />)}
    </>
  )
}

const tableOf = (modules: readonly Standing[], head: string): string =>
  csv([head, 'title', 'asks', 'locked', 'open', 'begun', 'passed', 'hands'], modules.map((m) => [m.moduleNo, m.title, m.rule.join(' '), m.learners?.locked ?? 0, m.learners?.open ?? 0, m.learners?.begun ?? 0, m.learners?.passed ?? 0, m.hands?.length ?? 0]))
