// A prompt that is open, or closed and not shown yet: the question, the ring that fills, the time.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked } from '../board.ts'
import { useClass } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { useWords } from '../language.tsx'
import { Ring } from '../parts/Ring.tsx'
import { TimeLine, useThresholds, useTimeLeft } from '../parts/Time.tsx'
import { Head, WayIn } from './Head.tsx'

export function Asked({ prompt, door, gone }: { prompt: PromptView; door: Door | null; gone: string }) {
  const { clock, number, say } = useWords()
  const total = useClass((v) => asked(v, prompt))
  const open = prompt.state === 'open'
  const left = useTimeLeft(prompt, open)
  useThresholds(left?.seconds ?? null)
  const length = prompt.text.length > 420 ? 'longest' : prompt.text.length > 200 ? 'long' : ''
  return (
    <div className={`hall board ${gone}`}>
      <Head><WayIn door={door} /></Head>
      <main className="mid asked">
        <h1 className={`prompt ${length}`} dir="auto">{prompt.text}</h1>
        <Ring size="hall" answered={prompt.answered} total={total}><b className="num">{number(prompt.answered)}</b><span className="of">{say('of.are.in', { total })}</span></Ring>
      </main>
      <footer className="ending">
        {left ? <><TimeLine left={left} className="grow" /><span role="timer" className="num clock">{clock(left.seconds)}</span></>
          : <p className="counted">{say(open ? 'screen.nolimit' : 'screen.closed')}</p>}
      </footer>
    </div>
  )
}
