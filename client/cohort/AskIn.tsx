// Who has the code and no place on the list asks for one; whoever leads the cohort decides.
import { type FormEvent, useState } from 'react'
import { ask, type Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { CohortTexts, useCohortWords } from './words.tsx'

type Props = { code: string; name: string; email: string }
export default function AskIn(props: Props) {
  return <CohortTexts><Form {...props} /></CohortTexts>
}

function Form({ code, name, email }: Props) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const [message, setMessage] = useState('')
  const [state, setState] = useState<'writing' | 'busy' | 'asked'>('writing')
  const [why, setWhy] = useState<string | null>(null)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (state === 'busy') return
    setState('busy')
    try {
      await ask('POST', '/join/ask', { code, name, email, ...(message.trim() && { message: message.trim() }) })
      setState('asked')
      announce(say('coh.ask.done'))
    } catch (refusal) {
      setWhy(trouble(refusal as Refusal))
      setState('writing')
    }
  }
  if (state === 'asked') return <p className="slip">{say('coh.ask.done')}</p>
  return (
    <form onSubmit={send} noValidate>
      <label><span className="b">{say('coh.ask.message')}</span>
        <textarea className="field" rows={2} maxLength={500} dir="auto" value={message} onChange={(e) => setMessage(e.target.value)} /></label>
      {why && <p className="trouble">{why}</p>}
      <Button look="line" wide type="submit" busy={state === 'busy'}>{say('coh.ask')}</Button>
    </form>
  )
}
