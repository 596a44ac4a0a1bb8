// The Screen: what hangs on the wall of the room. Everything on it is public; it counts as nobody and may do nothing.
import { useEffect } from 'react'
import { useAccount } from '../account.ts'
import { Classroom, useClass, useLive, useLost } from '../classroom.tsx'
import { useDoor } from '../door.ts'
import { useWords } from '../language.tsx'
import { useUp } from '../livequiz/ends.ts'
import { Announced, Board } from '../livequiz/OnScreen.tsx'
import { isAnnounced } from '../livequiz/run.ts'
import { Asked } from '../screen/Asked.tsx'
import { ComeIn } from '../screen/ComeIn.tsx'
import { Wall } from '../screen/Wall.tsx'
import { useLook } from '../parts/look.ts'
import { Bones } from '../parts/State.tsx'
import { Over } from './Class.tsx'
import { Enter } from './Enter.tsx'
import '../styles/screen.css'

export default function Screen({ cohortId }: { cohortId: string }) {
  const user = useAccount((a) => a.user)
  useEffect(() => {
    document.documentElement.dataset.theme = 'screen'
    return () => { delete document.documentElement.dataset.theme }
  }, [])
  if (!user) return <Enter />
  return <Classroom cohortId={cohortId} as="screen"><Hall cohortId={cohortId} /></Classroom>
}

function Hall({ cohortId }: { cohortId: string }) {
  const { say } = useWords()
  const joined = useLive((s) => s.book !== null)
  const over = useLive((s) => s.over)
  if (over) return <div className="board hall"><Over {...over} /></div>
  if (!joined) return <div className="board hall"><Bones label={say('class.joining')} lines={[60, 72, 30]} /></div>
  return <Hung cohortId={cohortId} />
}

/** The Screen is asked nothing, so that it follows each prompt that opens or is revealed. */
const nobody = () => false

function Hung({ cohortId }: { cohortId: string }) {
  const view = useClass((v) => v)
  const lost = useLost()
  const { door, failed, again } = useDoor(cohortId)
  const { prompt, other } = useLook(nobody)
  const gone = lost ? 'gone' : ''
  const up = useUp()
  useEffect(() => { document.title = `${view.cohort.name} · Lectern` }, [view.cohort])
  // A guest who came in is one more on the list.
  const online = view.presence.online
  useEffect(() => { if (failed || (door && online > door.learners)) { const timer = setTimeout(again, 5_000); return () => clearTimeout(timer) } }, [failed, door, online, again])
  if (view.live && up) return <Board live={view.live} door={door} gone={gone} />
  if (view.live && isAnnounced(view)) return <Announced live={view.live} door={door} gone={gone} />
  if (prompt?.state === 'revealed') return <Wall key={prompt.promptId} prompt={prompt} other={other} door={door} gone={gone} />
  if (prompt) return <Asked key={prompt.promptId} prompt={prompt} other={other} door={door} gone={gone} />
  return <ComeIn door={door} gone={gone} />
}
