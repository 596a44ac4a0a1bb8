// Whether a place takes applications of tutors, and what it says to them.
import { type FormEvent, useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import type { Said } from './done.ts'
import { type Openings, type Place, putOpening } from './wire.ts'
import { usePlacesWords } from './words.tsx'

export function Opening({ place, said }: { place: Place; said: Said }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const { there } = useReading<Openings>('/openings')
  const [open, setOpen] = useState<{ text: string; isOpen: boolean } | null>(null)
  const [text, setText] = useState('')
  const [writing, setWriting] = useState(false)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  useEffect(() => {
    const now = there?.openings.find((o) => o.nodeId === place.nodeId)
    if (there) setOpen({ text: now?.text ?? '', isOpen: now !== undefined })
  }, [there, place.nodeId])
  if (!open) return null
  const put = async (next: { text: string; isOpen: boolean }) => {
    setBusy(true)
    setWhy(null)
    try {
      await putOpening(place.nodeId, next)
      setOpen(next)
      setWriting(false)
      said(say(next.isOpen ? 'did.open' : 'did.close', { place: place.name }))
    } catch (error) {
      setWhy(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
    }
    setBusy(false)
  }
  const sent = (event: FormEvent) => { event.preventDefault(); if (text.trim() && !busy) void put({ text: text.trim(), isOpen: true }) }
  const write = () => { setText(open.text); setWriting(true) }
  return (
    <div className={open.isOpen ? 'opening is-open' : 'opening'}>
      <div className="spread wrap"><p><b>{say(open.isOpen ? 'open.is' : 'open.not', { place: place.name })}</b></p>
        {!writing && <span className="row wrap">{open.isOpen && <Button look="line" slim onClick={write}>{say('open.change')}</Button>}
          {open.isOpen ? <Button look="line" slim busy={busy} onClick={() => void put({ ...open, isOpen: false })}>{say('open.close')}</Button> : <Button look="line" slim onClick={write}>{say('open.open')}</Button>}</span>}</div>
      {writing ? (
        <form className="stack-f" onSubmit={sent} onKeyDown={(e) => { if (e.key === 'Escape') setWriting(false) }}>
          {/* biome-ignore lint/a11y/noAutofocus: one pressed a button to write here */}
          <label className="stack-f"><span className="label">{say('open.text')}</span><textarea autoFocus className="field slim" rows={4} value={text} maxLength={4000} dir="auto" onChange={(e) => setText(e.target.value)} /></label>
          <div className="row wrap"><Button look="pen" type="submit" slim busy={busy} notYet={!text.trim()}>{say(open.isOpen ? 'open.save' : 'open.do')}</Button><Button look="line" slim onClick={() => setWriting(false)}>{say('leave.as')}</Button></div>
        </form>
      ) : open.isOpen && <p className="words" dir="auto">{open.text}</p>}
      {why && <p className="trouble small" role="alert">{why}</p>}
    </div>
  )
}
