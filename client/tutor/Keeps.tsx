// What the tutor keeps to, and why; and how one would like to be spoken to.
import { useEffect, useId, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { type About, choosePersona, PERSONAS, type Persona } from './wire.ts'
import { useTutorWords } from './words.tsx'

type Props = { about: About; courseId: string; onClose(): void; onChange(): void }

export function Keeps({ about, courseId, onClose, onChange }: Props) {
  const { say } = useTutorWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    return () => { if (before?.isConnected) before.focus() }
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keeps its keys to itself
    <dialog ref={dialog} className="sheet tutor-sheet" aria-labelledby={id} onClose={onClose} onKeyDown={(e) => e.stopPropagation()} {...{ closedby: 'any' }}>
      <div>
        <div className="spread"><h2 className="h" id={id}>{say('keeps')}</h2><Button look="line" slim onClick={() => dialog.current?.close()}>{say('close')}</Button></div>
        <Reasons about={about} />
        <Speak about={about} courseId={courseId} onChange={onChange} />
      </div>
    </dialog>
  )
}

/** Every limit with its reason. */
export function Reasons({ about: { mode, model, hintsOnly, houseRules, guarded, quota, period, askedMost } }: { about: About }) {
  const { say, number } = useTutorWords()
  return (
    <ul className="reasons">
      <li>{say('keeps.course')}</li>
      <li>{mode === 'model' ? say('keeps.model', { model: model ?? '' }) : say('keeps.extractive')}</li>
      {guarded && <li><b className="b">{say(`guarded.${guarded}`)}</b></li>}
      {hintsOnly && <li>{say('keeps.hints')}</li>}
      <li>{quota.limit === null ? say('keeps.quota.none') : say(`keeps.quota.${period}`, { limit: quota.limit })}</li>
      <li>{say('keeps.asked', { most: number(askedMost) })}</li>
      <li>{say('keeps.seen')}</li>
      {houseRules.trim() && <li>{say('keeps.house')} <q className="words" dir="auto">{houseRules.trim()}</q></li>}
    </ul>
  )
}

function Speak({ about: { persona, personaBy }, courseId, onChange }: Omit<Props, 'onClose'>) {
  const { say } = useTutorWords()
  const trouble = useTrouble()
  const id = useId()
  const mine = personaBy === 'chosen' ? persona : null
  const [chosen, choose] = useState<Persona | null>(mine)
  const [wrong, setWrong] = useState<string | null>(null)
  const change = (now: Persona | null) => {
    choose(now)
    setWrong(null)
    choosePersona(courseId, now).then(() => { announce(say('speak.done')); onChange() }, (refusal: Refusal) => { choose(mine); setWrong(trouble(refusal)) })
  }
  return (
    <div className="speak">
      <label htmlFor={id} className="b">{say('speak')}</label>
      <select id={id} className="field slim" value={chosen ?? ''} onChange={(e) => change((e.target.value || null) as Persona | null)}>
        <option value="">{say('speak.itself')}</option>
        {PERSONAS.map((p) => <option key={p} value={p}>{say(`speak.${p}`)}</option>)}
      </select>
      <p className="small quiet">{persona && personaBy !== 'chosen' && chosen === null ? say(personaBy === 'assigned' ? 'speak.assigned' : 'speak.derived', { how: say(`speak.${persona}`) }) : say('speak.why')}</p>
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
    </div>
  )
}
