// The name of a cohort, its days in its time zone, its places and who comes in.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { type Cohort, type Said, save } from './wire.ts'
import { useCohortWords } from './words.tsx'

const asTyped = (c: Cohort) => ({ name: c.name, startsOn: c.startsOn ?? '', endsOn: c.endsOn ?? '', tz: c.tz, capacity: c.capacity === null ? '' : String(c.capacity), entry: c.entry })
const zones = () => Intl.supportedValuesOf('timeZone')

/** `onSaved` reads the cohort again. */
export function Details({ cohort, onSaved }: { cohort: Cohort; onSaved(): void }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const [typed, setTyped] = useState(() => asTyped(cohort))
  const [version, setVersion] = useState(cohort.rowVersion)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ alert: boolean; text: string } | null>(null)
  const before = asTyped(cohort)
  const isSame = JSON.stringify(before) === JSON.stringify(typed)

  const kept = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || isSame) return
    setBusy(true)
    const { capacity, startsOn, endsOn, entry, ...rest } = typed
    try {
      await save(cohort.cohortId, { ...rest, entry: entry as NonNullable<Said['entry']>, startsOn: startsOn || null, endsOn: endsOn || null, capacity: capacity === '' ? null : Number(capacity), rowVersion: version })
      setVersion(version + 1)
      setSaid({ alert: false, text: say('coh.saved') })
      announce(say('coh.saved'))
      onSaved()
    } catch (error) {
      const refusal = error as Refusal
      const theirs = refusal.details.cohort as Cohort | undefined
      if (refusal.code === 'conflict' && theirs) {
        setTyped(asTyped(theirs))
        setVersion(theirs.rowVersion)
      }
      const text = refusal.code === 'conflict' ? say('coh.theirs') : trouble(refusal)
      setSaid({ alert: true, text })
      announce(text, 'assertive')
    }
    setBusy(false)
  }
  const on = (name: keyof typeof typed) => ({ className: 'field', value: typed[name], disabled: !cohort.mayChange, onChange: (e: { target: { value: string } }) => { setSaid(null); setTyped({ ...typed, [name]: e.target.value }) } })
  return (
    <form className="card cohort-details" onSubmit={kept} noValidate aria-labelledby="coh-details">
      <h2 className="h" id="coh-details">{say('coh.details')}</h2>
      {!cohort.mayChange && <p className="quiet small">{say('coh.noChange')}</p>}
      <label className="wide"><span className="label">{say('coh.name')}</span><input {...on('name')} maxLength={120} required dir="auto" /></label>
      <label><span className="label">{say('coh.starts')}</span><input type="date" {...on('startsOn')} /></label>
      <label><span className="label">{say('coh.ends')}</span><input type="date" min={typed.startsOn || undefined} {...on('endsOn')} /></label>
      <label><span className="label">{say('coh.tz')}</span><input list="coh-zones" {...on('tz')} dir="ltr" aria-describedby="coh-tz" />
        <datalist id="coh-zones">{zones().map((z) => <option key={z} value={z} />)}</datalist>
        <span className="quiet small" id="coh-tz">{say('coh.tz.why')}</span></label>
      <label><span className="label">{say('coh.places')}</span><input type="number" min={1} max={100_000} inputMode="numeric" placeholder={say('coh.places.any')} {...on('capacity')} /></label>
      <label><span className="label">{say('coh.entry')}</span>
        <select {...on('entry')}><option value="listed">{say('coh.entry.listed')}</option><option value="code">{say('coh.entry.code')}</option></select></label>
      {cohort.mayChange && <span className="row wide"><Button look="ink" type="submit" busy={busy} notYet={isSame || typed.name.trim() === ''}>{say('coh.save')}</Button>
        {said && <span className={said.alert ? 'trouble small' : 'quiet small'} role={said.alert ? 'alert' : undefined}>{said.text}</span>}</span>}
    </form>
  )
}
