// The names of a course and its modules in another language, beside what they are in its own: how each stands, and, where two write
// at once, what the other wrote.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { dirOf } from '../reader/tongue.ts'
import { useTrouble } from '../trouble.ts'
import { type Line, lines, type Lines, saved } from './named.ts'
import { namesAt, type Named, putNames, readNames } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'

export function Names({ courseId, language, own, onSaved }: { courseId: string; language: string; own: string; onSaved(): void }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const { there } = useReading<Named>(namesAt(courseId, language))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { heading.current?.focus(); heading.current?.scrollIntoView({ block: 'nearest' }) }, [])
  return (
    <section className="names-of" aria-labelledby="names-h">
      <h2 className="h" id="names-h" tabIndex={-1} ref={heading}>{say('au.names.in', { language: nameOf(language) })}</h2>
      {there ? <Form courseId={courseId} language={language} own={own} named={there} onSaved={onSaved} /> : <Bones label={say('au.wait')} lines={[100, 100]} />}
    </section>
  )
}

function Form({ courseId, language, own, named, onSaved }: { courseId: string; language: string; own: string; named: Named; onSaved(): void }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [before, setBefore] = useState(named)
  const [typed, setTyped] = useState<Lines>(() => lines(named))
  const [theirs, setTheirs] = useState<Named | null>(null)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<{ alert: boolean; text: string } | null>(null)
  const body = saved(typed, before)
  const tell = (text: string, alert = false) => { setTold({ alert, text }); announce(text, alert ? 'assertive' : 'polite') }
  /** `checked`: the line that somebody has looked at and found right as it stands. */
  const keep = async (read: Named, checked?: number) => {
    const wanted = saved(typed, read, checked)
    if (busy || !wanted) return
    setBusy(true)
    try {
      await putNames(courseId, language, { status: 'reviewed', ...wanted })
      const now = await readNames(courseId, language)
      setBefore(now)
      setTyped(lines(now))
      setTheirs(null)
      tell(say('au.kept.it'))
      onSaved()
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details.now) { setTheirs(refusal.details.now as Named); tell(say('au.about.collide'), true) }
      else tell(trouble(refusal), true)
    }
    setBusy(false)
  }
  const set = (at: number, line: Line) => { setTold(null); setTyped(typed.map((was, n) => (n === at ? line : was))) }
  return (
    <form onSubmit={(e: FormEvent) => { e.preventDefault(); void keep(before) }}>
      {typed.map((line, n) => <Row key={line.moduleNo ?? 'course'} line={line} own={own} language={language} theirs={theirs ? lines(theirs)[n] : undefined} onWrite={(now) => set(n, now)} onCheck={() => void keep(before, n)} />)}
      {theirs ? (
        <div className="note alert collide"><p className="b">{say('au.names.collide')}</p>
          <span className="row wrap"><Button look="line" slim onClick={() => { setBefore(theirs); setTyped(lines(theirs)); setTheirs(null); setTold(null) }}>{say('au.take')}</Button><Button look="line" slim busy={busy} onClick={() => void keep(theirs)}>{say('au.keep')}</Button></span></div>
      ) : <p className="row wrap"><Button look="ink" type="submit" busy={busy} notYet={!body}>{say('au.names.save')}</Button>{told && <span className={told.alert ? 'trouble small' : 'quiet small'} role={told.alert ? 'alert' : undefined}>{told.text}</span>}</p>}
    </form>
  )
}

function Row({ line, own, language, theirs, onWrite, onCheck }: { line: Line; own: string; language: string; theirs: Line | undefined; onWrite(line: Line): void; onCheck(): void }) {
  const { say, number } = useAuthorWords()
  const label = line.moduleNo === null ? say('au.the.course') : say('au.module.n', { n: number(line.moduleNo) })
  const tongue = { lang: language, dir: dirOf(language) } as const
  const differs = theirs && JSON.stringify(theirs.texts) !== JSON.stringify(line.texts)
  return (
    <div className="both name-row">
      <div lang={own} dir={dirOf(own)}><p className="label">{label}</p>{line.texts.map((t, n) => t.source && <p key={t.field} className={n === 0 ? 'words b' : 'words'}>{t.source}</p>)}</div>
      <div className="stack-f">
        {line.texts.map((t, n) => (n === 0
          ? <input key={t.field} className="field slim words" maxLength={200} value={t.said} aria-label={say('au.name.in', { of: label })} placeholder={t.source} {...tongue} onChange={(e) => onWrite(withText(line, n, e.target.value))} />
          : t.source && <textarea key={t.field} className="field words" rows={3} maxLength={t.field === 'summary' ? 2_000 : 200_000} value={t.said} aria-label={say(t.field === 'summary' ? 'au.summary.in' : 'au.text.in', { of: label })} {...tongue} onChange={(e) => onWrite(withText(line, n, e.target.value))} />))}
        {line.status && <span className="row wrap"><span className={`status ${line.status}`}>{say(`au.status.${line.status}`)}</span>{line.stale && <b className="stale-mark">{say('au.stale')}</b>}
          {(line.status !== 'reviewed' || line.stale) && <Button look="line" slim onClick={onCheck}>{say('au.check')}</Button>}</span>}
        {differs && <div className="note"><p className="label">{say('au.stands')}</p>{theirs.texts.map((t) => t.said && <p key={t.field} className="words" {...tongue}>{t.said}</p>)}</div>}
      </div>
    </div>
  )
}

const withText = (line: Line, at: number, said: string): Line => ({ ...line, texts: line.texts.map((t, n) => (n === at ? { ...t, said } : t)) })
