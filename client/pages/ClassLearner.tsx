// Class for a learner, phone first: the board above is what the room sees, the paper below is one's own.
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { PROMPTS_KEPT, type PromptView } from '../../server/features/coldcall/view.ts'
import { inMine, lastShown } from '../board.ts'
import { useClass, useLost, usePaper } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Elsewhere } from '../learner/About.tsx'
import { Answering } from '../learner/Answering.tsx'
import { useAloud } from '../learner/aloud.ts'
import { Called, CalledOn } from '../learner/Called.tsx'
import { Foot, Top } from '../learner/Frame.tsx'
import { usePhase } from '../learner/phase.ts'
import { Question } from '../learner/Question.tsx'
import { Button } from '../parts/Button.tsx'
import { useLook } from '../parts/look.ts'
import { isFor, sums } from '../parts/place.ts'
import { Bones } from '../parts/State.tsx'

/** Asks until it is there: a phone in a tunnel asks again. */
const surely = <T,>(load: () => Promise<T>): Promise<T> => load().catch(() => new Promise((wake) => setTimeout(wake, 2_000)).then(() => surely(load)))
/** What a reveal needs is fetched as soon as one is in. */
const reveal = () => surely(() => import('../learner/Wall.tsx'))
const Wall = lazy(() => reveal().then(({ Wall }) => ({ default: Wall })))
const Run = lazy(() => surely(() => import('../livequiz/Learner.tsx')))
const BatchProject = lazy(() => import('../cohort/Mine.tsx'))

/** Whether a prompt asks oneself; what one has answered did. */
function useAsksMe() {
  const batchNo = useClass((v) => v.member?.batchNo)
  return (p: PromptView) => isFor(p, batchNo) || p.mine !== null
}

export function ClassLearner() {
  const view = useClass((v) => v)
  const lost = useLost()
  const asksMe = useAsksMe()
  const [lookedAt, lookAt] = useState<string | null>(null)
  const { prompt: board, other, look } = useLook(asksMe)
  const shown = board ?? view.prompts.find((p) => p.promptId === lookedAt && p.state === 'revealed') ?? null
  const prompt = shown && inMine(shown)
  useAloud(board && inMine(board), board !== null && asksMe(board), lost)
  useEffect(() => { void reveal() }, [])
  useEffect(() => { document.title = `${view.session?.title ?? view.cohort.name} · Lectern` }, [view.session, view.cohort])
  const run = view.live && <Suspense fallback={null}><Run promptId={prompt?.promptId} /></Suspense>
  const above = <><Top />{run}<CalledOn />{other && <Beside prompt={other} isMine={asksMe(other)} onLook={() => look(other.promptId)} />}</>
  if (prompt?.state === 'revealed') {
    return (
      <>
        <Called />
        <div className={`phone board revealed ${lost ? 'gone' : ''}`}>
          {above}
          <Suspense fallback={<section className="waiting grow"><Bones label={prompt.text} /></section>}>
            <Wall key={prompt.promptId} prompt={prompt} onLeave={board ? undefined : () => lookAt(null)} />
          </Suspense>
          <Foot onBoard />
        </div>
      </>
    )
  }
  return (
    <>
      <Called />
      {prompt ? <Asked key={prompt.promptId} prompt={prompt} isMine={asksMe(prompt)} above={above} />
        : <div className={`phone ${lost ? 'gone' : ''}`}><Empty run={run} onLook={lookAt} /><Foot /></div>}
    </>
  )
}

/** The way to the prompt of another batch, or back to one's own. */
function Beside({ prompt, isMine, onLook }: { prompt: PromptView; isMine: boolean; onLook(): void }) {
  const { say } = useWords()
  return <p className="pad beside"><Button look="text" onClick={onLook}>{isMine ? say('beside.mine') : say('beside.other', { batch: prompt.batchNo ?? 0 })}</Button></p>
}

function Asked({ prompt, isMine, above }: { prompt: PromptView; isMine: boolean; above: ReactNode }) {
  const lost = useLost()
  const phase = usePhase(prompt)
  const heading = useRef<HTMLHeadingElement>(null)
  const { draft } = usePaper(prompt.promptId)
  // Whoever is called on reads that first.
  useEffect(() => { if (draft === null && !document.activeElement?.closest('.called')) heading.current?.focus() }, [])
  return (
    <div className={`phone ${lost ? 'gone' : ''}`}>
      <section className="board" aria-labelledby="prompt">
        {above}
        <Question prompt={prompt} phase={isMine ? phase : 'missed'} heading={heading} />
      </section>
      <main className="paper grow">
        {isMine ? <Answering prompt={prompt} phase={phase} /> : <Elsewhere prompt={prompt} />}
      </main>
      <Foot bare={isMine && phase === 'kept'} />
    </div>
  )
}

function Empty({ run, onLook }: { run: ReactNode; onLook(promptId: string): void }) {
  const { say } = useWords()
  const session = useClass((v) => v.session)
  const taken = useClass((v) => v.prompts[0]?.state === 'cancelled')
  const last = useClass(lastShown)
  const online = useClass((v) => v.presence.online)
  const batchNo = useClass((v) => v.member?.batchNo ?? null)
  const cohortId = useClass((v) => v.cohort.cohortId)
  return (
    <>
      <section className="board resting" aria-label={say('room.sees')}>
        <Top />
        {run}
        <CalledOn />
        <p className="pad quiet">{say('here', { online })}</p>
      </section>
      <main className="paper grow">
        <div className="said">
          <h1>{say(session ? 'empty.title' : last ? 'ended.title' : 'notyet.title')}</h1>
          {!session && last && <Sums />}
          {batchNo !== null && <Suspense fallback={null}><BatchProject cohortId={cohortId} /></Suspense>}
          <p className="quiet">{say(session ? (taken ? 'empty.taken' : 'empty.why') : last ? 'ended.why' : 'notyet.why')}</p>
          {!session && last && <Button look="line" big onClick={() => onLook(last.promptId)}>{say('ended.look')}</Button>}
        </div>
      </main>
    </>
  )
}

function Sums() {
  const { say } = useWords()
  const asksMe = useAsksMe()
  const prompts = useClass((v) => v.prompts)
  const mine = sums({ prompts }, asksMe, PROMPTS_KEPT)
  return mine && <p>{say('ended.sums', mine)}</p>
}
