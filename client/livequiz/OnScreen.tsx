// A quiz on the wall of the room: announced, which question this is, and the board at the end.
import type { ReactNode } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { Called } from '../screen/Called.tsx'
import { Head, WayIn } from '../screen/Head.tsx'
import { Places } from './Places.tsx'
import { isOfRun, type Live } from './run.ts'
import { LiveQuizTexts, useLiveQuizWords } from './words.tsx'
import '../styles/livequiz.css'

type Props = { live: Live; door: Door | null; gone: string }

/** Over a question: the title, and the how manieth this is. */
export function RunLine({ prompt }: { prompt: PromptView }) {
  const live = useClass((v) => v.live)
  return isOfRun(live, prompt.promptId) && <LiveQuizTexts><Line live={live} /></LiveQuizTexts>
}

function Line({ live }: { live: Live }) {
  const { say } = useLiveQuizWords()
  return <p className="whom run-line"><b className="num">{say('lq.at', { no: live.no, of: live.of })}</b> <span dir="auto">{live.title}</span></p>
}

const Hall = ({ door, gone, children }: Omit<Props, 'live'> & { children: ReactNode }) =>
  <LiveQuizTexts><div className={`hall board ${gone}`}><Head><WayIn door={door} /></Head>{children}<Called /></div></LiveQuizTexts>

export const Announced = ({ live, ...hall }: Props) => <Hall {...hall}><Title live={live} /></Hall>

function Title({ live }: { live: Live }) {
  const { say } = useLiveQuizWords()
  return <main className="run-hall"><p className="whom">{say('lq.soon')}</p><h1 className="words" dir="auto">{live.title}</h1><p className="counted">{say('lq.soon.n', { n: live.of })}</p></main>
}

export const Board = ({ live, ...hall }: Props) => <Hall {...hall}><Best live={live} /></Hall>

function Best({ live }: { live: Live }) {
  const { say } = useLiveQuizWords()
  return (
    <main className="run-best">
      <div className="spread"><h1 className="words" dir="auto">{live.title}</h1><p className="counted">{say(live.board.length === 10 ? 'lq.best.ten' : 'lq.best')}</p></div>
      <Places live={live} large />
    </main>
  )
}
