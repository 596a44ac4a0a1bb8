// Publishing: what has changed since the last time, a note for the others, and which cohorts read it from now on. None moves unasked.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { Changed } from './Changed.tsx'
import { publish, type Version } from './wire.ts'
import { useAuthorWords } from './words.tsx'

type Cohort = { cohortId: string; name: string; versionId: string | null }
type Props = { courseId: string; newest: Version | null; changed: boolean; cohorts: Cohort[]; readsOf(versionId: string | null): string; onDone(no: number, moved: number): void }

export function Publish({ courseId, newest, changed, cohorts, readsOf, onDone }: Props) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [note, setNote] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const turn = (id: string, on: boolean) => setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((c) => c !== id)))
  const go = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setWrong(null)
    try {
      const made = await publish(courseId, { ...(note.trim() && { note: note.trim() }), cohortIds: [...chosen] })
      setNote('')
      setChosen(new Set())
      onDone(made.versionNo, made.moved)
    } catch (error) {
      const text = trouble(error as Refusal)
      setWrong(text)
      announce(text, 'assertive')
    }
    setBusy(false)
  }
  if (!changed) return <p className="note">{say('au.nothing.new', { n: newest?.versionNo ?? 0 })}</p>
  return (
    <form className="publish" onSubmit={go} aria-labelledby="publish-h">
      <h2 className="h" id="publish-h">{say(newest ? 'au.publish.next' : 'au.publish.first', { n: (newest?.versionNo ?? 0) + 1 })}</h2>
      <p className="quiet">{say(newest ? 'au.publish.why' : 'au.publish.first.why')}</p>
      {newest && <><Button look="text" slim aria-expanded={open} onClick={() => setOpen(!open)}>{say('au.changed.n', { n: newest.versionNo })}</Button>{open && <Changed courseId={courseId} from={newest.versionId} to="draft" />}</>}
      <label className="stack-f"><span className="label">{say('au.note')}</span><input className="field" maxLength={500} value={note} dir="auto" placeholder={say('au.note.hint')} onChange={(e) => setNote(e.target.value)} /></label>
      {cohorts.length > 0 && <fieldset><legend className="label">{say('au.move.now')}</legend><div className="ticks">{cohorts.map((c) => <label key={c.cohortId} className="tickbox"><input type="checkbox" checked={chosen.has(c.cohortId)} onChange={(e) => turn(c.cohortId, e.target.checked)} /><span><span dir="auto">{c.name}</span> <span className="faint small">{say('au.reads', { reads: readsOf(c.versionId) })}</span></span></label>)}</div></fieldset>}
      {wrong && <p className="trouble" role="alert">{wrong}</p>}
      <p><Button look="ink" type="submit" busy={busy}>{say('au.publish')}</Button></p>
    </form>
  )
}
