// What can be done with the prompt in public: one first button, and what else there is. Each has its key.
import { Button } from '../parts/Button.tsx'
import { useStaffWords } from '../staff.tsx'
import type { OnBoard } from './Stage.tsx'

/** Somebody has extra time: a sentence in the place of the buttons, and the way through. */
export function ExtraTime({ prompt, conduct, chosen }: OnBoard) {
  const { say, time } = useStaffWords()
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

export function Acts(on: OnBoard) {
  const { prompt, conduct, again } = on
  const rest = prompt.answers.filter((a) => !a.revealed && !a.hidden).length
  const isDone = prompt.state === 'revealed' && rest === 0
  if (isDone && !again && !prompt.spotlight && !conduct.failed) return null
  return (
    <div className="acts">
      {conduct.failed && <p className="first-line" role="status">{conduct.failed}</p>}
      {!isDone && <ToReveal {...on} rest={rest} />}
      <Afterwards {...on} first={isDone} />
    </div>
  )
}

function ToReveal({ prompt, conduct, chosen, rest }: OnBoard & { rest: number }) {
  const { say } = useStaffWords()
  const { busy, sure } = conduct
  const open = prompt.state === 'open'
  const shown = prompt.state === 'revealed'
  return (
    <>
      <Button look="lamp-btn" big hotkey="R" className="first" busy={busy === 'reveal'} notYet={prompt.answered === 0} sure={sure === 'reveal'} onClick={() => void conduct.reveal(prompt)}>
        {say(prompt.answered === 0 ? 'reveal.none' : sure === 'reveal' ? 'sure.again' : shown ? 'reveal.rest' : 'reveal.all', { n: rest })}</Button>
      {open && <Button look="line" big hotkey="E" busy={busy === 'close'} onClick={() => void conduct.close(prompt)}>{say('close')}</Button>}
      {prompt.state === 'closed' && <Button look="line" big hotkey="E" busy={busy === 'reopen'} onClick={() => void conduct.reopen(prompt)}>{say('reopen')}</Button>}
      <Button look="line" big hotkey="⇧R" busy={busy === 'pinned'} notYet={chosen.length === 0} onClick={() => void conduct.reveal(prompt, chosen)}>{say(chosen.length ? 'reveal.pinned' : 'reveal.nopins', { n: chosen.length })}</Button>
      {!shown && <Button look="text" hotkey="X" className="take" busy={busy === 'cancel'} onClick={() => conduct.cancel(prompt)}>{say(sure === 'cancel' ? 'cancel.sure' : 'cancel')}</Button>}
    </>
  )
}

/** Once it was asked: to vote on it again, and to take the spotlight off. */
function Afterwards({ prompt, conduct, again, first }: OnBoard & { first: boolean }) {
  const { say } = useStaffWords()
  return (
    <>
      {again && <Button look={first ? 'lamp-btn' : 'line'} big hotkey="V" className={first ? 'first' : ''} busy={conduct.busy === 'again'} onClick={() => void conduct.again(again)}>{say(again.promptId === prompt.promptId ? 'vote.again' : 'vote.again.earlier')}</Button>}
      {prompt.spotlight && <Button look="line" big busy={conduct.busy === 'spotlight'} onClick={() => void conduct.spotlight(prompt, null)}>{say('spot.off')}</Button>}
    </>
  )
}
