// What one may do with an answer that is whole: say whether it helped, take that back, copy it.
import { useState } from 'react'
import { copied } from '../parts/copied.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useRoom } from './tutoring.tsx'
import type { Message } from './wire.ts'
import { useTutorWords } from './words.tsx'

export function Deeds({ message: { messageId, helpful, text } }: { message: Message }) {
  const { say } = useTutorWords()
  const trouble = useTrouble()
  const room = useRoom()
  const [wrong, setWrong] = useState<string | null>(null)
  const rate = async (now: boolean | null) => {
    announce(say(now === null ? 'helped.taken' : 'helped.thanks'))
    const why = await room.rate(messageId, now)
    setWrong(why && trouble(why))
  }
  const copy = () => void copied(text).then((done) => announce(say(done ? 'copied' : 'copied.not')))
  return (
    <div className="deeds">
      <fieldset aria-label={say('helped')}>
        <span className="small quiet">{say(helpful === null ? 'helped' : 'helped.thanks')}</span>
        <button type="button" className="deed" aria-pressed={helpful === true} onClick={() => void rate(helpful === true ? null : true)}>{say('yes')}</button>
        <button type="button" className="deed" aria-pressed={helpful === false} onClick={() => void rate(helpful === false ? null : false)}>{say('no')}</button>
        {helpful !== null && <button type="button" className="deed" onClick={() => void rate(null)}>{say('undo')}</button>}
      </fieldset>
      <button type="button" className="deed" onClick={copy}>{say('copy')}</button>
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
    </div>
  )
}
