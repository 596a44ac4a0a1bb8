// The board: exactly what the room has, and beneath it what can be done with it in public.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked, ordinal } from '../board.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Ring } from '../parts/Ring.tsx'
import { StarCount } from '../parts/Star.tsx'
import { TimeLine, useTimeLeft } from '../parts/Time.tsx'
import type { Conduct } from './conduct.ts'
import { Resting } from './Resting.tsx'

type Props = { prompt: PromptView; conduct: Conduct; leads: boolean; chosen: string[] }

export function Stage({ prompt, ...props }: Omit<Props, 'prompt'> & { prompt: PromptView | null }) {
  const { say } = useWords()
  if (!prompt) return <section className="board stage" aria-label={say('room.sees')}><Resting conduct={props.conduct} leads={props.leads} /></section>
  const long = prompt.text.length > 160
  return (
    <section className="board stage" aria-labelledby="prompt">
      <p className="spread label"><span className="row"><Icon of="screen" />{say('room.sees')}</span><Place prompt={prompt} /></p>
      <h1 className={`prompt ${long ? 'long' : ''}`} id="prompt" dir="auto" tabIndex={long ? 0 : undefined}>{prompt.text}</h1>
      {prompt.state === 'revealed' ? <Shown prompt={prompt} /> : <Filling prompt={prompt} {...props} />}
      {props.leads && (props.conduct.extra && prompt.state === 'open' ? <ExtraTime prompt={prompt} {...props} /> : <Acts prompt={prompt} {...props} />)}
    </section>
  )
}

function Place({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const n = useClass((v) => ordinal(v, prompt))
  const revealed = prompt.answers.filter((a) => a.revealed).length
  if (prompt.state !== 'revealed') return <span className="num">{say('prompt.nth', { n })}</span>
  return <span className="num">{revealed === prompt.answered ? say('shown.all', { n: prompt.answered }) : say('shown.some', { n: revealed, all: prompt.answered })}</span>
}

function Filling({ prompt, conduct, leads }: Props) {
  const { clock, number, say, time } = useWords()
  const total = useClass((v) => asked(v, prompt))
  const left = useTimeLeft(prompt, prompt.state === 'open')
  const open = prompt.state === 'open'
  return (
    <>
      <div className="filling">
        <Ring size="large" answered={prompt.answered} total={total}><b className="num">{number(prompt.answered)}</b><span className="quiet">{say('of', { total })}</span></Ring>
        <div>
          <p className="num clock" role={left ? 'timer' : undefined}>{left ? clock(left.seconds) : say(open ? 'no.limit' : 'closed')}</p>
          <p className="quiet">{left && prompt.closesAt ? say('closes.itself', { time: time(prompt.closesAt) }) : say(open ? 'no.limit.why' : 'closed.why')}</p>
          {open && leads && prompt.closesAt && <Button look="line" slim hotkey="T" busy={conduct.busy === 'extend'} onClick={() => void conduct.extend(prompt)}><span className="num">{say('more.time')}</span></Button>}
        </div>
      </div>
      <TimeLine left={left} />
    </>
  )
}

/** What is up, in the order in which the room got it. */
function Shown({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <ol className="up" aria-label={say('answers')} tabIndex={0}>
      {prompt.answers.filter((a) => a.revealed && !a.hidden).map((a) => (
        <li key={a.messageId} className="slip"><p className="words" dir="auto">{a.body}</p>
          <p className="spread small"><b className="b" dir="auto">{a.author?.displayName ?? say('anonymous')}</b><StarCount count={a.stars} /></p></li>
      ))}
    </ol>
  )
}

/** Somebody has extra time: a sentence in the place of the buttons, and the way through. */
function ExtraTime({ prompt, conduct, chosen }: Props) {
  const { say, time } = useWords()
  const { deed, until } = conduct.extra!
  const go = () => void (deed === 'close' ? conduct.close(prompt, true) : conduct.reveal(prompt, deed === 'pinned' ? chosen : undefined, true))
  return (
    <div className="acts" role="alert">
      <p className="first-line">{say('extra.running', { time: until ? time(until) : '' })}</p>
      <Button look="lamp-btn" big className="first" busy={conduct.busy === deed} onClick={go}>{say(deed === 'close' ? 'extra.close' : 'extra.reveal')}</Button>
      <Button look="line" big onClick={conduct.forgetExtra}>{say('extra.wait')}</Button>
    </div>
  )
}

function Acts({ prompt, conduct, chosen }: Props) {
  const { say } = useWords()
  const { busy, failed, sure } = conduct
  const open = prompt.state === 'open'
  const rest = prompt.answers.filter((a) => !a.revealed).length
  const shown = prompt.state === 'revealed'
  if (shown && rest === 0) return null
  return (
    <div className="acts">
      {failed && <p className="first-line" role="status">{failed}</p>}
      <Button look="lamp-btn" big hotkey="R" className="first" busy={busy === 'reveal'} notYet={prompt.answered === 0} sure={sure === 'reveal'} onClick={() => void conduct.reveal(prompt)}>
        {say(prompt.answered === 0 ? 'reveal.none' : sure === 'reveal' ? 'sure.again' : shown ? 'reveal.rest' : 'reveal.all', { n: rest })}</Button>
      {open && <Button look="line" big hotkey="E" busy={busy === 'close'} onClick={() => void conduct.close(prompt)}>{say('close')}</Button>}
      {prompt.state === 'closed' && <Button look="line" big hotkey="E" busy={busy === 'reopen'} onClick={() => void conduct.reopen(prompt)}>{say('reopen')}</Button>}
      <Button look="line" big hotkey="⇧R" busy={busy === 'pinned'} notYet={chosen.length === 0} onClick={() => void conduct.reveal(prompt, chosen)}>{say(chosen.length ? 'reveal.pinned' : 'reveal.nopins', { n: chosen.length })}</Button>
      {!shown && <Button look="text" hotkey="X" className="take" busy={busy === 'cancel'} onClick={() => conduct.cancel(prompt)}>{say(sure === 'cancel' ? 'cancel.sure' : 'cancel')}</Button>}
    </div>
  )
}
