// Education and experience: lists of what was when, each said, said anew, and taken away where it stands.
import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { type MineSays, useMineWords, useMoments } from './words.tsx'

type Span = { startsOn: string; endsOn: string | null }
/** One text of an entry. */
export type Text = { name: string; label: MineSays; needed: boolean }
type Entry = Span & Record<string, string | null>
type Props = { path: string; id: string; texts: readonly Text[]; title: MineSays; none: MineSays; add: MineSays; entries: readonly object[]; onChanged(entries: object[]): void }

export function Past({ path, id, texts, title, none, add, entries, onChanged }: Props) {
  const { say } = useMineWords()
  const [open, setOpen] = useState<string | 'new' | null>(null)
  const all = entries as readonly Entry[]
  const saved = (entry: Entry) => {
    setOpen(null)
    onChanged([entry, ...all.filter((e) => e[id] !== entry[id])].sort((a, b) => b.startsOn.localeCompare(a.startsOn)))
    announce(say('mine.saved'))
  }
  return (
    <section className="slip of-mine">
      <div className="spread wrap"><h2 className="h">{say(title)}</h2>{open !== 'new' && <Button look="line" slim onClick={() => setOpen('new')}>{say(add)}</Button>}</div>
      {open === 'new' && <Form path={path} id={id} texts={texts} entry={null} onSaved={saved} onClose={() => setOpen(null)} />}
      {all.length === 0 && open !== 'new' && <p className="quiet">{say(none)}</p>}
      <ul className="entries">
        {all.map((e) => (open === e[id]
          ? <li key={e[id]}><Form path={path} id={id} texts={texts} entry={e} onSaved={saved} onClose={() => setOpen(null)} /></li>
          : <One key={e[id]} path={`${path}/${e[id]}`} entry={e} texts={texts} onChange={() => setOpen(e[id] as string)} onGone={() => onChanged(all.filter((o) => o[id] !== e[id]))} />))}
      </ul>
    </section>
  )
}

function One({ path, entry, texts, onChange, onGone }: { path: string; entry: Entry; texts: readonly Text[]; onChange(): void; onGone(): void }) {
  const { say } = useMineWords()
  const { month } = useMoments()
  const trouble = useTrouble()
  const [sure, setSure] = useState(false)
  const [why, setWhy] = useState('')
  const [first, ...rest] = texts.map((t) => entry[t.name]).filter((text) => text !== null) as string[]
  const what = first ?? ''
  const remove = () => asMe('DELETE', path).then(() => { onGone(); announce(say('past.removed', { what })) }, (error: Refusal) => setWhy(trouble(error)))
  return (
    <li className="entry">
      <p className="grow"><b><bdi>{what}</bdi></b>{rest.length > 0 && <>, <bdi>{rest.join(', ')}</bdi></>}
        <span className="quiet small when">{entry.endsOn ? say('past.span', { from: month(entry.startsOn), to: month(entry.endsOn) }) : say('past.since', { from: month(entry.startsOn) })}</span></p>
      <span className="row"><Button look="text" slim aria-label={say('mine.change.of', { what })} onClick={onChange}>{say('mine.change')}</Button>
        <Button look="text" slim sure={sure} aria-label={sure ? say('mine.sure') : say('mine.remove.of', { what })} onBlur={() => setSure(false)} onClick={() => { if (sure) void remove(); setSure(!sure) }}>{say(sure ? 'mine.sure' : 'mine.remove')}</Button></span>
      {why && <p className="trouble" role="alert">{why}</p>}
    </li>
  )
}

function Form({ path, id, texts, entry, onSaved, onClose }: { path: string; id: string; texts: readonly Text[]; entry: Entry | null; onSaved(entry: Entry): void; onClose(): void }) {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const [said, setSaid] = useState<Record<string, string>>(() => Object.fromEntries([...texts.map((t) => t.name), 'startsOn', 'endsOn'].map((name) => [name, entry?.[name] ?? ''])))
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const at = useId()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const missing = texts.some((t) => t.needed && !said[t.name]?.trim()) || !said.startsOn
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || missing) return
    setBusy(true)
    const body = Object.fromEntries(Object.entries(said).map(([name, text]) => [name, text.trim() || null]))
    await asMe<Entry>(entry ? 'PATCH' : 'POST', entry ? `${path}/${entry[id]}` : path, body).then(onSaved, (error: Refusal) => {
      setWhy(error.message || trouble(error))
      announce(error.message || trouble(error), 'assertive')
      setBusy(false)
    })
  }
  const field = (name: string, label: MineSays, more: { type?: string; ref?: RefObject<HTMLInputElement | null> } = {}): ReactNode => (
    <label key={name}><span className="b">{say(label)}</span>
      <input className="field slim" maxLength={200} dir={more.type ? undefined : 'auto'} {...more} value={said[name] ?? ''} onChange={(e) => setSaid({ ...said, [name]: e.target.value })} aria-describedby={`${at}-why`} /></label>
  )
  return (
    <form className="fields" onSubmit={(e) => void send(e)} noValidate>
      {texts.map((t, i) => field(t.name, t.label, i === 0 ? { ref: first } : {}))}
      {field('startsOn', 'past.from', { type: 'date' })}
      {field('endsOn', 'past.to', { type: 'date' })}
      <p id={`${at}-why`} className={why ? 'trouble' : 'sr'}>{why}</p>
      <p className="row wrap does"><Button look="pen" slim type="submit" busy={busy} notYet={missing}>{say(missing ? 'past.need' : 'mine.save')}</Button><Button look="text" slim onClick={onClose}>{say('mine.cancel')}</Button></p>
    </form>
  )
}
