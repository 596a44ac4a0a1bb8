// A prompt that is open, or closed and not shown yet: the question, what there is to choose from, the ring that fills, the time.
import { useWords } from '../language.tsx'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked } from '../board.ts'
import { useClass } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { letter } from '../parts/letter.ts'
import { Ring } from '../parts/Ring.tsx'
import { TimeLine, useThresholds, useTimeLeft } from '../parts/Time.tsx'
import { Called } from './Called.tsx'
import { useFit } from './fit.ts'
import { Head, WayIn } from './Head.tsx'
import { Whom } from './Whom.tsx'

type Props = { prompt: PromptView; other: PromptView | null; door: Door | null; gone: string }
/** Sizes of a question with its options in shares of the height; all below follows from it. */
const SIZES = [5.6, 4.8, 4.2, 3.6, 3.1, 2.6]
/** From so many characters on the ring makes room for them. */
const DENSE = 480

export function Asked({ prompt, other, door, gone }: Props) {
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
        {prompt.options ? <Choices prompt={prompt} options={prompt.options} /> : <div><Whom prompt={prompt} /><h1 className={`prompt ${length}`} dir="auto">{prompt.text}</h1></div>}
        <Ring size="hall" answered={prompt.answered} total={total}><b className="num">{number(prompt.answered)}</b><span className="of">{say('of.are.in', { total })}</span></Ring>
      </main>
      <Called />
      {other?.state === 'open' && <p className="also" dir="auto">{say('screen.beside', { batch: other.batchNo ?? 0, text: other.text })}</p>}
      <footer className="ending">
        {left ? <><TimeLine left={left} className="grow" /><span role="timer" className="num clock">{clock(left.seconds)}</span></>
          : <p className="counted">{say(open ? 'screen.nolimit' : 'screen.closed')}</p>}
      </footer>
    </div>
  )
}

function Choices({ prompt, options }: { prompt: PromptView; options: string[] }) {
  const isRun = useClass((v) => v.live?.promptId === prompt.promptId)
  const block = useFit<HTMLDivElement>(prompt.text + options.join('') + isRun, SIZES)
  const longest = Math.max(...options.map((o) => o.length))
  const isDense = prompt.text.length + options.join('').length > DENSE
  return (
    <div className={`fits ${isDense ? 'dense' : ''}`} ref={block}>
      <div>
        <Whom prompt={prompt} />
        <h1 className="prompt" dir="auto">{prompt.text}</h1>
        <ol className={`choices ${options.length > 4 && (longest < 60 || isDense) ? 'two' : ''}`}>
          {options.map((text, n) => <li key={letter(n)}><span className="letter">{letter(n)}</span><span className="words" dir="auto">{text}</span></li>)}
        </ol>
      </div>
    </div>
  )
}
