// Who teaches a course: for those who teach, watch, write or staff it. Who may staff it adds by e-mail, and takes off.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { putTutor, removeTutor, type Staffed, type Tutor } from './wire.ts'
import { PlacesTexts, useDays, usePlacesWords } from './words.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/places.css'

/** `staffed`: as it was read; who may not know it does not come here. */
export default function Staffing(of: { courseId: string; staffed: Staffed }) {
  return <PlacesTexts><List {...of} /></PlacesTexts>
}

const byName = (all: readonly Tutor[]) => all.toSorted((a, b) => b.role.localeCompare(a.role) || a.name.localeCompare(b.name))

function List({ courseId, staffed }: { courseId: string; staffed: Staffed }) {
  const { say } = usePlacesWords()
  const { day } = useDays()
  const trouble = useTrouble()
  const [tutors, setTutors] = useState<readonly Tutor[]>(staffed.tutors)
  const [gone, setGone] = useState<Tutor | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const wrong = (error: unknown) => { setWhy(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive') }
  const put = async (email: string, role: Tutor['role']) => {
    const one = await putTutor(courseId, { email, role })
    setTutors((all) => byName([...all.filter((t) => t.userId !== one.userId), one]))
    setGone(null)
    setWhy(null)
    announce(say('did.staff', { name: one.name, role: say(`staff.${one.role}`) }))
  }
  const take = async (one: Tutor) => {
    try {
      await removeTutor(courseId, one.userId)
      setTutors((all) => all.filter((t) => t.userId !== one.userId))
      setGone(one)
      setWhy(null)
      announce(say('did.unstaff', { name: one.name }))
    } catch (error) { wrong(error) }
  }
  const may = staffed.mayStaff
  return (
    <section className="staffing" aria-labelledby="staffing-h">
      <h2 id="staffing-h" className="h">{say('staff.title')}</h2>
      <p className="quiet small">{say(tutors.length === 0 ? 'staff.none' : 'staff.why')}</p>
      <ul className="holders">
        {tutors.map((t) => (
          <li key={t.userId} className="holder holder-head"><span className="grow"><b className="who-of" dir="auto">{t.name}</b> <span className="quiet small" dir="auto">{t.email}</span></span>
            {may && t.email ? <select className="cell" aria-label={say('staff.role.of', { name: t.name })} value={t.role} onChange={(e) => void put(t.email!, e.target.value as Tutor['role']).catch(wrong)}><option value="lead">{say('staff.lead')}</option><option value="assistant">{say('staff.assistant')}</option></select> : <span>{say(`staff.${t.role}`)}</span>}
            <span className="small quiet">{say('staff.since', { date: day(t.since) })}</span>
            {may && <Button look="line" slim aria-label={say('staff.remove.of', { name: t.name })} onClick={() => void take(t)}>{say('staff.remove')}</Button>}</li>
        ))}
      </ul>
      {gone && <p className="note spread wrap" role="status"><span>{say('did.unstaff', { name: gone.name })}</span>{gone.email && <Button look="line" slim onClick={() => void put(gone.email!, gone.role).catch(wrong)}>{say('undo')}</Button>}</p>}
      {why && <p className="note alert" role="alert">{why}</p>}
      {may && <AddTutor onAdd={put} />}
    </section>
  )
}

function AddTutor({ onAdd }: { onAdd(email: string, role: Tutor['role']): Promise<void> }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Tutor['role']>('lead')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const sent = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setWhy(null)
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) { setWhy(say('give.email.wrong')); return }
    setBusy(true)
    await onAdd(email.trim(), role).then(() => setEmail(''), (error: Refusal) => { setWhy(trouble(error)); announce(trouble(error), 'assertive') })
    setBusy(false)
  }
  return (
    <form className="slip-form" aria-label={say('staff.add')} onSubmit={sent} noValidate>
      <div className="fields">
        <label className="wide-f"><span className="label">{say('people.email')}</span><input className="field slim" type="email" value={email} onChange={(e) => setEmail(e.target.value)} dir="ltr" maxLength={254} autoComplete="off" aria-describedby={why ? 'staff-wrong' : undefined} /></label>
        <div><span className="label">{say('staff.as')}</span><Choice<Tutor['role']> label={say('staff.as')} value={role} onChange={setRole} options={[{ value: 'lead', label: say('staff.lead') }, { value: 'assistant', label: say('staff.assistant') }]} /></div>
      </div>
      {why && <p className="trouble small" id="staff-wrong" role="alert">{why}</p>}
      <div className="row"><Button look="pen" type="submit" busy={busy}>{say('staff.add')}</Button></div>
    </form>
  )
}
