// A prompt that is asked: the options as the room has them, how many are in, and the time.
import { asked } from '../board.ts'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { letter } from '../parts/letter.ts'
import { Ring } from '../parts/Ring.tsx'
import { TimeLine, useTimeLeft } from '../parts/Time.tsx'
import { useStaffWords } from '../staff.tsx'
import type { OnBoard } from './Stage.tsx'

export function Filling({ prompt, conduct, leads }: OnBoard) {
  const { clock, number, say, time } = useStaffWords()
  const total = useClass((v) => asked(v, prompt))
  const left = useTimeLeft(prompt, prompt.state === 'open')
  const open = prompt.state === 'open'
  return (
    <>
      {prompt.options && (
        <ol className="asked-options" aria-label={say('opt.title')}>
          {/* biome-ignore lint/suspicious/noArrayIndexKey: an option is its place */}
          {prompt.options.map((text, i) => <li key={i} className="row"><span className="letter">{letter(i)}</span><span className="words" dir="auto">{text}</span></li>)}
        </ol>
      )}
      <div className={`filling ${prompt.options ? 'tight' : ''}`}>
        <Ring size="large" answered={prompt.answered} total={total}><b className="num">{number(prompt.answered)}</b><span className="quiet">{say('of', { total })}</span></Ring>
        <div>
          <p className="num clock" role={left ? 'timer' : undefined}>{left ? clock(left.seconds) : say(open ? 'no.limit' : 'closed')}</p>
          <p className="quiet">{left && prompt.closesAt ? say('closes.itself', { time: time(prompt.closesAt) }) : say(open ? 'no.limit.why' : 'closed.why')}</p>
          {open && prompt.extraUntil && <p className="quiet extra-until">{say('extra.until', { time: time(prompt.extraUntil) })}</p>}
          {open && leads && prompt.closesAt && <Button look="line" slim hotkey="T" busy={conduct.busy === 'extend'} onClick={() => void conduct.extend(prompt)}><span className="num">{say('more.time')}</span></Button>}
        </div>
      </div>
      <TimeLine left={left} />
    </>
  )
}
