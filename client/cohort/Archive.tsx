// Ending a cohort for good, in two presses, and taking it back.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { archive, type Cohort } from './wire.ts'
import { useCohortWords } from './words.tsx'

export function Archive({ cohort, onDone }: { cohort: Cohort; onDone(): void }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const does = async () => {
    if (!cohort.archived && !sure) return setSure(true)
    setBusy(true)
    try {
      await archive(cohort.cohortId, !cohort.archived)
      announce(say(cohort.archived ? 'coh.undone' : 'coh.archived'))
      setSure(false)
      onDone()
    } catch (refusal) {
      setWhy(trouble(refusal as Refusal))
    }
    setBusy(false)
  }
  return (
    <section className="card" aria-labelledby="coh-archive">
      <h2 className="h" id="coh-archive">{say(cohort.archived ? 'coh.archived' : 'coh.archive.title')}</h2>
      {!cohort.archived && <p className="quiet">{say('coh.archive.why')}</p>}
      {why && <p className="trouble small" role="alert">{why}</p>}
      <span className="row"><Button look="line" busy={busy} sure={sure} onClick={() => void does()} onBlur={() => setSure(false)}>{say(cohort.archived ? 'coh.unarchive' : sure ? 'coh.archive.sure' : 'coh.archive')}</Button></span>
    </section>
  )
}
