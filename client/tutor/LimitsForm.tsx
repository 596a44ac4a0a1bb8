// The limits of the tutor in a class, in one form; each says what learners will read of it.
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { asLimits, asSent, lacksIn, type Limits, RANGES, type Ranged } from './limits.ts'
import { useKept } from './reading.ts'
import type { Settings } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

export function LimitsForm({ cohortId, leads, turns }: { cohortId: string; leads: boolean; turns: number }) {
  const { say } = useTutorWords()
  const { there, refusal, again } = useKept<Settings>(`/cohorts/${cohortId}/tutor`, turns)
  if (!there) return refusal ? <Refused of={refusal} again={again} /> : <Bones label={say('staff.wait')} lines={[60, 100, 100]} />
  return <Form cohortId={cohortId} read={there} leads={leads} />
}

function Form({ cohortId, read, leads }: { cohortId: string; read: Settings; leads: boolean }) {
  const { say, number } = useTutorWords()
  const { moment } = useMoments()
  const trouble = useTrouble()
  const [base, setBase] = useState(read)
  const [limits, set] = useState(() => asLimits(read))
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const isChanged = JSON.stringify(limits) !== JSON.stringify(asLimits(base))
  useEffect(() => { if (read.version > base.version && !isChanged) { setBase(read); set(asLimits(read)) } }, [read, base, isChanged])
  const lacks = lacksIn(limits)
  const change = (part: Partial<Limits>) => { setWrong(null); set((l) => ({ ...l, ...part })) }

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!leads || busy || lacks.length > 0) return
    setBusy(true)
    try {
      const now = await asMe<Settings>('PUT', `/cohorts/${cohortId}/tutor`, asSent(limits, base.version))
      setBase(now)
      set(asLimits(now))
      announce(say('l.saved'))
    } catch (refusal) {
      const now = (refusal as Refusal).details.now as Settings | undefined
      if (now) setBase(now)
      setWrong(now ? say('l.collided') : trouble(refusal as Refusal))
    } finally {
      setBusy(false)
    }
  }
  const count = (name: Ranged, says: string, disabled = false) => <Count name={name} says={says} value={limits[name]} isWrong={lacks.includes(name)} disabled={disabled || !leads} onChange={(value) => change({ [name]: value })} />
  const quota = Number(limits.quota)
  return (
    <form className="limits" onSubmit={(e) => void save(e)}>
      <p className="small quiet">{base.changedAt === null ? say('l.default') : base.changedBy ? say('l.changed', { at: moment(base.changedAt), name: base.changedBy }) : say('l.changed.at', { at: moment(base.changedAt) })}</p>
      {!leads && <p className="note">{say('staff.look')}</p>}
      <Tick checked={limits.isOn} disabled={!leads} onChange={(isOn) => change({ isOn })} label={say('l.on')}>{say('l.on.reads')}</Tick>
      <fieldset className="slip limit"><legend className="b">{say('l.quota')}</legend>
        <label className="tick"><input type="checkbox" checked={limits.noQuota} disabled={!leads} onChange={(e) => change({ noQuota: e.target.checked })} /> {say('l.quota.none')}</label>
        <p className="row wrap">{count('quota', say('l.quota.n'), limits.noQuota)}
          <label className="row">{say('l.period')} <select className="field slim" value={limits.period} disabled={!leads || limits.noQuota} onChange={(e) => change({ period: e.target.value as Limits['period'] })}>{(['day', 'week', 'course'] as const).map((p) => <option key={p} value={p}>{say(`l.period.${p}`)}</option>)}</select></label></p>
        <Range name="quota" isWrong={lacks.includes('quota')} />
        <Reads text={limits.noQuota ? say('keeps.quota.none') : lacks.includes('quota') ? null : say(`keeps.quota.${limits.period}`, { limit: quota })} /></fieldset>
      <Tick checked={limits.hintsOnly} disabled={!leads} onChange={(hintsOnly) => change({ hintsOnly })} label={say('l.hints')}>{limits.hintsOnly && say('l.reads', { text: say('keeps.hints') })}</Tick>
      <div className="slip limit">{count('askedMost', say('l.most'))}<Range name="askedMost" isWrong={lacks.includes('askedMost')} /><Reads text={lacks.includes('askedMost') ? null : say('keeps.asked', { most: number(Number(limits.askedMost)) })} /></div>
      <div className="slip limit">{count('k', say('l.k'))}<Range name="k" isWrong={lacks.includes('k')} /><p className="small quiet">{say('l.k.reads')}</p><Reads text={say('keeps.seen')} /></div>
      <div className="slip limit"><label className="b">{say('l.house')}<textarea className="field" rows={3} maxLength={2000} dir="auto" disabled={!leads} value={limits.houseRules} onChange={(e) => change({ houseRules: e.target.value })} /></label><p className="small quiet">{say('l.house.reads')}</p></div>
      {wrong && <p className="note alert" role="alert">{wrong}</p>}
      {leads && <p className="row wrap save"><Button look="pen" type="submit" busy={busy} notYet={!isChanged || lacks.length > 0}>{say('l.save')}</Button>{isChanged && <Button look="text" onClick={() => { set(asLimits(base)); setWrong(null) }}>{say('l.back')}</Button>}</p>}
    </form>
  )
}

function Count({ name, says, value, isWrong, disabled, onChange }: { name: Ranged; says: string; value: string; isWrong: boolean; disabled: boolean; onChange(value: string): void }) {
  return <label className="row wrap b">{says} <input className="field slim count" inputMode="numeric" value={value} disabled={disabled} aria-invalid={isWrong || undefined} aria-describedby={isWrong ? `range-${name}` : undefined} onChange={(e) => onChange(e.target.value)} /></label>
}

function Range({ name, isWrong }: { name: Ranged; isWrong: boolean }) {
  const { say } = useTutorWords()
  const [least, most] = RANGES[name]
  return isWrong && <p className="trouble small" id={`range-${name}`}>{say('l.number', { least, most })}</p>
}

function Reads({ text }: { text: string | null }) {
  const { say } = useTutorWords()
  return text !== null && <p className="small quiet">{say('l.reads', { text })}</p>
}

function Tick({ checked, disabled, onChange, label, children }: { checked: boolean; disabled: boolean; onChange(checked: boolean): void; label: string; children: ReactNode }) {
  const id = useId()
  return <div className="slip limit"><label className="tick b"><input type="checkbox" checked={checked} disabled={disabled} aria-describedby={id} onChange={(e) => onChange(e.target.checked)} /> {label}</label><p className="small quiet" id={id}>{children}</p></div>
}
