// Who asks for a place: put on the list, into a batch if one is named, or refused.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useKept } from './kept.ts'
import { accept, decline, type Request } from './wire.ts'
import { useCohortWords } from './words.tsx'

export function Requests({ cohortId, leads }: { cohortId: string; leads: boolean }) {
  const { say } = useCohortWords()
  const { there, again } = useKept<{ requests: Request[] }>(`/cohorts/${cohortId}/requests`)
  return (
    <section className="card" aria-labelledby="coh-requests">
      <h2 className="h" id="coh-requests">{say('coh.requests')}</h2>
      {there?.requests.length === 0 && <p className="quiet">{say('coh.requests.none')}</p>}
      <ul className="asking">{there?.requests.map((r) => <One key={r.requestId} cohortId={cohortId} asked={r} leads={leads} onDecided={again} />)}</ul>
    </section>
  )
}

function One({ cohortId, asked, leads, onDecided }: { cohortId: string; asked: Request; leads: boolean; onDecided(): void }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const [batch, setBatch] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const decides = async (takes: boolean) => {
    setBusy(true)
    try {
      await (takes ? accept(cohortId, asked.requestId, batch === '' ? null : Number(batch)) : decline(cohortId, asked.requestId))
      announce(say(takes ? 'coh.accepted' : 'coh.declined', { name: asked.name }))
      onDecided()
    } catch (refusal) {
      setWhy(trouble(refusal as Refusal))
    }
    setBusy(false)
  }
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(asked.askedAt))
  return (
    <li>
      <div className="grow"><b className="b" dir="auto">{asked.name}</b> <span className="quiet small" dir="ltr">{asked.email}</span>
        <span className="quiet small"> {say('coh.request.since', { when })}</span>
        {asked.message && <p dir="auto">{asked.message}</p>}
        {why && <p className="trouble small" role="alert">{why}</p>}</div>
      {asked.status !== 'pending' && <span className="quiet small">{say(`coh.decided.${asked.status}`)}{asked.decidedBy && `, ${asked.decidedBy}`}</span>}
      {asked.status === 'pending' && leads && <span className="row wrap">
        <label className="row small"><span className="label">{say('coh.batch')}</span><input className="field slim num-in" type="number" min={1} max={1000} value={batch} onChange={(e) => setBatch(e.target.value)} /></label>
        <Button look="pen" slim busy={busy} onClick={() => void decides(true)}>{say('coh.accept')}</Button>
        <Button look="line" slim onClick={() => void decides(false)}>{say('coh.refuse')}</Button></span>}
    </li>
  )
}
