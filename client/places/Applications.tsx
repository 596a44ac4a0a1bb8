// Who applies to teach here: whether applications are taken, those that wait first, and what was decided.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { useApplications } from './applying.ts'
import type { Said } from './done.ts'
import { Opening } from './Opening.tsx'
import { type Application, approve, type Place, refuse } from './wire.ts'
import { useDays, usePlacesWords } from './words.tsx'

export function Applications({ place, said }: { place: Place; said: Said }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const { pending, decided, next, refusal, busy, load, more, put } = useApplications(place.nodeId)
  const [why, setWhy] = useState<Record<string, string>>({})

  const decides = async (a: Application, doing: () => Promise<Application>) => {
    try {
      const now = await doing()
      put(now)
      setWhy(({ [a.applicationId]: _, ...others }) => others)
      said(say(now.status === 'approved' ? 'did.approve' : 'did.refuse', { name: a.user.name }))
      return true
    } catch (error) {
      const { code, details } = error as Refusal
      if (code === 'already_decided') void load()
      const reason = code === 'already_decided' ? say('apply.already', { status: say(`apply.${details.status as Application['status']}`) }) : trouble(error as Refusal)
      setWhy((all) => ({ ...all, [a.applicationId]: reason }))
      announce(reason, 'assertive')
      return false
    }
  }
  return (
    <section className="panel" aria-label={say('tab.applications')}>
      <Opening place={place} said={said} />
      {refusal && <Refused of={refusal} again={load} />}
      {!pending && !refusal && <Bones label={say('apply.wait')} lines={[100, 100]} />}
      {pending && <h2 className="h">{say('apply.waiting', { n: pending.length })}</h2>}
      <ul className="holders">{pending?.map((a) => <Waiting key={a.applicationId} of={a} here={place} why={why[a.applicationId]} onApprove={() => decides(a, () => approve(a.applicationId))} onRefuse={(reason) => decides(a, () => refuse(a.applicationId, reason))} />)}</ul>
      {decided && decided.length > 0 && <><h2 className="h">{say('apply.decided')}</h2>
        <ul className="holders">{decided.map((a) => <li key={a.applicationId} className="holder over"><Who of={a} here={place} /><p className="small"><b>{say(`apply.${a.status}`)}</b>{a.reason && <>: <span dir="auto">{a.reason}</span></>}</p></li>)}</ul></>}
      {next && <Button look="line" busy={busy} onClick={more}>{say('more')}</Button>}
    </section>
  )
}

function Who({ of: a, here }: { of: Application; here: Place }) {
  const { say } = usePlacesWords()
  const { day } = useDays()
  return (
    <>
      <div className="holder-head"><span className="grow"><b className="who-of" dir="auto">{a.user.name}</b> <span className="quiet small" dir="auto">{a.user.email}</span></span>
        <span className="small quiet">{a.node.nodeId !== here.nodeId && <>{a.node.name}, </>}{day(a.appliedAt)}{a.decidedAt && a.decidedBy && <> · {say('apply.by', { name: a.decidedBy, date: day(a.decidedAt) })}</>}</span></div>
      <p className="words about-me" dir="auto">{a.about}</p>
    </>
  )
}

type Props = { of: Application; here: Place; why: string | undefined; onApprove(): Promise<boolean>; onRefuse(reason: string): Promise<boolean> }
function Waiting({ of: a, here, why, onApprove, onRefuse }: Props) {
  const { say } = usePlacesWords()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const go = async (doing: () => Promise<boolean>) => { setBusy(true); if (!(await doing())) setBusy(false) }
  return (
    <li className="holder">
      <Who of={a} here={here} />
      {refusing ? (
        <form className="stack-f" onSubmit={(e) => { e.preventDefault(); if (reason.trim() && !busy) void go(() => onRefuse(reason.trim())) }} onKeyDown={(e) => { if (e.key === 'Escape') setRefusing(false) }}>
          <label className="stack-f"><span className="label">{say('apply.reason', { name: a.user.name })}</span>
            {/* biome-ignore lint/a11y/noAutofocus: one pressed Refuse to write here */}
            <textarea autoFocus className="field slim" rows={3} value={reason} maxLength={1000} dir="auto" onChange={(e) => setReason(e.target.value)} /></label>
          <div className="row wrap"><Button look="ink" type="submit" slim busy={busy} notYet={!reason.trim()}>{say(reason.trim() ? 'apply.refuse' : 'apply.refuse.need')}</Button><Button look="line" slim onClick={() => setRefusing(false)}>{say('leave.as')}</Button></div>
        </form>
      ) : (
        <div className="row wrap"><Button look="pen" slim busy={busy} aria-label={say('apply.approve.of', { name: a.user.name })} onClick={() => void go(onApprove)}>{say('apply.approve')}</Button>
          <Button look="line" slim aria-label={say('apply.refuse.of', { name: a.user.name })} onClick={() => setRefusing(true)}>{say('apply.refuse')}</Button></div>
      )}
      {why && <p className="trouble small" role="alert">{why}</p>}
    </li>
  )
}
