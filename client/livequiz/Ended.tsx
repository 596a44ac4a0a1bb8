// The quiz announced and the board at the end, where who leads the class sees what the room has.
import type { Live } from './run.ts'
import { Places } from './Places.tsx'
import { LiveQuizTexts, useLiveQuizWords } from './words.tsx'
import '../styles/livequiz.css'

export const Ended = ({ live }: { live: Live }) => <LiveQuizTexts><Best live={live} /></LiveQuizTexts>

function Best({ live }: { live: Live }) {
  const { say } = useLiveQuizWords()
  return <div className="run-end"><h1 className="prompt" dir="auto">{live.title}</h1><p className="quiet">{say(live.board.length === 10 ? 'lq.best.ten' : 'lq.best')}</p><Places live={live} /></div>
}

export const Soon = ({ live }: { live: Live }) => <LiveQuizTexts><Title live={live} /></LiveQuizTexts>

function Title({ live }: { live: Live }) {
  const { say } = useLiveQuizWords()
  return <div className="run-soon"><p className="quiet">{say('lq.soon')}</p><h1 className="prompt" dir="auto">{live.title}</h1><p className="quiet">{say('lq.soon.n', { n: live.of })}</p></div>
}
