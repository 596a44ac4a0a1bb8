// The way to who teaches, where the course does not say: the question is passed on once, and what they say comes here.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Trouble } from './room.ts'
import { useRoom } from './tutoring.tsx'
import type { Message } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

export function PassOn({ message: { messageId, passedOn } }: { message: Message }) {
  const { say } = useTutorWords()
  const { moment } = useMoments()
  const trouble = useTrouble()
  const room = useRoom()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Trouble | null>(null)
  const pass = async () => {
    setBusy(true)
    const why = await room.passOn(messageId)
    setBusy(false)
    setRefused(why)
    if (!why) announce(say('pass.done'))
  }
  if (passedOn?.answer) return (
    <div className="replied">
      <p className="label">{say('pass.replied')} {passedOn.answeredAt && <time dateTime={passedOn.answeredAt}>{moment(passedOn.answeredAt)}</time>}</p>
      <p className="words" dir="auto">{passedOn.answer}</p>
    </div>
  )
  if (passedOn) return <p className="note small" role="status">{say('pass.waits', { at: moment(passedOn.at) })}</p>
  return (
    <div className="pass-on">
      <Button look="line" busy={busy} onClick={() => void pass()}>{say('pass')}</Button>
      <p className="small quiet">{say('pass.why')}</p>
      {refused && <p className="trouble small" role="alert">{trouble(refused)}</p>}
    </div>
  )
}
