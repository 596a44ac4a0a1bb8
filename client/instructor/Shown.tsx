// What is up, as the room has it: the answer in the spotlight, what the answers come to, how the class moved, and the slips.
import { useMemo } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { Bars } from '../parts/Bars.tsx'
import { Spread } from '../parts/Spread.tsx'
import { StarCount } from '../parts/Star.tsx'
import { useShift } from '../shift.ts'
import { useStaffWords } from '../staff.tsx'
import { tally } from './counts.ts'
import { useGrowing } from './growing.ts'
import { Shift } from './Shift.tsx'
import { Gave } from './Gave.tsx'

export function Shown({ prompt }: { prompt: PromptView }) {
  const { say } = useStaffWords()
  const shift = useShift(prompt)
  const up = prompt.answers.filter((a) => a.revealed && !a.hidden)
  const large = up.find((a) => a.messageId === prompt.spotlight)
  // Where there is something to count, a slip is for those who gave their reason.
  const slips = up.filter((a) => a !== large && (prompt.kind === 'text' || a.body))
  const { drawn, end } = useGrowing(slips.length)
  const figures = useMemo(() => prompt.answers.flatMap((a) => (a.revealed && !a.hidden && a.number !== null ? [a.number] : [])), [prompt.answers])
  return (
    <>
      {large && <div className="slip spot"><Slip answer={large} prompt={prompt} spotlit /></div>}
      {prompt.options && (shift ? <Shift shift={shift} options={prompt.options} correct={prompt.correct} />
        : <div className="slip outcome"><Bars options={prompt.options} tally={prompt.tally ?? tally(prompt.answers, prompt.options.length)} answered={prompt.answered} correct={prompt.correct} /></div>)}
      {prompt.kind === 'number' && <div className="slip outcome"><Spread values={figures} before={shift?.numbers?.from} /></div>}
      {slips.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <ol className="up" aria-label={say('answers')} tabIndex={0}>
          {slips.slice(0, drawn).map((a) => <li key={a.messageId} className="slip"><Slip answer={a} prompt={prompt} /></li>)}
          <li ref={end} className="edge" aria-hidden="true" />
        </ol>
      )}
    </>
  )
}

function Slip({ answer: a, prompt, spotlit = false }: { answer: Answer; prompt: PromptView; spotlit?: boolean }) {
  const { say } = useStaffWords()
  return (
    <>
      <Gave answer={a} prompt={prompt} brief={!spotlit} />
      <p className="spread small"><span><b className="b" dir="auto">{(!prompt.anonymous && a.author?.displayName) || say('anonymous')}</b>{spotlit && <span className="quiet"> {say('ans.spotlit')}</span>}</span><StarCount count={a.stars} /></p>
    </>
  )
}
