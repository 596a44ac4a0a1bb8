// The questions that learners passed on, the open ones first, answered where they stand.
import { useEffect, useId, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { useKept } from './reading.ts'
import type { Passed } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

/** `turns`: so often something was passed on or answered. */
export function PassedOn({ cohortId, leads, turns }: { cohortId: string; leads: boolean; turns: number }) {
  const { say } = useTutorWords()
  const { there, refusal, again } = useKept<{ questions: Passed[] }>(`/cohorts/${cohortId}/tutor/questions`, turns)
  if (!there) return refusal ? <Refused of={refusal} again={again} /> : <Bones label={say('staff.wait')} lines={[60, 100, 100]} />
  const open = there.questions.filter((q) => q.answer === null).length
  if (there.questions.length === 0) return <div className="none-yet"><h2 className="h">{say('q.none')}</h2><p className="quiet">{say('q.none.why')}</p></div>
  return (
    <>
      <p role="status" className="b">{say('q.open', { n: open })}</p>
      <ul className="passed">{there.questions.map((q) => <li key={q.messageId}><One cohortId={cohortId} passed={q} leads={leads} onSent={again} /></li>)}</ul>
    </>
  )
}

function One({ cohortId, passed: q, leads, onSent }: { cohortId: string; passed: Passed; leads: boolean; onSent(): void }) {
  const { say } = useTutorWords()
  const { moment } = useMoments()
  const trouble = useTrouble()
  const shelf = `lectern:reply:${q.messageId}`
  const id = useId()
  const [text, setText] = useState(() => localStorage.getItem(shelf) ?? q.answer ?? '')
  const [writes, setWrites] = useState(q.answer === null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => { setWrites(q.answer === null) }, [q.answer])
  const write = (now: string) => { setText(now); localStorage.setItem(shelf, now) }
  const send = async () => {
    setBusy(true)
    setWrong(null)
    try {
      await asMe('PUT', `/cohorts/${cohortId}/tutor/questions/${q.messageId}`, { answer: text.trim() })
      localStorage.removeItem(shelf)
      setWrites(false)
      announce(say('q.sent'))
      onSent()
    } catch (refusal) {
      setWrong(trouble(refusal as Refusal))
    } finally {
      setBusy(false)
    }
  }
  return (
    <article className="slip passed-one">
      <p className="small quiet"><bdi>{say('q.by', { name: q.displayName, at: moment(q.passedAt) })}</bdi></p>
      <h2 className="words" dir="auto">{q.question}</h2>
      <details><summary className="small">{say('q.said')}</summary><p className="words small" dir="auto">{q.said}</p></details>
      {q.answer !== null && !writes && <><p className="small quiet">{q.answeredAt && say('q.answered', { at: moment(q.answeredAt) })}</p><p className="words" dir="auto">{q.answer}</p></>}
      {leads && writes && (
        <form onSubmit={(e) => { e.preventDefault(); if (text.trim() && !busy) void send() }}>
          <label htmlFor={id} className="label"><bdi>{say('q.answer', { name: q.displayName })}</bdi></label>
          <textarea id={id} className="field" dir="auto" rows={3} maxLength={4000} value={text} onChange={(e) => write(e.target.value)} />
          <p className="row wrap"><Button look="pen" type="submit" busy={busy} notYet={text.trim() === ''}>{say('q.send')}</Button>{q.answer !== null && <Button look="text" onClick={() => setWrites(false)}>{say('q.keep')}</Button>}</p>
          {wrong && <p className="trouble small" role="alert">{wrong}</p>}
        </form>
      )}
      {leads && !writes && <Button look="text" slim onClick={() => { setText(q.answer ?? ''); setWrites(true) }}>{say('q.change')}</Button>}
    </article>
  )
}
