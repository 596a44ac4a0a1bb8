// Class for a learner, phone first: the board above is what the room sees, the paper below is one's own.
import { useEffect, useRef, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { lastShown, onTheBoard } from '../board.ts'
import { useClass, useLost, usePaper } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Answering } from '../learner/Answering.tsx'
import { useAloud } from '../learner/aloud.ts'
import { Foot, Top } from '../learner/Frame.tsx'
import { usePhase } from '../learner/phase.ts'
import { Question } from '../learner/Question.tsx'
import { Wall } from '../learner/Wall.tsx'
import { Button } from '../parts/Button.tsx'

export function ClassLearner() {
  const view = useClass((v) => v)
  const lost = useLost()
  const [lookedAt, look] = useState<string | null>(null)
  const board = onTheBoard(view)
  const prompt = board ?? view.prompts.find((p) => p.promptId === lookedAt && p.state === 'revealed') ?? null
  useAloud(board, lost)
  useEffect(() => { document.title = `${view.session?.title ?? view.cohort.name} · Lectern` }, [view.session, view.cohort])
  if (prompt?.state === 'revealed') {
    return (
      <div className={`phone board revealed ${lost ? 'gone' : ''}`}>
        <Top />
        <Wall key={prompt.promptId} prompt={prompt} onLeave={board ? undefined : () => look(null)} />
        <Foot onBoard />
      </div>
    )
  }
  return (
    <div className={`phone ${lost ? 'gone' : ''}`}>
      {prompt ? <Asked key={prompt.promptId} prompt={prompt} /> : <Empty onLook={look} />}
      <Foot />
    </div>
  )
}

function Asked({ prompt }: { prompt: PromptView }) {
  const phase = usePhase(prompt)
  const heading = useRef<HTMLHeadingElement>(null)
  const { draft } = usePaper(prompt.promptId)
  useEffect(() => { if (!draft) heading.current?.focus() }, [])
  return (
    <>
      <section className="board" aria-labelledby="prompt">
        <Top />
        <Question prompt={prompt} phase={phase} heading={heading} />
      </section>
      <main className="paper grow">
        <Answering prompt={prompt} phase={phase} />
      </main>
    </>
  )
}

function Empty({ onLook }: { onLook(promptId: string): void }) {
  const { say } = useWords()
  const session = useClass((v) => v.session)
  const taken = useClass((v) => v.prompts[0]?.state === 'cancelled')
  const last = useClass(lastShown)
  const online = useClass((v) => v.presence.online)
  return (
    <>
      <section className="board resting" aria-label={say('room.sees')}>
        <Top />
        <p className="pad quiet">{say('here', { online })}</p>
      </section>
      <main className="paper grow">
        <div className="said">
          <h1>{say(session ? 'empty.title' : last ? 'ended.title' : 'notyet.title')}</h1>
          <p className="quiet">{say(session ? (taken ? 'empty.taken' : 'empty.why') : last ? 'ended.why' : 'notyet.why')}</p>
          {!session && last && <Button look="line" big onClick={() => onLook(last.promptId)}>{say('ended.look')}</Button>}
        </div>
      </main>
    </>
  )
}
