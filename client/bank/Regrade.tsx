// Grading the attempts there are anew, by the questions as they are written now: first it is counted and said, then it is done.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { regrade, type Regraded, type Whole } from './wire.ts'
import { useBankWords } from './words.tsx'

export function Regrade({ quiz, said, onDone }: { quiz: Whole; said: Said; onDone(): void }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [seen, setSeen] = useState<Regraded | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  if (quiz.attempted.all === 0) return null
  const run = async (dryRun: boolean) => {
    setBusy(true)
    setWrong(null)
    try {
      const came = await regrade(quiz.quizId, dryRun)
      if (dryRun) { setSeen(came); announce(say('bk.regrade.would', { ...came })) } else { setSeen(null); said(say('bk.regrade.did', { ...came })); onDone() }
    } catch (error) { setWrong(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive') }
    setBusy(false)
  }
  return (
    <section className="publish" aria-labelledby="regrade-h">
      <h2 className="h" id="regrade-h">{say('bk.regrade')}</h2>
      <p className="small quiet">{say('bk.regrade.why')}</p>
      {seen && <p className="b">{say('bk.regrade.would', { ...seen })}</p>}
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
      <p className="row wrap">{seen && seen.changed > 0 ? <><Button look="ink" slim busy={busy} onClick={() => void run(false)}>{say('bk.regrade.go', { n: seen.changed })}</Button><Button look="text" slim onClick={() => setSeen(null)}>{say('bk.regrade.leave')}</Button></> : <Button look="line" slim busy={busy} onClick={() => void run(true)}>{say('bk.regrade.see')}</Button>}</p>
    </section>
  )
}
